import { bankDaysBetween, type BankHolidays } from './bank-days.ts';
import { capStates, type CapName, type LimitFacts } from './delivery-policy.ts';
import { addDays, daysBetween, type LocalDate, startOfLocalDate } from './local-date.ts';
import type { SaleCaps } from './policy.ts';

/** A move of cash towards the bank: positive when it was handed in, negative when the bank confirmed it. */
export interface TransitMove {
  readonly on: LocalDate;
  /** Whole rupiah. */
  readonly amount: number;
}

/** Deposits that the bank has not confirmed: their sum, and the day of the oldest. The bank confirms in the order of the days. */
export function unconfirmedDeposits(moves: readonly TransitMove[]): {
  readonly total: number;
  readonly oldestOn: LocalDate | null;
} {
  const total = moves.reduce((sum, { amount }) => sum + amount, 0);
  let confirmed = moves.reduce((sum, { amount }) => (amount < 0 ? sum - amount : sum), 0);
  const handedIn = moves.filter(({ amount }) => amount > 0).toSorted((left, right) => (left.on < right.on ? -1 : 1));
  for (const { on, amount } of handedIn) {
    if (amount > confirmed) return { total, oldestOn: on };
    confirmed -= amount;
  }
  return { total, oldestOn: null };
}

/** The days from which the ages count; null where nothing is known or nothing runs. */
export interface LimitDates {
  readonly lastContactOn: LocalDate | null;
  readonly rulesOn: LocalDate | null;
  readonly registryOn: LocalDate | null;
  readonly oldestDepositOn: LocalDate | null;
  /** By policy; absent is none. */
  readonly bankHolidays?: BankHolidays;
}

/** The ages of a day's facts, for `capStates`; null where nothing was ever received. */
export function agesOf(
  dates: LimitDates,
  today: LocalDate,
): Pick<LimitFacts, 'daysSinceContact' | 'rulesAgeDays' | 'registryAgeDays' | 'oldestUnconfirmedDepositBankDays'> {
  const age = (on: LocalDate | null): number | null => (on === null ? null : Math.max(0, daysBetween(on, today)));
  return {
    daysSinceContact: age(dates.lastContactOn),
    rulesAgeDays: age(dates.rulesOn),
    registryAgeDays: age(dates.registryOn),
    oldestUnconfirmedDepositBankDays:
      dates.oldestDepositOn === null ? 0 : bankDaysBetween(dates.oldestDepositOn, today, dates.bankHolidays),
  };
}

/** The first day on which an age is over its limit. */
function firstDayOver(from: LocalDate, limit: number, days: (from: LocalDate, to: LocalDate) => number): LocalDate {
  let day = addDays(from, limit + 1);
  while (days(from, day) <= limit) day = addDays(day, 1);
  return day;
}

/** The first day on which this cap alone stops new sales, or null for caps that no calendar reaches. */
export function stopsOn(cap: CapName, limit: number, dates: LimitDates): LocalDate | null {
  const from = {
    perSale: null,
    drawerCash: null,
    unconfirmedDeposits: null,
    unsent: null,
    daysSinceContact: dates.lastContactOn,
    rulesAgeDays: dates.rulesOn,
    registryAgeDays: dates.registryOn,
    unconfirmedDepositBankDays: dates.oldestDepositOn,
  }[cap];
  if (from === null) return null;
  const bankDays = (since: LocalDate, to: LocalDate): number => bankDaysBetween(since, to, dates.bankHolidays);
  return firstDayOver(from, limit, cap === 'unconfirmedDepositBankDays' ? bankDays : daysBetween);
}

/** One cap as a person sees it coming. */
export interface LimitState {
  readonly cap: CapName;
  readonly limit: number;
  /** Without a further sale; null when the figure is not known, which stops new sales. */
  readonly used: number | null;
  /** What is left in the cap's own unit; never negative. */
  readonly remaining: number | null;
  /** ms until the day turns on which this cap stops new sales; null for caps that no calendar reaches. */
  readonly remainingMs: number | null;
  /** Whether the smallest further sale is stopped by this cap. */
  readonly reached: boolean;
}

/** The smallest sale there is: what a cap leaves for it is what it leaves at all. */
const SMALLEST_SALE = 1;

/** Every cap that the policy sets, with what is used, what is left, and when the calendar reaches it. */
export function limitStates(
  caps: SaleCaps,
  facts: Omit<LimitFacts, 'saleAmount'>,
  dates: LimitDates,
  nowMs: number,
): readonly LimitState[] {
  const used: Readonly<Record<CapName, number | null>> = {
    perSale: 0,
    drawerCash: facts.drawerCash,
    unconfirmedDeposits: facts.unconfirmedDeposits,
    unconfirmedDepositBankDays: facts.oldestUnconfirmedDepositBankDays,
    unsent: facts.unsent,
    daysSinceContact: facts.daysSinceContact,
    rulesAgeDays: facts.rulesAgeDays,
    registryAgeDays: facts.registryAgeDays,
  };
  return capStates(caps, { ...facts, saleAmount: SMALLEST_SALE }).map(({ cap, limit, left }) => {
    const day = stopsOn(cap, limit, dates);
    const figure = used[cap];
    return {
      cap,
      limit,
      used: figure,
      remaining: figure === null ? null : Math.max(0, limit - figure),
      remainingMs: day === null ? null : Math.max(0, startOfLocalDate(day) - nowMs),
      reached: left === null || left < 0,
    };
  });
}
