import { type LocalDate, localDateAt } from '../../domain/local-date.ts';

/** A day that the province believes, and whether the counter's own lay outside the bracket. */
export type BracketedDate = { readonly date: LocalDate; readonly moved: boolean };

/**
 * "The province brackets each payment between the anchor before and the receipt after: the counter's date stands whenever
 * it lies inside; outside, the nearest edge applies" (OPOP-Sync/1 8.4). `notBefore` is the time of the anchor; without one
 * that of the enrolment, before which the device made nothing; null where neither is known. Times in ms UTC.
 */
export function dateInBracket(claimed: LocalDate, notBefore: number | null, receivedAt: number): BracketedDate {
  const latest = localDateAt(receivedAt);
  const earliest = notBefore === null ? null : localDateAt(notBefore);
  if (claimed > latest) return { date: latest, moved: true };
  if (earliest !== null && claimed < earliest) return { date: earliest, moved: true };
  return { date: claimed, moved: false };
}
