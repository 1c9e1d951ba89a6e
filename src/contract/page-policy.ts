/** What the page may load and reach, the same in every shell: its own files, and pictures that it made itself. */
const PAGE_CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer that a page or a file of it gets. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': PAGE_CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  'cache-control': 'no-store',
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  woff2: 'font/woff2',
};

/** One file of the page: its path under the page's folder, and what it is. */
export type PageFile = { readonly segments: readonly string[]; readonly contentType: string };

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // A torn percent sign names no file.
    return undefined;
  }
}

/**
 * Which file a path of an address names; `/` is `index.html`. Undefined for everything that is not plainly a file below
 * the page's folder: no `..`, no hidden name, no backslash, no drive, no kind that the page does not have.
 */
export function pageFileOf(pathname: string): PageFile | undefined {
  const path = decoded(pathname === '/' ? '/index.html' : pathname);
  if (path === undefined || !path.startsWith('/') || path.length > 300) return undefined;
  const segments = path.slice(1).split('/');
  if (!segments.every((segment) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment))) return undefined;
  const extension = /\.([a-z0-9]+)$/.exec(segments.at(-1) ?? '')?.[1] ?? '';
  const contentType = Object.hasOwn(CONTENT_TYPES, extension) ? CONTENT_TYPES[extension] : undefined;
  return contentType === undefined ? undefined : { segments, contentType };
}

/** The longest frame that a shell takes (bytes of JSON). */
export const FRAME_LIMIT_BYTES = 1_048_576;
