import type { RegionDaySummary } from '../../../contract/region-day.ts';
import type { DayList, OthersWord, RegionWord } from '../../../contract/views-region.ts';
import type { LocalDate } from '../../../domain/local-date.ts';

/** Which list of days stands on the screen. */
export type RecapList = 'close' | 'reconciliation' | 'date';
/** Which of the two signatures of a day. */
export type Signature = 'close' | 'reconciliation';

/** A row of the list: all matching days at once, or one day. */
export type RecapRow =
  | Readonly<{ kind: 'all'; days: readonly RegionDaySummary[] }>
  | Readonly<{ kind: 'day'; day: RegionDaySummary }>;

export const rowKey = (row: RecapRow): string =>
  row.kind === 'all' ? 'all' : `${row.day.outletId} ${row.day.businessOn}`;

/** What a list asks the province for. */
export function listQuestion(list: RecapList, on: LocalDate): DayList {
  return list === 'date' ? { on, waiting: 'all' } : { on: null, waiting: list };
}

/** The next signature that a day waits for: its close, else its reconciliation. */
export function nextSignature(day: Pick<RegionDaySummary, 'close' | 'reconciliation'>): Signature | undefined {
  if (day.close !== null) return 'close';
  return day.reconciliation === null ? undefined : 'reconciliation';
}

const TYPES = { close: 'day.close-signed', reconciliation: 'day.reconciliation-signed' } as const;

/** Whether he has signed this part of a day on this device, and the province has not answered yet. */
export function isSaid(
  words: readonly RegionWord[],
  day: Pick<RegionDaySummary, 'outletId' | 'businessOn' | 'close' | 'reconciliation'>,
  signature: Signature,
): boolean {
  return words.some(
    ({ type, outletId, businessOn, part, state }) =>
      (state === 'unsent' || state === 'sent') &&
      type === TYPES[signature] &&
      outletId === day.outletId &&
      businessOn === day.businessOn &&
      part === day[signature]?.part,
  );
}

type DayKey = Pick<RegionDaySummary, 'outletId' | 'businessOn'>;

/** What somebody else said of a day, where he has not taken note of it. */
export function saidByOther(others: readonly OthersWord[], day: DayKey): OthersWord | undefined {
  return others.find((word) => word.outletId === day.outletId && word.businessOn === day.businessOn);
}

/** Whether somebody else put this very signature under this part of a day. */
export function isSignedByOther(
  others: readonly OthersWord[],
  day: DayKey & Readonly<{ part: number }>,
  signature: Signature,
): boolean {
  return others.some(
    (word) => word.type === TYPES[signature] && word.part === day.part && saidByOther([word], day) !== undefined,
  );
}

/** Days that may be signed at once: they match, are not his own work, and he has not signed them already. */
export function matchingDays(
  days: readonly RegionDaySummary[],
  words: readonly RegionWord[],
  signature: Signature,
): readonly RegionDaySummary[] {
  return days.filter(
    (day) => day.matches && !day.isOwnWork && day[signature] !== null && !isSaid(words, day, signature),
  );
}

/** What is signed at once in a list; on a date it is the evening's close. */
export const signatureOf = (list: RecapList): Signature => (list === 'date' ? 'close' : list);

/** The rows of a list; one matching day needs no row of its own. */
export function recapRows(
  days: readonly RegionDaySummary[],
  words: readonly RegionWord[],
  list: RecapList,
): readonly RecapRow[] {
  const matching = matchingDays(days, words, signatureOf(list));
  const each = days.map((day): RecapRow => ({ kind: 'day', day }));
  return matching.length < 2 ? each : [{ kind: 'all', days: matching }, ...each];
}
