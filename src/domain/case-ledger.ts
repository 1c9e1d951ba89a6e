import type { Beneficiary, ChargeComponent } from './charge.ts';
import { accountOfCharge, assertBalanced, ledgerBalance, type LedgerAccount, type LedgerLine } from './ledger-lines.ts';
import type { LocalDate } from './local-date.ts';
import type { RegencyCode } from './regency.ts';
import { assertNever, err, ok, type Result } from './result.ts';
import { addRupiah, type Rupiah, rupiah, sumRupiah, ZERO_RUPIAH } from './rupiah.ts';
import type { CentralState } from './transaction-state.ts';

/** One amount of one component and period, with whose money it is while nobody has said otherwise. */
export interface PartAmount {
  readonly component: ChargeComponent;
  readonly periodDueOn: LocalDate;
  readonly beneficiary: Beneficiary;
  readonly amount: Rupiah;
}

/** What the tax office said of one component and period. */
export interface PartOutcome {
  readonly component: ChargeComponent;
  readonly periodDueOn: LocalDate;
  readonly state: CentralState;
  readonly expected: Rupiah;
}

/** How far a refund of a part has come; `due` is approved and owed, `paid` left the bank. */
export type RefundProgress = 'none' | 'due' | 'paid';

/** One component and period of a sale: what was taken for it, what it should be, and where its money goes. */
export interface StandingPart {
  readonly component: ChargeComponent;
  readonly periodDueOn: LocalDate;
  readonly beneficiary: Beneficiary;
  /** Cash and waived shortfall together, whole rupiah. */
  readonly taken: Rupiah;
  /** The part of `taken` that nobody paid: a supervisor waived it. */
  readonly waived: Rupiah;
  readonly expected: Rupiah;
  readonly state: CentralState;
  readonly refund: RefundProgress;
}

/** A sale with everything that was said of it since; what follows from it is where every rupiah stands. */
export interface SaleStanding {
  readonly parts: readonly StandingPart[];
  readonly agentFee: Rupiah;
  /** Given away by rounding, of the sale and of what was collected later. */
  readonly rounding: Rupiah;
  /** A refund of everything gives back what was handed over: fee and rounding too. */
  readonly wholeRefund: RefundProgress;
  /** The cash went back at the counter, by a void or a refund in cash. */
  readonly cashReturned: boolean;
}

/** The law's beneficiary of a component for a vehicle of this regency. */
export function beneficiaryOf(component: ChargeComponent, regency: RegencyCode): Beneficiary {
  switch (component) {
    case 'pkb':
    case 'pkbFine':
      return { kind: 'province' };
    case 'opsenPkb':
    case 'opsenPkbFine':
    case 'subscriptionParking':
      return { kind: 'regency', code: regency };
    case 'swdkllj':
    case 'swdklljFine':
      return { kind: 'jasa-raharja' };
    default:
      return assertNever(component);
  }
}

/** A text key of a component and period. */
export function partKey(part: Pick<PartAmount, 'component' | 'periodDueOn'>): string {
  return `${part.periodDueOn}/${part.component}`;
}

/**
 * "Outcomes are per (period, component)": what was taken, waived and decided, part by part. A decision without outcomes
 * (on hold, rejected) speaks of every part; a part that it does not name stands as the whole does.
 */
export function standingParts(known: {
  readonly taken: readonly PartAmount[];
  readonly waived: readonly PartAmount[];
  readonly central: CentralState;
  readonly outcomes: readonly PartOutcome[];
  readonly refunds: ReadonlyMap<string, RefundProgress>;
}): readonly StandingPart[] {
  const amounts = new Map<string, { part: PartAmount; taken: Rupiah; waived: Rupiah }>();
  const add = (part: PartAmount, waived: Rupiah): void => {
    const before = amounts.get(partKey(part)) ?? { part, taken: ZERO_RUPIAH, waived: ZERO_RUPIAH };
    const taken = addRupiah(before.taken, part.amount);
    amounts.set(partKey(part), { ...before, taken, waived: addRupiah(before.waived, waived) });
  };
  for (const part of known.taken) add(part, ZERO_RUPIAH);
  for (const part of known.waived) add(part, part.amount);
  const outcomes = new Map(known.outcomes.map((outcome) => [partKey(outcome), outcome]));
  return [...amounts].map(([key, { part, taken, waived }]) => {
    const { component, periodDueOn, beneficiary } = part;
    const outcome = outcomes.get(key);
    const state = outcome?.state ?? known.central;
    const expected = outcome?.expected ?? taken;
    const refund = known.refunds.get(key) ?? 'none';
    return { component, periodDueOn, beneficiary, taken, waived, expected, state, refund };
  });
}

