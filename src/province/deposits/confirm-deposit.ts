import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { z } from 'zod';
import type { DepositDecision } from '../../contract/feeds.ts';
import { type LocalDate, localDateAt } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Rupiah } from '../../domain/rupiah.ts';
import type { Db } from '../db/open.ts';
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

/**
 * Writes that a bank has confirmed a deposit, or a part of it, and the page of the device's feed, in one transaction. The
 * sum of what is confirmed is never more than what was handed in.
 */
export async function confirmDeposit(
  context: ProvinceContext,
  { depositId, confirmedOn, amount, saidBy }: BankWord,
): Promise<Result<DepositDecision, ConfirmProblem>> {
  return await context.db.transaction().execute(async (tx) => {
    // The lock makes two words about one deposit wait for each other.
    const found = await tx
      .selectFrom('deposit')
      .select(['device_id', 'amount', 'deposited_on'])
      .where('deposit_id', '=', depositId)
      .forUpdate()
      .execute();
    const [deposit, second] = found;
    if (deposit === undefined) return err('DEPOSIT_UNKNOWN');
    if (second !== undefined) return err('DEPOSIT_AMBIGUOUS');
    if (confirmedOn < deposit.deposited_on || confirmedOn > localDateAt(context.now())) return err('DATE_IMPOSSIBLE');
    const { device_id: deviceId } = deposit;
    const before = await tx
      .selectFrom('deposit_confirmation')
      .select((eb) => [eb.fn.sum<string | null>('amount').as('sum'), eb.fn.max('decided_at').as('last')])
      .where('device_id', '=', deviceId)
      .where('deposit_id', '=', depositId)
      .executeTakeFirstOrThrow();
    if (Number(before.sum ?? 0) + amount > deposit.amount) return err('MORE_THAN_DEPOSITED');
    const last: number | null = before.last;
    const decidedAt = Math.max(context.now(), (last ?? 0) + 1);
    const decision: DepositDecision = {
      decisionId: uuidV7({ msecs: decidedAt }),
      depositId,
      decidedAt,
      deposit: 'confirmed',
      confirmedOn,
      amount,
    };
    await tx
      .insertInto('deposit_confirmation')
      .values({
        device_id: deviceId,
        decision_id: decision.decisionId,
        deposit_id: depositId,
        amount,
        confirmed_on: confirmedOn,
        said_by: saidBy,
        decided_at: decidedAt,
      })
      .execute();
    await appendPage(tx, context, { feed: 'decisions', scope: deviceId, items: [decision] });
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
