import type { ChecklistLine } from '../../../contract/views-documents.ts';
import type { DraftView } from '../../../contract/views-transaction.ts';
import type { AmountView, RefusalView } from '../../../contract/views-vehicle.ts';
import { totalsByBeneficiary } from '../../../domain/charge.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { maskNik, parseNik } from '../../../domain/nik.ts';
import { checklistFor } from '../../../domain/checklist.ts';
import type { Policy } from '../../../domain/policy.ts';
import { assertNever } from '../../../domain/result.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import { payableOf, type Quote, type SoldCharge } from '../../../domain/transaction.ts';
import type { Bill } from '../../../contract/sync-protocol.ts';
import { vehicleCard } from '../registry/vehicle-card.ts';
import { checklistLines } from '../services/service-view.ts';
import { beneficiaryView, chargeLineViews } from './charge-views.ts';
import { guardFacts } from './payment-guard.ts';
import { type QuotedDraft, quoteDraft } from './quote.ts';
import type { GatheredDraft } from './selling-facts.ts';

/** Wrong chassis tails after which a draft is closed to further guesses. */
export const MAX_TRIES = 5;

/** Due dates that a set of lines pays, oldest first. */
export function periodsOf(lines: readonly SoldCharge[]): LocalDate[] {
  return [...new Set(lines.map((line) => line.periodDueOn))].sort();
}

export function linesOf(quote: Quote): readonly SoldCharge[] {
  switch (quote.source) {
    case 'local':
      return quote.assessment.lines;
    case 'province':
      return quote.bill.lines;
    default:
      return assertNever(quote);
  }
}

function amountView(quoted: QuotedDraft, quote: Quote, policy: Policy, bill: Bill | null): AmountView {
  const lines = linesOf(quote);
  const { total, payable, rounding } = payableOf(quote, policy);
  const localTotal = quoted.local?.total ?? null;
  return {
    figure: quote.source === 'province' ? 'penetapan' : 'perkiraan',
    lines: chargeLineViews(lines, quoted.local?.lines ?? []),
    total,
    rounding,
    payable,
    exactPayable: payableOf(quote, policy, 'qris').payable,
    agentFee: policy.agentFee,
    agentFeeTo: policy.agentFee === 0 ? '' : policy.agentFeeBeneficiary,
    byBeneficiary: totalsByBeneficiary(lines).map((one) => ({
      ...beneficiaryView(one.beneficiary),
      amount: one.amount,
    })),
    periods: periodsOf(lines),
    waivedTotal: rupiah(lines.reduce((sum, line) => sum + line.waived, 0)),
    rulePackIds: [...(quoted.local?.rulePackIds ?? [])],
    bill:
      bill === null || quote.source === 'local'
        ? null
        : {
            inquiryId: bill.inquiryId,
            validUntil: bill.validUntil,
            localTotal,
            difference: localTotal === null ? 0 : total - localTotal,
          },
  };
}

/** Notes that a citizen is likely to hand over: the exact sum first, then what covers it. */
function quickAmounts(payable: Rupiah): Rupiah[] {
  const covering = [10_000, 50_000, 100_000].map((note) => rupiah(Math.ceil(payable / note) * note));
  const more = rupiah(Math.ceil((payable + 1) / 100_000) * 100_000 + 100_000);
  return [...new Set([payable, ...covering, more])].filter((amount) => amount > 0).slice(0, 5);
}

/** The checklist of one draft: what the pack asks of this owner and this payer, with what has been done. */
export function checklistOf({ draft, vehicle, service, pages }: GatheredDraft): ChecklistLine[] {
  const { documents, waivers, payer, financed } = draft.content;
  const checklist = checklistFor(service.documents, {
    ownerKind: vehicle.record.facts['ownerKind'] === 'company' ? 'company' : 'person',
    represented: !payer.isOwner,
    financed,
  });
  return checklistLines(checklist, { documents, waivers, pages });
}

/** What the counter can still do for the citizen. */
function offerOf(refusals: readonly RefusalView[]): DraftView['offer'] {
  if (refusals.length === 0) return 'sell';
  const settled = [
    'BLOCKED',
    'DELETED_FROM_REGISTER',
    'NOT_YET_PAYABLE',
    'ALREADY_PAID_HERE',
    'ALREADY_PAID_ELSEWHERE',
  ];
  const ownDoing = [
    'CASH_SESSION_CLOSED',
    'CASH_SESSION_OF_OTHER',
    'BILL_EXPIRED',
    'NOTHING_TO_PAY',
    'PAYMENT_UNRESOLVED',
  ];
  return refusals.some((one) => settled.includes(one.code) || ownDoing.includes(one.code)) ? 'none' : 'intake';
}

function maskedNikOf(nik: string | null): string | null {
  if (nik === null) return null;
  const parsed = parseNik(nik);
  return parsed.ok ? maskNik(parsed.value.nik) : null;
}

/** The draft as the screen shows it; owner and amount only after the chassis tail was right. */
export function draftView(gathered: GatheredDraft, bill: Bill | null): DraftView {
  const { draft, vehicle, facts } = gathered;
  const { content } = draft;
  const quoted = content.confirmed ? quoteDraft(facts) : { local: null, quote: null, refusals: [] };
  const amount = quoted.quote === null ? null : amountView(quoted, quoted.quote, facts.policy, bill);
  const { record } = vehicle;
  return {
    transactionId: draft.transactionId,
    vehicle: vehicleCard(vehicle, facts.paidHere),
    identity: content.confirmed
      ? {
          ownerName: record.ownerName,
          maskedNik: maskedNikOf(record.ownerNik),
          chassisNumber: record.chassisNumber,
          engineNumber: record.engineNumber,
        }
      : null,
    triesLeft: Math.max(0, MAX_TRIES - content.tries),
    arrivedOn: facts.arrivedOn,
    arrivalId: content.arrivalId,
    groups: [...content.groups],
    financed: content.financed,
    documents: checklistOf(gathered),
    payer: content.payer,
    amount,
    refusals: [...quoted.refusals],
    offer: content.confirmed ? offerOf(quoted.refusals) : 'none',
    quickAmounts: amount === null ? [] : quickAmounts(amount.payable),
    guard: content.confirmed ? [...guardFacts(gathered, bill)] : [],
  };
}
