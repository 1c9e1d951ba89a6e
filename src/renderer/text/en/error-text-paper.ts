import { ALL_SAVED, type ErrorSentence, say, type ScreenErrorCode, textFact, UNCHANGED } from '../error-facts.ts';

const SECOND_PRINTER = 'or print at the second printer (F9).';
const NOT_REACHED = ['is not found', 'Check its name and cable on the screen Device, then print a test.'] as const;

const PRINTER_TROUBLES: Readonly<Record<string, readonly [string, string]>> = {
  PAPER_OUT: ['is out of paper', `Fill in paper, then try again, ${SECOND_PRINTER}`],
  COVER_OPEN: ['is open', `Close its cover, then try again, ${SECOND_PRINTER}`],
  PRINTER_JAMMED: ['has a paper jam', `Take the jammed paper out, then try again, ${SECOND_PRINTER}`],
  PRINTER_OFFLINE: ['is off or paused', `Switch it on, then try again, ${SECOND_PRINTER}`],
  STILL_QUEUED: ['did not take the print; its queue was emptied', `Check the printer, ${SECOND_PRINTER}`],
  PRINTER_NOT_FOUND: NOT_REACHED,
  BAD_ADDRESS: NOT_REACHED,
  ENOENT: NOT_REACHED,
  ECONNREFUSED: NOT_REACHED,
  EHOSTUNREACH: NOT_REACHED,
  SERIAL_PORT: ['is not at that port', 'Check its cable and port on the screen Device, then print a test.'],
  EACCES: ['may not be used by the user of this computer', 'Ask the installer for the right to its port.'],
  PROGRAM_MISSING: ['needs a print program that is not installed', 'Ask the installer to install the print service.'],
};

export const PAPER_ERRORS = {
  PRINTER_SILENT: (details) => {
    const [what, next] = PRINTER_TROUBLES[textFact(details, 'reason', '')] ?? [
      'does not answer',
      'Check its paper and cable, or print at the second printer (F9).',
    ];
    return {
      what: `Printer ${textFact(details, 'printer', '')} ${what}.`.replace('  ', ' '),
      safe: ALL_SAVED,
      next,
    };
  },
  PRINTER_UNKNOWN: say(
    'This printer is not on the counter’s list.',
    UNCHANGED,
    'Choose a printer on the screen Device.',
  ),
  PRINT_JOB_UNKNOWN: say('This print was not found.', UNCHANGED, 'Reload the list, then choose again.'),
  PRINT_NOT_UNKNOWN: say('It is known what became of this print.', UNCHANGED, 'See it in History.'),
  NOTHING_TO_PRINT: say('There is nothing to print yet.', UNCHANGED, 'Do the step before it first.'),
  PERSON_ERASED: say(
    'The personal data of this transaction is erased, so its receipt cannot be printed again.',
    'Its money and number stay recorded.',
    'Show the line of the transaction in History if needed.',
  ),
  RECEIPT_NOT_GENUINE: say(
    'This QR code is no genuine receipt of an OPOP counter.',
    UNCHANGED,
    'Check the paper; if in doubt, call the regional supervisor.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;
