import { v7 as uuidV7 } from 'uuid';
import { err, ok, type Result } from '../../domain/result.ts';
import { sha256 } from '../crypto/hashing.ts';
import type { Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { lockBank, matchBank, type MatchOutcome } from './match-credits.ts';
import { type ReadCredit, readStatement, type StatementProblem } from './read-statement.ts';
import { type StatementMapping, statementMappingSchema } from './statement-mapping.ts';

const PIECE = 500;

/** Why a statement is not taken; nothing was written. */
export type TakeProblem =
  | { readonly code: 'BANK_UNKNOWN' }
  | { readonly code: 'STATEMENT_KNOWN'; readonly readAt: number; readonly saidBy: string }
  | { readonly code: 'STATEMENT_UNREADABLE'; readonly problems: readonly StatementProblem[] };

/** What a statement brought. */
export type TakenStatement = MatchOutcome & {
  readonly statementId: string;
  readonly credits: number;
  /** Credits that an earlier statement had brought already. */
  readonly known: number;
  readonly debits: number;
  readonly withoutDate: readonly number[];
};

/** Saves in which shape a bank gives its statements; a person of the office does it once for each bank. */
export async function saveShape(
  { db, now }: ProvinceContext,
  bank: string,
  shape: StatementMapping,
  savedBy: string,
): Promise<void> {
  const row = { shape: JSON.stringify(shape), saved_by: savedBy, saved_at: now() };
  await db
    .insertInto('bank_shape')
    .values({ bank, ...row })
    .onConflict((conflict) => conflict.column('bank').doUpdateSet(row))
    .execute();
}

async function shapeOf(tx: Tx, bank: string): Promise<StatementMapping | undefined> {
  const row = await tx.selectFrom('bank_shape').select('shape').where('bank', '=', bank).executeTakeFirst();
  return row === undefined ? undefined : statementMappingSchema.parse(row.shape);
}

type KnownCredit = ReadCredit & { readonly creditId: string };

/** A credit is known by what it says; two that say the same in one file are two, told apart by their turn. */
function withIds(bank: string, credits: readonly ReadCredit[]): readonly KnownCredit[] {
  const turns = new Map<string, number>();
  return credits.map((credit) => {
    const said = JSON.stringify([bank, credit.bookedOn, credit.amount, credit.text]);
    const turn = (turns.get(said) ?? 0) + 1;
    turns.set(said, turn);
    return { ...credit, creditId: sha256(`${said}#${turn}`) };
  });
}

/** Which of the credits an earlier statement has brought. */
async function knownOf(tx: Tx, credits: readonly KnownCredit[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let from = 0; from < credits.length; from += PIECE) {
    const ids = credits.slice(from, from + PIECE).map(({ creditId }) => creditId);
    const rows = await tx.selectFrom('bank_credit').select('credit_id').where('credit_id', 'in', ids).execute();
    for (const row of rows) known.add(row.credit_id);
  }
  return known;
}

async function writeCredits(tx: Tx, bank: string, statementId: string, credits: readonly KnownCredit[]): Promise<void> {
  for (let from = 0; from < credits.length; from += PIECE) {
    const rows = credits.slice(from, from + PIECE).map((credit) => ({
      credit_id: credit.creditId,
      bank,
      statement_id: statementId,
      row_no: credit.row,
      booked_on: credit.bookedOn,
      amount: credit.amount,
      text: credit.text,
    }));
    await tx.insertInto('bank_credit').values(rows).execute();
  }
}

/**
 * Takes a bank's statement into custody and matches what is open of the bank, in one transaction: a file that cannot be
 * read whole, or was read before, changes nothing.
 */
export async function takeStatement(
  context: ProvinceContext,
  asked: { readonly bank: string; readonly bytes: Uint8Array; readonly saidBy: string },
): Promise<Result<TakenStatement, TakeProblem>> {
  const { bank, bytes, saidBy } = asked;
  return await context.db.transaction().execute(async (tx) => {
    await lockBank(tx, bank);
    const shape = await shapeOf(tx, bank);
    if (shape === undefined) return err({ code: 'BANK_UNKNOWN' });
    const fileHash = sha256(bytes);
    const before = await tx
      .selectFrom('bank_statement')
      .select(['read_at', 'said_by'])
      .where('bank', '=', bank)
      .where('file_hash', '=', fileHash)
      .executeTakeFirst();
    if (before !== undefined) return err({ code: 'STATEMENT_KNOWN', readAt: before.read_at, saidBy: before.said_by });
    const read = readStatement(bytes, shape);
    if (!read.ok) return err({ code: 'STATEMENT_UNREADABLE', problems: read.error });
    const credits = withIds(bank, read.value.credits);
    const known = await knownOf(tx, credits);
    const days = credits.map(({ bookedOn }) => bookedOn).toSorted();
    const statementId = uuidV7({ msecs: context.now() });
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) throw new Error('a statement that was read has no credit');
    await tx
      .insertInto('bank_statement')
      .values({
        statement_id: statementId,
        bank,
        file_hash: fileHash,
        from_on: first,
        to_on: last,
        credits: credits.length,
        known: known.size,
        debits: read.value.debits,
        said_by: saidBy,
        read_at: context.now(),
      })
      .execute();
    await writeCredits(
      tx,
      bank,
      statementId,
      credits.filter(({ creditId }) => !known.has(creditId)),
    );
    const outcome = await matchBank(tx, context, asked);
    const { debits, withoutDate } = read.value;
    return ok({ statementId, credits: credits.length, known: known.size, debits, withoutDate, ...outcome });
  });
}

/** Matches what is open of a bank once more: deposits that reached the province after their statement. */
export async function matchAgain(
  context: ProvinceContext,
  asked: { readonly bank: string; readonly saidBy: string },
): Promise<MatchOutcome> {
  return await context.db.transaction().execute((tx) => matchBank(tx, context, asked));
}
