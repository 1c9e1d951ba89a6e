import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FileStore } from '@tus/file-store';
import { Server as TusServer } from '@tus/server';
import { PAGE_MAX_BYTES, UPLOADS_PATH } from '../../contract/uploads.ts';
import { fragmentName, settleFragment } from '../documents/fragments.ts';
import type { ProvinceContext } from '../province-context.ts';
import { errorAnswer } from './province-error.ts';

/** Whose page a request carries; found out before the upload library sees it. */
export type UploadOf = { readonly deviceId: string; readonly documentId: string };

/** tus: "the checksum of the bytes does not match". */
const CHECKSUM_MISMATCH = 460;
/** What the library says of a status in our own words; the status is what a tus client reads. */
const codeOf = (status: number) => {
  if (status === 413) return 'TOO_LARGE' as const;
  if (status === 404 || status === 410) return 'NOT_FOUND' as const;
  return status >= 500 ? ('INTERNAL' as const) : ('BAD_REQUEST' as const);
};

/** What the library writes as an answer when it is thrown; the names are its own. */
class NotThatPage extends Error {
  override readonly name = 'NotThatPage';
  readonly status_code = CHECKSUM_MISMATCH;
  readonly body: string;

  constructor(reason: string) {
    super(reason);
    this.body = JSON.stringify(errorAnswer('BAD_REQUEST', reason).body);
  }
}

/** Handles a request whose device is known; the answer is written to the raw response. */
export type UploadServer = (of: UploadOf, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Ends an upload that is whole. Its page is settled here or, where that fails now, when its receipt is asked for. */
async function finish(context: ProvinceContext, { deviceId, documentId }: UploadOf): Promise<void> {
  const settled = await settleFragment(context, deviceId, documentId).catch((error: unknown) => {
    context.log('warn', 'PAGE_WAITS', { device: deviceId, error: String(error).slice(0, 200) });
    return undefined;
  });
  if (settled?.ok !== false) return;
  context.log('warn', 'PAGE_THROWN_AWAY', { device: deviceId, reason: settled.error });
  throw new NotThatPage(settled.error);
}

/** tus 1.0 over the folder of fragments. One upload per device and page; who it is comes with the request, not from it. */
export function createUploadServer(context: ProvinceContext): UploadServer {
  const directory = context.pages.store.fragments;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const callers = new WeakMap<object, UploadOf>();
  const ofRequest = (request: { readonly runtime?: { readonly node?: { readonly req?: object } } }): UploadOf => {
    const raw = request.runtime?.node?.req;
    const found = raw === undefined ? undefined : callers.get(raw);
    if (found === undefined) throw new Error('an upload without its device');
    return found;
  };
  const nameOf = ({ deviceId, documentId }: UploadOf): string => fragmentName(deviceId, documentId);
  const tus = new TusServer({
    path: UPLOADS_PATH,
    datastore: new FileStore({ directory }),
    maxSize: PAGE_MAX_BYTES,
    relativeLocation: true,
    // No page of a browser has a business here.
    allowedOrigins: [],
    namingFunction: (request) => nameOf(ofRequest(request)),
    getFileIdFromRequest: (request) => nameOf(ofRequest(request)),
    generateUrl: (request, { path }) => `${path}/${ofRequest(request).documentId}`,
    onUploadFinish: async (request) => {
      await finish(context, ofRequest(request));
      return {};
    },
    onResponseError: (_request, error) => {
      const status = 'status_code' in error ? error.status_code : 500;
      if (error instanceof NotThatPage) return error;
      if (status >= 500) context.log('error', 'UPLOAD_FAILED', { error: String('body' in error ? error.body : error) });
      return { status_code: status, body: JSON.stringify(errorAnswer(codeOf(status)).body) };
    },
  });
  return async (of, request, response) => {
    callers.set(request, of);
    await tus.handle(request, response);
  };
}
