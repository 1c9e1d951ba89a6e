import type { Assessment } from './assessment.ts';
import { type ChargeLine, totalOfLines } from './charge.ts';
import type { CashSession } from './cash-session.ts';
import { type CapState, type LimitFacts, mayStartSale } from './delivery-policy.ts';
import { type LedgerLine, saleLedgerLines } from './ledger-lines.ts';
import type { LocalDate } from './local-date.ts';
import { type Actor, mayDo } from './permission.ts';
import type { DocumentKind } from './checklist.ts';
import type { Policy, StaleData } from './policy.ts';
import { err, ok, type Result } from './result.ts';
import type { PaymentMeans } from './payment-means.ts';
import { addRupiah, type Rupiah, roundCash, ZERO_RUPIAH } from './rupiah.ts';
import { judgeTender, type TenderRefusal } from './tender.ts';
import type { TransactionState } from './transaction-state.ts';
import type { BlockReason } from './vehicle.ts';

/** A charge without the figures behind it: what a bill names and a sale takes. */
export type SoldCharge = Omit<ChargeLine, 'explanation'>;

/** The province's signed answer to an inquiry (penetapan); it replaces the local figure. */
export interface Bill {
  readonly inquiryId: string;
  readonly lines: readonly SoldCharge[];
  /** ms UTC. */
  readonly validUntilAt: number;
  readonly blocked: BlockReason | null;
  /** Whether another channel has already taken what the counter is about to charge. */
  readonly paidElsewhere: boolean;
}

/** What the citizen is asked to pay: the province's bill, or the local figure (perkiraan tagihan). */
export type Quote =
  | { readonly source: 'province'; readonly bill: Bill }
  | { readonly source: 'local'; readonly assessment: Assessment; readonly assessedOn: LocalDate };

/** Why this device may begin no sale: the province's word in its last hello, or the end of its certificate. */
export type SellingStop = 'STOP_SELLING' | 'REENROL' | 'CLONE' | 'CERTIFICATE_ENDED';

/** What is known at the moment of payment; instants in ms UTC, null where nothing was ever received. */
export interface PaymentMoment {
  readonly today: LocalDate;
  readonly nowAt: number;
  readonly rulesFreshUntilAt: number | null;
  readonly registryFreshUntilAt: number | null;
  /** Stops new sales; custody goes on. */
  readonly sellingStop: SellingStop | null;
  /** Until when this version of the program may begin sales; null while the province has set no end. */
  readonly releaseSellsUntilAt: number | null;
}

/** Everything that the leave to take money looks at, before any of it is on the table. */
export interface SellRequest {
  /** Cash is rounded and fills the drawer; what a provider takes is neither. */
  readonly means: PaymentMeans;
  readonly transactionId: string;
  readonly state: TransactionState;
  readonly officer: Actor;
  readonly quote: Quote;
  readonly policy: Policy;
  readonly session: CashSession | null;
  readonly limits: Omit<LimitFacts, 'saleAmount'>;
  /** Required pages of the checklist that were neither captured nor received. */
  readonly missingDocuments: readonly DocumentKind[];
  readonly moment: PaymentMoment;
}

/** Cash on the table, as it was typed, and the policy by which it is judged. */
export interface CashOnTable {
  readonly tendered: Rupiah;
  /** The sum that the officer confirmed after he was asked whether it can be true. */
  readonly confirmedTendered: Rupiah | null;
  readonly policy: Pick<Policy, 'cashRounding'>;
}

/** Why no cash is taken; nothing has happened yet. */
export type PayRefusal =
  | { readonly code: 'NOT_PERMITTED' }
  | { readonly code: 'NOT_ASSESSED' }
  | { readonly code: 'NO_OPEN_CASH_SESSION' }
  | { readonly code: 'DEVICE_MAY_NOT_SELL'; readonly because: SellingStop }
  | { readonly code: 'RELEASE_ENDED'; readonly sellsUntilAt: number }
  | { readonly code: 'OFFLINE_CASH_NOT_ALLOWED' }
  | { readonly code: 'RULES_STALE'; readonly freshUntilAt: number | null }
  | { readonly code: 'REGISTRY_STALE'; readonly freshUntilAt: number | null }
  | { readonly code: 'ASSESSMENT_OUTDATED'; readonly assessedOn: LocalDate }
  | { readonly code: 'BILL_EXPIRED'; readonly validUntilAt: number }
  | { readonly code: 'BILL_BLOCKED'; readonly reason: BlockReason }
  | { readonly code: 'PAID_ELSEWHERE' }
  | { readonly code: 'DOCUMENTS_MISSING'; readonly kinds: readonly DocumentKind[] }
  | { readonly code: 'CAP_REACHED'; readonly caps: readonly CapState[] }
  | { readonly code: 'NOTHING_TO_PAY' };

/** What the officer should know although the sale goes on. */
export type PayWarning = 'RULES_OLD' | 'REGISTRY_OLD';

/** A sale as it will be committed, in whole rupiah: `total + agentFee = payable + rounding`, `tendered = payable + change`. */
export interface SaleDecision {
  readonly transactionId: string;
  readonly cashSessionId: string;
  readonly means: PaymentMeans;
  readonly inquiryId: string | null;
  readonly lines: readonly SoldCharge[];
  /** The sum of the lines and nothing else. */
  readonly total: Rupiah;
  readonly agentFee: Rupiah;
  readonly payable: Rupiah;
  readonly rounding: Rupiah;
  readonly tendered: Rupiah;
  readonly change: Rupiah;
  readonly ledgerLines: readonly LedgerLine[];
  readonly warnings: readonly PayWarning[];
}

function isOld(freshUntilAt: number | null, nowAt: number): boolean {
  return freshUntilAt === null || nowAt > freshUntilAt;
}

