import type { Bill } from '../../../contract/sync-protocol.ts';
import type { RefusalView } from '../../../contract/views-vehicle.ts';
import { type Assessment, assess } from '../../../domain/assessment.ts';
import { parseCase } from '../../../domain/assessment-case.ts';
import type { CashSession } from '../../../domain/cash-session.ts';
import type { CapName, LimitFacts } from '../../../domain/delivery-policy.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { Policy } from '../../../domain/policy.ts';
import type { Refusal as AssessmentRefusal } from '../../../domain/refusal.ts';
import { assertNever, err, type Result } from '../../../domain/result.ts';
import type { RulePackSet } from '../../../domain/rule-pack.ts';
import { NEW_TRANSACTION } from '../../../domain/transaction-state.ts';
import {
  type PayRefusal,
  priceSale,
  type Quote,
  type SellingStop,
  type SellRequest,
} from '../../../domain/transaction.ts';

/** What this computer itself puts in the way of a new sale. */
export type MachineFacts = {
  /** Whether the second copy of unsent entries cannot be written now. */
  readonly isMirrorMissing: boolean;
  /** ms by which the clock jumped, while nobody has acknowledged it; null when it is believed or acknowledged. */
  readonly clockJumpMs: number | null;
};

/** Everything a price and the leave to take it depend on, gathered in one read. */
export type SellingFacts = {
  readonly transactionId: string;
  readonly vehicleFacts: Readonly<Record<string, unknown>>;
  /** What feed `blocks` says since the registry's page; null while it says nothing newer. */
  readonly block: { readonly blocked: boolean; readonly reason: string | null } | null;
  readonly arrivedOn: LocalDate | null;
  readonly groups: readonly string[];
  readonly paidHere: {
    readonly transactionId: string;
    readonly receiptNumber: string;
    readonly paidOn: LocalDate;
  } | null;
  /** A payment by QRIS or transfer for this vehicle of which nobody knows yet what becomes of it. */
  readonly openPayment: {
    readonly paymentId: string;
    readonly transactionId: string;
    readonly means: string;
    readonly state: string;
  } | null;
  readonly packs: Result<RulePackSet, { readonly code: 'RULES_MISSING' | 'RULES_UNSIGNED' | 'RULES_OVERLAP' }>;
  readonly policy: Policy;
  readonly session: CashSession | null;
  /** Name of whose drawer it is. */
  readonly sessionOfficer: string | null;
  /** Who would take the money. */
  readonly officerId: string;
  readonly limits: Omit<LimitFacts, 'saleAmount'>;
  readonly bill: Bill | null;
  readonly today: LocalDate;
  readonly nowAt: number;
  readonly machine: MachineFacts;
  readonly rulesFreshUntilAt: number | null;
  readonly registryFreshUntilAt: number | null;
  readonly sellingStop: SellingStop | null;
  /** ms UTC until which this version of the program may begin sales; null without an end. */
  readonly releaseSellsUntilAt: number | null;
};

/** The local figure, the quote that holds now, and what stands in the way of a sale. */
export type QuotedDraft = {
  readonly local: Assessment | null;
  readonly quote: Quote | null;
  readonly refusals: readonly RefusalView[];
};

/** The local figure of the vehicle, or why there is none. */
function assessLocally(facts: SellingFacts): Result<Assessment, readonly RefusalView[]> {
  if (!facts.packs.ok) return err([{ code: facts.packs.error.code, details: {} }]);
  const claim = {
    groups: [...facts.groups],
    ...(facts.arrivedOn === null ? {} : { arrivedOn: facts.arrivedOn }),
  };
  const { block } = facts;
  // The feed's word is newer than the registry's, both ways.
  if (block?.blocked === true) return err([{ code: 'BLOCKED', details: { reason: block.reason ?? '' } }]);
  const vehicle = block === null ? facts.vehicleFacts : { ...facts.vehicleFacts, blocked: null };
  const line = { id: facts.transactionId, vehicle, paidOn: facts.today, claim };
  const parsed = parseCase(line, facts.packs.value);
  // A registry record whose values make no sense is as good as one that lacks them.
  if (!parsed.ok) return err([{ code: 'VEHICLE_INCOMPLETE', details: { missing: parsed.error.path } }]);
  const assessed = assess(parsed.value.vehicle, parsed.value.claim, facts.packs.value, facts.today);
  return assessed.ok ? assessed : err(assessed.error.map(viewOfAssessmentRefusal));
}

