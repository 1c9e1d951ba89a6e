import { sql } from 'kysely';
import { z } from 'zod';
import { addDays, type LocalDate, localDateAt } from '../../domain/local-date.ts';
import { type Rupiah, rupiah } from '../../domain/rupiah.ts';
import {
  type MatchReason,
  matchStatement,
  type OpenCredit,
  type RecordedDeposit,
  type StatementCredit,
} from '../../domain/statement-match.ts';
import { localDateSchema } from '../../contract/primitives.ts';
import type { Tx } from '../db/open.ts';
import { confirmDeposits } from '../deposits/confirm-deposit.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';

/** Working days that a bank may take to book what it was handed. */
const WINDOW_BANK_DAYS = 5;
/** What is older is for a person: a slip number may come back in another year. */
const LOOK_BACK_DAYS = 120;
const PIECE = 500;

/** A part of a credit that confirms a part of a deposit. */
export type CreditPart = { readonly creditId: string; readonly depositId: string; readonly amount: Rupiah };

type Weight = { readonly id: string; readonly amount: number };

/** Lays credits over deposits of the same sum, both in order: which credit confirms how much of which deposit. */
export function layOver(credits: readonly Weight[], deposits: readonly Weight[]): readonly CreditPart[] {
  const parts: CreditPart[] = [];
  const left = deposits.map(({ id, amount }) => ({ id, amount }));
  for (const { id: creditId, amount: whole } of credits) {
    let rest = whole;
    for (const deposit of left) {
      const amount = Math.min(rest, deposit.amount);
      if (amount <= 0) continue;
      parts.push({ creditId, depositId: deposit.id, amount: rupiah(amount) });
      deposit.amount -= amount;
      rest -= amount;
    }
  }
  return parts;
}

const amountSchema = z.coerce.number().int().transform(rupiah);
const depositSchema = z.object({
  depositId: z.string(),
  outletId: z.string(),
  amount: amountSchema,
  depositedOn: localDateSchema,
  slipNumber: z.string(),
});
const creditSchema = z.object({
  creditId: z.string(),
  amount: amountSchema,
  bookedOn: localDateSchema,
  text: z.string(),
});

