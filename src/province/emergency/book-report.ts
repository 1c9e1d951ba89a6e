import { sql } from 'kysely';
import { bookGaps, type ToldSheet } from '../../domain/emergency-paper.ts';
import type { Db } from '../db/open.ts';

/** Where the emergency receipt books of one outlet stand. */
export type EmergencyReport = {
  readonly outletId: string;
  readonly books: readonly {
    readonly from: number;
    readonly to: number;
    readonly receivedOn: string;
    readonly sold: number;
    readonly spoiled: number;
    readonly missing: number;
    /** Numbers below a told one of which nobody has said anything. */
    readonly gaps: readonly { readonly from: number; readonly to: number }[];
  }[];
  /** Numbers of which more than one thing was said: by two devices, or of two sales. */
  readonly twice: readonly { readonly number: number; readonly said: readonly string[] }[];
  /** Sold numbers that lie in no book that anybody told of. */
  readonly withoutBook: readonly number[];
};

type ToldRow = { readonly number: number; readonly state: 'sold' | 'spoiled' | 'missing'; readonly said: string };

/** One row for each number and entry; a range that was declared missing is counted number by number. */
async function readTold(db: Db, outletId: string): Promise<readonly ToldRow[]> {
  const { rows } = await sql<ToldRow>`
    select n as number, t.state, t.state || ' ' || coalesce(t.transaction_id::text, t.device_id::text) as said
    from emergency_told t cross join lateral generate_series(t.from_number, t.to_number) as n
    where t.outlet_id = ${outletId} order by n, t.received_at, t.hash`.execute(db);
  return rows;
}

/** Every book of an outlet with its gaps, and every number of which two things were said. */
export async function reportEmergencyBooks(db: Db, outletId: string): Promise<EmergencyReport> {
  const { rows: books } = await sql<{ from: number; to: number; received_on: string }>`
    select from_number as from, to_number as to, min(received_on)::text as received_on from emergency_book
    where outlet_id = ${outletId} group by from_number, to_number order by from_number, to_number`.execute(db);
  const told = await readTold(db, outletId);
  const sheets = told.map(
    ({ number, state }): ToldSheet => ({ number, state: state === 'sold' ? 'confirmed' : state }),
  );
  const numbers = [...new Set(told.map(({ number }) => number))];
  const saidOf = (number: number) => told.filter((row) => row.number === number).map(({ said }) => said);
  return {
    outletId,
    books: books.map(({ from, to, received_on: receivedOn }) => {
      const own = told.filter(({ number }) => number >= from && number <= to);
      const count = (state: ToldRow['state']) => own.filter((row) => row.state === state).length;
      const counts = { sold: count('sold'), spoiled: count('spoiled'), missing: count('missing') };
      return { from, to, receivedOn, ...counts, gaps: bookGaps({ from, to }, sheets) };
    }),
    twice: numbers.map((number) => ({ number, said: saidOf(number) })).filter(({ said }) => said.length > 1),
    withoutBook: told
      .filter(({ number, state }) => state === 'sold' && !books.some(({ from, to }) => number >= from && number <= to))
      .map(({ number }) => number),
  };
}
