/**
 * Every code that the counter may answer, with the facts that its sentence needs. Codes are printed on paper and
 * in logs, so they are never renamed. A code without an Indonesian sentence does not compile (`renderer/text`).
 */
export const ERROR_CODES = [
  // the door
  'BAD_FRAME',
  'UNKNOWN_METHOD',
  'BAD_INPUT',
  'INTERNAL',
  'FORBIDDEN',
  'NOT_SIGNED_IN',
  'SCREEN_LOCKED',
  'SHUTTING_DOWN',
  // start and storage
  'NOT_ENROLLED',
  'DATA_IN_USE',
  'DATABASE_DAMAGED',
  'DATABASE_FROM_FUTURE',
  'DISK_FULL',
  'STORAGE_FAILED',
  'KEY_STORE_UNAVAILABLE',
  // enrolment
  'ENROLMENT_CODE_INVALID',
  'ENROLMENT_REFUSED',
  'ALREADY_ENROLLED',
  'ENROLMENT_NOT_REQUESTED',
  // signing in
  'OFFICER_UNKNOWN',
  'PIN_WRONG',
  'OFFICER_LOCKED_OUT',
  'OFFICER_SUSPENDED',
  'SIGNED_IN_AS_OTHER',
  // cash session
  'CASH_SESSION_OPEN',
  'CASH_SESSION_CLOSED',
  'CASH_SESSION_OF_OTHER',
  'CASH_COUNT_INVALID',
  'CASH_SESSION_COUNTED',
  'CASH_SESSION_NOT_COUNTED',
  'CASH_DEPOSIT_TOO_LARGE',
  'DEPOSIT_SLIP_USED',
  'DEPOSIT_DATE_INVALID',
  // vehicle
  'NRKB_INVALID',
  'NRKB_LOOKALIKE',
  'NRKB_OTHER_PROVINCE',
  'SEARCH_TOO_SHORT',
  'VEHICLE_UNKNOWN',
  'CHASSIS_TAIL_WRONG',
  'CHASSIS_TAIL_BLOCKED',
  // assessment refusals (assessment.md)
  'PAYABLE_AT_SAMSAT_INDUK',
  'RENEWAL_YEAR',
  'NOT_YET_PAYABLE',
  'BLOCKED',
  'DELETED_FROM_REGISTER',
  'NO_RULES_FOR_DATE',
  'VEHICLE_INCOMPLETE',
  // selling
  'TRANSACTION_UNKNOWN',
  'TRANSACTION_NOT_CONFIRMED',
  'TRANSACTION_CLOSED',
  'PERSON_ERASED',
  'ALREADY_PAID',
  'ALREADY_PAID_HERE',
  'ALREADY_PAID_ELSEWHERE',
  'AMOUNT_CHANGED',
  'BILL_EXPIRED',
  'NOTHING_TO_PAY',
  'BILL_REFUSED',
  'TENDERED_TOO_LITTLE',
  'DOCUMENTS_INCOMPLETE',
  'PAYER_MISSING',
  'INTAKE_ONLY',
  'RULES_STALE',
  'RULES_MISSING',
  'RULES_UNSIGNED',
  'RULES_OVERLAP',
  'REGISTRY_STALE',
  'CAP_PER_SALE',
  'CAP_CASH_IN_DRAWER',
  'CAP_UNCONFIRMED_DEPOSITS',
  'CAP_UNSENT',
  'CAP_DAYS_WITHOUT_CONTACT',
  'SELLING_STOPPED',
  'RELEASE_ENDED',
  'CLOCK_UNCERTAIN',
  'MIRROR_MISSING',
  'ARRIVAL_UNKNOWN',
  // paper
  'PRINTER_SILENT',
  'PRINTER_UNKNOWN',
  'PRINT_JOB_UNKNOWN',
  'PRINT_NOT_UNKNOWN',
  'NOTHING_TO_PRINT',
  // line
  'NO_LINE',
  'PROVINCE_REFUSED',
  'PROVINCE_ANSWER_INVALID',
  // other
  'NOT_FOUND',
  'RECEIPT_NOT_GENUINE',
  'EXPORT_FAILED',
  'NOTHING_TO_SEND',
  'ANSWER_REFUSED',
  'MIRROR_FOLDER_REFUSED',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** A refusal as the core makes it: a value, never an exception. */
export type Refusal<C extends ErrorCode = ErrorCode> = Readonly<{
  code: C;
  path?: readonly string[];
  details?: Readonly<Record<string, string | number | boolean | null>>;
}>;

/** Codes that any procedure may answer, because the door itself gives them. */
export const DOOR_ERRORS = [
  'BAD_FRAME',
  'UNKNOWN_METHOD',
  'BAD_INPUT',
  'INTERNAL',
  'FORBIDDEN',
  'NOT_SIGNED_IN',
  'SCREEN_LOCKED',
  'SHUTTING_DOWN',
  'DISK_FULL',
  'STORAGE_FAILED',
  'NOT_ENROLLED',
] as const satisfies readonly ErrorCode[];
