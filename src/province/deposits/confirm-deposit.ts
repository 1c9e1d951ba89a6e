import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { z } from 'zod';
import type { DepositDecision } from '../../contract/feeds.ts';
import { type LocalDate, localDateAt } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Rupiah } from '../../domain/rupiah.ts';
import type { Db, Tx } from '../db/open.ts';
import { appendPage } from '../feeds/feed-pages.ts';
import type { ProvinceContext } from '../province-context.ts';

/** Why a bank's word changes nothing. */
export type ConfirmProblem =
  | 'DEPOSIT_UNKNOWN'
  /** Two devices say the same id: one of them is not what it seems. */
  | 'DEPOSIT_AMBIGUOUS'
  | 'DATE_IMPOSSIBLE'
  | 'MORE_THAN_DEPOSITED';

/** What a bank's statement says of a deposit, or of a part of it. */
export type BankWord = {
  readonly depositId: string;
  readonly confirmedOn: LocalDate;
  /** Whole rupiah, above zero. */
  readonly amount: Rupiah;
  /** Who read the statement: a name, or the name of a matching run. */
  readonly saidBy: string;
};

/** Which word was refused, and why. */
export type ConfirmRefusal = { readonly problem: ConfirmProblem; readonly depositId: string };

const heldSchema = z.object({
  depositId: z.string(),
  deviceId: z.string(),
  amount: z.coerce.number().int(),
  depositedOn: z.string(),
  confirmed: z.coerce.number().int(),
  /** ms UTC of the last word; zero where there is none. */
  last: z.coerce.number().int(),
});
type HeldDeposit = z.infer<typeof heldSchema>;

/** The deposits that words are about; the lock makes two words about one deposit wait for each other. */
async function lockDeposits(tx: Tx, depositIds: readonly string[]): Promise<readonly HeldDeposit[]> {
  const asked = [...new Set(depositIds)];
  await sql`select 1 from deposit where deposit_id = any(${asked}::uuid[]) order by device_id, deposit_id
    for update`.execute(tx);
  const { rows } = await sql`
    select p.deposit_id as "depositId", p.device_id as "deviceId", p.amount, p.deposited_on as "depositedOn",
      coalesce(sum(c.amount), 0) as confirmed, coalesce(max(c.decided_at), 0) as last
    from deposit p left join deposit_confirmation c on c.device_id = p.device_id and c.deposit_id = p.deposit_id
    where p.deposit_id = any(${asked}::uuid[]) group by p.device_id, p.deposit_id`.execute(tx);
  return z.array(heldSchema).parse(rows);
}

function problemOf(held: readonly HeldDeposit[], { amount, confirmedOn }: BankWord, today: LocalDate) {
  const [deposit, second] = held;
  if (deposit === undefined) return 'DEPOSIT_UNKNOWN';
  if (second !== undefined) return 'DEPOSIT_AMBIGUOUS';
  if (confirmedOn < deposit.depositedOn || confirmedOn > today) return 'DATE_IMPOSSIBLE';
  return deposit.confirmed + amount > deposit.amount ? 'MORE_THAN_DEPOSITED' : undefined;
}

const PAGE_ITEMS = 500;

/** Writes decided words, and for each device the pages of its feed. */
async function writeWords(
  tx: Tx,
  context: ProvinceContext,
  words: readonly { readonly deviceId: string; readonly saidBy: string; readonly decision: DepositDecision }[],
): Promise<void> {
  for (let from = 0; from < words.length; from += PAGE_ITEMS) {
    const rows = words.slice(from, from + PAGE_ITEMS).map(({ deviceId, saidBy, decision }) => ({
      device_id: deviceId,
      decision_id: decision.decisionId,
      deposit_id: decision.depositId,
      amount: decision.amount,
      confirmed_on: decision.confirmedOn,
      said_by: saidBy,
      decided_at: decision.decidedAt,
    }));
    await tx.insertInto('deposit_confirmation').values(rows).execute();
  }
  // In one order, so that two runs never wait for each other's feeds.
  for (const scope of [...new Set(words.map(({ deviceId }) => deviceId))].toSorted()) {
    const own = words.filter(({ deviceId }) => deviceId === scope);
    for (let from = 0; from < own.length; from += PAGE_ITEMS) {
      const items = own.slice(from, from + PAGE_ITEMS).map(({ decision }) => decision);
      await appendPage(tx, context, { feed: 'decisions', scope, items });
    }
  }
}

