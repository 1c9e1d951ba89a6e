import { count } from '../format.ts';

const REPRINT_REASONS: readonly string[] = [
  'Receipt lost',
  'Paper did not come out',
  'Print cannot be read',
  'Asked for by the taxpayer',
];

const VOID_REASONS: readonly string[] = [
  'Wrong vehicle',
  'Money counted wrongly',
  'Cancelled by the taxpayer before leaving',
];

const ERASE_REASONS: readonly string[] = ['Asked for by the owner of the data (UU 27/2022)', 'Time of keeping is over'];

export const HISTORY_TEXT = {
  title: 'History',
  search: 'Plate number (or part of it), receipt number, amount, or name',
  found: (rows: number): string => `${count(rows)} transactions`,
  empty: 'No transaction at this counter yet.',
  notFound: 'Nothing matches.',
  notFoundNext: 'Try part of the number, without spaces, or the amount alone.',
  choose: 'Choose a transaction to see its life.',
  list: 'List of transactions',
  life: 'Life of the transaction',
  axes: 'Five states',
  lines: 'Details',
  total: 'Total',
  rounding: 'Cash rounding',
  payable: 'Paid',
  tendered: 'Money received',
  change: 'Change',
  proof: 'Proof of the entry',
  entry: (seq: number): string => `entry ${count(seq)}`,
  reprint: 'Print a copy',
  reprintTitle: 'Print a SALINAN',
  reprintWhy: 'The number stays the same, SALINAN is printed at its head, and this copy is recorded.',
  reason: 'Reason for the copy',
  reasons: REPRINT_REASONS,
  printer: 'Printer',
  print: 'Print',
  cancel: 'Back',
  erase: 'Erase personal data',
  eraseTitle: 'Erase the personal data of this transaction',
  eraseFacts: (number: string): string =>
    `Name, telephone and chassis number of ${number} are erased and cannot come back. Money, number, signature and chain stay. Its receipt and TBPKP cannot be printed again.`,
  eraseReason: 'Reason for erasing',
  eraseReasons: ERASE_REASONS,
  sentToPrinter: (copyNo: number, printer: string): string => `SALINAN ${copyNo} was sent to ${printer}.`,
  voidIt: 'Void',
  voidTitle: (number: string): string => `Void ${number}`,
  voidFacts: (amount: string): string =>
    `${amount} goes back from the drawer of this session. This transaction was not sent; once voided it is never booked, and its vehicle can be served again.`,
  voidPaper: 'Ask the taxpayer for the original receipt before the money is given back.',
  voidReason: 'Reason for the void',
  voidReasons: VOID_REASONS,
  otherReason: 'Another reason (no name or number of a person)',
  voidSubmit: 'Void the transaction',
  voidedTitle: 'The transaction is voided',
  voidedNumber: (number: string): string => `Void number ${number}`,
  giveBack: 'Return to the taxpayer',
  voidedCopy: {
    ok: 'The second copy is written. The money may be returned now.',
    missing: 'The second copy is not written: plug in the flashdisk first, then return the money.',
    none: 'This counter has no place for a second copy; the void is kept on this computer only.',
    behind: 'The second copy is being written. Wait a moment before returning the money.',
  },
  voidedBy: (number: string, reason: string): string => `Voided (${number}): ${reason}`,
  mayVoid: {
    yes: '',
    sent: 'Sending has begun: a same-day cancellation is asked of Bapenda.',
    'other-session': 'Of another cash session: the money goes back through an application for a refund.',
    'not-cash': 'Paid by QRIS or transfer: the money goes back through an application, not from the drawer.',
    voided: '',
    'no-session': 'A void is possible only while its cash session is open.',
  },
  done: 'Done',
  pages: 'Pages of papers',
  openAtProvince: 'Open at Bapenda',
  openWhy:
    'This page is sealed for Bapenda. The reason and your name are recorded here and at Bapenda at each opening.',
  openReason: 'Reason for opening',
  final: 'Proof of payment (TBPKP)',
  printFinal: 'Print the TBPKP',
  decision: 'Bapenda’s remark',
};

export const LIFE_STEP_TEXT = {
  paid: 'Money received and kept on record',
  'print-requested': 'Print asked for',
  printed: 'Printed',
  'print-failed': 'The printer did not print',
  'print-unknown': 'Print not certain',
  'print-answered': 'The officer said what became of the print',
  copy: 'Copy printed',
  sending: 'Sending to Bapenda began',
  acknowledged: 'Received by Bapenda',
  quarantined: 'Kept aside by Bapenda to be looked at',
  released: 'Read again and received by Bapenda',
  'settled-aside': 'Settled by Bapenda outside the program',
  'refused-aside': 'Cannot be taken by Bapenda',
  decision: 'Bapenda’s decision',
  'final-receipt': 'Proof of payment issued',
  'handed-over': 'Proof of payment handed over',
  voided: 'Voided, money returned',
};

export const PAPER_STATE_TEXT = {
  requested: 'being printed',
  printed: 'printed',
  failed: 'not printed',
  unknown: 'not certain',
  'came-out': 'came out, says the officer',
  'did-not-come-out': 'did not come out, says the officer',
};
