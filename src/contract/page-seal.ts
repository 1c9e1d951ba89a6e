/**
 * Ciphertext of a page, the same bytes on the disk of a counter, on the line, in a bundle and at the province:
 * `u8 version | nonce | AES-256-GCM of the JPEG | tag`. Its SHA-256 is the page's identity; the key stands outside.
 */
export const PAGE_SEAL = { version: 1, nonceBytes: 12, tagBytes: 16, keyBytes: 32 } as const;

/** Additional data of the encryption (UTF-8): a page cannot be given out as another paper or another citizen's. */
export function pageSealContext(stream: string, kind: string): string {
  return `opop/page/${String(PAGE_SEAL.version)}\0${stream}\0${kind}`;
}
