import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { feedAnswerSchema, feedNameSchema, newsAnswerSchema, newsRequestSchema } from '../../contract/feeds.ts';
import { signedTextSchema } from '../../contract/primitives.ts';
import { pushAnswerSchema } from '../../contract/push-answer.ts';
import {
  challengeAnswerSchema,
  enrolAnswerSchema,
  enrolRequestSchema,
  helloAnswerSchema,
  helloRequestSchema,
  inquiryRequestSchema,
  REQUEST_HEADERS,
  sentPushSchema,
} from '../../contract/sync-protocol.ts';
import { enrolDevice } from '../enrolment/enrolment.ts';
import { findNews, serveFeed } from '../feeds/serve-feed.ts';
import { fullPush } from '../ingest/lean-entry.ts';
import { receivePush } from '../ingest/push.ts';
import { answerInquiry } from '../inquiry/inquiry.ts';
import { answerHello } from '../link/hello.ts';
import { makeChallenge } from '../link/link-token.ts';
import type { Province } from '../province.ts';
import type { Admission } from './admission.ts';
import { deviceOfRequest } from './device-auth.ts';
import { leanAnswer } from './lean-receipt.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';
import type { RateLimit } from './rate-limit.ts';

/** Headers of every signed request. */
export const signedHeaders = z.looseObject({
  [REQUEST_HEADERS.token]: z.string().max(600),
  [REQUEST_HEADERS.signature]: z.string().max(100),
});

/** Each limit counts per address of the caller. */
export type RouteLimits = { readonly enrol: RateLimit; readonly challenge: RateLimit; readonly receipts: RateLimit };

/** Enrolment, challenge and hello: what a device says before it has a line. */
export function addOpeningRoutes(server: FastifyInstance, { context }: Province, limits: RouteLimits): void {
  const typed = server.withTypeProvider<ZodTypeProvider>();
  const limited = (limit: RateLimit, address: string): void => {
    if (!limit.take(address)) throw new ProvinceRefusal('TOO_MANY_REQUESTS');
  };
  typed.post(
    '/v1/enrol',
    {
      schema: {
        summary: 'Enrols a device by a one-time code that is never sent',
        body: enrolRequestSchema,
        response: { 200: enrolAnswerSchema, ...errorResponses },
      },
    },
    async (request) => {
      limited(limits.enrol, request.ip);
      const answer = await enrolDevice(context, request.body);
      if (!answer.ok) throw new ProvinceRefusal(answer.error);
      return answer.value;
    },
  );
  typed.post(
    '/v1/challenge',
    { schema: { summary: 'A nonce for the next hello', response: { 200: challengeAnswerSchema, ...errorResponses } } },
    async (request) => {
      limited(limits.challenge, request.ip);
      return makeChallenge(context);
    },
  );
  typed.post(
    '/v1/hello',
    {
      schema: {
        summary: 'Opens the line: proof of the device key, common ancestor, link token, time anchor',
        body: helloRequestSchema,
        response: { 200: helloAnswerSchema, ...errorResponses },
      },
    },
    async (request) => {
      const answer = await answerHello(context, request.body);
      if (!answer.ok) throw new ProvinceRefusal(answer.error);
      return answer.value;
    },
  );
}

/** Push, inquiry and feeds: every request carries the link token and the device's signature. */
export function addDeviceRoutes(server: FastifyInstance, province: Province, admission: Admission): void {
  const { context } = province;
  const typed = server.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/push',
    {
      // Before the body is read: a thousand counters that come back at once must not stand in memory.
      onRequest: async () => admission.check(),
      schema: {
        summary: 'Takes journal entries into custody and answers a signed receipt with a verdict for each',
        headers: signedHeaders,
        querystring: z.object({ receipt: z.enum(['lean', 'whole']).catch('whole') }),
        body: sentPushSchema,
        response: { 200: pushAnswerSchema, ...errorResponses },
      },
    },
    async (request) => {
      const device = await deviceOfRequest(context, request);
      const push = fullPush(request.body);
      const answer = await admission.run(() => receivePush(context, device, push));
      // Another device's entries come with its own certificate or not at all; a push without one readable item tells nothing.
      if (!answer.ok) {
        throw new ProvinceRefusal(answer.error === 'TRAINING_REFUSED' ? answer.error : 'BAD_REQUEST', 'entries');
      }
      return request.query.receipt === 'lean' ? leanAnswer(push, answer.value) : answer.value;
    },
  );
  typed.post(
    '/v1/inquiry',
    {
      schema: {
        summary: 'The bill (penetapan) of one vehicle, signed',
        headers: signedHeaders,
        body: inquiryRequestSchema,
        response: { 200: signedTextSchema, ...errorResponses },
      },
    },
    async (request) => {
      const device = await deviceOfRequest(context, request);
      return answerInquiry(context, province.core, device, request.body);
    },
  );
  typed.post(
    '/v1/news',
    {
      schema: {
        summary: 'Which of the feeds that a device follows have moved',
        headers: signedHeaders,
        body: newsRequestSchema,
        response: { 200: newsAnswerSchema, ...errorResponses },
      },
    },
    async (request) => {
      const device = await deviceOfRequest(context, request);
      const answer = await findNews(context, device, request.body);
      if (!answer.ok) throw new ProvinceRefusal(answer.error);
      return answer.value;
    },
  );
  typed.get(
    '/v1/feeds/:feed/:scope',
    {
      schema: {
        summary: 'Signed pages of a feed after a version, in order',
        headers: signedHeaders,
        params: z.object({ feed: feedNameSchema, scope: z.string().min(1).max(60) }),
        querystring: z.object({ after: z.coerce.number().int().nonnegative().default(0) }),
        response: { 200: feedAnswerSchema, ...errorResponses },
      },
    },
    async (request) => {
      const device = await deviceOfRequest(context, request);
      const { feed, scope } = request.params;
      const answer = await serveFeed(context, device, { feed, scope, after: request.query.after });
      if (!answer.ok) throw new ProvinceRefusal(answer.error);
      return answer.value;
    },
  );
}
