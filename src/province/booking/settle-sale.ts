import type { DecisionItem } from '../../contract/feeds.ts';
import type { SoldLine } from '../../contract/journal-entry.ts';
import { addYears, type LocalDate } from '../../domain/local-date.ts';
import { type Rupiah, rupiah, ZERO_RUPIAH } from '../../domain/rupiah.ts';

type Outcome = DecisionItem['outcomes'][number];
type Amounts = Pick<SoldLine, 'component' | 'periodDueOn' | 'amount'>;

/** The part of a settlement that is arithmetic: what was taken beside what is owed, per component and period. */
export type Comparison = {
  readonly outcomes: readonly Outcome[];
  readonly central: DecisionItem['central'];
  /** Owed back (positive) or still owed (negative). */
  readonly difference: Rupiah;
};

/** A text key of a component and period. */
export const keyOf = (line: Pick<Amounts, 'component' | 'periodDueOn'>): string =>
  `${line.periodDueOn}/${line.component}`;

function amountsByKey(lines: readonly Amounts[]): ReadonlyMap<string, Rupiah> {
  const sums = new Map<string, Rupiah>();
  for (const line of lines) sums.set(keyOf(line), rupiah((sums.get(keyOf(line)) ?? 0) + line.amount));
  return sums;
}

function stateOf(expected: Rupiah, taken: Rupiah): Outcome['state'] {
  if (taken === expected) return 'booked';
  return taken < expected ? 'short' : 'over';
}

/** The worst outcome names the whole: money that a person must look at comes before money that is in order. */
function centralOf(outcomes: readonly Outcome[]): DecisionItem['central'] {
  const has = (state: Outcome['state']): boolean => outcomes.some((outcome) => outcome.state === state);
  if (has('paid-elsewhere')) return 'paid-elsewhere';
  if (has('short')) return 'short';
  return has('over') ? 'over' : 'booked';
}

/** Sums and names a list of outcomes. */
export function summarise(outcomes: readonly Outcome[]): Comparison {
  const difference = rupiah(outcomes.reduce((sum, { taken, expected }) => sum + taken - expected, 0));
  return { outcomes, central: centralOf(outcomes), difference };
}

/** Compares the lines that were sold with those that are owed; what was paid before is owed back whole. */
export function compareLines(
  sold: readonly Amounts[],
  owed: readonly Amounts[],
  isPaid: (period: LocalDate) => boolean,
  /** What this very sale has booked before: it stands, whoever paid what since. */
  own: ReadonlyMap<string, Rupiah> = new Map(),
): Comparison {
  const taken = amountsByKey(sold);
  const expected = amountsByKey(owed);
  const lines = new Map([...owed, ...sold].map((line) => [keyOf(line), line]));
  const outcomes: Outcome[] = [];
  for (const [key, { component, periodDueOn }] of [...lines].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const standing = own.get(key);
    const paid = standing === undefined && isPaid(periodDueOn);
    const due = standing ?? (paid ? ZERO_RUPIAH : (expected.get(key) ?? ZERO_RUPIAH));
    const got = taken.get(key) ?? ZERO_RUPIAH;
    if (due === 0 && got === 0) continue;
    outcomes.push({
      component,
      periodDueOn,
      state: paid ? 'paid-elsewhere' : stateOf(due, got),
      expected: due,
      taken: got,
    });
  }
  return summarise(outcomes);
}

/** The due date after the newest booked period; null when nothing was booked or a part is still short. */
export function nextDueOn({ outcomes }: Comparison): { dueOn: LocalDate; paidThrough: LocalDate } | null {
  const booked = outcomes.filter(({ state }) => state === 'booked' || state === 'over');
  const newest = booked
    .map(({ periodDueOn }) => periodDueOn)
    .sort()
    .at(-1);
  if (newest === undefined || outcomes.some(({ state }) => state === 'short')) return null;
  return { dueOn: addYears(newest, 1), paidThrough: newest };
}
