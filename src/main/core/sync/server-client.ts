import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { brotliCompressSync, constants } from 'node:zlib';
import type { LinePort } from '../ports.ts';

/** Bodies below this size travel as they are: packing would only add bytes. */
const PACKED_FROM_BYTES = 500;
/** A tenth smaller than gzip's usual level in about the same time, a few ms for a full push. */
const QUALITY = 5;

/** The body as brotli packs it. */
function packed(body: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }));
}

/** The only place in the counter that touches a network: one HTTP exchange, or why there was none. */
export function createServerClient(fetchNow: typeof fetch = fetch): LinePort {
  return {
    exchange: async ({ method, url, headers, body, timeoutMs, signal }) => {
      const isText = typeof body === 'string';
      const isLarge = isText && Buffer.byteLength(body) >= PACKED_FROM_BYTES;
      const payload = isText && isLarge ? packed(body) : isText || body === null ? body : new Uint8Array(body);
      try {
        const response = await fetchNow(url, {
          method,
          body: payload,
          redirect: 'error', // a captive portal redirects; the province never does
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
          headers: {
            ...(isText ? { 'content-type': 'application/json' } : {}),
            ...(isLarge ? { 'content-encoding': 'br' } : {}),
            ...headers,
          },
        });
        const text = await response.text();
        return {
          ok: true,
          answer: { status: response.status, body: text, headers: Object.fromEntries(response.headers) },
        };
      } catch (error) {
        return { ok: false, reason: reasonOf(error) };
      }
    },
  };
}

/** One authority more than this system believes, for every exchange of this program from now on. */
export function trustOnThisLine(pem: string): void {
  setDefaultCACertificates([...getCACertificates('default'), pem]);
}

/** A code for the log and the screen, never an address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if (error.name === 'TimeoutError') return 'TIMEOUT';
  if (error.name === 'AbortError') return 'ABORTED';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return 'NO_CONNECTION';
}
