import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { centralStateSchema } from '../../contract/feeds.ts';
import { uuidSchema } from '../../contract/primitives.ts';
import { createReceiptPage, type PageFacts } from '../receipt-page/build-page.ts';
import { findFinalReceiptPage } from '../receipt-page/final-receipt-page.ts';
import { findReceiptState } from '../receipt-page/receipt-state.ts';
import { findSlipState, slipStateSchema } from '../receipt-page/slip-state.ts';
import { revokedDevices } from '../enrolment/revoked-devices.ts';
import type { Province } from '../province.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';
import type { RouteLimits } from './device-routes.ts';

/** What anyone may know of a receipt: a state, nothing of a person. */
const receiptStateSchema = z.object({
  state: z.enum(['unknown', 'in-custody', 'decided', 'voided', 'under-examination']),
  central: centralStateSchema.nullable(),
});

/** Pages run what is in them and ask nothing from elsewhere, save the state of a receipt. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' data:",
  "style-src 'unsafe-inline'",
  'img-src blob: data:',
  'media-src blob:',
].join('; ');

async function pageFacts({ context }: Province): Promise<PageFacts> {
  const outlets = await context.db.selectFrom('outlet').select(['outlet_id', 'name']).execute();
  const revoked = await revokedDevices(context.db);
  return {
    rootKeys: [context.keys.root.publicKey],
    revokedKeys: revoked.map(({ signingKey }) => signingKey),
    stateUrl: `${context.settings.publicUrl}/v1/receipts`,
    slipUrl: `${context.settings.publicUrl}/v1/slips`,
    outlets: Object.fromEntries(outlets.map(({ outlet_id, name }) => [outlet_id, name])),
  };
}

function addPages(server: FastifyInstance, province: Province): void {
  const receiptPage = createReceiptPage();
  server.get('/t', { schema: { hide: true } }, async (_request, reply) => {
    const { publicUrl } = province.context.settings;
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', `${PAGE_POLICY}; connect-src 'self' ${publicUrl}`)
      .header('permissions-policy', 'camera=(self)')
      .header('x-content-type-options', 'nosniff')
      .send(receiptPage(await pageFacts(province)));
  });
  server.get<{ Params: { token: string } }>('/b/:token', { schema: { hide: true } }, async (request, reply) => {
    const page = await findFinalReceiptPage(province.context.db, request.params.token);
    if (page === undefined) throw new ProvinceRefusal('NOT_FOUND');
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .send(page);
  });
}

/** Routes without a signature. */
export function addPublicRoutes(server: FastifyInstance, province: Province, limits: RouteLimits): void {
  const { context } = province;
  addPages(server, province);
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/v1/receipts/:reference/state',
    {
      schema: {
        summary: 'State of a receipt by device and transaction id, or by entry hash; no personal data',
        params: z.object({ reference: z.string().regex(/^([0-9a-f-]{36}|[A-Za-z0-9_-]{43})$/) }),
        querystring: z.object({ device: uuidSchema.optional() }),
        response: { 200: receiptStateSchema, ...errorResponses },
      },
    },
    async (request, reply) => {
      if (!limits.receipts.take(request.ip)) throw new ProvinceRefusal('TOO_MANY_REQUESTS');
      // The page may have been saved to a phone: it asks from a file, which has no origin.
      void reply.header('access-control-allow-origin', '*').header('cache-control', 'no-store');
      return findReceiptState(context.db, request.params.reference, request.query.device);
    },
  );
  typed.get(
    '/v1/slips/:id/state',
    {
      schema: {
        summary: 'State of an arrival or an application by its id; no personal data',
        params: z.object({ id: uuidSchema }),
        response: { 200: z.object({ state: slipStateSchema }), ...errorResponses },
      },
    },
    async (request, reply) => {
      if (!limits.receipts.take(request.ip)) throw new ProvinceRefusal('TOO_MANY_REQUESTS');
      void reply.header('access-control-allow-origin', '*').header('cache-control', 'no-store');
      return { state: await findSlipState(context.db, request.params.id) };
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
