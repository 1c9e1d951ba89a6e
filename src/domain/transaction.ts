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
import { addRupiah, type Rupiah, roundCash, subtractRupiah } from './rupiah.ts';
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

/** Everything that the decision to take cash looks at. */
export interface PayRequest {
  readonly transactionId: string;
  readonly state: TransactionState;
  readonly officer: Actor;
  readonly quote: Quote;
  readonly policy: Policy;
  readonly session: CashSession | null;
  readonly limits: Omit<LimitFacts, 'saleAmount'>;
  /** Required pages of the checklist that were neither captured nor received. */
  readonly missingDocuments: readonly DocumentKind[];
  readonly tendered: Rupiah;
  readonly moment: PaymentMoment;
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
  | { readonly code: 'NOTHING_TO_PAY' }
  | { readonly code: 'TENDERED_TOO_LITTLE'; readonly payable: Rupiah; readonly short: Rupiah };

/** What the officer should know although the sale goes on. */
export type PayWarning = 'RULES_OLD' | 'REGISTRY_OLD';

/** A sale as it will be committed, in whole rupiah: `total + agentFee = payable + rounding`, `tendered = payable + change`. */
export interface SaleDecision {
  readonly transactionId: string;
  readonly cashSessionId: string;
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
function localQuoteRefusal({ quote, policy, moment }: PayRequest): PayRefusal | null {
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

function billRefusal({ quote, moment }: PayRequest): PayRefusal | null {
  if (quote.source !== 'province') return null;
  const { bill } = quote;
  if (moment.nowAt > bill.validUntilAt) return { code: 'BILL_EXPIRED', validUntilAt: bill.validUntilAt };
  if (bill.blocked !== null) return { code: 'BILL_BLOCKED', reason: bill.blocked };
  return bill.paidElsewhere ? { code: 'PAID_ELSEWHERE' } : null;
}

function counterRefusal({ officer, state, moment, missingDocuments }: PayRequest): PayRefusal | null {
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

function warningsOf({ quote, policy, moment }: PayRequest): readonly PayWarning[] {
  if (quote.source !== 'local') return [];
  const rulesOld = warns(policy.staleRules, isOld(moment.rulesFreshUntilAt, moment.nowAt));
  const registryOld = warns(policy.staleRegistry, isOld(moment.registryFreshUntilAt, moment.nowAt));
  return [...(rulesOld ? (['RULES_OLD'] as const) : []), ...(registryOld ? (['REGISTRY_OLD'] as const) : [])];
}

/** What the citizen has to hand over for a quote, before anything is decided; the screen shows it beside the total. */
export function payableOf(quote: Quote, policy: Policy): { total: Rupiah; payable: Rupiah; rounding: Rupiah } {
  const lines = quote.source === 'province' ? quote.bill.lines : quote.assessment.lines;
  const total = totalOfLines(lines);
  return { total, ...roundCash(addRupiah(total, policy.agentFee), policy.cashRounding) };
}

/**
 * Decides whether cash is taken, and which amounts and ledger lines the one commit will carry. Pure: it answers, the
 * service commits. "No sale without committed cash": without an open cash session there is no sale.
 */
export function pay(request: PayRequest): Result<SaleDecision, PayRefusal> {
  const { transactionId, quote, policy, session, limits, tendered } = request;
  const refusal = counterRefusal(request) ?? localQuoteRefusal(request) ?? billRefusal(request);
  if (refusal !== null) return err(refusal);
  if (session?.state !== 'open') return err({ code: 'NO_OPEN_CASH_SESSION' });
  const lines = quote.source === 'province' ? quote.bill.lines : quote.assessment.lines;
  const { total, payable, rounding } = payableOf(quote, policy);
  if (total <= 0) return err({ code: 'NOTHING_TO_PAY' });
  const caps = mayStartSale(policy.caps, { ...limits, saleAmount: payable });
  if (!caps.ok) return err({ code: 'CAP_REACHED', caps: caps.error });
  const change = subtractRupiah(tendered, payable);
  if (change < 0) return err({ code: 'TENDERED_TOO_LITTLE', payable, short: subtractRupiah(payable, tendered) });
  return ok({
    transactionId,
    cashSessionId: session.cashSessionId,
    inquiryId: quote.source === 'province' ? quote.bill.inquiryId : null,
    lines,
    total,
    agentFee: policy.agentFee,
    payable,
    rounding,
    tendered,
    change,
    ledgerLines: saleLedgerLines({ charges: lines, agentFee: policy.agentFee, payable, rounding }),
    warnings: warningsOf(request),
  });
}