function viewOfAssessmentRefusal(refusal: AssessmentRefusal): RefusalView {
  switch (refusal.code) {
    case 'BLOCKED':
      return { code: refusal.code, details: { reason: refusal.reason } };
    case 'DELETED_FROM_REGISTER':
      return { code: refusal.code, details: {} };
    case 'NOT_YET_PAYABLE':
      return { code: refusal.code, details: { dueOn: refusal.dueOn, daysBeforeDue: refusal.daysBeforeDue } };
    case 'NO_RULES_FOR_DATE':
      return { code: refusal.code, details: { dates: refusal.dates.join(', ') } };
    case 'PAYABLE_AT_SAMSAT_INDUK':
      return {
        code: refusal.code,
        details: { dueOn: refusal.dueOn, ...refusal.tooLate, waiverIds: refusal.waiverIds.join(', ') },
      };
    case 'RENEWAL_YEAR': {
      const { stnkValidUntil, periodDueOn } = refusal;
      return { code: refusal.code, details: { stnkValidUntil, periodDueOn } };
    }
    case 'VEHICLE_INCOMPLETE':
      return { code: refusal.code, details: { missing: refusal.missing.join(', ') } };
    default:
      return assertNever(refusal);
  }
}

/** The province's bill as the domain reads it; its periods already paid elsewhere stop the sale. */
function quoteOfBill(bill: Bill): Quote {
  return {
    source: 'province',
    bill: {
      inquiryId: bill.inquiryId,
      lines: bill.lines,
      validUntilAt: bill.validUntil,
      blocked: null,
      paidElsewhere: bill.state === 'already-paid',
    },
  };
}

function refusalsOfBill(bill: Bill): readonly RefusalView[] {
  switch (bill.state) {
    case 'payable':
      return [];
    case 'already-paid': {
      const [first] = bill.paidElsewhere;
      return [
        {
          code: 'ALREADY_PAID_ELSEWHERE',
          details:
            first === undefined ? {} : { paidOn: first.paidOn, channel: first.channel, dueOn: first.periodDueOn },
        },
      ];
    }
    case 'refused':
    case 'unknown-vehicle':
      return [
        {
          code: 'BILL_REFUSED',
          details: { state: bill.state, codes: bill.refusals.map((one) => one.code).join(', ') },
        },
      ];
    default:
      return assertNever(bill.state);
  }
}

const CAP_CODES: Readonly<Record<CapName, RefusalView['code']>> = {
  perSale: 'CAP_PER_SALE',
  drawerCash: 'CAP_CASH_IN_DRAWER',
  unconfirmedDeposits: 'CAP_UNCONFIRMED_DEPOSITS',
  unconfirmedDepositBankDays: 'CAP_UNCONFIRMED_DEPOSITS',
  unsent: 'CAP_UNSENT',
  daysSinceContact: 'CAP_DAYS_WITHOUT_CONTACT',
  rulesAgeDays: 'RULES_STALE',
  registryAgeDays: 'REGISTRY_STALE',
};

/** A refusal to take cash in the words of the contract; null for what only the moment of payment decides. */
export function viewsOfPayRefusal(refusal: PayRefusal): readonly RefusalView[] {
  switch (refusal.code) {
    case 'NO_OPEN_CASH_SESSION':
      return [{ code: 'CASH_SESSION_CLOSED', details: {} }];
    case 'DEVICE_MAY_NOT_SELL':
      return [{ code: 'SELLING_STOPPED', details: { because: refusal.because } }];
    case 'RELEASE_ENDED':
      return [{ code: 'RELEASE_ENDED', details: { sellsUntil: refusal.sellsUntilAt } }];
    case 'OFFLINE_CASH_NOT_ALLOWED':
      return [{ code: 'INTAKE_ONLY', details: {} }];
    case 'RULES_STALE':
    case 'REGISTRY_STALE':
      return [{ code: refusal.code, details: { freshUntil: refusal.freshUntilAt } }];
    case 'BILL_EXPIRED':
      return [{ code: 'BILL_EXPIRED', details: { validUntil: refusal.validUntilAt } }];
    case 'BILL_BLOCKED':
      return [{ code: 'BILL_REFUSED', details: { reason: refusal.reason } }];
    case 'PAID_ELSEWHERE':
      return [{ code: 'ALREADY_PAID_ELSEWHERE', details: {} }];
    case 'CAP_REACHED':
      // What is in the drawer is not said: it is still to be counted blind.
      return refusal.caps.map(({ cap, limit, used }) => ({
        code: CAP_CODES[cap],
        details: cap === 'drawerCash' ? { limit } : { limit, used },
      }));
    case 'NOTHING_TO_PAY':
      return [{ code: 'NOTHING_TO_PAY', details: {} }];
    case 'NOT_PERMITTED':
    case 'NOT_ASSESSED':
    case 'ASSESSMENT_OUTDATED':
    case 'DOCUMENTS_MISSING':
      return [];
    default:
      return assertNever(refusal);
  }
}

