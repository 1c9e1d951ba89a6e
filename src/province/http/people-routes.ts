import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import {
  peopleActRequestSchema,
  peopleAnnouncementsRequestSchema,
  peopleCodesRequestSchema,
  peopleOfficersRequestSchema,
  peopleReadersRequestSchema,
} from '../../contract/people.ts';
import { actOnPeople } from '../people/act-on-people.ts';
import { readAnnounced, readReaders } from '../people/announcement-list.ts';
import { readCodes } from '../people/code-list.ts';
import { readOfficers } from '../people/officer-list.ts';
import type { Province } from '../province.ts';
import { signedHeaders } from './device-routes.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';
import { askingOf, told } from './region-asking.ts';

const answers = (name: string) => ({ 200: told(name), ...errorResponses });
const headers = signedHeaders;

/** What a supervisor tells his outlets, and who has read it. */
function addAnnouncementRoutes(server: FastifyInstance, { context }: Province): void {
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/people/announcements',
    {
      schema: {
        summary: 'What the supervisor told his outlets, with how many people have read it',
        headers,
        body: peopleAnnouncementsRequestSchema,
        response: answers('peopleAnnouncementsAnswer'),
      },
    },
    async (request) => {
      const { principals } = await askingOf(context, request, request.body.supervisorId);
      return readAnnounced(context, principals, request.body);
    },
  );
  typed.post(
    '/v1/people/readers',
    {
      schema: {
        summary: 'Who has read an announcement, outlet by outlet',
        headers,
        body: peopleReadersRequestSchema,
        response: answers('peopleReadersAnswer'),
      },
    },
    async (request) => {
      const { principals } = await askingOf(context, request, request.body.supervisorId);
      const readers = await readReaders(context, principals, request.body);
      if (!readers.ok) throw new ProvinceRefusal(readers.error);
      return readers.value;
    },
  );
}

/** The people of a supervisor's region. Each question finds out on its own who asks and what is his. */
export function addPeopleRoutes(server: FastifyInstance, province: Province): void {
  const { context } = province;
  addAnnouncementRoutes(server, province);
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/people/officers',
    {
      schema: {
        summary: 'People who work at the outlets of the region, by name',
        headers,
        body: peopleOfficersRequestSchema,
        response: answers('peopleOfficersAnswer'),
      },
    },
    async (request) => {
      const { principals } = await askingOf(context, request, request.body.supervisorId);
      return readOfficers(context, principals, request.body);
    },
  );
  typed.post(
    '/v1/people/codes',
    {
      schema: {
        summary: 'Enrolment codes of the region, the newest first; never the codes themselves',
        headers,
        body: peopleCodesRequestSchema,
        response: answers('peopleCodesAnswer'),
      },
    },
    async (request) => {
      const { principals } = await askingOf(context, request, request.body.supervisorId);
      return readCodes(context, principals, request.body);
    },
  );
  typed.post(
    '/v1/people/act',
    {
      schema: {
        summary: 'One act about people of the region, done once under its number',
        headers,
        body: peopleActRequestSchema,
        response: answers('peopleActAnswer'),
      },
    },
    async (request) => {
      const actor = await askingOf(context, request, request.body.supervisorId);
      const acted = await actOnPeople(context, actor, request.body);
      if (!acted.ok) throw new ProvinceRefusal(acted.error);
      return acted.value;
    },
  );
}
