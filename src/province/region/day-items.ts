/** Entries that are items of a day: all that move money, and what people did about sales. What is signed is a list of them. */
export const DAY_ITEM_TYPES: ReadonlySet<string> = new Set([
  'cash-session.opened',
  'cash-session.counted',
  'cash-session.closed',
  'cash-session.taken-over',
  'cash-session.handed-over',
  'cash-variance.explained',
  'cash.moved',
  'cash.stored',
  'cash.dispatched',
  'cash.courier-settled',
  'cash.refused-by-bank',
  'cash.written-off',
  'cash.deposited',
  'transaction.paid',
  'transaction.voided',
  'shortfall.collected',
  'shortfall.waived',
  'cancellation.requested',
  'refund.requested',
  'refund.approved',
  'refund.paid-in-cash',
  'payment.paid-twice',
  'payment.ended',
  'emergency-sheet.spoiled',
  'emergency-sheet.missing',
]);

/** Entries by which an outlet takes money for sales, or gives it back. */
export const TAKING_TYPES: readonly string[] = [
  'transaction.paid',
  'transaction.voided',
  'shortfall.collected',
  'refund.paid-in-cash',
];

/** Where that money is at first: in a drawer, or promised by a provider. */
export const TAKING_ACCOUNTS: readonly string[] = ['cash-drawer', 'provider-clearing'];

/** Cash of the citizens at an outlet: drawers and safes, less what is the cooperative's. */
export const CASH_ACCOUNTS: readonly string[] = ['cash-drawer', 'safe-or-courier', 'float'];

/** With which cash leaves for a bank. */
export const DEPOSIT_TYPE = 'cash.deposited';

/** What beneficiaries are owed stands on every account that is not the outlet's own cash, the bank or what is missing. */
export const OWN_ACCOUNTS: readonly string[] = [
  '',
  'cash-drawer',
  'safe-or-courier',
  'float',
  'bank-in-transit',
  'bank-confirmed',
  'provider-clearing',
  'variance',
  'cash-loss',
];
