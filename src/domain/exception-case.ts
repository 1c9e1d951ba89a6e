import type { Role } from './permission.ts';
import { assertNever } from './result.ts';
import type { CentralState } from './transaction-state.ts';

/** Everything that needs a person (Perlu Tindakan). */
export const EXCEPTION_KINDS = [
  'short',
  'over',
  'paid-elsewhere',
  'on-hold',
  'rejected',
  'refund-due',
  'quarantined',
  'forked',
  'damaged-entry',
  'voided-after-booking',
  'print-unknown',
  'document-missing',
  'application-incomplete',
  'application-returned',
  'form-gap',
  'emergency-gap',
  'clock-suspect',
  'line-fault',
  'cash-variance',
  'deposit-overdue',
  'server-rollback',
  'approval-unconfirmed',
  'cash-lost',
  'paid-twice',
] as const;

/** Who has to do the next thing: people of this counter, or those above it. */
export const CASE_OWNERS = ['officer', 'supervisor', 'province'] as const;

/** One of them. */
export type CaseOwner = (typeof CASE_OWNERS)[number];

/** Kind of a case. */
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

/** What somebody does next; the screen words it. */
export type StepName =
  | 'compare-figures'
  | 'compare-entries'
  | 'call-payer'
  | 'collect-shortfall'
  | 'waive-shortfall'
  | 'choose-refund-or-wait'
  | 'fill-refund-application'
  | 'approve-refund'
  | 'transfer-refund'
  | 'find-claimant'
  | 'pay-refund-in-cash'
  | 'wait-for-province'
  | 'clear-block-at-samsat-induk'
  | 'match-vehicle'
  | 'look-at-paper'
  | 'reprint-copy'
  | 'capture-again'
  | 'ask-for-paper'
  | 'give-back'
  | 'find-form'
  | 'find-sheet'
  | 'declare-sheet-missing'
  | 'declare-form-missing'
  | 'set-clock'
  | 'check-line'
  | 'export-bundle'
  | 'recount-cash'
  | 'explain-variance'
  | 'deposit-cash'
  | 'send-again'
  | 'ask-supervisor'
  | 'report-loss'
  | 'return-by-provider';

/** Where the citizen's money can stand while a case is open. */
export const MONEY_PLACES = [
  'drawer',
  'counted-as-received',
  'suspense',
  'refund-payable',
  'beneficiaries',
  'not-touched',
  'cash-loss',
] as const;

/** One of them. */
export type MoneyPlace = (typeof MONEY_PLACES)[number];

/** One guided step; `needs` is what must lie on the table before it can be done. */
export interface GuidedStep {
  readonly step: StepName;
  readonly by: Role | 'province';
  readonly needs: readonly ('payer' | 'original-paper' | 'account-number' | 'identity' | 'second-person' | 'line')[];
}

/** What a case of a kind is: its money, its steps in order. */
export interface ExceptionGuide {
  readonly money: MoneyPlace;
  readonly steps: readonly GuidedStep[];
  /** Whether the steps exclude each other after the first, or are done one after the other. */
  readonly order: 'in-turn' | 'first-then-choose';
}

function step(name: StepName, by: GuidedStep['by'], ...needs: GuidedStep['needs']): GuidedStep {
  return { step: name, by, needs };
}

/** "Approver is not the cashier; paid by transfer from the province, or in cash under the rule." */
const REFUND: readonly GuidedStep[] = [
  step('fill-refund-application', 'officer', 'payer', 'original-paper', 'account-number', 'identity'),
  step('approve-refund', 'supervisor', 'second-person'),
  step('transfer-refund', 'province'),
];

