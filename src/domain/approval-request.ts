import { APPROVAL_ACTIONS, type ApprovalAction } from './approval.ts';
import { base32Character, base32Value, checkCharacters, isChecked, readBase32 } from './base32-check.ts';
import { dateParts, dayNumber, localDateAt, startOfLocalDate } from './local-date.ts';
import { err, ok, type Result } from './result.ts';

/** What a counter reads over the phone: enough to see what is approved, and nothing of a person. */
export interface ApprovalRequest {
  readonly action: ApprovalAction;
  /** Five characters of the SHA-256 of the device's id. */
  readonly deviceTag: string;
  /** Whole rupiah, or the new value of a cap. */
  readonly amount: number;
  /** Five characters of the binding's hash: what else the act does, its subject and its device among it. */
  readonly head: string;
  readonly nonce: string;
  /** ms UTC, to five minutes. */
  readonly askedAt: number;
}

/** Characters of a tag: 25 bits. */
const TAG_LENGTH = 5;
const AMOUNT_LENGTH = 7;
/** Half of 32 to the seventh: an amount of either sign below it fits. */
const AMOUNT_BOUND = 2 ** 34;
const SLOT_MS = 300_000;
const DAY_MS = 86_400_000;
/** The day travels modulo this: a request lives one day, so it is never taken for another. */
const DAY_CYCLE = 64;
const SLOTS_PER_DAY = DAY_MS / SLOT_MS;
const LENGTH = 28;
const GROUP = 4;

/** A number in base 32, most significant character first. */
function digits(value: number, length: number): string {
  let rest = value;
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = base32Character(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function numberOf(characters: string): number {
  return [...characters].reduce((sum, one) => sum * 32 + base32Value(one), 0);
}

/** The first 25 bits of a hash or of chance, as five characters. */
export function tagOf(bytes: Uint8Array): string {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return digits(Math.floor((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 7), TAG_LENGTH);
}

/** Whether an amount fits into a short request: below 17 thousand million either way. */
export function fitsRequest(amount: number): boolean {
  return Number.isSafeInteger(amount) && Math.abs(amount) < AMOUNT_BOUND;
}

/** Days since 1970 and five-minute slots of the day, in Jakarta. */
function slotOf(askedAt: number): { readonly day: number; readonly slot: number } {
  const date = localDateAt(askedAt);
  return { day: dayNumber(dateParts(date)), slot: Math.floor((askedAt - startOfLocalDate(date)) / SLOT_MS) };
}

/** The request without blanks: what is typed, scanned, and answered. Throws RangeError for parts that do not fit, which is a bug. */
export function requestCharacters(request: ApprovalRequest): string {
  const { action, deviceTag, amount, head, nonce, askedAt } = request;
  if (!fitsRequest(amount)) throw new RangeError(`an amount that no request can carry: ${amount}`);
  const { day, slot } = slotOf(askedAt);
  const body = [
    digits(APPROVAL_ACTIONS.indexOf(action), 1),
    deviceTag,
    digits((day % DAY_CYCLE) * 512 + slot, 3),
    // Signed: even is zero or more, odd is below zero.
    digits(amount < 0 ? -amount * 2 - 1 : amount * 2, AMOUNT_LENGTH),
    head,
    nonce,
  ].join('');
  const text = body + checkCharacters(body);
  if (text.length !== LENGTH) throw new RangeError('tags of five characters are needed');
  return text;
}

/** Groups of four, as they are read aloud. */
export function inGroups(characters: string): string {
  return (characters.match(new RegExp(`.{1,${String(GROUP)}}`, 'g')) ?? []).join(' ');
}

/** Why a text is no request. */
export type RequestProblem = 'NOT_A_REQUEST' | 'WRONG_CHECK_CHARACTERS';

/** The moment that day and slot name: the newest that is not later than five minutes from now. */
function askedAtOf(cycleDay: number, slot: number, nowMs: number): number {
  const today = dayNumber(dateParts(localDateAt(nowMs)));
  const start = startOfLocalDate(localDateAt(nowMs));
  const back = (((today - cycleDay) % DAY_CYCLE) + DAY_CYCLE) % DAY_CYCLE;
  const at = start - back * DAY_MS + slot * SLOT_MS;
  return at > nowMs + SLOT_MS ? at - DAY_CYCLE * DAY_MS : at;
}

/** Reads a request that was typed or scanned; blanks, hyphens and case do not matter. */
export function parseApprovalRequest(
  text: string,
  nowMs: number,
): Result<ApprovalRequest & { readonly characters: string }, RequestProblem> {
  const characters = readBase32(text).replaceAll('-', '');
  if (!/^[0-9A-HJKMNP-TV-Z]{28}$/.test(characters)) return err('NOT_A_REQUEST');
  if (!isChecked(characters)) return err('WRONG_CHECK_CHARACTERS');
  const action = APPROVAL_ACTIONS[numberOf(characters.slice(0, 1))];
  const time = numberOf(characters.slice(6, 9));
  const [cycleDay, slot] = [Math.floor(time / 512), time % 512];
  // An action that this program does not know yet, or a time that no day has, is no request that may be answered.
  if (action === undefined || slot >= SLOTS_PER_DAY) return err('NOT_A_REQUEST');
  const signed = numberOf(characters.slice(9, 16));
  return ok({
    action,
    deviceTag: characters.slice(1, 6),
    askedAt: askedAtOf(cycleDay, slot, nowMs),
    amount: signed % 2 === 0 ? signed / 2 : -(signed + 1) / 2,
    head: characters.slice(16, 21),
    nonce: characters.slice(21, 26),
    characters,
  });
}

/** Context of the MAC that answers a request. */
const CODE_CONTEXT = 'opop/approval-code/1\0';
/** Context of the MAC behind a numbered code of a sealed list. */
const LIST_CONTEXT = 'opop/approval-list/1\0';

/** What the pair key signs for a request; the device's whole id stands in it, because its tag is short. */
export function codeText(deviceId: string, characters: string): string {
  return `${CODE_CONTEXT}${deviceId}\0${characters}`;
}

/** What the pair key signs for the nth code of a list. */
export function listCodeText(deviceId: string, list: number, place: number): string {
  return `${LIST_CONTEXT}${deviceId}\0${String(list)}\0${String(place)}`;
}

/** What a supervisor's page signs of a request that it answered. */
export function pageWordText(pageId: string, counterId: string, characters: string): string {
  return `opop/approval-page/1\0${pageId}\0${counterId}\0${characters}`;
}
