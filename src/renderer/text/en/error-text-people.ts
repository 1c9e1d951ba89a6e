import { type ErrorSentence, say, type ScreenErrorCode, textFact, UNCHANGED } from '../error-facts.ts';

const PIN_STAYS = 'The old PIN still holds.';

/** Why a new PIN is not taken. */
const PIN_REASONS: Readonly<Record<string, string>> = {
  SHORT: 'The new PIN is too short.',
  SIMPLE: 'The new PIN is too easy to guess: digits in a row, repeated, or nearly all the same.',
  OWN_NUMBER: 'The new PIN is part of your officer number, which others know.',
  SAME: 'The new PIN is the old one.',
};

/** Why nothing was done about somebody, and what to do. */
const ACT_REASONS: Readonly<Record<string, readonly [what: string, next: string]>> = {
  OFFICER_KNOWN: ['This officer number is taken.', 'Look for the officer in the list, or use another number.'],
  OFFICER_UNKNOWN: ['Bapenda does not know this officer.', 'Load the list again and choose the officer.'],
  SELF: ['Nobody changes himself.', 'Ask another supervisor or Bapenda.'],
  NOT_AN_OFFICER: ['Only counter officers are changed here.', 'Bapenda sees to supervisors, installers and auditors.'],
  ALREADY_SO: ['This was done already, perhaps by somebody else.', 'Load again to see how it is now.'],
  SAME_OUTLET: ['This officer works at that outlet already.', 'Choose another outlet.'],
  DATE_PAST: ['That day is over.', 'Choose today or later.'],
  CODE_UNKNOWN: ['Bapenda does not know this code.', 'Load the list of codes again.'],
  CODE_OVER: ['This code was used, revoked, or has expired.', 'Load again to see how it is.'],
  ANNOUNCEMENT_UNKNOWN: ['Bapenda does not know this announcement.', 'Load the list again.'],
  REQUEST_OTHER: ['Bapenda has another request under the same number.', 'Try again; the next one has a new number.'],
};

/** Own PINs, and what a supervisor does about people. */
export const PEOPLE_ERRORS = {
  PIN_TO_CHOOSE: say(
    'This is a start code, not a PIN.',
    'The code is right and was not used yet.',
    'Choose a PIN of your own; you sign in with it from then on.',
  ),
  START_CODE_EXPIRED: say(
    'This start code has expired.',
    UNCHANGED,
    'Ask the supervisor for a new one: People, Reset PIN.',
  ),
  PIN_TOO_SIMPLE: (details) => ({
    what: PIN_REASONS[textFact(details, 'reason', '')] ?? 'The new PIN cannot be used.',
    safe: PIN_STAYS,
    next: 'Choose 6 to 12 digits that are in no row and no pattern; supervisors at least 8.',
  }),
  PIN_NOT_CHANGED_HERE: (details) => ({
    what:
      textFact(details, 'reason', '') === 'SUPERVISOR'
        ? 'A supervisor’s PIN is changed on his own appointed device only.'
        : 'PINs of substitutes and auditors are not changed at this counter.',
    safe: PIN_STAYS,
    next:
      textFact(details, 'reason', '') === 'SUPERVISOR'
        ? 'Change it on the supervisor’s device, on the Device screen.'
        : 'A substitute uses the PIN of his own outlet; an auditor calls Bapenda.',
  }),
  PEOPLE_REFUSED: (details) => {
    const [what, next] = ACT_REASONS[textFact(details, 'reason', '')] ?? [
      'Bapenda did not do it.',
      'Load again, look, then try again.',
    ];
    return { what, safe: UNCHANGED, next };
  },
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;
