import { type Denomination, DENOMINATIONS } from '../../../domain/cash-session.ts';

/** How many of each; text while it is typed, so that an empty field is not a zero that must be erased. */
export type Counts = Readonly<Record<Denomination, string>>;

const MOST = 9999;

/** Nothing counted yet. */
export const NO_COUNTS: Counts = {
  100000: '',
  75000: '',
  50000: '',
  20000: '',
  10000: '',
  5000: '',
  2000: '',
  1000: '',
  500: '',
  200: '',
  100: '',
};

/** The number behind a typed count; an empty field is none. */
export function countOf(counts: Counts, denomination: Denomination): number {
  return Number(counts[denomination] === '' ? '0' : counts[denomination]);
}

/** A count as it may stand in its field: digits, at most 9999. */
export function typedCount(text: string): string {
  const digits = text.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  return digits === '' ? '' : String(Math.min(MOST, Number(digits)));
}

/** One more or one fewer, never under zero. */
export function steppedCount(counts: Counts, denomination: Denomination, by: 1 | -1): Counts {
  const next = Math.min(MOST, Math.max(0, countOf(counts, denomination) + by));
  return { ...counts, [denomination]: String(next) };
}

/** The sum in whole rupiah. */
export function countedTotal(counts: Counts): number {
  return DENOMINATIONS.reduce((sum, denomination) => sum + denomination * countOf(counts, denomination), 0);
}

/** What is sent: only what was counted. */
export function countedLines(counts: Counts): { denomination: number; count: number }[] {
  return DENOMINATIONS.filter((denomination) => countOf(counts, denomination) > 0).map((denomination) => ({
    denomination,
    count: countOf(counts, denomination),
  }));
}

/** Whether anything was typed at all: an empty form is not a drawer that was counted as empty. */
export function isTyped(counts: Counts): boolean {
  return DENOMINATIONS.some((denomination) => counts[denomination] !== '');
}

/** A count as it may be typed again, from one that is known. */
export function countsOf(known: readonly { readonly denomination: number; readonly count: number }[]): Counts {
  const typed = { ...NO_COUNTS };
  for (const denomination of DENOMINATIONS) {
    const found = known.find((one) => one.denomination === denomination);
    if (found !== undefined) typed[denomination] = String(found.count);
  }
  return typed;
}