/** One run, file or person per bank at a time, until the transaction ends; taking it again costs nothing. */
export async function lockBank(tx: Tx, bank: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`bank/${bank}`}, 2))`.execute(tx);
}

/** Deposits of a bank that are not confirmed whole, with what is open of each; an id that two devices say is for a person. */
export async function openDeposits(tx: Tx, bank: string, from: LocalDate): Promise<readonly RecordedDeposit[]> {
  const { rows } = await sql`
    select p.deposit_id as "depositId", d.outlet_id as "outletId", p.deposited_on as "depositedOn",
      p.slip_number as "slipNumber", p.amount - coalesce(sum(c.amount), 0) as amount
    from deposit p join device d on d.device_id = p.device_id
      left join deposit_confirmation c on c.device_id = p.device_id and c.deposit_id = p.deposit_id
    where lower(btrim(p.bank)) = lower(btrim(${bank})) and p.deposited_on >= ${from}
      and not exists (select 1 from deposit o where o.deposit_id = p.deposit_id and o.device_id <> p.device_id)
    group by p.device_id, p.deposit_id, d.outlet_id
    having p.amount > coalesce(sum(c.amount), 0) order by p.deposited_on, p.deposit_id`.execute(tx);
  return z.array(depositSchema).parse(rows);
}

/** Credits of a bank that no deposit has explained yet. */
export async function openCredits(tx: Tx, bank: string, from: LocalDate): Promise<readonly StatementCredit[]> {
  const { rows } = await sql`
    select c.credit_id as "creditId", c.amount, c.booked_on as "bookedOn", c.text from bank_credit c
    where c.bank = ${bank} and c.booked_on >= ${from}
      and not exists (select 1 from bank_match m where m.credit_id = c.credit_id)
    order by c.booked_on, c.credit_id`.execute(tx);
  return z.array(creditSchema).parse(rows);
}

/** What is written of a match: who says so and why. */
export type MatchWord = {
  readonly reason: MatchReason | 'by-hand';
  readonly note: string | null;
  readonly saidBy: string;
};

/** Writes matches and lets each credit confirm its deposits; a confirmation that is refused is a bug of the matching. */
export async function writeMatches(
  tx: Tx,
  context: ProvinceContext,
  matches: readonly { readonly parts: readonly CreditPart[]; readonly word: MatchWord }[],
  bookedOn: (creditId: string) => LocalDate,
): Promise<void> {
  const credits = matches.flatMap(({ parts, word }) =>
    [...new Set(parts.map(({ creditId }) => creditId))].map((creditId) => ({
      credit_id: creditId,
      reason: word.reason,
      note: word.note,
      said_by: word.saidBy,
      matched_at: context.now(),
    })),
  );
  const parts = matches.flatMap((match) => match.parts);
  for (let from = 0; from < credits.length; from += PIECE) {
    await tx
      .insertInto('bank_match')
      .values(credits.slice(from, from + PIECE))
      .execute();
  }
  for (let from = 0; from < parts.length; from += PIECE) {
    const rows = parts
      .slice(from, from + PIECE)
      .map((part) => ({ credit_id: part.creditId, deposit_id: part.depositId, amount: part.amount }));
    await tx.insertInto('bank_match_part').values(rows).execute();
  }
  const words = matches.flatMap((match) =>
    match.parts.map(({ creditId, depositId, amount }) => ({
      depositId,
      amount,
      confirmedOn: bookedOn(creditId),
      saidBy: match.word.saidBy,
    })),
  );
  const confirmed = await confirmDeposits(tx, context, words);
  if (!confirmed.ok) throw new Error(`a match was refused: ${JSON.stringify(confirmed.error)}`);
}

/** What a run of the matching settled, and what it leaves to a person. */
export type MatchOutcome = {
  readonly matched: Readonly<Partial<Record<MatchReason, number>>>;
  /** Whole rupiah that are confirmed by this run. */
  readonly confirmed: number;
  readonly openDeposits: readonly string[];
  readonly openCredits: readonly OpenCredit[];
};

/** Matches all that is open of a bank, surest reason first, and confirms what is sure, in the caller's transaction. */
export async function matchBank(
  tx: Tx,
  context: ProvinceContext,
  { bank, saidBy }: { readonly bank: string; readonly saidBy: string },
): Promise<MatchOutcome> {
  await lockBank(tx, bank);
  const today = localDateAt(context.now());
  const from = addDays(today, -LOOK_BACK_DAYS);
  const [deposits, credits] = [await openDeposits(tx, bank, from), await openCredits(tx, bank, from)];
  // A booking of a day to come is a mistake of the statement; it waits until its day.
  const booked = credits.filter(({ bookedOn }) => bookedOn <= today);
  const { bankHolidays: holidays } = await publishedPolicy(tx);
  const outcome = matchStatement(deposits, booked, { bankDays: WINDOW_BANK_DAYS, holidays });
  const [depositOf, creditOf] = [
    new Map(deposits.map((deposit) => [deposit.depositId, deposit.amount])),
    new Map(booked.map((credit) => [credit.creditId, credit])),
  ];
  const matches = outcome.matches.map(({ reason, creditIds, depositIds }) => ({
    word: { reason, note: null, saidBy },
    parts: layOver(
      creditIds.map((id) => ({ id, amount: creditOf.get(id)?.amount ?? 0 })),
      depositIds.map((id) => ({ id, amount: depositOf.get(id) ?? 0 })),
    ),
  }));
  await writeMatches(tx, context, matches, (creditId) => creditOf.get(creditId)?.bookedOn ?? today);
  const matched: Partial<Record<MatchReason, number>> = {};
  for (const { reason } of outcome.matches) matched[reason] = (matched[reason] ?? 0) + 1;
  return {
    matched,
    confirmed: outcome.matches.reduce((sum, { amount }) => sum + amount, 0),
    openDeposits: outcome.openDeposits,
    openCredits: outcome.openCredits,
  };
}
