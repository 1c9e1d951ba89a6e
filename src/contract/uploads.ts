import { z } from 'zod';
import { hashSchema, instantSchema, jweSchema, keyIdSchema, signedTextSchema, uuidSchema } from './primitives.ts';
import { documentKindSchema } from './entry-bodies-documents.ts';

/** Path under which pages are sent by tus 1.0; each upload is created with `uploadMetadataSchema`. */
export const UPLOADS_PATH = '/v1/uploads';
/** No page in safe keeping is longer. */
export const PAGE_MAX_BYTES = 2 * 1024 * 1024;

/** tus `Upload-Metadata` of one page, by key. The page key is sealed to the province and stands outside the identity. */
export const uploadMetadataSchema = z.object({
  documentId: hashSchema,
  stream: uuidSchema,
  kind: documentKindSchema,
  /** JWE of the 32 bytes of the page key. */
  pageKey: jweSchema,
  sealedTo: keyIdSchema,
});
export type UploadMetadata = Readonly<z.infer<typeof uploadMetadataSchema>>;

/** Signature context of `documentReceiptSchema`. */
export const DOCUMENT_RECEIPT_CONTEXT = 'opop/document/1\0';

/** The province's signed word about one page: only after `stored` may the counter let its bytes go. */
export const documentReceiptSchema = z.object({
  deviceId: uuidSchema,
  documentId: hashSchema,
  bytes: z.int().positive(),
  state: z.enum(['stored', 'refused']),
  /** Why it was refused: what was decrypted is no picture, too large, cannot be opened. */
  reason: z.enum(['NOT_A_PICTURE', 'TOO_LARGE', 'KEY_UNUSABLE']).nullable(),
  incarnation: uuidSchema,
  serverTime: instantSchema,
});
export type DocumentReceipt = Readonly<z.infer<typeof documentReceiptSchema>>;

/** `GET /v1/documents?ids=…` (at most 50): a receipt for each page that is whole; the others are not known yet. */
export const documentReceiptsSchema = z.object({ receipts: z.array(signedTextSchema).max(50) });
