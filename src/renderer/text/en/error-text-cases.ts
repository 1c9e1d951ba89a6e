import {
  ALL_SAVED,
  type ErrorSentence,
  moneyFact,
  say,
  type ScreenErrorCode,
  textFact,
  UNCHANGED,
} from '../error-facts.ts';

const NOT_IN_CASH: Readonly<Record<string, string>> = {
  returned: 'the money went back already',
  'void-instead': 'the transaction was not sent, void it instead',
  'not-cash': 'it was not paid in cash',
  'not-decided': 'Bapenda has not decided',
  booked: 'the payment is booked',
  'application-open': 'there is an application for a refund',
  'no-session': 'no cash session is open',
  'other-session': 'the money was taken in another cash session',
  deposited: 'the money may have left the drawer',
};
const NOT_ASKED: Readonly<Record<string, string>> = {
  'void-instead': 'the transaction was not sent, void it instead',
  returned: 'the money went back already',
  asked: 'it was asked for before',
  'other-day': 'it is not of today',
  'too-late': 'its hour is over',
};
const NOT_REFUNDABLE: Readonly<Record<string, string>> = {
  'void-instead': 'the transaction was not sent, void it instead',
  'application-open': 'there is an application for this transaction',
  'nothing-owed': 'no money can be asked back',
};
const CHANGED = 'things have changed';

export const CASE_ERRORS = {
  CASE_UNKNOWN: say('This case is no longer there.', ALL_SAVED, 'Open the list Needs action again.'),
  CASE_CHANGED: say(
    'Bapenda’s decision changed since this screen was opened.',
    UNCHANGED,
    'Read the case again; its amount may differ.',
  ),
  CASE_SETTLED: say('Somebody else did this step already.', ALL_SAVED, 'See the life of the case.'),
  SHORTFALL_TOO_LARGE: (details) => ({
    what: `The shortfall of ${moneyFact(details, 'total', 'this case')} is above the limit for waiving, ${moneyFact(details, 'most', 'set by policy')}.`,
    safe: UNCHANGED,
    next: 'Take the shortfall, or apply for a refund.',
  }),
  CANCELLATION_NOT_NOW: (details) => ({
    what: `A same-day cancellation cannot be asked for: ${NOT_ASKED[textFact(details, 'reason', '')] ?? CHANGED}.`,
    safe: UNCHANGED,
    next: 'If the citizen still wants the money back, apply for a refund.',
  }),
  REFUND_NOT_IN_CASH: (details) => ({
    what: `It cannot be returned in cash: ${NOT_IN_CASH[textFact(details, 'reason', '')] ?? CHANGED}.`,
    safe: UNCHANGED,
    next: 'Apply for a refund; Bapenda pays to the account.',
  }),
  REFUND_NOT_NOW: (details) => ({
    what: `The application cannot be recorded: ${NOT_REFUNDABLE[textFact(details, 'reason', '')] ?? CHANGED}.`,
    safe: UNCHANGED,
    next: 'See how it stands on the page of the case.',
  }),
  REFUND_PAPERS_MISSING: say(
    'The photo of the applicant’s identity or of the original receipt is missing.',
    UNCHANGED,
    'Take the photo on the page of the case, or write the reason.',
  ),
  REFUND_UNKNOWN: say('This application is not at this counter.', UNCHANGED, 'Open the page of the case again.'),
  PAPER_NOT_OF_SALE: say(
    'This paper is not the original receipt of the transaction.',
    UNCHANGED,
    'Check its number or scan the QR of the original receipt.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;
