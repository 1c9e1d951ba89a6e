import { ALL_SAVED, type ErrorSentence, say, type ScreenErrorCode, textFact, UNCHANGED } from '../error-facts.ts';

const REASONS: Readonly<Record<string, string>> = {
  FULL: ': its place is full',
  NOT_THERE: ': the folder or flashdisk is not there',
  NOT_WRITABLE: ': its place cannot be written',
  OPEN_ELSEWHERE: ': a file of that name is open in another program',
  NAME_TAKEN: ': a folder has that name',
  OUTSIDE: ': that folder is neither the folder of reports nor a flashdisk',
  TOO_LARGE: ': the report is too large for this format',
  NO_VERIFIER: ': the independent verifier was not installed with it',
};

const NEXT: Readonly<Record<string, string>> = {
  FULL: 'Make room or choose another place, then try again.',
  NOT_THERE: 'Plug in the flashdisk or choose another place, then try again.',
  NOT_WRITABLE: 'Unlock it or choose another place, then try again.',
  OPEN_ELSEWHERE: 'Close the file in the other program, then try again. Its old content did not change.',
  NAME_TAKEN: 'Move that folder or choose another place, then try again.',
  OUTSIDE: 'Choose a place from the list.',
  TOO_LARGE: 'Choose a shorter period, or XLSX or CSV.',
  NO_VERIFIER: 'Ask the installer to install this program again, then try again.',
};

export const REPORT_ERRORS = {
  REPORT_EXPORT_FAILED: (details) => {
    const reason = textFact(details, 'reason', '');
    return {
      what: `The report was not saved as a file${REASONS[reason] ?? ''}.`,
      safe: `${ALL_SAVED} There is no half-made file.`,
      next: NEXT[reason] ?? 'Choose another place, then try again.',
    };
  },
  EVIDENCE_EXPORT_FAILED: (details) => {
    const reason = textFact(details, 'reason', '');
    return {
      what: `The evidence was not copied yet${REASONS[reason] ?? ''}.`,
      safe: `${ALL_SAVED} There is no half-made folder.`,
      next: NEXT[reason] ?? 'Choose another place, then try again.',
    };
  },
  REPORT_PERIOD_INVALID: say(
    'This period cannot be used: its first day is later than its last, or it is over a year.',
    UNCHANGED,
    'Correct the dates.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;
