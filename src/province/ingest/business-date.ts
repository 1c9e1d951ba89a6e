import { type LocalDate, localDateAt } from '../../domain/local-date.ts';
import type { Db, Tx } from '../db/open.ts';

/** A day that the province believes, and whether the counter's own lay outside the bracket. */
export type BracketedDate = { readonly date: LocalDate; readonly moved: boolean };

/**
 * "The province brackets each payment between the anchor before and the receipt after: the counter's date stands whenever
 * it lies inside; outside, the nearest edge applies" (OPOP-Sync/1 8.4). Times in ms UTC.
 */
export function dateInBracket(claimed: LocalDate, anchorTime: number | null, receivedAt: number): BracketedDate {
  const latest = localDateAt(receivedAt);
  const earliest = anchorTime === null ? null : localDateAt(anchorTime);
  if (claimed > latest) return { date: latest, moved: true };
  if (earliest !== null && claimed < earliest) return { date: earliest, moved: true };
  return { date: claimed, moved: false };
}

/** When we gave out the anchor that an entry names; null when it names none of ours. */
export async function findAnchorTime(db: Db | Tx, deviceId: string, anchorId: string | null): Promise<number | null> {
  if (anchorId === null) return null;
  const row = await db
    .selectFrom('time_anchor')
    .select('server_time')
    .where('device_id', '=', deviceId)
    .where('nonce', '=', anchorId)
    .executeTakeFirst();
  return row?.server_time ?? null;
}
