import {
  type ErrorDetails,
  type ErrorSentence,
  numberFact,
  say,
  type ScreenErrorCode,
  textFact,
  UNCHANGED,
} from '../error-facts.ts';

function approverWords(details: ErrorDetails): string {
  switch (textFact(details, 'reason', '')) {
    case 'SAME_PERSON':
      return 'Approval refused: the same person cannot ask and approve.';
    case 'NOT_A_SUPERVISOR':
      return 'Approval refused: this person is not a supervisor.';
    case 'OFFICER_LOCKED_OUT':
      return 'Approval refused: this supervisor’s PIN is locked for a while after several wrong tries.';
    case 'OFFICER_SUSPENDED':
      return 'Approval refused: this supervisor is no longer active.';
    case 'OFFICER_UNKNOWN':
      return 'Approval refused: this supervisor is not known at this counter.';
    default:
      return 'Approval refused: wrong PIN of the supervisor.';
  }
}

export const APPROVAL_ERRORS = {
  APPROVER_REFUSED: (details) => ({
    what: approverWords(details),
    safe: `${UNCHANGED} The refusal is recorded.`,
    next: 'Ask the supervisor to type his own PIN, or use a remote code.',
  }),
  APPROVAL_CODE_WRONG: (details) => ({
    what: 'This approval code is wrong.',
    safe: `${UNCHANGED} The try is recorded.`,
    next: `Ask the supervisor to read the code again, two digits at a time. Tries left: ${String(numberFact(details, 'triesLeft') ?? 0)}.`,
  }),
  APPROVAL_TRIES_SPENT: (details) =>
    textFact(details, 'of', 'request') === 'day'
      ? {
          what: 'This counter has been given ten wrong codes today.',
          safe: `${UNCHANGED} Remote codes are closed until tomorrow.`,
          next: 'Ask the supervisor to come and use his PIN, or do it tomorrow.',
        }
      : {
          what: 'This request was answered with a wrong code three times.',
          safe: `${UNCHANGED} The old request is void.`,
          next: 'Make a new request, then read it to the supervisor.',
        },
  APPROVAL_EXPIRED: say('The day of this request is over.', UNCHANGED, 'Make a new request; the old code is void.'),
  APPROVAL_USED: say(
    'This approval was used before.',
    'What was approved then stays recorded once.',
    'One approval for one act: ask for a new one.',
  ),
  APPROVAL_OTHER: say(
    'This approval was given for another act, transaction or amount.',
    `${UNCHANGED} The refusal is recorded.`,
    'Make a new request for what you do now.',
  ),
  APPROVAL_UNKNOWN: say(
    'This counter does not know the request.',
    UNCHANGED,
    'Make a new request, then read it to the supervisor.',
  ),
  APPROVAL_NEEDED: say(
    'This needs a supervisor’s approval.',
    UNCHANGED,
    'Ask for the supervisor’s PIN here, or a remote code.',
  ),
  APPROVAL_NOT_REMOTE: say(
    'This cannot be approved from afar.',
    UNCHANGED,
    'Ask the supervisor to come and type his PIN here.',
  ),
  APPROVAL_REQUEST_INVALID: (details) =>
    textFact(details, 'reason', '') === 'WRONG_CHECK_CHARACTERS'
      ? {
          what: 'A letter or digit of this request is wrong.',
          safe: 'Nothing is approved yet.',
          next: 'Ask the officer to read it again, group by group.',
        }
      : {
          what: 'This is not a whole request.',
          safe: 'Nothing is approved yet.',
          next: 'A request has seven groups of four letters or digits.',
        },
  APPROVAL_COUNTER_UNKNOWN: say(
    'The counter that asks is not in your region, or not known to this device.',
    'Nothing is approved yet.',
    'Connect this device to Bapenda once, or call the supervisor of that counter.',
  ),
  CAP_NOT_RAISED: say(
    'This limit cannot be raised to that value.',
    UNCHANGED,
    'Choose a value above the present limit; a limit that is not set need not be raised.',
  ),
  OFFICER_KNOWN_HERE: say(
    'This officer is already known at this counter.',
    UNCHANGED,
    'He can sign in with his own PIN; choose his name on the sign-in screen.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;
