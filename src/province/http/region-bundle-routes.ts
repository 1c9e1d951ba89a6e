import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import {
  bundleAnswerPieceSchema,
  bundleAnswerRequestSchema,
  bundleLookRequestSchema,
  bundlePieceAnswerSchema,
  bundlePieceRequestSchema,
  bundleTakeRequestSchema,
  CARRIED_PIECE_BYTES,
} from '../../contract/region-bundles.ts';
import { dropCarried, heldBytes, putPiece, readAnswerPiece } from '../bundles/carried-files.ts';
import { lookAtBundle } from '../bundles/look-bundle.ts';
import { takeCarriedFile } from '../bundles/take-carried-file.ts';
import type { ProvinceContext } from '../province-context.ts';
import { signedHeaders } from './device-routes.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';
import { type Asking, told } from './region-asking.ts';

/** base64 of a piece in its JSON frame. */
const PIECE_BODY_BYTES = Math.ceil((CARRIED_PIECE_BYTES * 4) / 3) + 2048;

type Asked = (request: FastifyRequest, supervisorId: string) => Promise<Asking>;

/** "The journal comes first": a disk that runs full takes no further file. */
async function checkRoom({ pages, settings }: ProvinceContext): Promise<void> {
  if ((await pages.store.freeBytes()) < settings.pageMinFreeBytes) throw new ProvinceRefusal('BUSY');
}

/** The way in: whose a file is, and its bytes. */
function addIncoming(server: FastifyInstance, context: ProvinceContext, asking: Asked): void {
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/region/bundle-look',
    {
      schema: {
        summary: 'Whose bundle begins like this; nothing is stored',
        headers: signedHeaders,
        body: bundleLookRequestSchema,
        response: { 200: told('bundleLookAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      const { principals } = await asking(request, request.body.supervisorId);
      const looked = await lookAtBundle(context, principals, Buffer.from(request.body.head, 'base64'));
      return looked.ok ? { facts: looked.value, problem: null } : { facts: null, problem: looked.error };
    },
  );
  typed.post(
    '/v1/region/bundle-piece',
    {
      bodyLimit: PIECE_BODY_BYTES,
      schema: {
        summary: 'Bytes of a bundle, from where it stands; answers how far it is here',
        headers: signedHeaders,
        body: bundlePieceRequestSchema,
        response: { 200: bundlePieceAnswerSchema, ...errorResponses },
      },
    },
    async (request) => {
      const { supervisorId, file, bytes, offset, piece } = request.body;
      const { deviceId } = await asking(request, supervisorId);
      const of = { deviceId, file };
      const sent = Buffer.from(piece, 'base64');
      if (offset + sent.length > bytes) throw new ProvinceRefusal('BAD_REQUEST', 'piece');
      if (sent.length === 0) return { held: await heldBytes(context, of) };
      await checkRoom(context);
      return { held: await putPiece(context, of, offset, sent) };
    },
  );
}

/** Into custody, and the answer out. */
function addOutgoing(server: FastifyInstance, context: ProvinceContext, asking: Asked): void {
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/region/bundle-take',
    {
      schema: {
        summary: 'Takes a bundle of the region into custody and makes the answer for its device',
        headers: signedHeaders,
        body: bundleTakeRequestSchema,
        response: { 200: told('bundleTakeAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      const { supervisorId, file, withRegistry } = request.body;
      const { principals, deviceId } = await asking(request, supervisorId);
      const taken = await takeCarriedFile(context, principals, { deviceId, file, withRegistry });
      if (!taken.ok) throw new ProvinceRefusal('NOT_FOUND');
      return taken.value;
    },
  );
  typed.post(
    '/v1/region/bundle-answer',
    {
      schema: {
        summary: 'A piece of the answer; asked for its end, both files are let go',
        headers: signedHeaders,
        body: bundleAnswerRequestSchema,
        response: { 200: bundleAnswerPieceSchema, ...errorResponses },
      },
    },
    async (request) => {
      const { supervisorId, file, withRegistry, from } = request.body;
      const { deviceId } = await asking(request, supervisorId);
      const of = { deviceId, file, withRegistry };
      const piece = await readAnswerPiece(context, of, from);
      if (piece === undefined) throw new ProvinceRefusal('NOT_FOUND');
      if (piece.length === 0) await dropCarried(context, of);
      return { piece: Buffer.from(piece).toString('base64') };
    },
  );
}

/** Bundles that a supervisor brings to his office: for outlets of his, and nobody else's. */
export function addRegionBundleRoutes(server: FastifyInstance, context: ProvinceContext, asking: Asked): void {
  addIncoming(server, context, asking);
  addOutgoing(server, context, asking);
}
