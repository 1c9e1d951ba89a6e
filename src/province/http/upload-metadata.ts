import { PAGE_MAX_BYTES, type UploadMetadata, uploadMetadataSchema } from '../../contract/uploads.ts';
import { ProvinceRefusal } from './province-error.ts';

/** The longest header line of metadata that is read: a sealed key is the longest of it. */
const LONGEST = 16_000;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

function pairsOf(header: string): Readonly<Record<string, string>> | undefined {
  const pairs = header.split(',').map((pair) => pair.trim().split(' '));
  const isWellFormed = pairs.every(([key, value, more]) => key && BASE64.test(value ?? '') && more === undefined);
  if (!isWellFormed || new Set(pairs.map(([key]) => key)).size !== pairs.length) return undefined;
  return Object.fromEntries(
    pairs.map(([key, value]): [string, string] => [key ?? '', Buffer.from(value ?? '', 'base64').toString('utf8')]),
  );
}

/** `Upload-Metadata` of a page. Refuses with BAD_REQUEST what is not of its shape. */
export function readUploadMetadata(header: unknown): UploadMetadata {
  const pairs = typeof header === 'string' && header.length <= LONGEST ? pairsOf(header) : undefined;
  const metadata = uploadMetadataSchema.safeParse(pairs);
  if (!metadata.success) throw new ProvinceRefusal('BAD_REQUEST', 'upload-metadata');
  return metadata.data;
}

/** `Upload-Length` of a page, in bytes; it must be told at the beginning. */
export function readUploadLength(header: unknown): number {
  const length = typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : 0;
  if (length === 0) throw new ProvinceRefusal('BAD_REQUEST', 'upload-length');
  if (length > PAGE_MAX_BYTES) throw new ProvinceRefusal('TOO_LARGE', 'upload-length');
  return length;
}
