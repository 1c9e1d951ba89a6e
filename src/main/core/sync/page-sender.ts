import { DetailedError, type HttpRequest, type HttpResponse, type HttpStack, Upload } from 'tus-js-client';
import { UPLOADS_PATH, type UploadMetadata } from '../../../contract/uploads.ts';
import type { LineAnswer } from '../ports.ts';
import type { LineFault, Link } from './link.ts';

/** One page as it is sent. */
export type PageToSend = {
  readonly metadata: UploadMetadata;
  readonly bytes: Uint8Array;
  /** True when an earlier try may have left something: the province is asked how far it is. */
  readonly begunBefore: boolean;
};

export type SenderDeps = {
  readonly link: Pick<Link, 'upload'>;
  /** Asked before bytes leave: money first, and no more than the cap. Answers how many may leave in one piece. */
  readonly admit: (bytes: number, signal: AbortSignal) => Promise<void>;
  /** Bytes of the next piece. */
  readonly pieceBytes: () => number;
  readonly onPiece: (sent: { readonly bytes: number; readonly tookMs: number; readonly offset: number }) => void;
  readonly monoMs: () => number;
};

/** How a try ended: every byte is there, or why not. */
export type SendEnd = { readonly end: 'sent' } | { readonly end: 'fault'; readonly fault: LineFault };

/** The library wants whole addresses; the link knows where the province is. */
const ORIGIN = 'http://province.invalid';
/** A piece that takes longer has failed: half of it is kept over there. */
const PIECE_TIMEOUT_MS = 60_000;

/** Carries the fault of the line through the library. */
class LineFailed extends Error {
  override readonly name = 'LineFailed';
  readonly fault: LineFault;

  constructor(fault: LineFault) {
    super(fault.detail);
    this.fault = fault;
  }
}

const responseOf = (answer: LineAnswer): HttpResponse => ({
  getStatus: () => answer.status,
  getHeader: (name) => answer.headers[name.toLowerCase()],
  getBody: () => answer.body,
  getUnderlyingObject: () => answer,
});

const isUploadMethod = (method: string): method is 'POST' | 'HEAD' | 'PATCH' =>
  method === 'POST' || method === 'HEAD' || method === 'PATCH';

/** The library's requests over our own line: signed, one at a time, with a limit. */
function stackOver({ link, admit, onPiece, monoMs }: SenderDeps, signal: AbortSignal): HttpStack {
  return {
    getName: () => 'opop-line',
    createRequest: (method, url): HttpRequest => {
      const headers: Record<string, string> = {};
      const held: { handler: (bytes: number) => void } = { handler: () => undefined };
      return {
        getMethod: () => method,
        getURL: () => url,
        setHeader: (name, value) => {
          headers[name.toLowerCase()] = value;
        },
        getHeader: (name) => headers[name.toLowerCase()],
        setProgressHandler: (handler) => {
          held.handler = handler;
        },
        send: async (sent: unknown) => {
          if (!isUploadMethod(method)) throw new Error(`no ${method} belongs to a page`);
          const body = sent instanceof Uint8Array ? sent : null;
          if (body !== null) await admit(body.length, signal);
          const path = new URL(url).pathname;
          const at = monoMs();
          const answer = await link.upload({ method, path, headers, body, timeoutMs: PIECE_TIMEOUT_MS, signal });
          if (!answer.ok) throw new LineFailed(answer.error);
          const offset = Number(answer.value.headers['upload-offset'] ?? Number.NaN);
          if (body !== null && Number.isSafeInteger(offset)) {
            held.handler(body.length);
            onPiece({ bytes: body.length, tookMs: monoMs() - at, offset });
          }
          return responseOf(answer.value);
        },
        abort: async () => undefined,
        getUnderlyingObject: () => null,
      };
    },
  };
}

/** What the province says against a page in the tongue of tus; undefined for what is neither its word nor the line's. */
function faultOf(error: Error): LineFault | undefined {
  if (error instanceof LineFailed) return error.fault;
  if (!(error instanceof DetailedError)) return undefined;
  if (error.causingError instanceof LineFailed) return error.causingError.fault;
  const status = error.originalResponse?.getStatus();
  return { fault: 'refused', detail: status === undefined ? 'UPLOAD_ANSWER' : `UPLOAD_${String(status)}` };
}

/**
 * Sends one page by tus 1.0, from where the province says that it is. A cut costs what was under way of one piece. The
 * retry is the caller's, who also serves the money.
 */
export function sendPage(deps: SenderDeps, page: PageToSend, signal: AbortSignal): Promise<SendEnd> {
  const { metadata, bytes, begunBefore } = page;
  return new Promise((resolve, reject) => {
    const fail = (fault: LineFault): void => resolve({ end: 'fault', fault });
    const upload = new Upload(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      endpoint: ORIGIN + UPLOADS_PATH,
      uploadUrl: begunBefore ? `${ORIGIN}${UPLOADS_PATH}/${metadata.documentId}` : null,
      fingerprint: async () => metadata.documentId,
      storeFingerprintForResuming: false,
      uploadDataDuringCreation: true,
      uploadSize: bytes.length,
      chunkSize: deps.pieceBytes(),
      retryDelays: null,
      metadata: { ...metadata },
      httpStack: stackOver(deps, signal),
      onChunkComplete: () => {
        upload.options.chunkSize = deps.pieceBytes();
      },
      onSuccess: () => resolve({ end: 'sent' }),
      onError: (error) => {
        const fault = faultOf(error);
        if (fault === undefined) reject(error);
        else fail(fault);
      },
    });
    signal.addEventListener('abort', () => fail({ fault: 'no-line', detail: 'ABORTED' }), { once: true });
    upload.start();
  });
}
