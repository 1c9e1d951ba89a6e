import { bankDaysBetween, type BankHolidays } from './bank-days.ts';
import { addDays, type LocalDate } from './local-date.ts';
import { type Rupiah, sumRupiah } from './rupiah.ts';

/** A deposit as a counter has recorded it. */
export interface RecordedDeposit {
  readonly depositId: string;
  readonly outletId: string;
  readonly amount: Rupiah;
  readonly depositedOn: LocalDate;
  /** As the officer copied it from the bank's slip. */
  readonly slipNumber: string;
}

/** Money that came to the account, as the bank's statement says. */
export interface StatementCredit {
  readonly creditId: string;
  readonly amount: Rupiah;
  readonly bookedOn: LocalDate;
  /** Reference and description together. */
  readonly text: string;
}

/** Why deposits and credits are believed to be the same money. */
export type MatchReason =
  /** The credit names the slip, and the amounts are equal. */
  | 'slip'
  /** One credit for several deposits on one slip or on the slips it names. */
  | 'slip-of-several'
  /** Several credits that name one slip. */
  | 'slip-in-parts'
  /** No slip is named; amount and days fit, and nothing else does. */
  | 'amount'
  /** No slip is named; the deposits of one outlet and day together, and nothing else. */
  | 'outlet-day';

/** The same money on both sides; the sums are equal. */
export interface StatementMatch {
  readonly reason: MatchReason;
  readonly depositIds: readonly string[];
  readonly creditIds: readonly string[];
  readonly amount: Rupiah;
}

/** A credit that a person has to place, with what it may be. */
export interface OpenCredit {
  readonly creditId: string;
  readonly candidates: readonly string[];
}

/** What a statement settles, and what it leaves to a person. */
export interface StatementOutcome {
  readonly matches: readonly StatementMatch[];
  readonly openDeposits: readonly string[];
  readonly openCredits: readonly OpenCredit[];
}

/** How late the bank may book what it was handed. */
export interface MatchWindow {
  readonly bankDays: number;
  readonly holidays: BankHolidays;
}

/** Words of a text that are read together as one slip number: "STS 0012 / 2026" is three. */
const LONGEST_SLIP_WORDS = 5;
const MOST_CANDIDATES = 5;

function wordsOf(text: string): readonly string[] {
  return text.toUpperCase().match(/[0-9A-Z]+/g) ?? [];
}

/** A slip number without what a bank adds or leaves out between its parts; null where nothing or no digit is left. */
function slipKey(slipNumber: string): string | null {
  const key = wordsOf(slipNumber).join('');
  return key.length >= 3 && /\d/.test(key) ? key : null;
}

/** The slips that a text names: whole words only, so that 12 is not found in 112. */
function slipsNamed(text: string, known: ReadonlyMap<string, readonly RecordedDeposit[]>): readonly string[] {
  const words = wordsOf(text);
  const named = new Set<string>();
  for (let from = 0; from < words.length; from += 1) {
    let key = '';
    for (const word of words.slice(from, from + LONGEST_SLIP_WORDS)) {
      key += word;
      if (known.has(key)) named.add(key);
    }
  }
  return [...named];
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string | null): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Whether the bank may book on `bookedOn` what it was handed on `on`: the same day, or in the working days after it. */
function isInTime(on: LocalDate, bookedOn: LocalDate, { bankDays, holidays }: MatchWindow): boolean {
  return bookedOn >= on && bankDaysBetween(on, bookedOn, holidays) <= bankDays;
}

/** Credits and deposits that hang together by the slips that are named. */
interface SlipGroup {
  readonly deposits: readonly RecordedDeposit[];
  readonly credits: readonly StatementCredit[];
}

function slipGroups(deposits: readonly RecordedDeposit[], credits: readonly StatementCredit[]): readonly SlipGroup[] {
  const bySlip = grouped(deposits, ({ slipNumber }) => slipKey(slipNumber));
  const leader = new Map<string, string>([...bySlip.keys()].map((slip) => [slip, slip]));
  const leaderOf = (slip: string): string => {
    const next = leader.get(slip) ?? slip;
    return next === slip ? slip : leaderOf(next);
  };
  const naming = new Map<StatementCredit, string>();
  for (const credit of credits) {
    const [first, ...rest] = slipsNamed(credit.text, bySlip);
    if (first === undefined) continue;
    naming.set(credit, first);
    for (const slip of rest) leader.set(leaderOf(slip), leaderOf(first));
  }
  const creditsOf = grouped([...naming.keys()], (credit) => leaderOf(naming.get(credit) ?? ''));
  const slipsOf = grouped([...bySlip.keys()], leaderOf);
  return [...creditsOf].map(([key, group]) => ({
    credits: group,
    deposits: (slipsOf.get(key) ?? []).flatMap((slip) => bySlip.get(slip) ?? []),
  }));
}

function reasonOf({ deposits, credits }: SlipGroup): MatchReason {
  if (deposits.length > 1) return 'slip-of-several';
  return credits.length > 1 ? 'slip-in-parts' : 'slip';
}

function matchOf(reason: MatchReason, { deposits, credits }: SlipGroup): StatementMatch {
  return {
    reason,
    depositIds: deposits.map(({ depositId }) => depositId).toSorted(),
    creditIds: credits.map(({ creditId }) => creditId).toSorted(),
    amount: sumRupiah(credits.map(({ amount }) => amount)),
  };
}

