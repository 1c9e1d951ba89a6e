import {
  type ErrorDetails,
  type ErrorSentence,
  moneyFact,
  NO_MONEY,
  numberFact,
  say,
  type ScreenErrorCode,
  textFact,
  UNCHANGED,
} from '../error-facts.ts';

const MEANS: Readonly<Record<string, string>> = { qris: 'QRIS', transfer: 'transfer' };

export const PAYMENT_ERRORS = {
  TENDERED_TOO_LITTLE: (details) => ({
    what: `The money received is too little${numberFact(details, 'short') === undefined ? '' : ` by ${moneyFact(details, 'short', '')}`}.`,
    safe: NO_MONEY,
    next:
      details['zeroMissing'] === true
        ? 'Perhaps a zero is missing: compare with the money in your hand, then type again.'
        : 'Type the amount received, at least as much as the total.',
  }),
  TENDERED_IMPLAUSIBLE: (details) => ({
    what: `Money received ${moneyFact(details, 'tendered', 'far')} for a bill of ${moneyFact(details, 'payable', 'this vehicle')}: the change is ${moneyFact(details, 'change', 'very large')}.`,
    safe: NO_MONEY,
    next: 'Count the money again. Perhaps there is a zero too many; if it is right, agree to that amount.',
  }),
  CHANGE_NOT_GIVABLE: (details) => ({
    what: `Change of ${moneyFact(details, 'change', '')} cannot be given: the smallest piece is ${moneyFact(details, 'unit', 'not available')}.`,
    safe: NO_MONEY,
    next: 'Ask for a closer amount. The counter must not keep change.',
  }),
  BASKET_UNKNOWN: say('These vehicles of one payer were not found.', UNCHANGED, 'Begin again from the plate number.'),
  BASKET_CLOSED: (details) => ({
    what:
      details['state'] === 'paying'
        ? 'The vehicles of the payer before were paid in part and are not finished.'
        : 'These vehicles of one payer are finished.',
    safe: 'What was paid is kept once.',
    next:
      details['state'] === 'paying'
        ? 'Go on, or return the rest of the money first.'
        : 'See it in History, or begin anew.',
  }),
  BASKET_FULL: (details) => ({
    what: `One payment takes at most ${numberFact(details, 'most') ?? 10} vehicles.`,
    safe: NO_MONEY,
    next: 'Pay those that are there, then begin the next.',
  }),
  BASKET_VEHICLE_TWICE: say('This vehicle is there already.', NO_MONEY, 'Each vehicle only once; add another one.'),
  BASKET_TOO_SMALL: say('There is only one vehicle.', NO_MONEY, 'Add another, or take it out and pay it alone.'),
  IN_BASKET: say(
    'This vehicle is put together with others.',
    NO_MONEY,
    'Pay it with the others, or take it out first.',
  ),
  PAYMENT_UNRESOLVED: (details) => ({
    what: unresolved(details),
    safe: NO_MONEY,
    next: 'Ask the provider again, or cancel it there. A screenshot is no proof.',
  }),
  PAYMENT_UNKNOWN: say('This payment was not found here.', UNCHANGED, 'Begin again from the plate number.'),
  PAYMENT_NOT_UNKNOWN: say(
    'It is known how this payment stands.',
    UNCHANGED,
    'Release only a payment that is not certain; cancel one that is still waited for.',
  ),
  VOID_NOT_CASH: say(
    'This transaction was not paid in cash and cannot be voided from the drawer.',
    `${UNCHANGED} Do not return money from the drawer.`,
    'Apply for a refund; the money goes back through Bapenda.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

function unresolved(details: ErrorDetails): string {
  const means = MEANS[textFact(details, 'means', '')] ?? 'other';
  const known =
    details['state'] === 'pending'
      ? 'is still waited for'
      : details['state'] === 'confirmed'
        ? 'came in and is not recorded yet'
        : 'is not certain';
  return `The ${means} payment for this vehicle ${known}, so it must not be collected again.`;
}
