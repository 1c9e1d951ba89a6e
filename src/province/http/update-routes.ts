import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { offeredUpdateSchema, updateFactsSchema, updatePieceSchema } from '../../contract/update.ts';
import type { Province } from '../province.ts';
import { findUpdate, readPiece } from '../updates/shelf.ts';
import { deviceOfRequest } from './device-auth.ts';
import { signedHeaders } from './device-routes.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';

const nameSchema = updateFactsSchema.pick({ platform: true, version: true });

/** The program's next version, for counters: what was signed, and its bytes piece by piece. */
export function addUpdateRoutes(server: FastifyInstance, { context }: Province): void {
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/v1/updates/:platform/:version',
    {
      schema: {
        summary: "The signed manifest of a version of the counter's program",
        headers: signedHeaders,
        params: nameSchema,
        response: { 200: offeredUpdateSchema, ...errorResponses },
      },
    },
    async (request) => {
      await deviceOfRequest(context, request);
      const manifest = await findUpdate(context, request.params);
      if (manifest === undefined) throw new ProvinceRefusal('NOT_FOUND');
      return { manifest };
    },
  );
  typed.get(
    '/v1/updates/:platform/:version/bytes',
    {
      schema: {
        summary: 'A piece of the archive, from a byte on; the manifest proves the whole',
        headers: signedHeaders,
        params: nameSchema,
        querystring: z.object({ from: z.coerce.number().int().nonnegative() }),
        response: { 200: updatePieceSchema, ...errorResponses },
      },
    },
    async (request) => {
      await deviceOfRequest(context, request);
      if ((await findUpdate(context, request.params)) === undefined) throw new ProvinceRefusal('NOT_FOUND');
      return { bytes: (await readPiece(context, request.params, request.query.from)).toString('base64') };
    },
  );
}
