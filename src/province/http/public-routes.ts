import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { centralStateSchema } from '../../contract/feeds.ts';
import { findReceiptState } from '../receipt-page/receipt-state.ts';
import type { Province } from '../province.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';
import type { RouteLimits } from './device-routes.ts';

/** What anyone may know of a receipt: a state, nothing of a person. */
export const receiptStateSchema = z.object({
  state: z.enum(['unknown', 'in-custody', 'decided', 'voided', 'under-examination']),
  central: centralStateSchema.nullable(),
});

/** Routes without a signature. */
export function addPublicRoutes(server: FastifyInstance, { context }: Province, limits: RouteLimits): void {
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/v1/receipts/:reference/state',
    {
      schema: {
        summary: 'State of a receipt by transaction id or entry hash; no personal data',
        params: z.object({ reference: z.string().regex(/^([0-9a-f-]{36}|[A-Za-z0-9_-]{43})$/) }),
        response: { 200: receiptStateSchema, ...errorResponses },
      },
    },
    async (request, reply) => {
      if (!limits.receipts.take(request.ip)) throw new ProvinceRefusal('TOO_MANY_REQUESTS');
      // The page may have been saved to a phone: it asks from a file, which has no origin.
      void reply.header('access-control-allow-origin', '*').header('cache-control', 'no-store');
      return findReceiptState(context.db, request.params.reference);
    },
  );
  typed.get(
    '/healthz',
    {
      schema: {
        summary: 'Whether the province and its database answer',
        response: { 200: z.object({ ok: z.literal(true) }), ...errorResponses },
      },
    },
    async () => {
      await context.db.selectFrom('meta').select('key').limit(1).execute();
      return { ok: true as const };
    },
  );
}
