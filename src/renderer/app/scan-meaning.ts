import { decodeReceiptProof } from '../../contract/receipt-statement.ts';

/** What a scanned text is good for at this counter. */
export type ScanMeaning =
  | Readonly<{ kind: 'receipt'; transactionId: string }>
  | Readonly<{ kind: 'receipt-number'; text: string }>
  | Readonly<{ kind: 'vehicle'; text: string }>
  | Readonly<{ kind: 'unknown' }>;

const PLATE = /^[A-Z]{1,2}[\s-]?\d{1,4}[\s-]?[A-ZØ]{0,3}$/i;
const RECEIPT_NUMBER = /^\d{4}-\d{3}-[0-9A-Z-]{6,30}$/i;
const NIK = /^\d{16}$/;
/** Chassis and engine numbers on STNK and SKPD barcodes; a bare number of five is one end of a chassis number. */
const CHASSIS = /^[A-Z0-9]{5,20}$/i;

/**
 * Reads a scanned text: a receipt's QR, a receipt number, a plate, a NIK or a chassis number. Digits alone, short ones,
 * are left where they were typed, because they may be money.
 */
export function meaningOf(scanned: string): ScanMeaning {
  const text = scanned.trim();
  const proof = text.includes('.') ? decodeReceiptProof(text) : undefined;
  if (proof !== undefined) return { kind: 'receipt', transactionId: proof.statement.transactionId };
  if (RECEIPT_NUMBER.test(text)) return { kind: 'receipt-number', text: text.toUpperCase() };
  if (PLATE.test(text) || NIK.test(text)) return { kind: 'vehicle', text: text.toUpperCase() };
  if (CHASSIS.test(text) && /[A-Z]/i.test(text)) return { kind: 'vehicle', text: text.toUpperCase() };
  return { kind: 'unknown' };
}