/**
 * Writes that banks have confirmed deposits, or parts of them, and the pages of the devices' feeds, in the caller's
 * transaction: all of the words or none. The sum of what is confirmed is never more than what was handed in.
 */
export async function confirmDeposits(
  tx: Tx,
  context: ProvinceContext,
  words: readonly BankWord[],
): Promise<Result<readonly DepositDecision[], ConfirmRefusal>> {
  const found = await lockDeposits(
    tx,
    words.map(({ depositId }) => depositId),
  );
  const held = new Map<string, readonly HeldDeposit[]>();
  for (const deposit of found) held.set(deposit.depositId, [...(held.get(deposit.depositId) ?? []), deposit]);
  const today = localDateAt(context.now());
  const decided: { readonly deviceId: string; readonly saidBy: string; readonly decision: DepositDecision }[] = [];
  for (const word of words) {
    const { depositId, amount, confirmedOn, saidBy } = word;
    const of = held.get(depositId) ?? [];
    const problem = problemOf(of, word, today);
    const [deposit] = of;
    if (problem !== undefined || deposit === undefined)
      return err({ problem: problem ?? 'DEPOSIT_UNKNOWN', depositId });
    const decidedAt = Math.max(context.now(), deposit.last + 1);
    const decisionId = uuidV7({ msecs: decidedAt });
    held.set(depositId, [{ ...deposit, confirmed: deposit.confirmed + amount, last: decidedAt }]);
    decided.push({
      deviceId: deposit.deviceId,
      saidBy,
      decision: { decisionId, depositId, decidedAt, deposit: 'confirmed', confirmedOn, amount },
    });
  }
  await writeWords(tx, context, decided);
  return ok(decided.map(({ decision }) => decision));
}

/** One word of a bank in a transaction of its own. */
export async function confirmDeposit(
  context: ProvinceContext,
  word: BankWord,
): Promise<Result<DepositDecision, ConfirmProblem>> {
  return await context.db.transaction().execute(async (tx) => {
    const confirmed = await confirmDeposits(tx, context, [word]);
    if (!confirmed.ok) return err(confirmed.error.problem);
    const [decision] = confirmed.value;
    if (decision === undefined) throw new Error('a word that was written has no decision');
    return ok(decision);
  });
}

const count = z.coerce.number().int();
const depositRowSchema = z.object({
  depositId: z.string(),
  deviceId: z.string(),
  outletId: z.string(),
  amount: count,
  confirmed: count,
  depositedOn: z.string(),
  bank: z.string(),
  slipNumber: z.string(),
  byCourier: z.boolean(),
});
/** A deposit as the province holds it; amounts in whole rupiah. */
export type DepositRow = Readonly<z.infer<typeof depositRowSchema>>;

/** Deposits by their day, the oldest first; `isOpen` leaves out those that are confirmed whole. */
export async function readDeposits(
  db: Db,
  { isOpen, limit }: { readonly isOpen: boolean; readonly limit: number },
): Promise<readonly DepositRow[]> {
  const { rows } = await sql`
    select * from (
      select p.deposit_id as "depositId", p.device_id as "deviceId", d.outlet_id as "outletId", p.amount,
        coalesce((select sum(c.amount) from deposit_confirmation c
          where c.device_id = p.device_id and c.deposit_id = p.deposit_id), 0) as confirmed,
        p.deposited_on as "depositedOn", p.bank, p.slip_number as "slipNumber", p.dispatch_id is not null as "byCourier"
      from deposit p join device d on d.device_id = p.device_id) told
    where not ${isOpen}::boolean or confirmed < amount
    order by "depositedOn", "depositId" limit ${limit}`.execute(db);
  return z.array(depositRowSchema).parse(rows);
}
