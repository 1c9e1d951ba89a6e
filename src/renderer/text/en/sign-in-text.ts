import { time } from '../format.ts';

export const SIGN_IN_TEXT = {
  title: 'Who is on duty?',
  officers: 'Officers of this outlet',
  chooseHint: 'Arrow keys choose the name, then type the PIN',
  trainingHint:
    'The PIN of everybody in this training is 123456. Plates to begin with: AG\u00a01001\u00a0LT, chassis 20001; late: AG\u00a01002\u00a0LT, chassis 20002.',
  pinOf: (name: string): string => `PIN of ${name}`,
  pin: 'PIN',
  digit: (digit: number): string => `Digit ${digit}`,
  erase: 'Erase one digit',
  enter: 'Sign in',
  typed: (count: number): string => `${count} digits typed`,
  lockedUntil: (atMs: number): string => `locked until ${time(atMs)}`,
  noOfficers: 'There are no officers at this outlet yet.',
  noOfficersNext: 'The list of officers comes from Bapenda; connect this computer once.',
  knows: 'The counter today',
  unsent: 'Waiting to be sent',
  needsPerson: 'Needs action',
  cash: 'Cash not deposited',
  registry: 'Vehicle data as of',
  line: 'Connection',
  tariff: 'Tariff as of',
  none: 'none yet',
};

export const LOCK_TEXT = {
  title: 'Screen locked',
  safe: 'The work on the screen is as you left it.',
  unlock: 'Unlock',
  other: 'Not you? Sign out',
};

export const ENROLMENT_TEXT = {
  title: 'Enrol this computer',
  intro: 'This computer is not known to Bapenda yet. Enter the server address and the enrolment code of your outlet.',
  url: 'Address of the Bapenda server',
  urlHint: 'For example https://opop.jatimprov.go.id',
  code: 'Enrolment code',
  codeHint: '35 letters and digits, valid for 24 hours, used once. Spaces and hyphens do not matter.',
  enrol: 'Enrol',
  working: 'Enrolling at Bapenda',
  next: 'Once enrolled, vehicle data and the list of officers are fetched by themselves.',
};
