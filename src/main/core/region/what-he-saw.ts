import type { Refusal } from '../../../contract/errors.ts';
import type { LegSummary } from '../../../contract/day-figures.ts';
import type { RegionDayAnswer, RegionDaySummary } from '../../../contract/region-day.ts';
import type { QueueItem } from '../../../contract/region.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { DayKey, KeptRegion } from './kept-region.ts';

/** Which of the two signatures of a day. */
export type Signature = 'close' | 'reconciliation';

/** A day and the part of it that a supervisor had before his eyes. */
export type ShownDay = DayKey & { readonly part: number; readonly itemsHash: string };

/** What a signature says that he saw. */
export type SeenDay = {
  readonly outletName: string;
  readonly part: number;
  readonly items: number;
  readonly itemsHash: string;
  readonly journal: RegionDaySummary['journal'];
  readonly legs: LegSummary[];
  readonly isOwnWork: boolean;
  /** Nothing open, nothing found, nothing apart: may stand in a list that is signed at once. */
  readonly matches: boolean;
};

const summaryOfLeg = ({ leg, figure, difference, unexplained, state }: LegSummary): LegSummary => ({
  leg,
  figure,
  difference,
  unexplained,
  state,
});

const ofSummary = (row: RegionDaySummary, signature: Signature): SeenDay | undefined => {
  const part = row[signature];
  if (part === null) return undefined;
  const { outletName, journal, legs, isOwnWork, matches } = row;
  return { ...part, outletName, journal, legs: legs.map(summaryOfLeg), isOwnWork, matches };
};

const ofDay = (day: RegionDayAnswer, signature: Signature): SeenDay | undefined => {
  const part = day[signature];
  if (part === null) return undefined;
  const { outletName, match, isOwnWork, findings, apart } = day;
  const matches = match.open.length === 0 && findings.length === 0 && apart.length === 0;
  return { ...part, outletName, journal: match.journal, legs: match.legs.map(summaryOfLeg), isOwnWork, matches };
};

/** The figures of a day as the province told them to this device; those that the page sends are never taken. */
export async function seenDay(
  kept: KeptRegion,
  shown: ShownDay,
  signature: Signature,
): Promise<Result<SeenDay, Refusal<'REGION_NOT_LOADED' | 'REGION_CHANGED'>>> {
  const { day } = await kept.day(shown);
  const summaries = await kept.summaries(shown);
  if (day === null && summaries.length === 0) return err({ code: 'REGION_NOT_LOADED' });
  const known = [
    ...(day === null ? [] : [ofDay(day, signature)]),
    ...summaries.map((row) => ofSummary(row, signature)),
  ];
  const same = known.find((one) => one?.part === shown.part && one.itemsHash === shown.itemsHash);
  return same === undefined ? err({ code: 'REGION_CHANGED' }) : ok(same);
}

/** Something of the queue as it was shown. */
export async function seenItem(
  kept: KeptRegion,
  asked: Pick<QueueItem, 'kind' | 'subject' | 'outletId' | 'evidence'>,
): Promise<Result<QueueItem, Refusal<'REGION_NOT_LOADED' | 'REGION_CHANGED'>>> {
  const lists = [await kept.queue(null), await kept.queue(asked.kind)];
  if (lists.every(({ loadedAt }) => loadedAt === null)) return err({ code: 'REGION_NOT_LOADED' });
  const rows = lists.flatMap((list) => list.rows.map(({ row }) => row));
  const same = rows.find(
    ({ kind, subject, outletId, evidence }) =>
      kind === asked.kind && subject === asked.subject && outletId === asked.outletId && evidence === asked.evidence,
  );
  return same === undefined ? err({ code: 'REGION_CHANGED' }) : ok(same);
}

/** The letter of delegation by which he sees an outlet; null where it is his own. */
export async function delegationFor(
  kept: KeptRegion,
  outletId: string,
): Promise<Result<string | null, Refusal<'REGION_NOT_LOADED'>>> {
  const outlet = await kept.outlet(outletId);
  if (outlet !== undefined) return ok(outlet.delegation?.delegationId ?? null);
  const { head, complete } = await kept.outlets();
  // Whoever has no letter speaks for himself; with one it must be known for which outlets.
  return head !== undefined && (complete || head.delegations.length === 0)
    ? ok(null)
    : err({ code: 'REGION_NOT_LOADED' });
}
