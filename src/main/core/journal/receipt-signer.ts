import type { KeyObject } from 'node:crypto';
import { RECEIPT_CONTEXT, type ReceiptStatement } from '../../../contract/receipt-statement.ts';
import { canonicalJson } from './hash-chain.ts';
import { sign } from './signing.ts';

/** Signs what a paper says: `receiptSig = Ed25519("opop/receipt/1\0" || canonical(statement))`, never over the entry (OPOP-Sync/1 1.6). */
export type ReceiptSigner = { readonly sign: (statement: ReceiptStatement) => string };

export function createReceiptSigner(signingPrivate: KeyObject): ReceiptSigner {
  return { sign: (statement) => sign(RECEIPT_CONTEXT, canonicalJson(statement), signingPrivate) };
}
