import type { Beneficiary, ChargeComponent, ChargeLine } from './charge.ts';
import type { RegencyCode } from './regency.ts';
import { accountOfMeans, type PaymentMeans } from './payment-means.ts';
import { assertNever } from './result.ts';
import { addRupiah, type Rupiah, rupiah, subtractRupiah, sumRupiah, ZERO_RUPIAH } from './rupiah.ts';

/** Accounts of OPOP-Sync/1, section 13. */
export type LedgerAccount =
  | 'cash-drawer'
  | 'safe-or-courier'
  | 'bank-in-transit'
  | 'bank-confirmed'
  | 'provider-clearing'
  | 'float'
  | `suspense:${ChargeComponent}`
  | 'province'
  | `regency:${RegencyCode}`
  | 'jasa-raharja'
  | `parking:${RegencyCode}`
  | 'agent-fee'
  | 'refund-payable'
  | 'rounding'
  | 'variance'
  | 'cash-loss'
  | 'waived-short';

/** One side of an entry: positive is what the account holds or is owed, negative what it owes. */
export interface LedgerLine {
  readonly account: LedgerAccount;
  readonly amount: Rupiah;
}

/** What a sale moves: `totalOfLines(charges) + agentFee = payable + rounding`. */
export interface SaleAmounts {
  readonly charges: readonly Pick<ChargeLine, 'component' | 'beneficiary' | 'amount'>[];
  readonly agentFee: Rupiah;
  readonly payable: Rupiah;
  readonly rounding: Rupiah;
  /** Absent: cash. */
  readonly means?: PaymentMeans | undefined;
}

/** The account to which a charge belongs; parking is kept apart from opsen, although one regency gets both. */
export function accountOfCharge(component: ChargeComponent, beneficiary: Beneficiary): LedgerAccount {
  switch (beneficiary.kind) {
    case 'province':
      return 'province';
    case 'jasa-raharja':
      return 'jasa-raharja';
    case 'regency':
      return component === 'subscriptionParking' ? `parking:${beneficiary.code}` : `regency:${beneficiary.code}`;
    default:
      return assertNever(beneficiary);
  }
}

/** Merges lines of one account and leaves out zeros. */
function merged(lines: readonly LedgerLine[]): readonly LedgerLine[] {
  const sums = new Map<LedgerAccount, Rupiah>();
  for (const { account, amount } of lines) sums.set(account, addRupiah(sums.get(account) ?? ZERO_RUPIAH, amount));
  return [...sums].filter(([, amount]) => amount !== 0).map(([account, amount]) => ({ account, amount }));
}

/** The sum of an entry's lines; zero for every entry of the journal. */
export function ledgerBalance(lines: readonly Pick<LedgerLine, 'amount'>[]): Rupiah {
  return sumRupiah(lines.map((line) => line.amount));
}

/** Throws when the lines of one entry do not sum to zero, which is a bug; answers the same lines. */
export function assertBalanced<L extends Pick<LedgerLine, 'amount'>>(lines: readonly L[]): readonly L[] {
  const balance = ledgerBalance(lines);
  if (balance !== 0) throw new Error(`ledger lines of one entry do not sum to zero: ${balance}`);
  return lines;
}

/**
 * Cash into the drawer, or the provider's promise into clearing; the rounding given away on its own account
 * (OPOP-Sync/1 13.3), and what is owed to each beneficiary.
 */
export function saleLedgerLines({
  charges,
  agentFee,
  payable,
  rounding,
  means = 'cash',
}: SaleAmounts): readonly LedgerLine[] {
  return assertBalanced(
    merged([
      { account: accountOfMeans(means), amount: payable },
      { account: 'rounding', amount: rounding },
      ...charges.map((charge) => ({
        account: accountOfCharge(charge.component, charge.beneficiary),
        amount: rupiah(-charge.amount),
      })),
      { account: 'agent-fee', amount: rupiah(-agentFee) },
    ]),
  );
}

/** The counted float with which a cash session opens; a session without a float has no lines. */
export function openFloatLedgerLines(float: Rupiah): readonly LedgerLine[] {
  return assertBalanced(
    merged([
      { account: 'cash-drawer', amount: float },
      { account: 'float', amount: rupiah(-float) },
    ]),
  );
}

/** Change of the cooperative that comes to the drawer or leaves it. */
export function floatLedgerLines(direction: 'in' | 'out', amount: Rupiah): readonly LedgerLine[] {
  const signed = direction === 'in' ? amount : rupiah(-amount);
  return assertBalanced([
    { account: 'cash-drawer', amount: signed },
    { account: 'float', amount: rupiah(-signed) },
  ]);
}

/** What a closing session moves; all in whole rupiah, and `expected` is the sum of the session's lines on the drawer. */
export interface ClosingAmounts {
  readonly counted: Rupiah;
  readonly expected: Rupiah;
  /** What goes back to the cooperative, whose money the float is. */
  readonly floatReturned: Rupiah;
}

/**
 * A closed session empties its drawer: the float goes back to the cooperative, the rest of what was counted to the safe
 * or the courier, and what was counted too much or too little to its own account (positive: missing).
 */
export function closeLedgerLines({ counted, expected, floatReturned }: ClosingAmounts): readonly LedgerLine[] {
  return assertBalanced(
    merged([
      { account: 'cash-drawer', amount: rupiah(-expected) },
      { account: 'variance', amount: subtractRupiah(expected, counted) },
      { account: 'float', amount: floatReturned },
      { account: 'safe-or-courier', amount: subtractRupiah(counted, floatReturned) },
    ]),
  );
}

/** Cash that was handed to a bank, with its slip; in transit until the bank confirms it. */
export function depositLedgerLines(from: 'cash-drawer' | 'safe-or-courier', amount: Rupiah): readonly LedgerLine[] {
  return assertBalanced([
    { account: 'bank-in-transit', amount },
    { account: from, amount: rupiah(-amount) },
  ]);
}

/** Money that a provider took for a sale that was paid already: it goes back to the payer, and is nobody's until then. */
export function paidTwiceLedgerLines(amount: Rupiah): readonly LedgerLine[] {
  return assertBalanced([
    { account: 'provider-clearing', amount },
    { account: 'refund-payable', amount: rupiah(-amount) },
  ]);
}

/** Every line of an entry with the opposite sign: what a void or a refund in cash takes back. */
export function reversedLedgerLines<A extends string>(
  lines: readonly { readonly account: A; readonly amount: Rupiah }[],
): readonly { readonly account: A; readonly amount: Rupiah }[] {
  return assertBalanced(lines.map(({ account, amount }) => ({ account, amount: rupiah(-amount) })));
}
