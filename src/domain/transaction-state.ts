import { type Actor, mayApprove, mayDo } from './permission.ts';
import { assertNever, err, ok, type Result } from './result.ts';

/** The five axes of a transaction; there is never one status (product.md). */
export const BUSINESS_STATES = ['draft', 'assessed', 'paid', 'voided'] as const;
export const DELIVERY_STATES = ['queued', 'sending', 'acknowledged', 'quarantined', 'exported'] as const;
export const CENTRAL_STATES = [
  'not-booked',
  'booked',
  'short',
  'over',
  'paid-elsewhere',
  'on-hold',
  'rejected',
  'refund-due',
  'refunded',
] as const;
export const PRINT_STATES = ['not-printed', 'print-unknown', 'printed', 'spoiled'] as const;
export const DOCUMENT_STATES = ['none', 'local', 'uploading', 'stored', 'missing'] as const;

export type BusinessState = (typeof BUSINESS_STATES)[number];
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export type CentralState = (typeof CENTRAL_STATES)[number];
export type PrintState = (typeof PRINT_STATES)[number];
export type DocumentState = (typeof DOCUMENT_STATES)[number];

/** Where a transaction stands on each axis. */
export interface TransactionState {
  readonly business: BusinessState;
  readonly delivery: DeliveryState;
  readonly central: CentralState;
  readonly print: PrintState;
  /** Papers ever sent to the printer; each but the first is SALINAN n with n = papers - 1. */
  readonly papers: number;
  readonly documents: DocumentState;
}

/** Where every transaction starts. */
export const NEW_TRANSACTION: TransactionState = {
  business: 'draft',
  delivery: 'queued',
  central: 'not-booked',
  print: 'not-printed',
  papers: 0,
  documents: 'none',
};

/** A void and the two people whom it takes. */
export interface VoidEvent {
  readonly type: 'void';
  readonly officer: Actor;
  readonly approver: Actor;
  readonly cashSessionId: string;
  /** The session in which the sale was made. */
  readonly soldInCashSessionId: string;
}

/** What can happen to a transaction. */
export type TransactionEvent =
  | { readonly type: 'assess' | 'pay' }
  | VoidEvent
  | { readonly type: 'send' | 'export' | 'acknowledge' | 'quarantine' | 'release' }
  | { readonly type: 'decide'; readonly outcome: CentralState }
  | { readonly type: 'print-intent'; readonly paper: 'provisional-receipt' | 'arrival-receipt' }
  | { readonly type: 'paper-out' | 'paper-not-out' | 'paper-spoiled' }
  | { readonly type: 'upload' | 'document-stored' | 'document-missing' | 'capture' };

/** Why an event has no place now. */
export type MoveRefusal =
  | 'NOT_NOW'
  /** The first byte may have left: only a request to the province can undo the sale. */
  | 'ALREADY_SENT'
  | 'OTHER_CASH_SESSION'
  | 'TAKES_TWO_PEOPLE'
  | 'NO_SALE_NO_RECEIPT';

type Table<State extends string, Event extends string> = Readonly<
  Record<State, { readonly [event in Event]?: State | undefined }>
>;

const BUSINESS: Table<BusinessState, 'assess' | 'pay' | 'void'> = {
  draft: { assess: 'assessed' },
  assessed: { assess: 'assessed', pay: 'paid' },
  paid: { void: 'voided' },
  voided: {},
};

type DeliveryEvent = 'send' | 'export' | 'acknowledge' | 'quarantine' | 'release';

/**
 * Nothing goes back to `queued`: "before the first byte of an entry leaves (socket or stick) the counter commits
 * `sending` or `exported`", and only `queued` may be voided. A verdict may come without this counter having sent (a
 * recovered mirror), and may come twice. Out of `quarantined` only the province's second word leads.
 */
const DELIVERY: Table<DeliveryState, DeliveryEvent> = {
  queued: { send: 'sending', export: 'exported', acknowledge: 'acknowledged', quarantine: 'quarantined' },
  sending: { send: 'sending', export: 'exported', acknowledge: 'acknowledged', quarantine: 'quarantined' },
  exported: { send: 'exported', export: 'exported', acknowledge: 'acknowledged', quarantine: 'quarantined' },
  acknowledged: { send: 'acknowledged', export: 'acknowledged', acknowledge: 'acknowledged' },
  quarantined: { quarantine: 'quarantined', release: 'acknowledged', export: 'quarantined' },
};

/** The states out of which an event moves an entry: a store changes the rows that stand in one of them, and no other. */
export function deliveryStatesBefore(event: DeliveryEvent): readonly DeliveryState[] {
  return DELIVERY_STATES.filter((state) => (DELIVERY[state][event] ?? state) !== state);
}

