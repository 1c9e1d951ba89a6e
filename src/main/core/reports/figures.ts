import type { EntryCount, LineSum } from './report-store.ts';

/** The cash of the citizens, wherever it lies before the bank; the float in the drawer is the cooperative's and cancels out. */
export const CASH_POOL: readonly string[] = ['cash-drawer', 'safe-or-courier', 'float'];
/** Where deposits go. */
export const BANK: readonly string[] = ['bank-in-transit', 'bank-confirmed'];
/** What a provider of payments holds for us. */
export const PROVIDER = 'provider-clearing';
/** Cash that a count or a bank did not find: no beneficiary's, and nobody's payment. */
const MISSING: readonly string[] = ['variance', 'cash-loss'];

/** Entries with which a citizen pays for a vehicle. */
export const SALE_TYPES: readonly string[] = ['transaction.paid'];
/** Entries that take a sale back at the counter. */
const VOID_TYPES: readonly string[] = ['transaction.voided'];

/** Whose account it is; the share of the money that stands on it. */
export type Share = 'province' | 'regencies' | 'jasaRaharja' | 'parking' | 'agentFee';

/** The beneficiary behind an account; undefined for every other account. */
export function shareOf(account: string): Share | undefined {
  if (account === 'province') return 'province';
  if (account === 'jasa-raharja') return 'jasaRaharja';
  if (account === 'agent-fee') return 'agentFee';
  if (account.startsWith('regency:')) return 'regencies';
  return account.startsWith('parking:') ? 'parking' : undefined;
}

/**
 * What some entries come to, in whole rupiah: `owed + other - rounding = received = cash + otherMeans`, where `owed` is what
 * all beneficiaries and the cooperative get.
 */
export type Figures = Readonly<Record<Share, number>> & {
  readonly sales: number;
  readonly voided: number;
  readonly owed: number;
  /** Positive: given away in the citizens' favour. */
  readonly rounding: number;
  /** Suspense and debts, as far as the counter's own entries moved them. */
  readonly other: number;
  readonly received: number;
  readonly cash: number;
  readonly otherMeans: number;
  /** Cash that went to a bank. */
  readonly deposited: number;
  /** Counted less expected: negative is missing. */
  readonly variance: number;
  readonly loss: number;
};

type Sums = Map<string, number>;

const add = (sums: Sums, key: string, amount: number): Sums => sums.set(key, (sums.get(key) ?? 0) + amount);

function byType(lines: readonly LineSum[]): ReadonlyMap<string, Sums> {
  const types = new Map<string, Sums>();
  for (const { type, account, amount } of lines)
    types.set(type, add(types.get(type) ?? new Map<string, number>(), account, amount));
  return types;
}

const sumOf = (sums: Sums, isCounted: (account: string) => boolean): number =>
  [...sums].reduce((sum, [account, amount]) => (isCounted(account) ? sum + amount : sum), 0);

/** Where money is or went missing; every other account says whose it is, and together they are what was received. */
export const NOT_OWED: readonly string[] = [...CASH_POOL, ...BANK, ...MISSING, PROVIDER];

const isOwed = (account: string): boolean => !NOT_OWED.includes(account);

const countOf = (counts: readonly EntryCount[], types: readonly string[]): number =>
  counts.reduce((sum, one) => (types.includes(one.type) ? sum + one.count : sum), 0);

/** Folds ledger lines, and numbers of entries, into what a report says of them. */
export function foldFigures(lines: readonly LineSum[], counts: readonly EntryCount[]): Figures {
  const all: Sums = new Map();
  let [otherMeans, deposited] = [0, 0];
  for (const sums of byType(lines).values()) {
    for (const [account, amount] of sums) add(all, account, amount);
    // A provider's payout to the bank is no payment and no deposit of cash.
    if ([...sums.keys()].some(isOwed)) otherMeans += sums.get(PROVIDER) ?? 0;
    if ([...sums.keys()].some((account) => CASH_POOL.includes(account))) {
      deposited += sumOf(sums, (account) => BANK.includes(account));
    }
  }
  const shares = { province: 0, regencies: 0, jasaRaharja: 0, parking: 0, agentFee: 0 };
  for (const [account, amount] of all) {
    const share = shareOf(account);
    if (share !== undefined) shares[share] -= amount;
  }
  const owed = Object.values(shares).reduce((sum, amount) => sum + amount, 0);
  const rounding = all.get('rounding') ?? 0;
  const received = -sumOf(all, isOwed);
  return {
    ...shares,
    sales: countOf(counts, SALE_TYPES),
    voided: countOf(counts, VOID_TYPES),
    owed,
    rounding,
    received,
    other: received - owed + rounding,
    cash: received - otherMeans,
    otherMeans,
    deposited,
    variance: 0 - (all.get('variance') ?? 0),
    loss: all.get('cash-loss') ?? 0,
  };
}

/** Groups rows by a key, in the order in which the keys first come. */
export function groupBy<R, K>(rows: readonly R[], keyOf: (row: R) => K): ReadonlyMap<K, R[]> {
  const groups = new Map<K, R[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}
