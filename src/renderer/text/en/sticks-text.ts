import type { OverdueOutlet, StickFile, TakenBundle } from '../../../contract/views-sticks.ts';
import { bytes, count, dateTime, duration } from '../format.ts';
import { wordOf } from '../word-of.ts';

export const PROBLEMS = {
  OUT_OF_SCOPE: 'from an outlet of another region',
  OTHER_PROVINCE: 'from another province',
  TRAINING_REFUSED: 'of a training, not taken',
  NOT_A_BUNDLE: 'no file of a counter',
  NO_MANIFEST: 'what is in it is not from a counter',
  NOT_SEALED_TO_US: 'not for Bapenda',
  CUT_OR_DAMAGED: 'cut or damaged',
  CERTIFICATE_FORGED: 'the identity of its counter is forged',
  OTHER_DEVICE: 'the identity in it belongs to another counter',
};

export const ANSWER_PROBLEMS = {
  FULL: 'the flash drive is full. Make room, or name another folder for the answer',
  NOT_THERE: 'the flash drive was pulled out. Plug it in again',
  NOT_WRITABLE: 'the flash drive is locked (read only). Unlock it, or name another folder for the answer',
  NO_LINE: 'the connection went away. Wait for it',
  NOBODY: 'Bapenda does not know the counter',
};

export const STICKS_TEXT = {
  title: 'Flash drives of outlets',
  open: 'Flash drives',
  back: 'Back to Region',
  place: 'Flash drive',
  noPlace: 'no flash drive yet',
  otherFolder: 'Another folder',
  list: 'Files of counters on it',
  heads: ['Outlet', 'Entries', 'Saved', 'State'],
  look: 'Look again',
  looking: 'Reading the flash drive',
  noStick: 'No flash drive yet. Plug it in and wait a few seconds, or type its folder.',
  nothing: 'No file of a counter on this flash drive.',
  nothingNext: 'Files of counters end in .opop; a counter saves them from its Outbox (F10).',
  offline:
    'No connection: only the names of the files are known, and nothing is taken. Keep this flash drive until the connection is back. What is in it is locked and not lost.',
  takeAll: (many: number): string => `Take all (${count(many)})`,
  takeOne: 'Take the chosen one',
  withRegistry: 'Vehicle data in the answer too (large)',
  answerFolder: 'Folder of the answer, if not on this flash drive',
  unknownOutlet: 'not known yet',
  loket: (deviceNo: number | null): string => (deviceNo === null ? '' : `counter ${count(deviceNo)}`),
  byName: 'as its name says',
  entries: (from: number, to: number): string => `${count(from)}–${count(to)}`,
  when: dateTime,
  size: bytes,
  state: ({ facts, problem, answered }: StickFile): string => {
    if (problem !== null) return wordOf(PROBLEMS, problem) ?? problem;
    if (facts === null) return 'not asked yet';
    if (facts.missing > 0) return `${count(facts.missing)} new entries`;
    return answered ? 'received by Bapenda, answer is there' : 'received by Bapenda';
  },
  taken: ({ accepted, duplicate, pending, quarantined, documents }: TakenBundle): string =>
    [
      `${count(accepted)} accepted`,
      ...(documents === 0 ? [] : [`${count(documents)} pages of papers`]),
      ...(duplicate === 0 ? [] : [`${count(duplicate)} known before`]),
      ...(pending === 0 ? [] : [`${count(pending)} wait for files before it`]),
      ...(quarantined === 0 ? [] : [`${count(quarantined)} examined by Bapenda`]),
    ].join(' · '),
  cut: 'The file was cut; what is whole of it was received. Ask the counter to save it again.',
  leftOut: (parts: number): string => `${count(parts)} parts could not be read and were left out.`,
  gap: 'Something before this one has not come. Look for an older flash drive, or wait for the outlet’s connection.',
  answered: (file: string): string =>
    `The answer is on the flash drive: ${file}. The counter opens it from its Outbox (F9).`,
  notAnswered: (problem: string): string =>
    `All of it was received by Bapenda, but the answer is not written: ${wordOf(ANSWER_PROBLEMS, problem) ?? problem}, then take it again; nothing is sent twice.`,
  done: 'Outcome',
  steps: {
    reading: 'Reading the file',
    sending: 'Sending to Bapenda',
    taking: 'Bapenda examines it',
    answering: 'Writing the answer to the flash drive',
  },
  progress: (step: string, done: number, total: number | null): string =>
    total === null ? step : `${step}, ${bytes(done)} of ${bytes(total)}`,
  nth: (at: number, all: number): string => `${count(at)} of ${count(all)}`,

  overdue: 'Awaited outlets',
  overdueNone: 'Every outlet was heard of within the days.',
  never: 'The region was not loaded on this device yet.',
  limit: (days: number | null): string => (days === null ? 'no limit of days' : `limit ${count(days)} days`),
  silent: ({ days, lastHeardAt }: OverdueOutlet, now: number): string =>
    days === null || lastHeardAt === null ? 'never heard of' : `last heard of ${duration(now - lastHeardAt)} ago`,
  byFlashdisk: 'by flash drive',
  isOverdue: 'overdue',
};
