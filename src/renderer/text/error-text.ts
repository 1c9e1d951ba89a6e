import type { ErrorDetails, ErrorSentence, ErrorSentences, ScreenErrorCode } from './error-facts.ts';
import { APPROVAL_ERRORS } from './error-text-approvals.ts';
import { CASE_ERRORS } from './error-text-cases.ts';
import { COUNTER_ERRORS } from './error-text-counter.ts';
import { DOCUMENT_ERRORS } from './error-text-documents.ts';
import { DRAWER_ERRORS } from './error-text-drawer.ts';
import { EMERGENCY_ERRORS } from './error-text-emergency.ts';
import { PAPER_ERRORS } from './error-text-paper.ts';
import { PAYMENT_ERRORS } from './error-text-payments.ts';
import { PEOPLE_ERRORS } from './error-text-people.ts';
import { REGION_ERRORS } from './error-text-region.ts';
import { REPORT_ERRORS } from './error-text-reports.ts';
import { ROADS_ERRORS } from './error-text-roads.ts';
import { SELLING_ERRORS } from './error-text-selling.ts';
import { UPDATE_ERRORS } from './update-text.ts';

/** Every code in three sentences. A code of the contract without a sentence does not compile. */
export const ERROR_TEXT: Readonly<Record<ScreenErrorCode, ErrorSentence>> = {
  ...COUNTER_ERRORS,
  ...SELLING_ERRORS,
  ...DRAWER_ERRORS,
  ...PAPER_ERRORS,
  ...PAYMENT_ERRORS,
  ...ROADS_ERRORS,
  ...REPORT_ERRORS,
  ...REGION_ERRORS,
  ...PEOPLE_ERRORS,
  ...DOCUMENT_ERRORS,
  ...APPROVAL_ERRORS,
  ...EMERGENCY_ERRORS,
  ...CASE_ERRORS,
  ...UPDATE_ERRORS,
};

/** Whether a text is a code that the screens can say. */
export function isScreenErrorCode(code: string): code is ScreenErrorCode {
  return Object.hasOwn(ERROR_TEXT, code);
}

/** What happened, what is safe, what to do. */
export function errorSentences(code: ScreenErrorCode, details: ErrorDetails = {}): ErrorSentences {
  return ERROR_TEXT[code](details);
}

/** What a printer said of itself when it did not print, or did not say; `reason` is the detail of its job. */
export function printerTrouble(reason: string | null): ErrorSentences {
  return errorSentences('PRINTER_SILENT', { reason });
}
