import { localDateAt } from '../../../domain/local-date.ts';
import {
  ALL_SAVED,
  type ErrorSentence,
  NO_MONEY,
  numberFact,
  say,
  type ScreenErrorCode,
  STILL_POSSIBLE,
  textFact,
  UNCHANGED,
} from '../error-facts.ts';
import { longDay } from '../format.ts';

const SENT_ALL_THE_SAME = `${NO_MONEY} What is kept is sent all the same.`;
const ENROL_AGAIN = 'Ask the installer to enrol this computer again.';

const STOPPED_BECAUSE: Readonly<Record<string, string>> = {
  REENROL: 'Bapenda withdrew this computer’s right to take money.',
  CLONE: 'Bapenda sees another computer that uses the key of this one.',
  CERTIFICATE_ENDED: 'The certificate of this computer has ended.',
};

const STOPPED_NEXT: Readonly<Record<string, string>> = {
  REENROL: ENROL_AGAIN,
  CLONE: 'Do not move the data of the counter. Call the regional supervisor and enrol this computer again.',
  CERTIFICATE_ENDED: ENROL_AGAIN,
};

const EXPORT_REASONS: Readonly<Record<string, string>> = {
  FULL: ': the flashdisk is full',
  NOT_THERE: ': the flashdisk or folder is not there',
  NOT_WRITABLE: ': the flashdisk cannot be written',
  KEY_MISSING: ': Bapenda’s key is not on this computer yet',
  EXISTS: ': there is a file of that name',
};

const ENROLMENT_FILE_REASONS: Readonly<Record<string, string>> = {
  NOT_THERE: ': it is gone',
  NOT_READABLE: ': it may not be read',
  NOT_A_TICKET: ': it is no enrolment code',
  NOT_AN_ANSWER: ': it is no answer of Bapenda',
  FILE_TOO_LONG: ': it is too large',
};

const LEAVE_REASONS: Readonly<Record<string, string>> = {
  CASH_SESSION_OPEN: ': the cash session is open',
  UNSENT: ': something is not sent yet',
  OTHER_OUTLET: ': the number that was typed is not this outlet',
};

const LEAVE_NEXT: Readonly<Record<string, string>> = {
  CASH_SESSION_OPEN: 'Count the drawer and close the cash session first.',
  UNSENT: 'Send everything by the line or by flashdisk, then try again.',
  OTHER_OUTLET: 'Type the number of the outlet as it stands at the top of the screen.',
};

const AUTHORITY_REASONS: Readonly<Record<string, string>> = {
  OTHER: ': its fingerprint has changed',
  NOT_A_ROOT: ': the network does not show its root certificate',
  NOT_SEEN: ': the server does not answer',
};

const EXPORT_NEXT: Readonly<Record<string, string>> = {
  FULL: 'Make room on the flashdisk or use another, then try again.',
  NOT_WRITABLE: 'Unlock the flashdisk or use another, then try again.',
  KEY_MISSING: 'Connect to Bapenda once, or open an answer file of Bapenda.',
};

const ANSWER_REASONS: Readonly<Record<string, string>> = {
  NOT_THERE: ': the file is not there',
  NOT_READABLE: ': the flashdisk could not be read',
  NOT_A_SEALED_FILE: ': this is not a file of Bapenda',
  NOT_SEALED_TO_US: ': this file is for another computer',
  OTHER_DEVICE: ': this file is for another computer',
  NOT_AN_ANSWER: ': this is not an answer file',
  CUT_OR_DAMAGED: ': the file is cut or damaged',
  FILE_TOO_LONG: ': the file is too large',
};

const ANSWER_NEXT: Readonly<Record<string, string>> = {
  NOT_READABLE: 'Take the flashdisk out, plug it in again, and choose the file once more.',
};

export const ROADS_ERRORS = {
  SELLING_STOPPED: (details) => {
    const because = textFact(details, 'because', '');
    return {
      what: STOPPED_BECAUSE[because] ?? 'Bapenda stopped this counter from taking money.',
      safe: SENT_ALL_THE_SAME,
      next: `${STOPPED_NEXT[because] ?? 'Call the regional supervisor.'} ${STILL_POSSIBLE}`,
    };
  },
  RELEASE_ENDED: (details) => {
    const until = numberFact(details, 'sellsUntil');
    const since = until === undefined ? '' : ` since ${longDay(localDateAt(until))}`;
    return {
      what: `This version of the program may no longer take money${since}.`,
      safe: SENT_ALL_THE_SAME,
      next: `Ask the installer to update Loket OPOP. ${STILL_POSSIBLE}`,
    };
  },
  CAP_UNCONFIRMED_DEPOSITS: say(
    'Deposits that the bank has not confirmed are over their limit, in amount or in age.',
    NO_MONEY,
    `Ask the bank and Bapenda about the oldest one. ${STILL_POSSIBLE}`,
  ),
  EXPORT_FAILED: (details) => {
    const reason = textFact(details, 'reason', '');
    return {
      what: `The copy to the flashdisk did not finish${EXPORT_REASONS[reason] ?? ''}.`,
      safe: ALL_SAVED,
      next: EXPORT_NEXT[reason] ?? 'Check the flashdisk, then try again.',
    };
  },
  NOTHING_TO_SEND: say('Nothing waits to be sent.', ALL_SAVED, 'No flashdisk is needed today.'),
  ANSWER_REFUSED: (details) => {
    const reason = textFact(details, 'reason', '');
    return {
      what: `This answer file cannot be used${ANSWER_REASONS[reason] ?? ''}.`,
      safe: UNCHANGED,
      next: ANSWER_NEXT[reason] ?? 'Choose Bapenda’s answer file for this computer, or ask for it again.',
    };
  },
  ENROLMENT_FILE_REFUSED: (details) => ({
    what: `That enrolment file cannot be used${ENROLMENT_FILE_REASONS[textFact(details, 'reason', '')] ?? ''}.`,
    safe: UNCHANGED,
    next: 'Plug in the flashdisk, then choose a code file or an answer of Bapenda.',
  }),
  ENROLMENT_CLOCK_WRONG: (details) => {
    const [here, province] = [numberFact(details, 'here'), numberFact(details, 'province')];
    const shown = here === undefined ? '' : `: ${longDay(localDateAt(here))}`;
    const right = province === undefined ? '' : ` Today is ${longDay(localDateAt(province))}.`;
    return {
      what: `The date of this computer is wrong${shown}.${right}`,
      safe: `${UNCHANGED} The enrolment code is still good.`,
      next: 'Put date and time of the computer right, then enrol again with the same code.',
    };
  },
  NETWORK_AUTHORITY_REFUSED: (details) => ({
    what: `That certificate of the network is not trusted${AUTHORITY_REASONS[textFact(details, 'reason', '')] ?? ''}.`,
    safe: UNCHANGED,
    next: 'Ask the keeper of the network for its root certificate, or enrol by another network or by flashdisk.',
  }),
  LEAVE_REFUSED: (details) => {
    const unsent = numberFact(details, 'unsent');
    const reason = textFact(details, 'reason', '');
    return {
      what: `This computer may not leave its outlet yet${LEAVE_REASONS[reason] ?? ''}${unsent === undefined ? '' : ` (${String(unsent)})`}.`,
      safe: UNCHANGED,
      next: LEAVE_NEXT[reason] ?? 'Call the regional supervisor.',
    };
  },
  ENROLMENT_NOT_REQUESTED: say(
    'This computer made no request for enrolment, or too long ago.',
    UNCHANGED,
    'Make a new request with the enrolment code, then bring its file to Bapenda.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;
