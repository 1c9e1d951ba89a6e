import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { regionDayPaperRequestSchema } from '../../contract/day-paper.ts';
import { regionQualityRequestSchema, regionSignalsRequestSchema } from '../../contract/region-insight.ts';
import type { Province } from '../province.ts';
import { readDayPaper } from '../region/day-paper.ts';
import { readQuality } from '../region/quality.ts';
import { isInScope } from '../region/scope.ts';
import { readSignals } from '../region/signals.ts';
import { signedHeaders } from './device-routes.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';
import { askingOf, told } from './region-asking.ts';

/** The Berita Acara of a day, or of one of its supplements. */
function addPapers(server: FastifyInstance, { context }: Province): void {
  server.withTypeProvider<ZodTypeProvider>().post(
    '/v1/region/day-paper',
    {
      schema: {
        summary: 'What stands on the paper of a part of a day, unchanged once it is signed',
        headers: signedHeaders,
        body: regionDayPaperRequestSchema,
        response: { 200: told('regionDayPaperAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      const { supervisorId, outletId, businessOn, part } = request.body;
      const { principals } = await askingOf(context, request, supervisorId);
      const isHis = await isInScope(context.db, principals, { outletId, on: businessOn });
      if (!isHis) throw new ProvinceRefusal('OUT_OF_SCOPE');
      const paper = await readDayPaper(context, { outletId, businessOn }, part);
      if (paper === undefined) throw new ProvinceRefusal('NOT_FOUND');
      return paper;
    },
  );
}

/** What is worth a look in the region, and how it serves. */
function addInsight(server: FastifyInstance, { context }: Province): void {
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/region/signals',
    {
      schema: {
        summary: 'Questions that the newest days of the region raise, the gravest kind first',
        headers: signedHeaders,
        body: regionSignalsRequestSchema,
        response: { 200: told('regionSignalsAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      const { principals } = await askingOf(context, request, request.body.supervisorId);
      return readSignals(context, principals, request.body);
    },
  );
  typed.post(
    '/v1/region/quality',
    {
      schema: {
        summary: 'How outlets served, week by week, by name',
        headers: signedHeaders,
        body: regionQualityRequestSchema,
        response: { 200: told('regionQualityAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      const { principals } = await askingOf(context, request, request.body.supervisorId);
      return readQuality(context, principals, request.body);
    },
  );
}

/** What leaves a region as a paper, and what is counted of it over weeks. */
export function addRegionPaperRoutes(server: FastifyInstance, province: Province): void {
  addPapers(server, province);
  addInsight(server, province);
}
