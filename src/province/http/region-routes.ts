import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import {
  regionDayEntriesRequestSchema,
  regionDayRequestSchema,
  regionDaysRequestSchema,
  regionDayTransactionsRequestSchema,
} from '../../contract/region-day.ts';
import { regionMonthRequestSchema, regionQueueRequestSchema, regionRequestSchema } from '../../contract/region.ts';
import { regionDecidedRequestSchema, regionOutcomesRequestSchema } from '../../contract/region-words.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import type { Province } from '../province.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readDayEntries } from '../region/day-entries.ts';
import { readDayList } from '../region/day-list.ts';
import { readDay } from '../region/day-page.ts';
import { readDaySales } from '../region/day-sales.ts';
import { readDecided } from '../region/decided.ts';
import { readMonth } from '../region/month.ts';
import { readOutcomes } from '../region/outcomes.ts';
import { readQueue } from '../region/queue.ts';
import { readRegion } from '../region/region-page.ts';
import { isInScope } from '../region/scope.ts';
import { signedHeaders } from './device-routes.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';
import { type Asking, askingOf, told } from './region-asking.ts';
import { addRegionBundleRoutes } from './region-bundle-routes.ts';
import { addRegionPaperRoutes } from './region-paper-routes.ts';

type OfDay = { readonly supervisorId: string; readonly outletId: string; readonly businessOn: LocalDate };

type Routes = {
  readonly server: FastifyInstance;
  readonly context: ProvinceContext;
  readonly asking: (request: FastifyRequest, supervisorId: string) => Promise<Asking>;
  /** A day of another region is refused before anything of it is read. */
  readonly askingOfDay: (request: FastifyRequest, of: OfDay) => Promise<Asking>;
};

function routesOf(server: FastifyInstance, { context }: Province): Routes {
  const asking: Routes['asking'] = (request, supervisorId) => askingOf(context, request, supervisorId);
  const askingOfDay: Routes['askingOfDay'] = async (request, { supervisorId, outletId, businessOn }) => {
    const asked = await asking(request, supervisorId);
    const isHis = await isInScope(context.db, asked.principals, { outletId, on: businessOn });
    if (!isHis) throw new ProvinceRefusal('OUT_OF_SCOPE');
    return asked;
  };
  return { server, context, asking, askingOfDay };
}

/** The region as a whole. */
function addOverviews({ server, context, asking }: Routes): void {
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/region',
    {
      schema: {
        summary: 'Outlets of a supervisor, worst first',
        headers: signedHeaders,
        body: regionRequestSchema,
        response: { 200: told('regionAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      const { principals } = await asking(request, request.body.supervisorId);
      return readRegion(context, principals, request.body);
    },
  );
  typed.post(
    '/v1/region/queue',
    {
      schema: {
        summary: 'What waits in the region for a word of a supervisor, oldest first',
        headers: signedHeaders,
        body: regionQueueRequestSchema,
        response: { 200: told('regionQueueAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      const { principals } = await asking(request, request.body.supervisorId);
      return readQueue(context, principals, request.body);
    },
  );
  typed.post(
    '/v1/region/month',
    {
      schema: {
        summary: 'A month per outlet, beneficiary and regency, beside the signed days of it',
        headers: signedHeaders,
        body: regionMonthRequestSchema,
        response: { 200: told('regionMonthAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      const { principals } = await asking(request, request.body.supervisorId);
      return readMonth(context, principals, request.body);
    },
  );
}

/** Days as they are listed, and what became of words on them. */
function addDays({ server, context, asking }: Routes): void {
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/region/days',
    {
      schema: {
        summary: 'Days of the region: of a date, or those that wait for a signature',
        headers: signedHeaders,
        body: regionDaysRequestSchema,
        response: { 200: told('regionDaysAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      const { principals } = await asking(request, request.body.supervisorId);
      return readDayList(context, principals, request.body);
    },
  );
  typed.post(
    '/v1/region/outcomes',
    {
      schema: {
        summary: 'What became of words of this device, asked as often as one likes',
        headers: signedHeaders,
        body: regionOutcomesRequestSchema,
        response: { 200: told('regionOutcomesAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      const { deviceId } = await asking(request, request.body.supervisorId);
      return readOutcomes(context, deviceId, request.body.hashes);
    },
  );
  typed.post(
    '/v1/region/decided',
    {
      schema: {
        summary: 'What other supervisors decided in the scope of this one since it was asked last',
        headers: signedHeaders,
        body: regionDecidedRequestSchema,
        response: { 200: told('regionDecidedAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      const { principals } = await asking(request, request.body.supervisorId);
      return readDecided(context, principals, request.body.cursor);
    },
  );
}

/** One day of an outlet, and the pages of it. */
function addOneDay({ server, context, askingOfDay }: Routes): void {
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/region/day',
    {
      schema: {
        summary: 'One day of an outlet: sessions, axes, five-way match, findings, parts and signatures',
        headers: signedHeaders,
        body: regionDayRequestSchema,
        response: { 200: told('regionDayAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      const { supervisorId, outletId, businessOn } = request.body;
      await askingOfDay(request, request.body);
      const day = await readDay(context, supervisorId, { outletId, businessOn });
      if (day === undefined) throw new ProvinceRefusal('NOT_FOUND');
      return day;
    },
  );
  typed.post(
    '/v1/region/day-transactions',
    {
      schema: {
        summary: 'Sales of a day with their five axes, in the order in which they came',
        headers: signedHeaders,
        body: regionDayTransactionsRequestSchema,
        response: { 200: told('regionDayTransactionsAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      await askingOfDay(request, request.body);
      return readDaySales(context.db, request.body, request.body);
    },
  );
  typed.post(
    '/v1/region/day-entries',
    {
      schema: {
        summary: 'Items of a day with their ledger lines and the part that each is signed with',
        headers: signedHeaders,
        body: regionDayEntriesRequestSchema,
        response: { 200: told('regionDayEntriesAnswer'), ...errorResponses },
      },
    },
    async (request) => {
      await askingOfDay(request, request.body);
      return readDayEntries(context.db, request.body, request.body);
    },
  );
}

/** What a supervisor sees of his region. Each question finds out on its own who asks and what is his. */
export function addRegionRoutes(server: FastifyInstance, province: Province): void {
  const routes = routesOf(server, province);
  addOverviews(routes);
  addDays(routes);
  addOneDay(routes);
  addRegionPaperRoutes(server, province);
  addRegionBundleRoutes(server, province.context, routes.asking);
}
