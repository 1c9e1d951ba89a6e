import {
  ALL_SAVED,
  type ErrorSentence,
  numberFact,
  type ScreenErrorCode,
  textFact,
  UNCHANGED,
} from '../error-facts.ts';
import { count } from '../format.ts';

export const UPDATE_TEXT = {
  title: 'Version of the program',
  running: 'This version',
  newest: 'This program is the newest that is known.',
  offered: (version: string): string => `Bapenda asks for version ${version}.`,
  onMedium: (version: string): string => `Version ${version} is on the flash disk`,
  install: (version: string): string => `Prepare version ${version}`,
  fetch: (version: string): string => `Get version ${version} over the line`,
  installing: 'Checking the signature, unpacking, saving the data, trying it on a copy …',
  ready: (version: string): string => `New version ready: ${version}`,
  readyHow: 'It runs when Loket is opened again. If it does not stand, this version comes back by itself.',
  restart: 'Restart now',
  returned: (version: string): string =>
    `Version ${version} could not run on this computer; this version is back. The data is whole. Call the installer.`,
  notNow: {
    CASH_SESSION_OPEN: 'Not now: the cash session is open. Close it first (Ctrl+6).',
  },
  byInstaller: 'This program is updated by its installer, not from this screen.',
};

const WHY: Readonly<Record<string, string>> = {
  NOT_INSTALLED: 'this program is updated by its installer',
  WORKING: 'another update is being worked on',
  NOT_OFFERED: 'Bapenda asks for no other version',
  NOT_READY: 'no new version is ready',
  NOT_THERE: 'the file or its description is not there',
  MANIFEST: 'its description cannot be read',
  SIGNATURE: 'its signature is not Bapenda’s',
  PLATFORM: 'the file is for another operating system',
  OLDER: 'it is no newer than what is installed',
  OLDER_SCHEMA: 'that version does not know the data of this computer',
  SIZE: 'the file is not whole',
  CONTENT: 'its content was changed or damaged',
  MEDIUM: 'the flash disk could not be read to the end',
  UNPACK: 'its content cannot be unpacked',
  TRIAL: 'the new program could not open a copy of the data',
  DISK: 'there is not enough room on the disk',
};

const NEXT: Readonly<Record<string, string>> = {
  SIGNATURE: 'Do not use that file. Ask Bapenda for one, and report where it came from.',
  PLATFORM: 'Ask for the file of this computer’s operating system.',
  OLDER: 'There is nothing to do; the program never goes backwards.',
  OLDER_SCHEMA: 'Ask for a newer version; the program never goes backwards.',
  SIZE: 'Copy the file to the flash disk again to its end, then try again.',
  CONTENT: 'Copy the file from Bapenda again, then try again.',
  MEDIUM: 'Plug the flash disk in again or use another, then try again.',
  TRIAL: 'Go on working with this version and call the installer.',
  WORKING: 'Wait until it is done.',
};

export const UPDATE_ERRORS = {
  UPDATE_REFUSED: (details) => {
    const reason = textFact(details, 'reason', '');
    const missing = numberFact(details, 'missingMb');
    return {
      what: `The new version was not installed: ${WHY[reason] ?? 'the file was refused'}.`,
      safe: `${UNCHANGED} Loket goes on with this version.`,
      next:
        reason === 'DISK' && missing !== undefined
          ? `Free ${count(missing)} MB on the disk, then try again.`
          : (NEXT[reason] ?? 'Check the flash disk or the line, then try again.'),
    };
  },
  UPDATE_NOT_NOW: () => ({
    what: 'The new version is not installed now: the cash session is open.',
    safe: ALL_SAVED,
    next: 'Count and close the cash session (Ctrl+6), then try again.',
  }),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;
