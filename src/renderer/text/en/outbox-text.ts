import { count, duration, time } from '../format.ts';

export const OUTBOX_TEXT = {
  title: 'Outbox',
  money: 'Money',
  everything: 'Money and records',
  audit: (entries: number): string => (entries === 0 ? '' : `${count(entries)} records travel along`),
  show: 'Show',
  unsentOnly: 'What waits',
  all: 'All',
  sendNow: 'Send now',
  sending: 'Sending',
  counts: (unsent: number, money: number, pages: number): string => {
    if (unsent === 0) return 'Bapenda has received everything.';
    const records = unsent - money - pages;
    const photos = pages === 0 ? '' : `, ${count(pages)} pages of papers`;
    const others = records === 0 ? '' : `, ${count(records)} records`;
    return `${count(unsent)} waiting: ${count(money)} transactions${photos}${others}.`;
  },
  lastContact: (atMs: number | null): string =>
    atMs === null ? 'Never connected to Bapenda yet.' : `Last connected at ${time(atMs)}.`,
  lastCustody: (atMs: number | null): string =>
    atMs === null ? 'No custody receipt yet.' : `Last custody receipt at ${time(atMs)}.`,
  emptyMoney: 'Nothing is waiting. Bapenda has received every transaction.',
  emptyButPages: 'Bapenda has received every transaction. The pages of papers below still wait.',
  emptyButAside: 'Nothing else is waiting to be sent.',
  columns: { what: 'What', number: 'Number', age: 'Age', state: 'State', next: 'Next try' },
  age: (nowMs: number, atMs: number): string => duration(nowMs - atMs),
  tries: (tries: number): string => (tries === 0 ? 'not tried yet' : `tried ${count(tries)} times`),
  nextTry: (atMs: number): string => `next ${time(atMs)}`,
  sent: (pushed: number, pulled: number): string =>
    `${count(pushed)} sent, ${count(pulled)} decisions and data fetched from Bapenda.`,
  left: (unsent: number): string => (unsent === 0 ? 'Nothing is left.' : `${count(unsent)} still waiting.`),
  item: (seq: number): string => `Entry ${count(seq)}`,
  laneOf: (title: string, rows: number): string => `${title} (${count(rows)})`,
  more: (rows: number): string => `and ${count(rows)} more below`,
  exportedWaits: 'waits for the answer file, or a connection',
  waitsForTurn: 'about to be sent',
  quarantined: (rows: number): string => `Bapenda must look at it (${count(rows)})`,
  quarantinedWhy: 'Bapenda keeps these items but cannot book them yet. Their money is not lost and is not sent twice.',
  quarantinedNext:
    'Do not serve this vehicle again. Why, and what comes next, is in Needs action; once received, this line ends by itself.',
  stuck: (waited: string, because: string): string =>
    `There has been a connection for ${waited}, but it is not sent: ${because}.`,
  progress: (left: number): string => (left === 0 ? 'Everything is sent' : `${count(left)} more`),

  sentTitle: 'What Send now did',
  sentNothing: 'There was nothing to send.',
  stillRunning: 'Still sending; the rest follows and is seen in the list.',
  stoppedBy: (words: string): string => `Stopped in the middle: ${words}. The rest is tried again by itself.`,
  otherEntries: (entries: number): string => `${count(entries)} other records`,

  toFlashdisk: 'Save to a flashdisk',
  fromFlashdisk: 'Open an answer from a flashdisk',
  exportWhy:
    'Everything that waits is copied, sealed for Bapenda, into one file. It stays kept here until its answer comes back.',
  place: 'Flashdisk',
  noPlaces: 'No flashdisk yet. Plug it in and wait a few seconds, or type its folder.',
  otherFolder: 'Another folder',
  free: (words: string): string => `${words} free`,
  save: 'Save',
  cancel: 'Cancel',
  done: 'Done',
  exported: (entries: number): string => `${count(entries)} entries are on the flashdisk`,
  exportedFile: (file: string, size: string): string => `${file} (${size})`,
  exportedSteps: [
    'Take the flashdisk out and bring it to the supervisor or the UPT.',
    'Ask for Bapenda’s answer file on the same flashdisk.',
    'Plug it in here again and press Open an answer: these items are closed.',
  ],
  answerWhy: 'Choose the answer file of Bapenda (its name ends in .opop). Only one signed by Bapenda is used.',
  file: 'Answer file',
  noFiles: 'There is no .opop file on any flashdisk. Plug it in, or type where the file is.',
  otherFile: 'Place of the file',
  open: 'Open the answer',
  closed: (items: number): string =>
    items === 0 ? 'No further item was closed' : `Bapenda received ${count(items)} items`,
  answerFacts: (quarantined: number, pages: number, unsent: number): string =>
    [
      ...(quarantined === 0 ? [] : [`Bapenda must look at ${count(quarantined)}`]),
      `${count(pages)} pages of new data`,
      unsent === 0 ? 'nothing is waiting' : `${count(unsent)} still waiting`,
    ].join(' · '),
  answerCut: 'The file is cut: what was whole is used. Ask for the answer file again.',
  answerProblems: (frames: number): string => `${count(frames)} parts could not be proved genuine and are not used.`,
};

export const STUCK = {
  GAP: 'Bapenda asks for the entry before it first',
  PENDING: 'Bapenda waits for the entry before it',
  SERVER_BUSY: 'Bapenda is busy',
  CUSTODY_INVALID: 'Bapenda’s custody receipt does not match',
  ANSWER_INVALID: 'Bapenda’s answer cannot be trusted',
  KEY_MISSING: 'Bapenda’s key is not on this computer yet',
  PROTOCOL_UNSUPPORTED: 'Bapenda does not understand this version',
  REFUSED: 'Bapenda refuses the connection',
  BEHIND_OTHERS: 'waits behind other items',
};

export const VERDICTS = {
  ACCEPTED: 'received by Bapenda',
  DUPLICATE: 'received before',
  CONFLICT: 'Bapenda must look at it: differs from what is there',
  QUARANTINED: 'Bapenda must look at it',
  FORK: 'Bapenda must look at it: the order forked',
  SETTLED: 'settled by Bapenda outside the program',
  REFUSED: 'cannot be taken by Bapenda',
};

export const VERDICT_REASONS = {
  UNKNOWN_TYPE: 'its server does not know this record yet',
  BAD_BODY: 'its content cannot be read',
  UNKNOWN_OFFICER: 'its officer is not known',
  IMPOSSIBLE_AMOUNT: 'its amount does not match its details',
  BAD_SIGNATURE: 'its signature does not match',
  DAMAGED: 'it is damaged on this computer',
  INTERNAL: 'the server cannot process it',
  ACCEPTED: 'received',
  CONFLICT: 'differs from what is there',
  FORK: 'its order forked',
  QUARANTINED: 'being looked at',
};

export const REASONS = {
  GAP: 'Bapenda asks for the entry before it first',
  PENDING: 'Bapenda waits for the entry before it',
  KEY_MISSING: 'Bapenda’s key is not on this computer yet',
  PROTOCOL_UNSUPPORTED: 'Bapenda does not understand this version',
  BUSY: 'Bapenda is busy',
  HTTP_503: 'Bapenda is busy',
  HTTP_429: 'Bapenda is busy',
  NO_LINE: 'no connection yet',
  PROVINCE_REFUSED: 'Bapenda refuses the connection',
  PROVINCE_ANSWER_INVALID: 'Bapenda’s answer cannot be trusted',
  TIMEOUT: 'Bapenda did not answer in time',
};
