import { mirrorReason } from '../custody-text.ts';
import {
  ALL_SAVED,
  type ErrorSentence,
  moneyFact,
  numberFact,
  say,
  type ScreenErrorCode,
  textFact,
  timeFact,
  UNCHANGED,
} from '../error-facts.ts';

const FOLDER_REASONS: Readonly<Record<string, string>> = {
  NOT_ABSOLUTE: 'its path is not complete',
  INSIDE_DATA: 'it is inside the counter’s data folder',
  NOT_THERE: 'the folder is not there',
  NOT_WRITABLE: 'the folder cannot be written',
};

const DATA_FOLDER_REASONS: Readonly<Record<string, readonly [what: string, next: string]>> = {
  NOT_A_FOLDER: [
    'a file lies in its place',
    'Move that file elsewhere, or start the counter with its own data folder.',
  ],
  READ_ONLY: [
    'its disk can only be read',
    'The installer unlocks that disk or examines it: a computer locks a failing disk by itself.',
  ],
  NO_RIGHTS: [
    'the user of this computer may not write into it',
    'Sign in as the user that the installer made for the counter, or ask the installer to restore the folder’s rights.',
  ],
  NOT_THERE: ['its place is not there', 'Connect the disk that carries the folder, then start again.'],
  GONE: [
    'it is empty, but this computer has been a counter before',
    'Connect the disk that carries the data. If the data is really lost, the installer enrols this computer again with a new folder: "Ganti komputer" in the manual.',
  ],
};

const UNSENT_STAYS = 'What waits to be sent stays kept on this computer.';

