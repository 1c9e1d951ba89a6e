import type { RegionDayAnswer } from '../../contract/region-day.ts';
import type { DayMatch } from '../../domain/day-match.ts';
import { legSummaries } from './match-days.ts';

const SHOWN_EXPLANATIONS = 50;

/** A match as it is told: each leg with the entries that explain it, the largest first, as many as anybody reads. */
export function matchOf(match: DayMatch): RegionDayAnswer['match'] {
  const summaries = legSummaries(match);
  return {
    journal: match.journal,
    legs: match.legs.map(({ leg, explanations }, at) => ({
      leg,
      figure: { kind: 'waiting' },
      difference: null,
      unexplained: null,
      state: 'waiting',
      ...summaries[at],
      explanations: explanations
        .toSorted((left, right) => Math.abs(right.amount) - Math.abs(left.amount))
        .slice(0, SHOWN_EXPLANATIONS)
        .map(({ entryHash, reason, amount }) => ({ entryHash, reason, amount })),
      more: Math.max(0, explanations.length - SHOWN_EXPLANATIONS),
    })),
    open: [...match.open],
    settled: match.settled,
  };
}