/** What of a part can be given back: the excess where it is booked, everything that was paid where it is not. */
export function refundableOf({ state, taken, waived, expected }: StandingPart): Rupiah {
  switch (state) {
    case 'over':
      return rupiah(Math.max(0, taken - waived - expected));
    case 'refunded':
    case 'not-booked':
      return ZERO_RUPIAH;
    case 'booked':
    case 'short':
    case 'paid-elsewhere':
    case 'on-hold':
    case 'rejected':
    case 'refund-due':
      return rupiah(taken - waived);
    default:
      return assertNever(state);
  }
}

/** Whether the tax office has the part in its books. */
export function isBooked({ state }: Pick<StandingPart, 'state'>): boolean {
  return state === 'booked' || state === 'over';
}

/** Where a part's money stands while no refund of it is under way: its own beneficiary, suspense, or owed to the citizen. */
function restingAccount(part: StandingPart): LedgerAccount {
  switch (part.state) {
    case 'not-booked':
    case 'booked':
    case 'over':
      return accountOfCharge(part.component, part.beneficiary);
    case 'short':
    case 'on-hold':
    case 'rejected':
      return `suspense:${part.component}`;
    case 'paid-elsewhere':
    case 'refund-due':
      return 'refund-payable';
    case 'refunded':
      return 'bank-confirmed';
    default:
      return assertNever(part.state);
  }
}

const REFUND_ACCOUNTS = { due: 'refund-payable', paid: 'bank-confirmed' } as const;

/** How much of a waiver still counts: none where the part goes back, and only what is missing where too much was taken. */
function waiverInForce(part: StandingPart): Rupiah {
  const { taken, waived, expected, refund, state } = part;
  if (state === 'over') return rupiah(Math.max(0, expected - (taken - waived)));
  const goesBack = state === 'paid-elsewhere' || state === 'refund-due' || state === 'refunded' || refund !== 'none';
  return goesBack ? ZERO_RUPIAH : waived;
}

function linesOfPart(part: StandingPart): readonly LedgerLine[] {
  const { taken, waived, refund, state } = part;
  // The excess of what is booked is the citizen's from the moment in which it is known.
  const progress = refund === 'none' && state === 'over' ? 'due' : refund;
  const back = progress === 'none' ? ZERO_RUPIAH : refundableOf(part);
  const inForce = waiverInForce(part);
  return [
    { account: restingAccount(part), amount: rupiah(back - inForce - (taken - waived)) },
    { account: 'waived-short', amount: inForce },
    ...(progress === 'none' ? [] : [{ account: REFUND_ACCOUNTS[progress], amount: rupiah(-back) }]),
  ];
}

/** Cash went back: nothing is left but what was booked all the same, against a claim that a person must settle. */
function linesAfterReturn(parts: readonly StandingPart[]): readonly LedgerLine[] {
  return parts.filter(isBooked).flatMap((part) => [
    { account: accountOfCharge(part.component, part.beneficiary), amount: rupiah(-part.expected) },
    { account: `suspense:${part.component}` as const, amount: part.expected },
  ]);
}

function merged(lines: readonly LedgerLine[]): ReadonlyMap<LedgerAccount, Rupiah> {
  const sums = new Map<LedgerAccount, Rupiah>();
  for (const { account, amount } of lines) sums.set(account, addRupiah(sums.get(account) ?? ZERO_RUPIAH, amount));
  return sums;
}

const toLines = (sums: ReadonlyMap<LedgerAccount, Rupiah>): readonly LedgerLine[] =>
  [...sums].filter(([, amount]) => amount !== 0).map(([account, amount]) => ({ account, amount }));

