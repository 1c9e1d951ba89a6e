import type { EntryBody } from '../../contract/journal-entry.ts';
import { type LocalDate, localDateAt, parseLocalDate } from '../../domain/local-date.ts';
import type { Db, Tx } from '../db/open.ts';
import type { BracketedDate } from '../ingest/business-date.ts';

/** The day on which the first book that holds this number came to the outlet; null when no device of it told of one. */
async function findBookDay(db: Db | Tx, outletId: string, bookNumber: number): Promise<LocalDate | null> {
  const row = await db
    .selectFrom('emergency_book')
    .select((eb) => eb.fn.min<string | null>('received_on').as('received_on'))
    .where('outlet_id', '=', outletId)
    .where('from_number', '<=', bookNumber)
    .where('to_number', '>=', bookNumber)
    .executeTakeFirst();
  const parsed = parseLocalDate(row?.received_on ?? null);
  return parsed.ok ? parsed.value : null;
}

/**
 * The business date of a paper that was typed later. A sheet cannot be older than its book, nor younger than its arrival
 * here: inside these edges the day on the paper stands, although the anchor of the entry is later. Null where no book is
 * known, or the entry contradicts itself: then the ordinary bracket holds.
 */
export async function dateOfPaper(
  db: Db | Tx,
  sale: {
    readonly outletId: string;
    readonly receivedAt: number;
    readonly body: Pick<EntryBody<'transaction.paid'>, 'paidOn' | 'emergency'>;
  },
): Promise<BracketedDate | null> {
  const { paidOn, emergency } = sale.body;
  if (emergency === undefined || localDateAt(emergency.paperAt) !== paidOn) return null;
  const earliest = await findBookDay(db, sale.outletId, emergency.bookNumber);
  if (earliest === null) return null;
  const latest = localDateAt(sale.receivedAt);
  if (paidOn > latest) return { date: latest, moved: true };
  return paidOn < earliest ? { date: earliest, moved: true } : { date: paidOn, moved: false };
}