export const COUNTER_ERRORS = {
  HOST_SILENT: say(
    'The counter program on this computer does not answer.',
    ALL_SAVED,
    'Wait a moment; the screen reconnects by itself. After more than a minute, close Loket OPOP and open it again.',
  ),
  HOST_REFUSED: say(
    'This page was not opened by the counter program that runs.',
    ALL_SAVED,
    'Close this page and open Loket OPOP from its shortcut.',
  ),
  BAD_FRAME: say('The program could not read what the screen asked.', UNCHANGED, 'Press F5 to reload the screen.'),
  UNKNOWN_METHOD: say(
    'The screen asks for something that the program does not know.',
    UNCHANGED,
    'Close Loket OPOP and open it again. If it stays so, screen and program differ in version: call the installer.',
  ),
  BAD_INPUT: say('Something typed is not right.', UNCHANGED, 'Check the marked fields, then try again.'),
  INTERNAL: (details) => ({
    what: 'The program met a fault that nobody expected.',
    safe: ALL_SAVED,
    next: `Try once more. If it stays so, tell the installer this code: ${textFact(details, 'reference', 'no code')}.`,
  }),
  FORBIDDEN: say('Your role does not cover this.', UNCHANGED, 'Ask an officer or supervisor who may do it to sign in.'),
  NOT_SIGNED_IN: say('Nobody is signed in.', UNCHANGED, 'Sign in with your PIN.'),
  SCREEN_LOCKED: say(
    'The screen is locked.',
    'The work on the screen is as you left it.',
    'Type your PIN to unlock it.',
  ),
  SHUTTING_DOWN: say('The program is closing.', ALL_SAVED, 'Open Loket OPOP again to go on.'),
  NOT_ENROLLED: say(
    'This computer is not known to Bapenda.',
    UNCHANGED,
    'The installer enrols it with an enrolment code of Bapenda.',
  ),
  DATA_IN_USE: say(
    'Another program on this computer uses the counter’s data.',
    ALL_SAVED,
    'Use the window of Loket OPOP that is open.',
  ),
  DATABASE_DAMAGED: say(
    'The data file of the counter is damaged.',
    'It is neither deleted nor replaced; the second copy of the transactions lies in its own place.',
    'Stop serving at this computer and call the installer: the command loket salvage saves its content into a new folder.',
  ),
  MIRROR_MISSING: say(
    'The second copy cannot be written: its folder or flashdisk is not there.',
    'Transactions that were paid stay kept on this computer.',
    'Plug in the chosen flashdisk, then try again. Taking in papers, closing, depositing and sending still work.',
  ),
  MIRROR_FOLDER_REFUSED: (details) => ({
    what: `This folder cannot hold the second copy: ${FOLDER_REASONS[textFact(details, 'reason', '')] ?? 'it is refused'}.`,
    safe: UNCHANGED,
    next: 'Choose another folder, best on a flashdisk or another disk.',
  }),
  DATA_IS_COPY: say(
    'This folder is a backup for reading, not the data of a counter.',
    UNCHANGED,
    'Start the counter on its own folder. A dead computer is replaced by a new enrolment, not by a backup.',
  ),
  DATA_FOLDER_UNUSABLE: (details) => {
    const [what, next] = DATA_FOLDER_REASONS[textFact(details, 'reason', '')] ?? [
      'it cannot be used',
      'Call the installer.',
    ];
    return {
      what: `The counter’s data folder (${textFact(details, 'folder', 'no name')}) cannot be used: ${what}.`,
      safe: 'The counter was not started; nothing was made, changed or deleted.',
      next,
    };
  },
  BACKUP_FAILED: (details) => ({
    what: `No backup of the data was made: ${mirrorReason(textFact(details, 'reason', ''))}.`,
    safe: 'The counter is as it was; every transaction is kept on this computer.',
    next: 'Plug in or clear the flashdisk, then press Back up now on the screen Device.',
  }),
  TRAINING_MIXED: say(
    'Data of the training and data of a real counter are never opened in the same way.',
    UNCHANGED,
    'Start the training with --training, and the real counter without it.',
  ),
  DATABASE_FROM_FUTURE: say(
    'The counter’s data was made by a newer version of the program.',
    'The data is not opened and not changed.',
    'Install the newest version of Loket OPOP again.',
  ),
  DISK_FULL: say(
    'The disk of this computer is full, so the last thing was not kept.',
    'Transactions that were printed are kept; the last one was undone as a whole.',
    'Take no money now. Make room on the disk, then try again.',
  ),
  STORAGE_FAILED: say(
    'The disk of this computer refuses to write, so the last thing was not kept.',
    'Transactions that were printed are kept; the last one was undone as a whole.',
    'Take no money now. Restart the computer; if it happens again, call the installer.',
  ),
  KEY_STORE_UNAVAILABLE: say(
    'The key of this device cannot be opened on this computer.',
    ALL_SAVED,
    'Call the installer: sign in as the user who enrolled the counter, or enrol with a passphrase.',
  ),
  ENROLMENT_CODE_INVALID: say(
    'The enrolment code is mistyped or not known.',
    UNCHANGED,
    'Type the code of the enrolment sheet again; the letters I, L, O, U are not used.',
  ),
  ENROLMENT_REFUSED: (details) => ({
    what: `Bapenda refused the enrolment: ${enrolmentReason(textFact(details, 'reason', ''))}.`,
    safe: UNCHANGED,
    next: 'Ask for a new enrolment code for this outlet.',
  }),
  ALREADY_ENROLLED: say('This computer is already enrolled.', UNCHANGED, 'Close this screen and sign in as usual.'),
  OFFICER_UNKNOWN: say(
    'The officer is not on the list of this outlet.',
    UNCHANGED,
    'Choose another name, or call the supervisor.',
  ),
  PIN_WRONG: (details) => {
    const failures = numberFact(details, 'failures');
    return {
      what: 'The PIN does not match.',
      safe: failures === undefined || failures < 2 ? 'This name is not locked.' : `${failures} times in a row now.`,
      next: 'Type your PIN again, calmly.',
    };
  },
  OFFICER_LOCKED_OUT: (details) => ({
    what: 'This name is locked for a while because the PIN did not match several times.',
    safe: UNCHANGED,
    next: `Try again ${timeFact(details, 'until', 'in a few minutes')}, or ask a supervisor for a new PIN.`,
  }),
  OFFICER_SUSPENDED: (details) =>
    typeof details['letter'] === 'string'
      ? {
          what: `Letter ${details['letter']} is in force from ${String(details['from'])} to ${String(details['to'])}.`,
          safe: UNCHANGED,
          next: 'Ask Bapenda for a new letter of assignment.',
        }
      : { what: 'This name was suspended by Bapenda.', safe: UNCHANGED, next: 'Call the regional supervisor.' },
  SIGNED_IN_AS_OTHER: say(
    'Another officer is still signed in.',
    'His cash session is as it was.',
    'Ask that officer to sign out first.',
  ),
  CASH_SESSION_OPEN: (details) =>
    details['own'] === false
      ? {
          what: `The drawer of this computer is still held by ${textFact(details, 'officer', 'another officer')}. One drawer, one session.`,
          safe: UNCHANGED,
          next: 'Ask that officer to close the session or hand the drawer over.',
        }
      : { what: 'Your cash session at this drawer is already open.', safe: UNCHANGED, next: 'Begin serving.' },
  CASH_SESSION_CLOSED: say(
    'No cash session is open.',
    'No money is taken.',
    'Open one on the screen Cash session; a counted session is closed first.',
  ),
  CASH_SESSION_OF_OTHER: (details) => ({
    what: `The open cash session belongs to ${textFact(details, 'officer', 'another officer')}.`,
    safe: 'No money is taken.',
    next: 'That officer goes on, or closes it first.',
  }),
  CASH_SESSION_COUNTED: say(
    'The count of this session is saved and cannot be changed.',
    'The saved count stands.',
    'Go on with Close the session.',
  ),
  CASH_SESSION_NOT_COUNTED: say(
    'The drawer is not counted yet.',
    UNCHANGED,
    'Count the drawer, then close the session.',
  ),
  CASH_FLOAT_TOO_SMALL: (details) => ({
    what: `There is not that much small change in the drawer (the float is ${moneyFact(details, 'atMost', 'smaller')}).`,
    safe: UNCHANGED,
    next: 'Only the float may leave the drawer here. Tax money leaves by deposit or refund.',
  }),
  CASH_SESSION_NOT_FORGOTTEN: (details) => ({
    what: 'This cash session was opened today, so it is not forgotten.',
    safe: UNCHANGED,
    next: `${textFact(details, 'officer', 'Its officer')} counts and closes it; a supervisor can do so from tomorrow on.`,
  }),
  CASH_VARIANCE_SETTLED: say(
    'This variance does not wait for an explanation.',
    UNCHANGED,
    'Open the list Needs action again.',
  ),
  CASH_VARIANCE_OWN: say(
    'A variance cannot be explained by who counted it.',
    UNCHANGED,
    'Ask another supervisor to record the explanation.',
  ),
  CASH_DEPOSIT_TOO_LARGE: (details) => ({
    what: `The deposit is more than the money that is there (at most ${moneyFact(details, 'atMost', 'what is recorded')}).`,
    safe: UNCHANGED,
    next: 'Compare with the slip; check the number of zeros.',
  }),
  DEPOSIT_SLIP_USED: say(
    'A bank slip of this number is already recorded.',
    'The earlier deposit stays recorded once.',
    'Check the slip number, or see the list of deposits below.',
  ),
  DEPOSIT_DATE_INVALID: say(
    'The date of the deposit is not right.',
    UNCHANGED,
    'Use the date on the slip: today or at most 31 days ago.',
  ),
  CASH_COUNT_INVALID: say('The count is not right yet.', UNCHANGED, 'Check the number of each denomination.'),
  NO_LINE: say(
    'There is no connection to Bapenda.',
    UNSENT_STAYS,
    'Serving goes on; sending is tried again by itself.',
  ),
  PROVINCE_REFUSED: (details) => ({
    what: `Bapenda refuses the connection (${textFact(details, 'reason', 'no reason given')}).`,
    safe: UNSENT_STAYS,
    next: 'Call the regional supervisor and tell what stands above.',
  }),
  PROVINCE_ANSWER_INVALID: say(
    'Bapenda’s answer cannot be trusted, so it is not used.',
    UNSENT_STAYS,
    'It is tried again by itself. If it happens again, call the regional supervisor.',
  ),
  NOT_FOUND: say('What was asked for was not found.', UNCHANGED, 'Reload the list, then choose again.'),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

function enrolmentReason(reason: string): string {
  switch (reason) {
    case 'CODE_USED':
      return 'the code was already used';
    case 'CODE_EXPIRED':
      return 'the code is too old';
    case 'CODE_UNKNOWN':
      return 'the code is not known';
    case 'TRAINING_REFUSED':
      return 'this is a training, which is never enrolled';
    case 'OUTLET_FULL':
      return 'this outlet has no device number left (99)';
    case '':
      return 'no reason given';
    default:
      return reason;
  }
}
