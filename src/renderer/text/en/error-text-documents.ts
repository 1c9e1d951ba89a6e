import { type ErrorSentence, numberFact, say, type ScreenErrorCode, textFact, UNCHANGED } from '../error-facts.ts';

const AS_IT_WAS = 'The transaction and its other pages are as they were.';

export const DOCUMENT_ERRORS = {
  INTAKE_UNKNOWN: say('The program no longer holds this file.', AS_IT_WAS, 'Take the photo or choose the file again.'),
  PAGE_EMPTY: say('This file is empty (0 bytes).', AS_IT_WAS, 'Scan or photograph again, then choose the new file.'),
  PAGE_TOO_LARGE: (details) => ({
    what: `This file is too large${numberFact(details, 'maxMb') === undefined ? '' : ` (at most ${String(numberFact(details, 'maxMb'))} MB)`}.`,
    safe: AS_IT_WAS,
    next: 'Scan with 200 dpi, or photograph it with the counter’s camera.',
  }),
  PAGE_NOT_A_PICTURE: say(
    'This file is no JPEG, PNG, WebP, TIFF or PDF.',
    AS_IT_WAS,
    'Save it as JPEG or PDF, or photograph it with the counter’s camera.',
  ),
  PAGE_DAMAGED: say('This file is cut or damaged.', AS_IT_WAS, 'Copy it from the phone again or scan it once more.'),
  PAGE_HOSTILE: say(
    'This file is refused: it is no ordinary picture and may be dangerous.',
    AS_IT_WAS,
    'Do not open it on this computer. Photograph the paper with the counter’s camera.',
  ),
  PAGE_TOO_MANY_PIXELS: say(
    'This picture is too large to be opened safely.',
    AS_IT_WAS,
    'Scan with 200 dpi, or photograph it with the counter’s camera.',
  ),
  PAGE_TOO_SLOW: say(
    'Reading this picture took too long and was stopped.',
    AS_IT_WAS,
    'Try once more; if it stays so, photograph the paper with the counter’s camera.',
  ),
  PAGE_REPEATED: (details) => ({
    what: `The same page is there already${textFact(details, 'label', '') === '' ? '' : ` as ${textFact(details, 'label', '')}`}.`,
    safe: 'The old page is kept; the new one is not kept yet.',
    next: 'Take the next page, or keep it too if it is needed.',
  }),
  PDF_LOCKED: say(
    'This PDF is locked with a password.',
    AS_IT_WAS,
    'Unlock it on its owner’s phone, or photograph the paper.',
  ),
  PDF_TOO_LONG: (details) => ({
    what: `This PDF is too long (${String(numberFact(details, 'pages') ?? 'over 50')} pages).`,
    safe: AS_IT_WAS,
    next: 'Choose the pages that are needed, save them as a new PDF, then try again.',
  }),
  PAGE_UNKNOWN: say('This page was not found.', UNCHANGED, 'Open the list of papers again.'),
  PAGE_NOT_SHOWN: say(
    'This page can no longer be opened at the counter.',
    'It is kept sealed and is sent to Bapenda.',
    'If it must be seen, ask a supervisor to open it at Bapenda.',
  ),
  PAGES_TOO_MANY: (details) => ({
    what: `There are already ${String(numberFact(details, 'pages') ?? 'too many')} pages in this service.`,
    safe: 'All pages that were kept are still there.',
    next: 'Discard pages that are not needed before adding.',
  }),
  PAGES_SPACE_LOW: say(
    'The room for pages on this computer is nearly used up.',
    'All pages and transactions that were kept are safe; money can still be taken.',
    'Send pages over a connection or a flashdisk (Outbox), or call the installer.',
  ),
  PAGE_KEY_MISSING: say(
    'Bapenda’s key for sealing pages is not on this computer yet.',
    'Transactions can be served without photos.',
    'Connect to Bapenda once, or open an answer file of Bapenda.',
  ),
  SCAN_FOLDER_GONE: say(
    'The folder of the scanner is gone.',
    AS_IT_WAS,
    'Check the scanner’s cable or choose its folder again on the screen Device.',
  ),
  SCAN_FILE_GONE: say('This scan is gone.', AS_IT_WAS, 'Scan it once more.'),
  DOCUMENT_KIND_UNKNOWN: say(
    'This service does not ask for such a paper.',
    UNCHANGED,
    'Choose the kind from the list of papers.',
  ),
  SERVICE_UNKNOWN: say('This service is not known here.', UNCHANGED, 'Fetch data from Bapenda, then choose again.'),
  SERVICE_OFF: say(
    'This service is not open at this counter.',
    UNCHANGED,
    'Send the citizen to the office that serves it. Bapenda opens services, not the counter.',
  ),
  SERVICE_FORM_INVALID: say(
    'The form is incomplete or not right yet.',
    'What was filled in is kept.',
    'Correct the marked fields, then take in the papers again.',
  ),
  APPLICATION_UNKNOWN: say(
    'This application was not found.',
    UNCHANGED,
    'Search again with the number on the proof of receipt.',
  ),
  APPLICATION_CLOSED: say(
    'This application can no longer be changed.',
    'It is as it was when it was taken in.',
    'Open the list of applications to see where it stands.',
  ),
  WAIVER_NOT_ALLOWED: say(
    'This paper must not be waived.',
    UNCHANGED,
    'Ask the citizen to complete it; other papers can be kept meanwhile.',
  ),
  WAIVER_NEEDS_SUPERVISOR: say(
    'Waiving this paper needs a supervisor’s approval.',
    UNCHANGED,
    'Ask the supervisor to type his PIN here.',
  ),
  HOLDING_UNKNOWN: say('This original is not recorded in the drawer.', UNCHANGED, 'Check the list of originals.'),
  HOLDING_HANDED_OVER: say(
    'This original was already handed over.',
    'The first hand-over stays recorded.',
    'See its proof of hand-over.',
  ),
  TICKET_UNKNOWN: say('This number of the queue was not found.', UNCHANGED, 'Check the queue.'),
  TICKET_SETTLED: say('This number of the queue is done.', UNCHANGED, 'Call the next number.'),
  FORM_SERIAL_UNKNOWN: say(
    'This form number is not in the counter’s stock.',
    UNCHANGED,
    'Check the number on the form, or record its delivery first.',
  ),
  FORM_SERIAL_USED: say(
    'This form number is already used, spoiled, or declared lost.',
    'The first record stands.',
    'Check the number on the form in your hand.',
  ),
  FORM_RANGE_INVALID: say(
    'This range of form numbers makes no sense.',
    UNCHANGED,
    'The first number must not be larger than the last; at most 10.000 sheets at once.',
  ),
  FORM_RANGE_KNOWN: say(
    'Some of these form numbers are already recorded.',
    'The stock that is recorded stays right.',
    'Check the delivery note and the numbers on the pack.',
  ),
} as const satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;
