import { CASE_OWNERS, type CaseOwner, EXCEPTION_GUIDES, type ExceptionKind, type StepName } from './exception-case.ts';
import { addDays, type LocalDate } from './local-date.ts';
import type { RefundState } from './refund-state.ts';

/** What was done about a case so far. */
export interface CaseFacts {
  /** Somebody took it in hand: the facts were compared, the payer was called. */
  readonly isOpened: boolean;
  readonly isShortfallAnswered: boolean;
  readonly isMatched: boolean;
  readonly isCashReturned: boolean;
  /** Null without an application. */
  readonly refund: RefundState | null;
  /** Steps that the counter itself has seen done. */
  readonly seen?: readonly string[];
}

/** One step as the page of a case shows it; at most one is next. */
export interface StepProgress {
  readonly step: StepName;
  readonly by: CaseOwner;
  readonly state: 'done' | 'next' | 'later' | 'not-needed';
}

type DoneTest = (facts: CaseFacts) => boolean;

const looked: DoneTest = ({ isOpened }) => isOpened;
const answered: DoneTest = ({ isShortfallAnswered }) => isShortfallAnswered;
const asked: DoneTest = ({ refund }) => refund !== null && refund !== 'rejected';
const approved: DoneTest = ({ refund }) => refund === 'approved' || refund === 'paid' || refund === 'unclaimed';

/** Steps that can be seen to be done; every other one ends with its case. */
const DONE: { readonly [S in StepName]?: DoneTest } = {
  'compare-figures': looked,
  'compare-entries': looked,
  'call-payer': looked,
  'look-at-paper': looked,
  'collect-shortfall': answered,
  'waive-shortfall': answered,
  'match-vehicle': ({ isMatched }) => isMatched,
  'pay-refund-in-cash': ({ isCashReturned }) => isCashReturned,
  'choose-refund-or-wait': (facts) => asked(facts) || facts.isCashReturned,
  'fill-refund-application': asked,
  'approve-refund': approved,
  'transfer-refund': ({ refund }) => refund === 'paid',
};

function isDone(step: StepName, facts: CaseFacts): boolean {
  return DONE[step]?.(facts) ?? facts.seen?.includes(step) ?? false;
}

/** Roads that exclude each other: who took one has no need of the others. */
const ROADS: readonly (readonly StepName[])[] = [
  ['collect-shortfall', 'waive-shortfall'],
  ['match-vehicle'],
  ['pay-refund-in-cash'],
  ['fill-refund-application', 'approve-refund', 'find-claimant', 'transfer-refund'],
];

const roadOf = (step: StepName): number => ROADS.findIndex((road) => road.includes(step));

/** An approved refund that nobody could be paid waits for its citizen first. */
function stepsNow(kind: ExceptionKind, { refund }: CaseFacts): (typeof EXCEPTION_GUIDES)[ExceptionKind]['steps'] {
  const { steps } = EXCEPTION_GUIDES[kind];
  if (refund !== 'unclaimed') return steps;
  const find = { step: 'find-claimant', by: 'officer', needs: ['payer', 'account-number'] } as const;
  return steps.flatMap((one) => (one.step === 'transfer-refund' ? [find, one] : [one]));
}

/** The steps of a case, with the one that is next; the roads that were not taken are not needed. */
export function stepsOfCase(kind: ExceptionKind, facts: CaseFacts): readonly StepProgress[] {
  const steps = stepsNow(kind, facts);
  const taken = steps.map(({ step }) => step).filter((step) => isDone(step, facts) && roadOf(step) >= 0);
  const road = taken.map(roadOf).at(-1);
  let isNextFound = false;
  return steps.map(({ step, by }): StepProgress => {
    const owner: CaseOwner = CASE_OWNERS.find((one) => one === by) ?? 'supervisor';
    if (isDone(step, facts)) return { step, by: owner, state: 'done' };
    const isOther = road !== undefined && roadOf(step) >= 0 && roadOf(step) !== road;
    const isAnswered = road !== undefined && roadOf(step) === road && road < 3;
    if (isOther || isAnswered) return { step, by: owner, state: 'not-needed' };
    if (isNextFound) return { step, by: owner, state: 'later' };
    isNextFound = true;
    return { step, by: owner, state: 'next' };
  });
}

/** Who has to do the next thing; whoever decides last where nothing is left to do here. */
export function ownerOfCase(kind: ExceptionKind, facts: CaseFacts): CaseOwner {
  return stepsOfCase(kind, facts).find(({ state }) => state === 'next')?.by ?? 'province';
}

/** From what worries most to what can wait: cash that may be gone first, papers last. */
const BY_WORRY: readonly ExceptionKind[] = [
  'cash-lost',
  'forked',
  'server-rollback',
  'voided-after-booking',
  'quarantined',
  'damaged-entry',
  'cash-variance',
  'deposit-overdue',
  'print-unknown',
  'clock-suspect',
  'rejected',
  'refund-due',
  'paid-twice',
  'paid-elsewhere',
  'short',
  'on-hold',
  'over',
  'approval-unconfirmed',
  'emergency-gap',
  'form-gap',
  'line-fault',
  'document-missing',
  'application-returned',
  'application-incomplete',
];

/** Sorts cases by worry, then by age, the oldest first. */
export function byWorry<C extends { readonly kind: ExceptionKind; readonly openedAt: number }>(
  left: C,
  right: C,
): number {
  return BY_WORRY.indexOf(left.kind) - BY_WORRY.indexOf(right.kind) || left.openedAt - right.openedAt;
}

/** The day by which the citizen is told what became of it. */
export function promisedDay(openedOn: LocalDate, promisedDays: number): LocalDate {
  return addDays(openedOn, promisedDays);
}
