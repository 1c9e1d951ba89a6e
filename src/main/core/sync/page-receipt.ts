import type { SignedText } from '../../../contract/primitives.ts';
import { DOCUMENT_RECEIPT_CONTEXT, type DocumentReceipt, documentReceiptSchema } from '../../../contract/uploads.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { WriteTx } from '../db/open.ts';
import { verify } from '../journal/signing.ts';
import { findSigningKey, type ProvinceKey } from '../rules/rules-store.ts';
import { settlePageRow } from './page-lane-store.ts';
import { parseJson } from './parse-json.ts';

/** Why a receipt of a page counts for nothing. */
export type PageReceiptProblem = 'PAGE_RECEIPT_KEY' | 'PAGE_RECEIPT_SIGNATURE' | 'PAGE_RECEIPT_SHAPE';

/** "Local bytes are released only after confirmation" (OPOP-Sync/1 10.5): signed by a key of the province, for this device. */
export function readPageReceipt(
  signed: SignedText,
  keys: readonly ProvinceKey[],
  deviceId: string,
): Result<DocumentReceipt, PageReceiptProblem> {
  const parsed = documentReceiptSchema.safeParse(parseJson(signed.text));
  const key = findSigningKey(keys, signed.keyId, parsed.success ? parsed.data.serverTime : null);
  if (key === undefined) return err('PAGE_RECEIPT_KEY');
  if (!verify(DOCUMENT_RECEIPT_CONTEXT, signed.text, signed.sig, key.publicKey)) return err('PAGE_RECEIPT_SIGNATURE');
  if (!parsed.success || parsed.data.deviceId !== deviceId) return err('PAGE_RECEIPT_SHAPE');
  return ok(parsed.data);
}

/** Keeps a verified receipt on the row of its page. */
export async function settlePage(
  tx: WriteTx,
  receipt: DocumentReceipt,
  signed: SignedText,
  atMs: number,
): Promise<void> {
  const { documentId, state, reason } = receipt;
  await settlePageRow(tx, documentId, { state, reason, receipt: JSON.stringify(signed), atMs });
}
