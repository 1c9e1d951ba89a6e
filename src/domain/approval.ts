import type { CapName } from './delivery-policy.ts';
import type { LocalDate } from './local-date.ts';
import { type Actor, mayDo } from './permission.ts';
import { err, ok, type Result } from './result.ts';

/**
 * Everything that takes a second person. The place in the list travels in a short request, so the order is released:
 * new actions are added at the end, none is moved or removed (OPOP-Sync/1, "Approvals").
 */
export const APPROVAL_ACTIONS = [
  'void',
  'waiver',
  'refund-cash',
  'refund-application',
  'variance',
  'reprint',
  'unlock-pin',
  'reset-pin',
  'substitute',
  'cash-loss',
  'raise-cap:perSale',
  'raise-cap:drawerCash',
  'raise-cap:unconfirmedDeposits',
  'raise-cap:unconfirmedDepositBankDays',
  'raise-cap:unsent',
  'raise-cap:daysSinceContact',
  'raise-cap:rulesAgeDays',
  'raise-cap:registryAgeDays',
  'cancellation',
  'waive-shortfall',
] as const;

/** What somebody wants a second person for. */
export type ApprovalAction = (typeof APPROVAL_ACTIONS)[number];

/** Actions at the door, where nobody is signed in: who asks is the officer whom it is about. */
export type DoorAction = Extract<ApprovalAction, 'unlock-pin' | 'reset-pin' | 'substitute'>;

/** The cap that an action raises; undefined for every other action. */
export function raisedCap(action: ApprovalAction): CapName | undefined {
  const CAP_OF: { readonly [A in ApprovalAction]?: CapName } = {
    'raise-cap:perSale': 'perSale',
    'raise-cap:drawerCash': 'drawerCash',
    'raise-cap:unconfirmedDeposits': 'unconfirmedDeposits',
    'raise-cap:unconfirmedDepositBankDays': 'unconfirmedDepositBankDays',
    'raise-cap:unsent': 'unsent',
    'raise-cap:daysSinceContact': 'daysSinceContact',
    'raise-cap:rulesAgeDays': 'rulesAgeDays',
    'raise-cap:registryAgeDays': 'registryAgeDays',
  };
  return CAP_OF[action];
}

/** One act that needs a second person, as the act itself sees it. */
export interface ApprovalAsked {
  readonly action: ApprovalAction;
  /** Id of what it is about: a transaction, a cash session, an officer. */
  readonly subject: string;
  /** Whole rupiah, or the new value of a cap; zero where there is none. */
  readonly amount: number;
  /** SHA-256 (base64url) of whatever else the act does: another content is another act. */
  readonly contentHash: string;
}

/** An act bound to one device and one moment: what an approval is for. */
export interface ApprovalBinding extends ApprovalAsked {
  /** Five characters of base 32, drawn by the counter; never twice on one day. */
  readonly nonce: string;
  readonly deviceId: string;
}

/**
 * The bytes whose SHA-256 binds an approval (with the context `opop/approval/1`): canonical JSON, because every key stands
 * in order and every value is a text or a whole number.
 */
export function bindingText({ action, subject, amount, contentHash, nonce, deviceId }: ApprovalBinding): string {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole amount: ${amount}`);
  return JSON.stringify({ action, amount, contentHash, deviceId, nonce, subject });
}

/** Prefix of the bytes that are hashed for a binding. */
export const BINDING_CONTEXT = 'opop/approval/1\0';

/** How an approval was shown. */
export const APPROVAL_METHODS = ['pin', 'code', 'list'] as const;

/** By PIN at the counter, by a code over the phone, or by a code of the sealed list. */
export type ApprovalMethod = (typeof APPROVAL_METHODS)[number];

/** Why a person may not approve an act. */
export type ApproverProblem = 'SAME_PERSON' | 'NOT_A_SUPERVISOR';

/** Who may approve: a supervisor who neither asked for the act nor is its subject. */
export function mayApproveAct(
  approver: Actor,
  askedBy: string | null,
  { subject }: Pick<ApprovalAsked, 'subject'>,
): Result<void, ApproverProblem> {
  if (approver.personId === askedBy || approver.personId === subject) return err('SAME_PERSON');
  return mayDo(approver.role, 'approve-void') ? ok(undefined) : err('NOT_A_SUPERVISOR');
}

/** Whether policy lets an action be approved by somebody who is not there. */
export function mayBeRemote(action: ApprovalAction, voidApproval: 'same-place' | 'remote-allowed'): boolean {
  const takesBack = action === 'void' || action === 'cancellation';
  return !takesBack || voidApproval === 'remote-allowed';
}

/** Wrong codes after which a request is spent ... */
export const TRIES_PER_REQUEST = 3;
/** ... and after which a counter takes no further code on this day (decision 0043 does the arithmetic). */
export const WRONG_CODES_PER_DAY = 10;

/** Whether one more code may be tried. */
export function mayTryCode(counted: {
  readonly triesOfRequest: number;
  readonly wrongToday: number;
}): Result<{ readonly triesLeft: number }, 'DAY_SPENT' | 'REQUEST_SPENT'> {
  if (counted.wrongToday >= WRONG_CODES_PER_DAY) return err('DAY_SPENT');
  if (counted.triesOfRequest >= TRIES_PER_REQUEST) return err('REQUEST_SPENT');
  const triesLeft = Math.min(TRIES_PER_REQUEST - counted.triesOfRequest, WRONG_CODES_PER_DAY - counted.wrongToday);
  return ok({ triesLeft });
}

/** The day on which wrong codes count: a clock that was set back gives no new tries. */
export function countingDay(today: LocalDate, newestCounted: LocalDate | null): LocalDate {
  return newestCounted !== null && newestCounted > today ? newestCounted : today;
}

/** Whether a request of a day can still be answered: until the end of its business day, and not on a day before it. */
export function isRequestAlive(requestedOn: LocalDate, today: LocalDate): boolean {
  return requestedOn === today;
}

const CODE_DIGITS = 8;

/** The digits that a supervisor reads aloud: the first 64 bits of the MAC, modulo ten to the eighth (bias below 1 in 10^11). */
export function codeFromMac(mac: Uint8Array): string {
  if (mac.length < 8) throw new RangeError('a MAC of at least 64 bits is needed');
  const rest = mac.slice(0, 8).reduce((sum, byte) => (sum * 256 + byte) % 10 ** CODE_DIGITS, 0);
  return String(rest).padStart(CODE_DIGITS, '0');
}

/** Days after which an approval that nobody signed for is a case; whether this one is. */
export function isUnconfirmed(
  approval: { readonly usedOnMs: number; readonly confirmed: boolean },
  nowMs: number,
  confirmDays: number,
): boolean {
  return !approval.confirmed && nowMs - approval.usedOnMs > confirmDays * 86_400_000;
}
