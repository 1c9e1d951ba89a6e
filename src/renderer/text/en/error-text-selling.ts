import {
  dayInBrackets,
  type ErrorSentence,
  NO_MONEY,
  numberFact,
  say,
  type ScreenErrorCode,
  STILL_POSSIBLE,
  textFact,
  UNCHANGED,
} from '../error-facts.ts';
import {
  amountChange,
  billReason,
  days,
  daysFact,
  earliest,
  indukReason,
  limitOf,
  missingDocuments,
  suggestion,
} from '../selling-facts.ts';
import { blockReasonText, missingFactText } from '../vehicle-text.ts';

export const SELLING_ERRORS = {
  NRKB_INVALID: say(
    'This is not a plate number.',
    UNCHANGED,
    'Type the area letters, the digits, then the last letters, for example AG 4321 ED.',
  ),
  NRKB_LOOKALIKE: (details) => ({
    what: `"${textFact(details, 'found', '?')}" is out of place: letters and digits that look alike were swapped.`,
    safe: UNCHANGED,
    next: `Compare with the STNK and type exactly what is printed${suggestion(details)}.`,
  }),
  NRKB_OTHER_PROVINCE: (details) => ({
    what: `The area letters ${textFact(details, 'area', 'here')} are not of East Java.`,
    safe: NO_MONEY,
    next: 'Its tax is paid in the vehicle’s own province, or with the SIGNAL application.',
  }),
  SEARCH_TOO_SHORT: say(
    'This is too short to search for.',
    UNCHANGED,
    'Type a whole plate number, the last five of the chassis number, or a NIK.',
  ),
  VEHICLE_UNKNOWN: (details) => ({
    what: `The vehicle is not in the counter’s data${dayInBrackets(details, 'dataOn', 'data as of')}.`,
    safe: NO_MONEY,
    next: 'Compare the number with the STNK. If it is right, this vehicle is served at the Samsat Induk.',
  }),
  CHASSIS_TAIL_WRONG: (details) => {
    const left = numberFact(details, 'triesLeft');
    return {
      what: 'The last five of the chassis number do not match this vehicle.',
      safe:
        left === undefined ? 'The owner’s data is not shown.' : `The owner’s data is not shown. ${left} tries left.`,
      next: 'Read the chassis number on the STNK again and type its last five letters or digits.',
    };
  },
  CHASSIS_TAIL_BLOCKED: say(
    'The chassis number did not match several times, so this vehicle is closed for this service.',
    'The owner’s data is not shown. No money is taken.',
    'Ask for the original STNK; begin again from the plate number.',
  ),
  PAYABLE_AT_SAMSAT_INDUK: (details) => ({
    what: `This vehicle must be served at the Samsat Induk: ${indukReason(details)}.`,
    safe: NO_MONEY,
    next: 'Its papers can be taken in: F4.',
  }),
  RENEWAL_YEAR: (details) => ({
    what: `The five years of this STNK are over${dayInBrackets(details, 'stnkValidUntil', 'valid until')}; STNK and plates are renewed at the Samsat Induk.`,
    safe: NO_MONEY,
    next: 'Send the owner to the Samsat Induk with the vehicle, for its inspection.',
  }),
  NOT_YET_PAYABLE: (details) => ({
    what: `The tax of this vehicle cannot be paid yet${dayInBrackets(details, 'dueOn', 'due')}.`,
    safe: NO_MONEY,
    next: earliest(details),
  }),
  BLOCKED: (details) => ({
    what: `This vehicle is blocked: ${blockReasonText(textFact(details, 'reason', ''))}.`,
    safe: NO_MONEY,
    next: 'The block is lifted at the Samsat Induk; tell the reason kindly.',
  }),
  DELETED_FROM_REGISTER: say(
    'This vehicle was struck off the register.',
    NO_MONEY,
    'It cannot be paid at a counter; send the owner to the Samsat Induk.',
  ),
  NO_RULES_FOR_DATE: (details) => ({
    what: `There is no tariff here for ${daysFact(details, 'dates', 'the tax period of this vehicle')}.`,
    safe: NO_MONEY,
    next: 'Send the owner to the Samsat Induk, or wait until the tariff comes with a connection.',
  }),
  VEHICLE_INCOMPLETE: (details) => ({
    what: `The data of this vehicle is incomplete: ${missingFactText(textFact(details, 'missing', ''))}.`,
    safe: NO_MONEY,
    next: 'Its data is completed at the Samsat Induk; papers can be taken in.',
  }),
  TRANSACTION_UNKNOWN: say('This service was not found here.', UNCHANGED, 'Begin again from the plate number.'),
  TRANSACTION_NOT_CONFIRMED: say(
    'The vehicle is not compared with its STNK yet.',
    NO_MONEY,
    'Type the last five of the chassis number first.',
  ),
  TRANSACTION_CLOSED: say('This service is finished.', UNCHANGED, 'See it in History, or begin a new one.'),
  ALREADY_PAID: say('This service is already paid.', 'Its payment is kept once.', 'See it in History.'),
  ALREADY_PAID_HERE: (details) => ({
    what: `This vehicle was already paid at this counter${dayInBrackets(details, 'paidOn', 'on')}, receipt ${textFact(details, 'receiptNumber', 'in History')}.`,
    safe: NO_MONEY,
    next: 'Find it in History (F3) and print a copy if needed.',
  }),
  ALREADY_PAID_ELSEWHERE: (details) => ({
    what: `Bapenda says that this vehicle was already paid elsewhere${dayInBrackets(details, 'paidOn', 'on')}.`,
    safe: NO_MONEY,
    next: 'Show this to the citizen; the proof is fetched where it was paid.',
  }),
  VOID_ALREADY_SENT: say(
    'Sending of this transaction has begun, so it cannot be voided here.',
    `${UNCHANGED} Do not return the money.`,
    'Ask the regional supervisor for a same-day cancellation.',
  ),
  VOID_OTHER_SESSION: say(
    'This transaction is of another cash session, so it cannot be voided here.',
    `${UNCHANGED} Do not return the money.`,
    'Apply to the regional supervisor for a refund.',
  ),
  ALREADY_VOIDED: say(
    'This transaction is already voided.',
    'The first void stands; its money is returned once.',
    'Open History to see the number of the void.',
  ),
  AMOUNT_CHANGED: (details) => ({
    what: `The bill changed since it was shown${amountChange(details)}.`,
    safe: NO_MONEY,
    next: 'Tell the taxpayer the new amount, then take the money.',
  }),
  BILL_EXPIRED: say(
    'Bapenda’s bill ended before it was paid.',
    NO_MONEY,
    'The amount is reckoned again; check it, then go on.',
  ),
  NOTHING_TO_PAY: say(
    'There is nothing to pay for this vehicle now.',
    NO_MONEY,
    'Nothing is to be done; the next due date stands on the card of the vehicle.',
  ),
  BILL_REFUSED: (details) => ({
    what: `Bapenda issues no bill: ${billReason(details)}.`,
    safe: NO_MONEY,
    next: 'Tell this to the citizen and send him to the Samsat Induk.',
  }),
  DOCUMENTS_INCOMPLETE: (details) => ({
    what: `Required papers are missing${missingDocuments(details)}.`,
    safe: NO_MONEY,
    next: 'Tick the papers that you have seen (F4).',
  }),
  PAYER_MISSING: say(
    'Name and telephone of the payer are empty.',
    NO_MONEY,
    'Fill them in, or choose why they stay empty.',
  ),
  INTAKE_ONLY: say(
    'Without a connection this counter only takes in papers.',
    NO_MONEY,
    'Take in the papers and print a proof of arrival; its day counts for the fine.',
  ),
  RULES_STALE: (details) => ({
    what: `The tariff here is too old${days(details, 'freshUntil')}.`,
    safe: NO_MONEY,
    next: `Connect to Bapenda for the newest tariff. ${STILL_POSSIBLE}`,
  }),
  RULES_MISSING: say('There is no tariff here yet.', NO_MONEY, `Connect to Bapenda once. ${STILL_POSSIBLE}`),
  RULES_UNSIGNED: say(
    'The tariff here has no valid signature of Bapenda.',
    NO_MONEY,
    'Do not use it; call the regional supervisor.',
  ),
  RULES_OVERLAP: say(
    'Two tariffs are in force for today.',
    NO_MONEY,
    'Call the regional supervisor; Bapenda sets it right.',
  ),
  REGISTRY_STALE: (details) => ({
    what: `The vehicle data here is too old${days(details, 'freshUntil')}.`,
    safe: NO_MONEY,
    next: `Connect to Bapenda for the newest data. ${STILL_POSSIBLE}`,
  }),
  CAP_PER_SALE: (details) => ({
    what: `This amount is over the limit of one transaction here${limitOf(details, true)}.`,
    safe: NO_MONEY,
    next: `Send the owner to the Samsat Induk. ${STILL_POSSIBLE}`,
  }),
  CAP_CASH_IN_DRAWER: (details) => ({
    what: `With this amount the cash that is not deposited goes over its limit${limitOf(details, true)}.`,
    safe: NO_MONEY,
    next: `Bring cash to the bank first, then go on. ${STILL_POSSIBLE}`,
  }),
  CAP_UNSENT: (details) => ({
    what: `The transactions that wait to be sent have reached their limit${limitOf(details, false)}.`,
    safe: 'All of them are kept. No money is taken.',
    next: `Send them when there is a connection, or carry them on a flashdisk. ${STILL_POSSIBLE}`,
  }),
  CAP_DAYS_WITHOUT_CONTACT: (details) => ({
    what: `This counter has been without a connection to Bapenda for too long${days(details, 'freshUntil')}.`,
    safe: NO_MONEY,
    next: `Connect to Bapenda once. ${STILL_POSSIBLE}`,
  }),
  CLOCK_UNCERTAIN: say(
    'The clock of this computer cannot be trusted.',
    NO_MONEY,
    'Set date and clock, then press "Seen" on the notice above; or connect to Bapenda.',
  ),
  ARRIVAL_UNKNOWN: say('This proof of arrival was not found here.', UNCHANGED, 'Begin from the plate number.'),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;
