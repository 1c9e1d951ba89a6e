import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { returnedPagesAnswerSchema, returnedPagesRequestSchema } from '../../contract/carried.ts';
import type { Province } from '../province.ts';
import { receiveReturnedPages } from '../restore/returned-pages.ts';
import { deviceOfRequest } from './device-auth.ts';
import { signedHeaders } from './device-routes.ts';
import { errorResponses } from './province-error.ts';

/** What a counter gives back after the province came back from an older backup. */
export function addReturnedPagesRoute(server: FastifyInstance, { context }: Province): void {
  server.withTypeProvider<ZodTypeProvider>().post(
    '/v1/returned-pages',
    {
      schema: {
        summary: 'Takes back signed pages of decisions that the province gave out and has lost',
        headers: signedHeaders,
        body: returnedPagesRequestSchema,
        response: { 200: returnedPagesAnswerSchema, ...errorResponses },
      },
    },
    async (request) => {
      const device = await deviceOfRequest(context, request);
      return receiveReturnedPages(context, device, request.body.pages);
    },
  );
}