/** The life of OPOP-Sync/1, section 13, after custody. */
const CENTRAL: Readonly<Record<CentralState, readonly CentralState[]>> = {
  'not-booked': ['booked', 'short', 'over', 'paid-elsewhere', 'on-hold', 'rejected', 'refund-due'],
  // "topped up | waived by policy -> booked": what was collected meets a register that may have moved meanwhile.
  short: ['booked', 'over', 'paid-elsewhere', 'on-hold', 'rejected', 'refund-due', 'refunded'],
  over: ['booked', 'refund-due', 'refunded'],
  'paid-elsewhere': ['refund-due', 'refunded'],
  'on-hold': ['booked', 'short', 'over', 'paid-elsewhere', 'rejected', 'refund-due', 'refunded'],
  rejected: ['not-booked', 'booked', 'short', 'over', 'paid-elsewhere', 'on-hold', 'refund-due', 'refunded'],
  booked: ['over', 'refund-due', 'refunded'],
  'refund-due': ['refunded'],
  refunded: [],
};

/** "An intent without result is `print-unknown` and never prints by itself: the officer answers *keluar* or *tidak*." */
const PRINT: Table<PrintState, 'print-intent' | 'paper-out' | 'paper-not-out' | 'paper-spoiled'> = {
  'not-printed': { 'print-intent': 'print-unknown' },
  'print-unknown': { 'paper-out': 'printed', 'paper-not-out': 'spoiled', 'paper-spoiled': 'spoiled' },
  printed: { 'print-intent': 'print-unknown', 'paper-spoiled': 'spoiled' },
  spoiled: { 'print-intent': 'print-unknown' },
};

const DOCUMENTS: Table<DocumentState, 'upload' | 'document-stored' | 'document-missing' | 'capture'> = {
  none: { capture: 'local' },
  local: { upload: 'uploading', 'document-stored': 'stored', 'document-missing': 'missing' },
  uploading: { upload: 'uploading', 'document-stored': 'stored', 'document-missing': 'missing' },
  stored: { 'document-stored': 'stored' },
  missing: { capture: 'local', 'document-stored': 'stored' },
};

function voidRefusal(state: TransactionState, event: VoidEvent): MoveRefusal | null {
  if (state.business !== 'paid') return 'NOT_NOW';
  if (state.delivery !== 'queued') return 'ALREADY_SENT';
  if (event.cashSessionId !== event.soldInCashSessionId) return 'OTHER_CASH_SESSION';
  const twoPeople =
    mayDo(event.officer.role, 'request-void') && mayApprove(event.approver, event.officer, 'approve-void');
  return twoPeople ? null : 'TAKES_TWO_PEOPLE';
}

function moved<Axis extends 'business' | 'delivery' | 'print' | 'documents'>(
  state: TransactionState,
  axis: Axis,
  next: TransactionState[Axis] | undefined,
): Result<TransactionState, MoveRefusal> {
  return next === undefined ? err('NOT_NOW') : ok({ ...state, [axis]: next });
}

function printIntent(state: TransactionState, paper: 'provisional-receipt' | 'arrival-receipt') {
  if (paper === 'provisional-receipt' && state.business !== 'paid' && state.business !== 'voided') {
    return err<MoveRefusal>('NO_SALE_NO_RECEIPT');
  }
  const next = PRINT[state.print]['print-intent'];
  if (next === undefined) return err<MoveRefusal>('NOT_NOW');
  return ok({ ...state, print: next, papers: state.papers + 1 });
}

/** The one table by which a transaction moves; an event without a place answers why, and changes nothing. */
export function moveTransaction(
  state: TransactionState,
  event: TransactionEvent,
): Result<TransactionState, MoveRefusal> {
  switch (event.type) {
    case 'assess':
    case 'pay':
      return moved(state, 'business', BUSINESS[state.business][event.type]);
    case 'void': {
      const refusal = voidRefusal(state, event);
      return refusal === null ? moved(state, 'business', BUSINESS[state.business].void) : err(refusal);
    }
    case 'send':
    case 'export':
    case 'acknowledge':
    case 'quarantine':
    case 'release':
      return moved(state, 'delivery', DELIVERY[state.delivery][event.type]);
    case 'decide':
      return CENTRAL[state.central].includes(event.outcome) ? ok({ ...state, central: event.outcome }) : err('NOT_NOW');
    case 'print-intent':
      return printIntent(state, event.paper);
    case 'paper-out':
    case 'paper-not-out':
    case 'paper-spoiled':
      return moved(state, 'print', PRINT[state.print][event.type]);
    case 'upload':
    case 'document-stored':
    case 'document-missing':
    case 'capture':
      return moved(state, 'documents', DOCUMENTS[state.documents][event.type]);
    default:
      return assertNever(event);
  }
}

/** From the outcome that most needs a person to the one that needs nobody. */
const BY_CONCERN: readonly CentralState[] = [
  'refund-due',
  'on-hold',
  'rejected',
  'short',
  'paid-elsewhere',
  'over',
  'not-booked',
  'refunded',
  'booked',
];

/** "Each outcome is per (period, component)": the axis of the whole shows the one that most needs a person. */
export function summariseCentral(outcomes: readonly CentralState[]): CentralState {
  return BY_CONCERN.find((state) => outcomes.includes(state)) ?? 'not-booked';
}
