/** Serials of pre-printed forms (blangko), both ends included. */
export interface SerialRange {
  readonly from: number;
  readonly to: number;
}

/** What became of forms: printed for a citizen, spoiled, or declared lost by a person. */
export type FormState = 'used' | 'spoiled' | 'missing';

/** Neighbouring serials of which the same was said; runs of one series never overlap. */
export interface FormRun extends SerialRange {
  readonly state: FormState;
}

/** Where a delivery of forms stands. */
export interface FormStock {
  readonly used: number;
  readonly spoiled: number;
  readonly missing: number;
  /** The serial that should lie on top: the lowest above everything used, spoiled or missing there; null when none is left. */
  readonly next: number | null;
  /** Serials below a used or spoiled one of which nobody has said anything: each range is a case. */
  readonly gaps: readonly SerialRange[];
}

/** The longest delivery that is believed to be no slip of the keys. */
const LONGEST_DELIVERY = 10_000;

/** How many serials a range holds. */
function lengthOf({ from, to }: SerialRange): number {
  return to - from + 1;
}

/** Whether two ranges share a serial. */
export function overlaps(one: SerialRange, other: SerialRange): boolean {
  return one.from <= other.to && other.from <= one.to;
}

/** Whether a range lies wholly inside another. */
export function isWithin(inner: SerialRange, outer: SerialRange): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

/** Whether both ends make a range of a sensible length. */
export function isRange({ from, to }: SerialRange): boolean {
  return (
    Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 1 && to >= from && to - from < LONGEST_DELIVERY
  );
}

/** The part of each run that lies in a delivery, lowest first. */
function inside(delivery: SerialRange, runs: readonly FormRun[]): readonly FormRun[] {
  return runs
    .filter((run) => overlaps(run, delivery))
    .map((run) => ({ ...run, from: Math.max(run.from, delivery.from), to: Math.min(run.to, delivery.to) }))
    .toSorted((left, right) => left.from - right.from);
}

/** What lies between runs, from `low` to `high`. */
function between(runs: readonly SerialRange[], low: number, high: number): readonly SerialRange[] {
  const holes: SerialRange[] = [];
  let from = low;
  for (const run of runs) {
    if (run.from > high) break;
    if (run.from > from) holes.push({ from, to: run.from - 1 });
    from = run.to + 1;
  }
  if (from <= high) holes.push({ from, to: high });
  return holes;
}

/**
 * Where one delivery stands, out of what was said of its series. Forms lie in a stack: whoever uses or spoils one has passed
 * all those below it, so a silent one below is a gap; one that was declared missing passes nothing.
 * Costs as many steps as there are runs, whatever the length of the delivery.
 */
export function stockOf(delivery: SerialRange, runs: readonly FormRun[]): FormStock {
  const own = inside(delivery, runs);
  const count = (state: FormState): number =>
    own.filter((run) => run.state === state).reduce((sum, run) => sum + lengthOf(run), 0);
  const highest = own.reduce(
    (most, run) => (run.state === 'missing' ? most : Math.max(most, run.to)),
    delivery.from - 1,
  );
  const [first] = between(own, highest + 1, delivery.to).filter((hole) => hole.from > highest);
  return {
    used: count('used'),
    spoiled: count('spoiled'),
    missing: count('missing'),
    next: first?.from ?? null,
    gaps: between(own, delivery.from, highest),
  };
}
