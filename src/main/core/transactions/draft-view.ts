import { z } from 'zod';
import type { ChecklistLine } from '../../../contract/views-documents.ts';
import type { DraftView } from '../../../contract/views-transaction.ts';
import type { AmountView, ChargeLineView, RefusalView } from '../../../contract/views-vehicle.ts';
import type { Beneficiary, ChargeExplanation } from '../../../domain/charge.ts';
import { totalsByBeneficiary } from '../../../domain/charge.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { maskNik, parseNik } from '../../../domain/nik.ts';
import { checklistFor } from '../../../domain/checklist.ts';
import type { Policy } from '../../../domain/policy.ts';
import { regencyName } from '../../../domain/regency.ts';
import { assertNever } from '../../../domain/result.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import { payableOf, type Quote, type SoldCharge } from '../../../domain/transaction.ts';
import type { Bill } from '../../../contract/sync-protocol.ts';
import { vehicleCard } from '../registry/vehicle-card.ts';
import { checklistLines } from '../services/service-view.ts';
import { type QuotedDraft, quoteDraft } from './quote.ts';
import type { GatheredDraft } from './selling-facts.ts';

/** Wrong chassis tails after which a draft is closed to further guesses. */
export const MAX_TRIES = 5;

type Explained = Readonly<Record<string, string | number | boolean | null>>;

const BENEFICIARY_NAMES = { province: 'Provinsi Jawa Timur', 'jasa-raharja': 'Jasa Raharja' } as const;

/** A beneficiary as screens and reports name it. */
export function beneficiaryView(beneficiary: Beneficiary): {
  kind: Beneficiary['kind'];
  code: string | null;
  name: string;
} {
  if (beneficiary.kind === 'regency') {
    return { kind: 'regency', code: beneficiary.code, name: regencyName(beneficiary.code) };
  }
  return { kind: beneficiary.kind, code: null, name: BENEFICIARY_NAMES[beneficiary.kind] };
}

const plainSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const nestedSchema = z.record(z.string(), plainSchema);

/** Flattens the figures behind a line into plain values; lists become texts, nested values dotted keys. */
function explained(explanation: ChargeExplanation): Explained {
  const flat: Record<string, string | number | boolean | null> = {};
  for (const [key, value] of Object.entries<unknown>({ ...explanation })) {
    const plain = plainSchema.safeParse(value);
    if (plain.success) flat[key] = plain.data;
    else if (Array.isArray(value)) flat[key] = z.array(nestedSchema).parse(value).map(joined).join('; ');
    else for (const [inner, one] of Object.entries(nestedSchema.parse(value))) flat[`${key}.${inner}`] = one;
  }
  return flat;
}

function joined(values: Explained): string {
  return Object.values(values).join(' · ');
}

function lineViews(lines: readonly SoldCharge[], quoted: QuotedDraft): ChargeLineView[] {
  const known = quoted.local?.lines ?? [];
  return lines.map((line) => {
    // The province's figure is explained by the local reckoning only where both agree.
    const local = known.find(
      (one) => one.component === line.component && one.periodDueOn === line.periodDueOn && one.amount === line.amount,
    );
    return {
      component: line.component,
      periodDueOn: line.periodDueOn,
      beneficiary: beneficiaryView(line.beneficiary),
      amount: line.amount,
      waived: line.waived,
      rule: line.rule,
      basis: line.basis,
      explanation: local === undefined ? { kind: 'province' } : explained(local.explanation),
    };
  });
}

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
    lines: lineViews(lines, quoted),
    total,
    rounding,
    payable,
    agentFee: policy.agentFee,
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
  const ownDoing = ['CASH_SESSION_CLOSED', 'CASH_SESSION_OF_OTHER', 'BILL_EXPIRED', 'NOTHING_TO_PAY'];
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
  };
}