/**
 * Where the money of a sale stands, beside the cash itself: positive is held or claimed, negative owed. Together with the
 * cash that the counter kept it sums to zero.
 */
export function standingLines(standing: SaleStanding): readonly LedgerLine[] {
  const { parts, agentFee, rounding, wholeRefund, cashReturned } = standing;
  if (cashReturned) return toLines(merged(linesAfterReturn(parts)));
  const own = parts.flatMap(linesOfPart);
  if (wholeRefund !== 'none') {
    const rest = rupiah(rounding - agentFee);
    return toLines(merged([...own, { account: REFUND_ACCOUNTS[wholeRefund], amount: rest }]));
  }
  return toLines(
    merged([...own, { account: 'rounding', amount: rounding }, { account: 'agent-fee', amount: rupiah(-agentFee) }]),
  );
}

/** Accounts that hold cash: they move by entries of a counter, never by a decision. */
const CASH: readonly LedgerAccount[] = [
  'cash-drawer',
  'safe-or-courier',
  'bank-in-transit',
  'provider-clearing',
  'float',
  'cash-loss',
];

/**
 * The lines that bring what stands in the ledger of one sale to where it should stand; they sum to zero, and none are
 * needed twice. CASH_DIFFERS when the cash that entries moved is not what the sale says: a person has to look.
 */
export function adjustingLines(
  actual: readonly LedgerLine[],
  standing: SaleStanding,
): Result<readonly LedgerLine[], 'CASH_DIFFERS'> {
  const held = actual.filter(({ account }) => !CASH.includes(account));
  const back = held.map(({ account, amount }) => ({ account, amount: rupiah(-amount) }));
  const lines = toLines(merged([...back, ...standingLines(standing)]));
  return ledgerBalance(lines) === 0 ? ok(lines) : err('CASH_DIFFERS');
}

/** What a refund of these parts gives back; of a whole sale exactly what was handed over. Whole rupiah. */
export function refundSum(
  parts: readonly StandingPart[],
  whole: { readonly agentFee: Rupiah; readonly rounding: Rupiah } | null,
): Rupiah {
  const sum = sumRupiah(parts.map(refundableOf));
  return whole === null ? sum : rupiah(sum + whole.agentFee - whole.rounding);
}

/** Cash for what was short: `total = payable + rounding`, and each part to its own beneficiary. */
export function topUpLedgerLines(topUp: {
  readonly parts: readonly PartAmount[];
  readonly payable: Rupiah;
  readonly rounding: Rupiah;
}): readonly LedgerLine[] {
  const owed = topUp.parts.map(({ component, beneficiary, amount }) => ({
    account: accountOfCharge(component, beneficiary),
    amount: rupiah(-amount),
  }));
  return assertBalanced(
    toLines(
      merged([
        { account: 'cash-drawer', amount: topUp.payable },
        { account: 'rounding', amount: topUp.rounding },
        ...owed,
      ]),
    ),
  );
}

/** A shortfall that nobody pays: the beneficiaries are owed it all the same, on an account of its own. */
export function waivedShortLedgerLines(parts: readonly PartAmount[]): readonly LedgerLine[] {
  const sum = sumRupiah(parts.map(({ amount }) => amount));
  const owed = parts.map(({ component, beneficiary, amount }) => ({
    account: accountOfCharge(component, beneficiary),
    amount: rupiah(-amount),
  }));
  return assertBalanced(toLines(merged([{ account: 'waived-short', amount: sum }, ...owed])));
}

/** What is still owed of a sale that came short, part by part; only parts that the tax office found too small. */
export function shortParts(
  outcomes: readonly (PartOutcome & { readonly taken: Rupiah })[],
  regency: RegencyCode,
): readonly PartAmount[] {
  return outcomes
    .filter(({ state, expected, taken }) => state === 'short' && expected > taken)
    .map(({ component, periodDueOn, expected, taken }) => ({
      component,
      periodDueOn,
      beneficiary: beneficiaryOf(component, regency),
      amount: rupiah(expected - taken),
    }));
}
