import type { SignedText } from '../../contract/primitives.ts';
import { DOCUMENT_RECEIPT_CONTEXT, type DocumentReceipt, documentReceiptSchema } from '../../contract/uploads.ts';
import { signedBy } from '../keys/key-ring.ts';
import type { ProvinceContext } from '../province-context.ts';
import { currentIncarnation } from '../restore/incarnation.ts';
import { settleFragment } from './fragments.ts';
import { findPages, type TakenPage } from './page-rows.ts';

/** The signed word about one page. */
export async function pageReceipt(
  context: ProvinceContext,
  deviceId: string,
  { documentId, bytes, state, reason }: TakenPage,
): Promise<SignedText> {
  const receipt: DocumentReceipt = documentReceiptSchema.parse({
    deviceId,
    documentId,
    bytes,
    state,
    reason,
    incarnation: await currentIncarnation(context.db),
    serverTime: context.now(),
  });
  return signedBy(context.keys.signing, DOCUMENT_RECEIPT_CONTEXT, receipt);
}

/** A receipt for each of these pages that is whole; an upload that ended a moment before a crash is settled here. */
export async function pageReceipts(
  context: ProvinceContext,
  deviceId: string,
  documentIds: readonly string[],
): Promise<SignedText[]> {
  const known = new Map((await findPages(context.db, deviceId, documentIds)).map((page) => [page.documentId, page]));
  const receipts: SignedText[] = [];
  for (const documentId of new Set(documentIds)) {
    const settled = known.has(documentId) ? undefined : await settleFragment(context, deviceId, documentId);
    const page = known.get(documentId) ?? (settled?.ok === true ? settled.value : undefined);
    if (page !== undefined) receipts.push(await pageReceipt(context, deviceId, page));
  }
  return receipts;
}
