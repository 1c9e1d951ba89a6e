import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

/** Answers below this size travel as they are: gzip would only add bytes. */
const GZIP_FROM_BYTES = 1_400;

const gzipBytes = promisify(gzip);

/** Whether the caller takes gzip; a preference of zero is a refusal. */
const takesGzip = (header: string | string[] | undefined): boolean =>
  /(^|[,\s])gzip(?!\s*;\s*q=0(\.0*)?\s*(,|$))/u.test(String(header ?? ''));

/** Long JSON answers travel as gzip to whoever takes it: a feed page on a weak line is a matter of minutes. */
export function compressAnswers(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    const isJson = String(reply.getHeader('content-type') ?? '').startsWith('application/json');
    if (!isJson || typeof payload !== 'string' || payload.length < GZIP_FROM_BYTES) return payload;
    void reply.header('vary', 'accept-encoding');
    if (!takesGzip(request.headers['accept-encoding'])) return payload;
    const packed = await gzipBytes(payload);
    void reply.header('content-encoding', 'gzip').header('content-length', packed.length);
    return packed;
  });
}
