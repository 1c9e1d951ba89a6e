import { money } from '../format.ts';

export const APPROVAL_TEXT = {
  supervisor: 'Supervisor',
  pin: 'PIN of the supervisor',
  noSupervisor: 'No supervisor is known at this counter.',
  way: 'How it is approved',
  ways: { pin: 'Supervisor’s PIN here', code: 'Remote code', list: 'Sealed list of codes' },
  fillFirst: 'Complete the fields above first; the request is made from them.',
  makeRequest: 'Make the request',
  makeAgain: 'Make a new request',
  requestTitle: 'Read this request to the supervisor',
  requestHow:
    'Group by group, letters spelled. Without internet: by telephone or radio. Ask the supervisor to repeat the act and the amount.',
  call: (names: readonly string[]): string => `Who can answer: ${names.join(', ')}.`,
  untilEnd: 'Valid until the end of today, used once, three tries.',
  code: 'Answer code, 8 digits',
  listSupervisor: 'Supervisor who owns the list',
  list: 'Number of the list',
  place: 'Place of the code',
  listHow: 'Open the envelope before the supervisor or at his order; cross out the code that was used.',
  changed: 'The fields changed after the request was made. Make a new request.',
  close: 'Back',
  raiseOpen: 'Raise a limit for today',
  raiseTitle: 'Raise one limit for today',
  cap: 'Limit',
  raiseTo: 'To',
  raiseNow: (now: string, raised: boolean): string =>
    raised ? `Now ${now}, already raised for today.` : `Now ${now}.`,
  raise: 'Raise',
  raisedToday: (names: readonly string[]): string => `Raised by a supervisor for today: ${names.join(', ')}.`,
  provisional: 'An approval by PIN or code is provisional until it is signed on the supervisor’s own device.',
};

export const CAP_NAME_TEXT = {
  'per-sale': 'Per transaction (rupiah)',
  'cash-in-drawer': 'Cash in the drawer (rupiah)',
  'unconfirmed-deposits': 'Unconfirmed deposits (rupiah)',
  'unconfirmed-deposit-days': 'Age of deposits (bank working days)',
  unsent: 'Not sent (count)',
  'days-without-contact': 'Without a connection (days)',
  'rules-age': 'Age of the tariff (days)',
  'registry-age': 'Age of the vehicle data (days)',
};

export const APPROVAL_CASE_TEXT = {
  unconfirmed: 'The supervisor has not signed this approval on his own device yet.',
  disputed: 'The supervisor says that this approval is not his. Bapenda looks into it.',
  act: 'What was approved',
  by: 'In the name of',
  how: 'How',
  at: 'Used',
  methods: { pin: 'PIN at the counter', code: 'Remote code', list: 'Sealed list of codes' },
};

export const DOOR_TEXT = {
  open: 'PIN locked, PIN forgotten, or a substitute officer',
  title: 'Sign in with a supervisor’s approval',
  unlock: 'Unlock the PIN',
  reset: 'New PIN',
  substitute: 'Substitute officer',
  how: {
    'unlock-pin': (name: string): string => `${name} may try his PIN again once a supervisor approves.`,
    'reset-pin': (name: string): string =>
      `${name} chooses a new PIN of at least six digits. The supervisor approves, but does not see the PIN.`,
    substitute: () =>
      'An officer of another outlet works here until the end of today, with a PIN that he chooses now. His officer number must be known to Bapenda.',
  },
  officerId: 'Officer number',
  name: 'Name of the officer',
  pin: 'New PIN',
  again: 'New PIN, once more',
  submit: { 'unlock-pin': 'Unlock', 'reset-pin': 'Change the PIN', substitute: 'Admit for today' },
  done: {
    'unlock-pin': 'The PIN is unlocked. Please sign in.',
    'reset-pin': 'The PIN is changed. Sign in with the new PIN.',
    substitute: 'The substitute is admitted for today. Choose his name, then sign in.',
  },
};

export const CAP_WORDS = {
  'raise-cap:perSale': (amount: number) => `Raise the limit per transaction to ${money(amount)}, today only`,
  'raise-cap:drawerCash': (amount: number) => `Raise the limit of cash in the drawer to ${money(amount)}, today only`,
  'raise-cap:unconfirmedDeposits': (amount: number) =>
    `Raise the limit of unconfirmed deposits to ${money(amount)}, today only`,
  'raise-cap:unconfirmedDepositBankDays': (amount: number) =>
    `Raise the age of deposits to ${String(amount)} bank working days, today only`,
  'raise-cap:unsent': (amount: number) => `Raise the limit of unsent items to ${String(amount)}, today only`,
  'raise-cap:daysSinceContact': (amount: number) =>
    `Raise the limit without a connection to ${String(amount)} days, today only`,
  'raise-cap:rulesAgeDays': (amount: number) => `Raise the age of the tariff to ${String(amount)} days, today only`,
  'raise-cap:registryAgeDays': (amount: number) =>
    `Raise the age of the vehicle data to ${String(amount)} days, today only`,
};