/** The guided steps of every kind, after the life of OPOP-Sync/1, section 13: each ends booked, refunded or decided by a person. */
export const EXCEPTION_GUIDES: Readonly<Record<ExceptionKind, ExceptionGuide>> = {
  short: {
    money: 'suspense',
    order: 'first-then-choose',
    steps: [
      step('compare-figures', 'officer'),
      step('collect-shortfall', 'officer', 'payer'),
      step('waive-shortfall', 'supervisor'),
      ...REFUND,
    ],
  },
  over: { money: 'refund-payable', order: 'in-turn', steps: [step('compare-figures', 'officer'), ...REFUND] },
  'paid-elsewhere': {
    money: 'refund-payable',
    order: 'in-turn',
    steps: [step('compare-entries', 'officer'), step('call-payer', 'officer'), ...REFUND],
  },
  'on-hold': {
    money: 'suspense',
    order: 'first-then-choose',
    steps: [
      step('call-payer', 'officer'),
      step('clear-block-at-samsat-induk', 'officer', 'payer'),
      step('choose-refund-or-wait', 'officer', 'payer'),
      ...REFUND,
    ],
  },
  rejected: {
    money: 'suspense',
    order: 'first-then-choose',
    steps: [step('compare-figures', 'officer'), step('match-vehicle', 'supervisor'), ...REFUND],
  },
  'refund-due': {
    money: 'refund-payable',
    order: 'first-then-choose',
    steps: [
      step('choose-refund-or-wait', 'officer', 'payer'),
      step('pay-refund-in-cash', 'officer', 'payer', 'original-paper', 'second-person'),
      ...REFUND,
    ],
  },
  quarantined: {
    money: 'counted-as-received',
    order: 'in-turn',
    steps: [step('compare-entries', 'supervisor', 'line'), step('wait-for-province', 'province')],
  },
  forked: {
    money: 'suspense',
    order: 'in-turn',
    steps: [step('compare-entries', 'supervisor', 'line'), step('wait-for-province', 'province')],
  },
  'damaged-entry': {
    money: 'counted-as-received',
    order: 'in-turn',
    steps: [
      step('send-again', 'officer', 'line'),
      step('compare-entries', 'supervisor', 'original-paper'),
      step('wait-for-province', 'province'),
    ],
  },
  'voided-after-booking': {
    money: 'refund-payable',
    order: 'in-turn',
    steps: [step('compare-entries', 'supervisor', 'line'), ...REFUND],
  },
  'print-unknown': {
    money: 'drawer',
    order: 'in-turn',
    steps: [step('look-at-paper', 'officer'), step('reprint-copy', 'officer')],
  },
  'document-missing': {
    money: 'not-touched',
    order: 'in-turn',
    steps: [step('call-payer', 'officer'), step('capture-again', 'officer', 'payer')],
  },
  'application-incomplete': {
    money: 'not-touched',
    order: 'in-turn',
    steps: [step('call-payer', 'officer'), step('ask-for-paper', 'officer', 'payer')],
  },
  'application-returned': {
    money: 'not-touched',
    order: 'in-turn',
    steps: [step('call-payer', 'officer'), step('give-back', 'officer', 'payer')],
  },
  'emergency-gap': {
    money: 'not-touched',
    order: 'first-then-choose',
    steps: [step('find-sheet', 'officer'), step('declare-sheet-missing', 'supervisor')],
  },
  'form-gap': {
    money: 'not-touched',
    order: 'first-then-choose',
    steps: [step('find-form', 'officer'), step('declare-form-missing', 'supervisor')],
  },
  'clock-suspect': {
    money: 'counted-as-received',
    order: 'in-turn',
    steps: [step('set-clock', 'officer'), step('wait-for-province', 'province')],
  },
  'line-fault': {
    money: 'counted-as-received',
    order: 'in-turn',
    steps: [step('check-line', 'officer'), step('export-bundle', 'officer')],
  },
  'cash-variance': {
    money: 'drawer',
    order: 'in-turn',
    steps: [step('recount-cash', 'officer', 'second-person'), step('explain-variance', 'supervisor')],
  },
  'deposit-overdue': { money: 'drawer', order: 'in-turn', steps: [step('deposit-cash', 'officer')] },
  'server-rollback': {
    money: 'beneficiaries',
    order: 'in-turn',
    steps: [step('wait-for-province', 'province'), step('send-again', 'officer', 'line')],
  },
  'approval-unconfirmed': {
    money: 'not-touched',
    order: 'in-turn',
    steps: [step('ask-supervisor', 'officer'), step('wait-for-province', 'province')],
  },
  'cash-lost': {
    money: 'cash-loss',
    order: 'in-turn',
    steps: [step('report-loss', 'supervisor'), step('wait-for-province', 'province')],
  },
  // The money never came here: whoever has it gives it back, to the account that it came from.
  'paid-twice': {
    money: 'refund-payable',
    order: 'in-turn',
    steps: [step('call-payer', 'officer'), step('return-by-provider', 'province')],
  },
};

/** The case that a decision of the province opens; null where nobody needs to do anything. */
export function exceptionOfOutcome(outcome: CentralState): ExceptionKind | null {
  switch (outcome) {
    case 'not-booked':
    case 'booked':
    case 'refunded':
      return null;
    case 'short':
    case 'over':
    case 'paid-elsewhere':
    case 'on-hold':
    case 'rejected':
    case 'refund-due':
      return outcome;
    default:
      return assertNever(outcome);
  }
}

/** What a refund in cash is judged by. */
export interface CashRefundFacts {
  readonly central: CentralState;
  readonly isDeposited: boolean;
  readonly soldInOpenSession: boolean;
  readonly hasOriginalPaper: boolean;
  readonly isPayer: boolean;
}

/**
 * "Refund in cash only for a sale neither booked nor deposited, from the same cash session, to the payer, against the
 * original paper. Every other refund is an application."
 */
export function mayRefundInCash(facts: CashRefundFacts): boolean {
  const wasBooked = facts.central === 'booked' || facts.central === 'over' || facts.central === 'refunded';
  return !wasBooked && !facts.isDeposited && facts.soldInOpenSession && facts.hasOriginalPaper && facts.isPayer;
}
