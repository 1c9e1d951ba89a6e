import { brotliDecompress, gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProvinceRefusal } from './province-error.ts';

/** On the line; a push is at most 512 KiB before compression, its body keys come on top. */
const MAX_SENT_BYTES = 1024 * 1024;
/** After unpacking, unless the route takes more: a small packet of a large nothing ends here. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes of the body after unpacking, as the request signature covers them. */
    rawBody: Buffer;
  }
}

type Packing = 'gzip' | 'br';
type Unpacker = (
  bytes: Buffer,
  limits: { readonly maxOutputLength: number },
  done: (error: Error | null, plain: Buffer) => void,
) => void;

/** How a body may be packed. */
const UNPACKERS: Readonly<Record<Packing, Unpacker>> = { gzip: gunzip, br: brotliDecompress };

const isPacking = (encoding: string): encoding is Packing => Object.hasOwn(UNPACKERS, encoding);

function unpack(bytes: Buffer, packing: Packing, routeLimit: number): Promise<Buffer> {
  const maxOutputLength = Math.max(MAX_BODY_BYTES, routeLimit);
  return new Promise((done, fail) => {
    UNPACKERS[packing](bytes, { maxOutputLength }, (error, plain) => {
      if (error === null) done(plain);
      else
        fail(
          new ProvinceRefusal('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? 'TOO_LARGE' : 'BAD_REQUEST'),
        );
    });
  });
}

async function parseBody(request: FastifyRequest, bytes: Buffer): Promise<unknown> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && !isPacking(encoding)) throw new ProvinceRefusal('BAD_REQUEST', 'content-encoding');
  const plain = isPacking(encoding) ? await unpack(bytes, encoding, request.routeOptions.bodyLimit) : bytes;
  request.rawBody = plain;
  if (plain.length === 0) return undefined;
  try {
    return JSON.parse(plain.toString('utf8'));
  } catch {
    throw new ProvinceRefusal('BAD_REQUEST');
  }
}

/** JSON bodies, plain or packed by gzip or brotli, whose very bytes stay at hand for the signature. */
export function acceptJsonBodies(server: FastifyInstance): void {
  server.decorateRequest('rawBody', null as unknown as Buffer); // a reference type may not be shared: set per request below
  server.addHook('onRequest', async (request) => {
    request.rawBody = Buffer.alloc(0);
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: MAX_SENT_BYTES },
    (request: FastifyRequest, bytes: Buffer) => parseBody(request, bytes),
  );
}