/** Groups in which every day fits and the sums agree; a sum that differs is for a person, not for a part of it. */
function matchesBySlip(groups: readonly SlipGroup[], window: MatchWindow): readonly StatementMatch[] {
  return groups
    .filter(({ deposits, credits }) => {
      const sum = sumRupiah(credits.map(({ amount }) => amount));
      const inTime = deposits.every(({ depositedOn }) =>
        credits.every(({ bookedOn }) => isInTime(depositedOn, bookedOn, window)),
      );
      return inTime && sum === sumRupiah(deposits.map(({ amount }) => amount));
    })
    .map((group) => matchOf(reasonOf(group), group));
}

/** Deposits of one day that came to the bank as one sum. */
interface HandedIn {
  readonly deposits: readonly RecordedDeposit[];
  readonly amount: Rupiah;
  readonly on: LocalDate;
}

const placeOf = (amount: Rupiah, day: LocalDate): string => `${amount} ${day}`;

/** What lies in the window after, or before, a day: about as many as are wanted. */
function within<T>(
  byPlace: ReadonlyMap<string, readonly T[]>,
  amount: Rupiah,
  day: LocalDate,
  step: 1 | -1,
  window: MatchWindow,
  wanted = 2,
): readonly T[] {
  const found: T[] = [];
  for (let at = day; found.length < wanted; at = addDays(at, step)) {
    if (!(step === 1 ? isInTime(day, at, window) : isInTime(at, day, window))) break;
    found.push(...(byPlace.get(placeOf(amount, at)) ?? []));
  }
  return found;
}

/** Pairs that fit each other and nothing else: an amount that two could be is for a person. */
function onlyPairs(
  sums: readonly HandedIn[],
  credits: readonly StatementCredit[],
  window: MatchWindow,
  reason: MatchReason,
): readonly StatementMatch[] {
  const sumsAt = grouped(sums, ({ amount, on }) => placeOf(amount, on));
  const creditsAt = grouped(credits, ({ amount, bookedOn }) => placeOf(amount, bookedOn));
  return sums.flatMap((sum) => {
    const [credit, another] = within(creditsAt, sum.amount, sum.on, 1, window);
    if (credit === undefined || another !== undefined) return [];
    const rivals = within(sumsAt, credit.amount, credit.bookedOn, -1, window);
    return rivals.length === 1 ? [matchOf(reason, { deposits: sum.deposits, credits: [credit] })] : [];
  });
}

/** What has not been matched yet. */
function rest(
  deposits: readonly RecordedDeposit[],
  credits: readonly StatementCredit[],
  matches: readonly StatementMatch[],
): SlipGroup {
  const usedDeposits = new Set(matches.flatMap(({ depositIds }) => depositIds));
  const usedCredits = new Set(matches.flatMap(({ creditIds }) => creditIds));
  return {
    deposits: deposits.filter(({ depositId }) => !usedDeposits.has(depositId)),
    credits: credits.filter(({ creditId }) => !usedCredits.has(creditId)),
  };
}

/**
 * Matches a bank's statement with the deposits of the counters, surest reason first. Never guesses: where two readings
 * are possible, both stay open for a person. The order of the input changes nothing.
 */
export function matchStatement(
  deposits: readonly RecordedDeposit[],
  credits: readonly StatementCredit[],
  window: MatchWindow,
): StatementOutcome {
  const groups = slipGroups(deposits, credits);
  const bySlip = matchesBySlip(groups, window);
  // A credit that names a slip whose sum differs is no candidate for another deposit of the same amount, nor is the deposit.
  const spoken = new Set(groups.flatMap((group) => [...group.deposits, ...group.credits]));
  const silent = {
    deposits: deposits.filter((deposit) => !spoken.has(deposit)),
    credits: credits.filter((credit) => !spoken.has(credit)),
  };
  const single = silent.deposits.map((deposit) => ({
    deposits: [deposit],
    amount: deposit.amount,
    on: deposit.depositedOn,
  }));
  const byAmount = onlyPairs(single, silent.credits, window, 'amount');
  const left = rest(silent.deposits, silent.credits, byAmount);
  const days = [
    ...grouped(left.deposits, ({ outletId, depositedOn }) => `${outletId} ${depositedOn}`).values(),
  ].flatMap((day) => {
    const [first, second] = day;
    if (first === undefined || second === undefined) return [];
    return [{ deposits: day, amount: sumRupiah(day.map(({ amount }) => amount)), on: first.depositedOn }];
  });
  // An amount that one deposit alone could be is not the sum of a day.
  const alone = new Set(left.deposits.map(({ amount }) => amount));
  const free = left.credits.filter(({ amount }) => !alone.has(amount));
  const byDay = onlyPairs(days, free, window, 'outlet-day');
  const matches = [...bySlip, ...byAmount, ...byDay];
  const open = rest(deposits, credits, matches);
  const openAt = grouped(open.deposits, ({ amount, depositedOn }) => placeOf(amount, depositedOn));
  const openBySlip = grouped(open.deposits, ({ slipNumber }) => slipKey(slipNumber));
  return {
    matches,
    openDeposits: open.deposits.map(({ depositId }) => depositId),
    openCredits: open.credits.map((credit) => {
      const named = slipsNamed(credit.text, openBySlip).flatMap((slip) => openBySlip.get(slip) ?? []);
      const near = within(openAt, credit.amount, credit.bookedOn, -1, window, MOST_CANDIDATES);
      const ids = new Set([...named, ...near].map(({ depositId }) => depositId));
      return { creditId: credit.creditId, candidates: [...ids].slice(0, MOST_CANDIDATES) };
    }),
  };
}
