import {
  dayInBrackets,
  type ErrorSentence,
  numberFact,
  say,
  type ScreenErrorCode,
  textFact,
  UNCHANGED,
} from '../error-facts.ts';

const STATES: Readonly<Record<string, string>> = {
  open: 'is typed and waits for the second person',
  confirmed: 'has become a transaction',
  spoiled: 'is recorded as spoiled',
  missing: 'is recorded as lost',
};

export const EMERGENCY_ERRORS = {
  EMERGENCY_NUMBER_UNKNOWN: say(
    'This number is in no emergency book of the outlet.',
    'Its money and paper are as they were.',
    'Compare the number on the paper, or record the book first.',
  ),
  EMERGENCY_NUMBER_USED: (details) => ({
    what: `This number ${STATES[textFact(details, 'state', '')] ?? 'is already recorded'}.`,
    safe: 'The first record stands.',
    next: 'Check the number on the paper. Two papers with one number go to the supervisor.',
  }),
  EMERGENCY_PAPER_LATER: (details) => ({
    what: `The date on the paper is after today${dayInBrackets(details, 'today', 'today')}.`,
    safe: UNCHANGED,
    next: 'Compare date and time on the paper.',
  }),
  EMERGENCY_SHEET_CONFIRMED: say(
    'This sheet is confirmed and has become a transaction.',
    'Its money is recorded in the drawer.',
    'See the transaction in History.',
  ),
  EMERGENCY_SHEET_OF_OTHER: (details) => ({
    what: `This sheet was typed by ${textFact(details, 'officer', 'another officer')}.`,
    safe: UNCHANGED,
    next: 'Who typed it corrects or discards it; others only confirm.',
  }),
  EMERGENCY_SHEET_UNKNOWN: say(
    'This sheet does not wait for a confirmation.',
    UNCHANGED,
    'See the list of numbers: it may be confirmed or discarded.',
  ),
  EMERGENCY_PHOTO_MISSING: say(
    'The photo of the receipt is missing.',
    'What was typed is kept.',
    'Take the photo (F4), or write why it cannot be taken.',
  ),
  EMERGENCY_BOOK_KNOWN: (details) => ({
    what: `Some of these numbers are already recorded: book ${numberFact(details, 'from') ?? '?'} to ${numberFact(details, 'to') ?? '?'}.`,
    safe: UNCHANGED,
    next: 'Check the first and last number on its cover.',
  }),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;
