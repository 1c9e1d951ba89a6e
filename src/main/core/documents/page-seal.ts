import { createHash } from 'node:crypto';
import { PAGE_SEAL, pageSealContext } from '../../../contract/page-seal.ts';
import { openBytes, sealBytes } from '../device/column-cipher.ts';
import type { RandomPort } from '../ports.ts';

/** Where a page belongs: bound into its ciphertext. */
export type PagePlace = { readonly stream: string; readonly kind: string };

/** A page as its file holds it, and what it is known by. */
export type SealedPage = { readonly bytes: Buffer; readonly documentId: string; readonly pageKey: Uint8Array };

/** SHA-256 of a page's ciphertext, base64url: its identity (OPOP-Sync/1 10.1). */
export function documentIdOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

/** Seals a page under a key that is used once. */
export function sealPage(jpeg: Uint8Array, { stream, kind }: PagePlace, random: RandomPort): SealedPage {
  const pageKey = random.bytes(PAGE_SEAL.keyBytes);
  const sealed = sealBytes(pageKey, random.bytes(PAGE_SEAL.nonceBytes), jpeg, pageSealContext(stream, kind));
  const bytes = Buffer.concat([Buffer.from([PAGE_SEAL.version]), sealed]);
  return { bytes, documentId: documentIdOf(bytes), pageKey };
}

/** The JPEG inside; undefined when key, place, version or a single bit is another. */
export function openPage(bytes: Uint8Array, { stream, kind }: PagePlace, pageKey: Uint8Array): Buffer | undefined {
  if (bytes[0] !== PAGE_SEAL.version) return undefined;
  return openBytes(pageKey, bytes.subarray(1), pageSealContext(stream, kind));
}

const wrapContext = (stream: string): string => `opop/page-key/1\0${stream}`;

/** What the view key of a stream keeps of a page: its key, and the look by which it is known again. */
export type WrappedPage = { readonly pageKey: Uint8Array; readonly look: Uint8Array };

/** Wraps a page key under the view key of its stream; base64url. */
export function wrapPage(viewKey: Uint8Array, stream: string, page: WrappedPage, random: RandomPort): string {
  const plain = Buffer.concat([page.pageKey, page.look]);
  return sealBytes(viewKey, random.bytes(PAGE_SEAL.nonceBytes), plain, wrapContext(stream)).toString('base64url');
}

/** The inverse of `wrapPage`; undefined when it was wrapped under another key or for another stream. */
export function unwrapPage(viewKey: Uint8Array, stream: string, wrapped: string): WrappedPage | undefined {
  const plain = openBytes(viewKey, Buffer.from(wrapped, 'base64url'), wrapContext(stream));
  if (plain === undefined) return undefined;
  return { pageKey: plain.subarray(0, PAGE_SEAL.keyBytes), look: plain.subarray(PAGE_SEAL.keyBytes) };
}
