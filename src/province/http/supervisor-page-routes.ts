import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { pageSignedInSchema, pageSignInSchema, pageWordSchema } from '../../contract/supervisor-page.ts';
import type { Province } from '../province.ts';
import { readPageFiles } from '../supervisor-page/page-files.ts';
import { signInPage, takePageWord } from '../supervisor-page/supervisor-pages.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';
import type { RateLimit } from './rate-limit.ts';

/** Nothing but its own files and its own province: no text in the page is ever run. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page of a supervisor's telephone, its first sign-in, and what it approved. */
export function addSupervisorPageRoutes(server: FastifyInstance, { context }: Province, limit: RateLimit): void {
  for (const [address, { type, text }] of readPageFiles()) {
    server.get(address, { schema: { hide: true } }, async (_request, reply) =>
      reply
        .type(type)
        .header('content-security-policy', PAGE_POLICY)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer')
        .header('cache-control', 'no-cache')
        // The worker lies below the page that it keeps.
        .header('service-worker-allowed', '/kode')
        .send(text),
    );
  }
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/supervisor-page',
    {
      schema: {
        summary: 'Opens a supervisor’s page with a code that works once; answers the keys of the counters under him',
        body: pageSignInSchema,
        response: { 200: pageSignedInSchema, ...errorResponses },
      },
    },
    async (request, reply) => {
      if (!limit.take(request.ip)) throw new ProvinceRefusal('TOO_MANY_REQUESTS');
      const opened = await signInPage(context, request.body);
      if (!opened.ok) throw new ProvinceRefusal(opened.error);
      void reply.header('cache-control', 'no-store');
      return opened.value;
    },
  );
  typed.post(
    '/v1/supervisor-page/words',
    {
      schema: {
        summary: 'Takes a supervisor’s word, signed by the key of his page, that he approved a request',
        body: pageWordSchema,
        response: { 200: z.object({ ok: z.literal(true) }), ...errorResponses },
      },
    },
    async (request) => {
      if (!limit.take(request.ip)) throw new ProvinceRefusal('TOO_MANY_REQUESTS');
      const taken = await takePageWord(context, request.body);
      if (!taken.ok) throw new ProvinceRefusal(taken.error);
      return { ok: true as const };
    },
  );
}
