import { decodeReceiptProof } from '../../contract/receipt-statement.ts';
import { decodeSlipProof } from '../../contract/slip-statement.ts';

/** What a scanned text is good for at this counter. */
export type ScanMeaning =
  | Readonly<{ kind: 'receipt'; transactionId: string }>
  | Readonly<{ kind: 'receipt-number'; text: string }>
  | Readonly<{ kind: 'vehicle'; text: string }>
  | Readonly<{ kind: 'arrival'; text: string; arrivalId: string }>
  | Readonly<{ kind: 'application' }>
  | Readonly<{ kind: 'unknown' }>;

const PLATE = /^[A-Z]{1,2}[\s-]?\d{1,4}[\s-]?[A-ZØ]{0,3}$/i;
const RECEIPT_NUMBER = /^\d{4}-\d{3}-[0-9A-Z-]{6,30}$/i;
const NIK = /^\d{16}$/;
/** Chassis and engine numbers on STNK and SKPD barcodes; a bare number of five is one end of a chassis number. */
const CHASSIS = /^[A-Z0-9]{5,20}$/i;

/**
 * What a slip is good for: a proof of arrival begins the service of its plate with the day that it proves. Nothing is
 * believed here: the core knows its own arrivals, and only those.
 */
function meaningOfSlip(text: string): ScanMeaning | undefined {
  const slip = decodeSlipProof(text)?.statement;
  if (slip?.kind === 'arrival') return { kind: 'arrival', text: slip.subject, arrivalId: slip.subjectId };
  return slip?.kind === 'application' ? { kind: 'application' } : undefined;
}

/**
 * Reads a scanned text: a receipt's QR, a slip's, a receipt number, a plate, a NIK or a chassis number. Digits alone, short ones,
 * are left where they were typed, because they may be money.
 */
export function meaningOf(scanned: string): ScanMeaning {
  const text = scanned.trim();
  const proof = text.includes('.') ? decodeReceiptProof(text) : undefined;
  if (proof !== undefined) return { kind: 'receipt', transactionId: proof.statement.transactionId };
  const slip = text.includes('.') ? meaningOfSlip(text) : undefined;
  if (slip !== undefined) return slip;
  if (RECEIPT_NUMBER.test(text)) return { kind: 'receipt-number', text: text.toUpperCase() };
  if (PLATE.test(text) || NIK.test(text)) return { kind: 'vehicle', text: text.toUpperCase() };
  if (CHASSIS.test(text) && /[A-Z]/i.test(text)) return { kind: 'vehicle', text: text.toUpperCase() };
  return { kind: 'unknown' };
}