/** The request that the pure decision reads; `missingDocuments` come from the moment of payment. */
export function payRequestOf(
  facts: SellingFacts,
  quote: Quote,
  missingDocuments: SellRequest['missingDocuments'],
): Omit<SellRequest, 'means'> {
  return {
    transactionId: facts.transactionId,
    state: { ...NEW_TRANSACTION, business: 'assessed' },
    officer: { personId: facts.officerId, role: 'officer' },
    quote,
    policy: facts.policy,
    session: facts.session,
    limits: facts.limits,
    missingDocuments,
    moment: {
      today: facts.today,
      nowAt: facts.nowAt,
      rulesFreshUntilAt: facts.rulesFreshUntilAt,
      registryFreshUntilAt: facts.registryFreshUntilAt,
      sellingStop: facts.sellingStop,
      releaseSellsUntilAt: facts.releaseSellsUntilAt,
    },
  };
}

/** One drawer, one officer: nobody answers for the cash of another. */
function drawerRefusals({ session, sessionOfficer, officerId }: SellingFacts): readonly RefusalView[] {
  if (session === null || session.officerId === officerId) return [];
  return [{ code: 'CASH_SESSION_OF_OTHER', details: { officer: sessionOfficer } }];
}

/**
 * A clock that jumped waits for the officer who looks at it; policy `mirrorFailure` says whether a sale may stand on one
 * copy. Neither stops anything but new sales.
 */
function machineRefusals({ machine, policy }: SellingFacts): readonly RefusalView[] {
  const { isMirrorMissing, clockJumpMs } = machine;
  const clock: readonly RefusalView[] =
    clockJumpMs === null ? [] : [{ code: 'CLOCK_UNCERTAIN', details: { jumpMs: clockJumpMs } }];
  const isStopped = isMirrorMissing && policy.mirrorFailure === 'stop';
  return isStopped ? [...clock, { code: 'MIRROR_MISSING', details: {} }] : clock;
}

/** Prices a draft and says at once everything that would stop a sale now. */
export function quoteDraft(facts: SellingFacts): QuotedDraft {
  const local = assessLocally(facts);
  const paidHere: readonly RefusalView[] =
    facts.paidHere === null ? [] : [{ code: 'ALREADY_PAID_HERE', details: { ...facts.paidHere } }];
  // Money may be on its way: no second collection begins, by whatever means, until that is known.
  const unresolved: readonly RefusalView[] =
    facts.openPayment === null ? [] : [{ code: 'PAYMENT_UNRESOLVED', details: { ...facts.openPayment } }];
  const billRefusals = facts.bill === null ? [] : refusalsOfBill(facts.bill);
  const quote: Quote | null =
    facts.bill?.state === 'payable'
      ? quoteOfBill(facts.bill)
      : local.ok
        ? { source: 'local', assessment: local.value, assessedOn: facts.today }
        : null;
  const stopped = [...paidHere, ...unresolved, ...billRefusals, ...(quote === null && !local.ok ? local.error : [])];
  const probe = quote === null ? null : priceSale({ ...payRequestOf(facts, quote, []), means: 'cash' });
  const machine = machineRefusals(facts);
  const selling = [
    ...drawerRefusals(facts),
    ...machine,
    ...(probe === null || probe.ok ? [] : viewsOfPayRefusal(probe.error)),
  ];
  // What is wrong with the vehicle comes first; that the counter may not sell now matters only when it could.
  return { local: local.ok ? local.value : null, quote, refusals: stopped.length > 0 ? stopped : selling };
}
