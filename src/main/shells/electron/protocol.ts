import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { protocol } from 'electron';
import { PAGE_HEADERS, pageFileOf } from '../../../contract/page-policy.ts';

const SCHEME = 'loket';
const PAGE_HOST = 'app';

/** Where the page comes from, and the only place that may call the bridge. */
export const PAGE_ORIGIN = `${SCHEME}://${PAGE_HOST}`;
/** The address of the page. */
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

/** Gives the scheme the rights of an ordinary secure site, no more; must be called before the program is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: false, bypassCSP: false },
    },
  ]);
}

const notFound = (): Response => new Response('Tidak ada.\n', { status: 404, headers: PAGE_HEADERS });

async function answerPage(request: Request, pageFolder: string): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  const file = host === PAGE_HOST && request.method === 'GET' ? pageFileOf(pathname) : undefined;
  if (file === undefined) return notFound();
  let bytes: Buffer<ArrayBuffer>;
  try {
    bytes = await readFile(join(pageFolder, ...file.segments));
  } catch {
    // Not there, or a folder: no listing, no reason.
    return notFound();
  }
  return new Response(bytes, { headers: { ...PAGE_HEADERS, 'content-type': file.contentType } });
}

/** Serves the built page under `loket://app/`; nothing outside its folder can be named. */
export function servePage(pageFolder: string): void {
  protocol.handle(SCHEME, (request) => answerPage(request, pageFolder));
}
