import type { LocalDate } from '../../../domain/local-date.ts';
import { count, dateTime, day } from '../format.ts';

/** Words of an officer's states. */
export const OFFICER_STATE_WORDS = {
  active: 'active',
  suspended: 'suspended',
  starting: 'no PIN chosen yet',
  locked: 'PIN locked',
  substitute: 'stands in elsewhere',
};

/** States of an enrolment code. */
export const CODE_STATE_WORDS = { open: 'not used yet', used: 'used', expired: 'expired', revoked: 'revoked' };

/** What may be done about an officer. */
export const OFFICER_ACT_WORDS = {
  suspend: 'Suspend',
  reinstate: 'Reinstate',
  move: 'Move',
  'reset-pin': 'Reset PIN',
};

/** People, enrolment codes and announcements of a region. */
export const PEOPLE_TEXT = {
  title: 'People',
  parts: 'Parts of this screen',
  tabs: { officers: 'Officers', codes: 'Enrolment codes', announcements: 'Announcements' },
  list: 'Officers of your region',
  search: 'Find an officer',
  searchHint: 'Name, number or outlet',
  heads: ['Name', 'Outlet', 'State', 'Last sign-in'],
  never: 'never',
  more: (shown: number): string => `${count(shown)} officers loaded, there are more`,
  empty: 'There is no officer in your region.',
  emptyNext: 'Add one; he chooses his own PIN at the counter.',
  notFound: (search: string): string => `No officer with "${search}" in what was loaded.`,
  notFoundNext: 'Clear the search, or load again.',
  choose: 'Choose an officer in the list.',
  number: 'Officer number',
  outlet: 'Outlet',
  role: 'Role',
  state: 'State',
  reason: 'Reason',
  lastSignIn: 'Last sign-in',
  locked: (until: number): string => `PIN locked until ${dateTime(until)}`,
  starts: (until: number): string => `no PIN chosen yet; the start code is good until ${dateTime(until)}`,
  substitute: (outlet: string): string => `stands in at ${outlet} today`,
  move: 'Move',
  movesTo: (outlet: string, on: LocalDate): string => `to ${outlet} from ${day(on)}`,
  session: 'Open cash session',
  sessionAt: (outlet: string, on: LocalDate): string => `${outlet}, since ${day(on)}`,
  mayNot: {
    SELF: 'This is you; another supervisor or Bapenda makes changes.',
    NOT_AN_OFFICER: 'Bapenda sees to supervisors, installers and auditors.',
  },
  change: 'Change this officer',
  create: 'New officer',
  createHow: 'He chooses his own PIN at the counter with a start code. You do not choose one for him.',
  name: 'Full name',
  id: 'Officer number',
  idHow: 'Small letters, digits and dashes; a NIP for example: nip-198706112010.',
  save: 'Save officer',
  act: 'Change',
  how: {
    suspend: (name: string): string =>
      `${name} cannot sign in any more: his screen locks at the counter’s next contact. No data is lost.`,
    reinstate: (name: string): string => `${name} can sign in again with his PIN.`,
    move: (name: string): string => `${name} works at another outlet from this day on; the old outlet forgets his PIN.`,
    'reset-pin': (name: string): string =>
      `The PIN of ${name} ends. You get a one-time code; he chooses a new PIN with it at the counter.`,
  },
  openSession: (outlet: string, on: LocalDate): string =>
    `His cash session at ${outlet} is open since ${day(on)}. A supervisor closes it at that counter.`,
  why: 'Reason',
  to: 'To outlet',
  fromOn: 'From',
  done: 'Kept at Bapenda.',
  startCode: 'Start code',
  startHow: (name: string): string =>
    `Read it out or write it down for ${name}. At the counter: choose the name, type this code as the PIN, then choose a PIN.`,
  goodUntil: (until: number): string => `Good until ${dateTime(until)}, once, and not shown again.`,
  repeated: 'This was done before; its code cannot be shown again. Make a new one.',
  close: 'Close',
};

/** Enrolment codes. */
export const CODES_TEXT = {
  list: 'Enrolment codes of counters, newest first',
  heads: ['Outlet', 'State', 'Made'],
  empty: 'There is no enrolment code yet.',
  emptyNext: 'Make a code to set up a counter at an outlet.',
  make: 'New code',
  makeHow: 'One code for one computer of one outlet, good for 24 hours.',
  outlet: 'For outlet',
  issue: 'Make code',
  code: 'Enrolment code',
  how: 'Type this code in the enrolment wizard, or carry its file on a flash disk.',
  stick: 'Flash disk',
  noStick: 'No flash disk. Plug one in, then choose it.',
  save: 'Save to flash disk',
  saved: (file: string): string => `Saved: ${file}. The enrolment wizard reads it by itself.`,
  by: (name: string | null): string => (name === null ? 'by Bapenda' : `by ${name}`),
  number: 'Code number',
  issuedAt: 'Made',
  expiresAt: 'Good until',
  usedAt: 'Used',
  revoke: 'Revoke this code',
  revokeHow: 'This code cannot be used from now on.',
  choose: 'Choose a code in the list.',
};

/** Announcements, on the supervisor's side. */
export const ANNOUNCE_TEXT = {
  list: 'Your announcements, newest first',
  empty: 'No announcement yet.',
  emptyNext: 'Write one; counters show it until each officer has pressed Read.',
  make: 'New announcement',
  heading: 'Title',
  text: 'Text',
  textHow: (left: number): string => `Plain text, ${count(left)} letters left.`,
  until: 'Shown until',
  to: 'For',
  all: 'All outlets of my region',
  some: 'Chosen outlets',
  outlets: 'Choose outlets',
  send: 'Send announcement',
  read: (read: number, people: number): string => `${count(read)} of ${count(people)} officers have read it`,
  sentTo: (outlets: number, until: LocalDate): string => `${count(outlets)} outlets, until ${day(until)}`,
  withdrawn: 'taken back',
  withdraw: 'Take back',
  withdrawHow: 'Counters stop showing it at their next contact. Who has read it stays on record.',
  readers: 'Who has read it',
  readAt: (at: number): string => `read ${dateTime(at)}`,
  unread: 'not yet',
  nobody: 'No officer works at this outlet.',
  choose: 'Choose an announcement in the list.',
};

/** One's own PIN, at the counter. */
export const OWN_PIN_TEXT = {
  open: 'Change PIN',
  title: 'Change my PIN',
  chooseTitle: (name: string): string => `${name}, choose your PIN`,
  chooseHow: 'Your start code is right. Choose a PIN that only you know; the code then ends.',
  how: 'It holds at once at this counter, also without a line. Other counters of the outlet know it after their next contact.',
  old: 'Old PIN',
  new: 'New PIN',
  newHow: (digits: number): string => `${count(digits)} to 12 digits, in no row and no pattern`,
  again: 'New PIN once more',
  differs: 'The two new PINs are not the same yet.',
  problem: {
    SHORT: 'Too short.',
    SIMPLE: 'Too easy to guess.',
    OWN_NUMBER: 'This is part of your officer number.',
    SAME: 'The same as the old one.',
  },
  save: 'Save new PIN',
  done: 'Your PIN was changed.',
};

/** Announcements, at the counter. */
export const ANNOUNCED_TEXT = {
  title: 'Announcement',
  from: (name: string, at: number): string => `${name}, ${dateTime(at)}`,
  more: (left: number): string => `${count(left)} more after this one`,
  read: 'Read',
  afterSignIn: 'Press Read on the home screen once you are signed in.',
};
