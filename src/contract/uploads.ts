import { z } from 'zod';
import { documentKindSchema } from './entry-bodies-documents.ts';
import {
  hashSchema,
  instantSchema,
  jweSchema,
  keyIdSchema,
  officerIdSchema,
  signatureSchema,
  signedTextSchema,
  textSchema,
  uuidSchema,
} from './primitives.ts';
import { requestSigningText } from './sync-protocol.ts';

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

/** SHA-256 (base64url) of no bytes at all. */
const EMPTY_BODY_HASH = '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU';

/** Headers of an upload request that its signature covers, in this order. */
const SIGNED_UPLOAD_HEADERS = ['upload-offset', 'upload-length', 'upload-metadata'] as const;

/**
 * What a device signs for one tus request: the text of every signed request with the hash of an empty body, then the headers
 * above, each on a line of its own and empty where it is not there. Bytes of a page are covered by its identity: they come in
 * pieces that a cut may end anywhere.
 */
export function uploadSigningText(
  request: { readonly method: string; readonly path: string; readonly token: string },
  headers: Readonly<Record<string, string | undefined>>,
): string {
  const covered = SIGNED_UPLOAD_HEADERS.map((name) => headers[name] ?? '');
  return [requestSigningText(request.method, request.path, EMPTY_BODY_HASH, request.token), ...covered].join('\n');
}

/** Signature context of a page that travels in a file: its device's over `uploadMetadataSchema` as canonical JSON. */
export const CARRIED_PAGE_CONTEXT = 'opop/carried-page/1\0';

/** Head of a document frame: what its device signed about the page. Who carries a page is not who took it. */
export const carriedPageHeadSchema = z.object({ text: z.string().max(66_000), sig: signatureSchema });

/** `POST /v1/documents/open`: a supervisor of the outlet looks at a page; the answer is a JPEG made from its pixels. */
/** The same page for a counter, which reads no bytes off the line: JPEG, base64. */
export const openedDocumentSchema = z.object({ picture: z.base64() });

export const openDocumentRequestSchema = z.object({
  documentId: hashSchema,
  officerId: officerIdSchema,
  reason: textSchema(200).min(3),
});