function warns(policy: StaleData, old: boolean): boolean {
  return old && policy !== 'sell';
}

/** A local figure needs the policy's leave and fresh rules; without the province's answer nothing else protects the citizen. */
function localQuoteRefusal({ quote, policy, moment }: SellRequest): PayRefusal | null {
  if (quote.source !== 'local') return null;
  const { rulesFreshUntilAt, registryFreshUntilAt, nowAt, today } = moment;
  if (policy.offlineCash === 'intake-only') return { code: 'OFFLINE_CASH_NOT_ALLOWED' };
  if (policy.staleRules === 'intake-only' && isOld(rulesFreshUntilAt, nowAt)) {
    return { code: 'RULES_STALE', freshUntilAt: rulesFreshUntilAt };
  }
  if (policy.staleRegistry === 'intake-only' && isOld(registryFreshUntilAt, nowAt)) {
    return { code: 'REGISTRY_STALE', freshUntilAt: registryFreshUntilAt };
  }
  return quote.assessedOn === today ? null : { code: 'ASSESSMENT_OUTDATED', assessedOn: quote.assessedOn };
}

function billRefusal({ quote, moment }: SellRequest): PayRefusal | null {
  if (quote.source !== 'province') return null;
  const { bill } = quote;
  if (moment.nowAt > bill.validUntilAt) return { code: 'BILL_EXPIRED', validUntilAt: bill.validUntilAt };
  if (bill.blocked !== null) return { code: 'BILL_BLOCKED', reason: bill.blocked };
  return bill.paidElsewhere ? { code: 'PAID_ELSEWHERE' } : null;
}

function counterRefusal({ officer, state, moment, missingDocuments }: SellRequest): PayRefusal | null {
  if (!mayDo(officer.role, 'take-payment')) return { code: 'NOT_PERMITTED' };
  if (state.business !== 'assessed') return { code: 'NOT_ASSESSED' };
  const { sellingStop, releaseSellsUntilAt, nowAt } = moment;
  if (sellingStop !== null) return { code: 'DEVICE_MAY_NOT_SELL', because: sellingStop };
  // "New sales by an old version may be forbidden" (OPOP-Sync/1 11.3); uploads never are.
  if (releaseSellsUntilAt !== null && nowAt > releaseSellsUntilAt) {
    return { code: 'RELEASE_ENDED', sellsUntilAt: releaseSellsUntilAt };
  }
  return missingDocuments.length > 0 ? { code: 'DOCUMENTS_MISSING', kinds: missingDocuments } : null;
}

function warningsOf({ quote, policy, moment }: SellRequest): readonly PayWarning[] {
  if (quote.source !== 'local') return [];
  const rulesOld = warns(policy.staleRules, isOld(moment.rulesFreshUntilAt, moment.nowAt));
  const registryOld = warns(policy.staleRegistry, isOld(moment.registryFreshUntilAt, moment.nowAt));
  return [...(rulesOld ? (['RULES_OLD'] as const) : []), ...(registryOld ? (['REGISTRY_OLD'] as const) : [])];
}

/** What the citizen has to pay for a quote, before anything is decided; only cash is rounded. */
export function payableOf(
  quote: Quote,
  policy: Policy,
  means: PaymentMeans = 'cash',
): { total: Rupiah; payable: Rupiah; rounding: Rupiah } {
  const lines = quote.source === 'province' ? quote.bill.lines : quote.assessment.lines;
  const total = totalOfLines(lines);
  const owed = addRupiah(total, policy.agentFee);
  return means === 'cash'
    ? { total, ...roundCash(owed, policy.cashRounding) }
    : { total, payable: owed, rounding: ZERO_RUPIAH };
}

/**
 * Decides whether a sale may be made, and which amounts and ledger lines the one commit will carry; paid to the rupiah.
 * Pure: it answers, the service commits. "No sale without committed cash": without an open cash session there is no sale.
 */
export function priceSale(request: SellRequest): Result<SaleDecision, PayRefusal> {
  const { transactionId, quote, policy, session, limits, means } = request;
  const refusal = counterRefusal(request) ?? localQuoteRefusal(request) ?? billRefusal(request);
  if (refusal !== null) return err(refusal);
  if (session?.state !== 'open') return err({ code: 'NO_OPEN_CASH_SESSION' });
  const lines = quote.source === 'province' ? quote.bill.lines : quote.assessment.lines;
  const { total, payable, rounding } = payableOf(quote, policy, means);
  if (total <= 0) return err({ code: 'NOTHING_TO_PAY' });
  // What a provider takes never lies in the drawer.
  const held = means === 'cash' ? policy.caps : { ...policy.caps, drawerCash: null };
  const caps = mayStartSale(held, { ...limits, saleAmount: payable });
  if (!caps.ok) return err({ code: 'CAP_REACHED', caps: caps.error });
  const { agentFee } = policy;
  return ok({
    transactionId,
    cashSessionId: session.cashSessionId,
    means,
    inquiryId: quote.source === 'province' ? quote.bill.inquiryId : null,
    lines,
    total,
    agentFee,
    payable,
    rounding,
    tendered: payable,
    change: ZERO_RUPIAH,
    ledgerLines: saleLedgerLines({ charges: lines, agentFee, payable, rounding, means }),
    warnings: warningsOf(request),
  });
}

/** Decides whether this cash is taken for a sale that was priced. */
export function takeCash(priced: SaleDecision, cash: CashOnTable): Result<SaleDecision, TenderRefusal> {
  const { tendered, confirmedTendered: confirmed, policy } = cash;
  const change = judgeTender({ payable: priced.payable, tendered, confirmed, unit: policy.cashRounding.unit });
  return change.ok ? ok({ ...priced, tendered, change: change.value }) : change;
}
