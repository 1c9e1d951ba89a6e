import swagger from '@fastify/swagger';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { randomInt } from 'node:crypto';
import { PicturesBusy } from '../documents/pictures.ts';
import { KeyFileMissing } from '../keys/key-statements.ts';
import type { Province } from '../province.ts';
import { addBundleRoutes } from './bundle-routes.ts';
import { createAdmission } from './admission.ts';
import { addReturnedPagesRoute } from './returned-pages-route.ts';
import { addDeviceRoutes, addOpeningRoutes, type RouteLimits } from './device-routes.ts';
import { errorAnswer, type ProvinceErrorCode, ProvinceRefusal } from './province-error.ts';
import { addDocumentRoutes } from './document-routes.ts';
import { addPaymentRoutes } from './payment-routes.ts';
import { addUpdateRoutes } from './update-routes.ts';
import { addUploadRoutes } from './upload-routes.ts';
import { addPublicRoutes } from './public-routes.ts';
import { addPeopleRoutes } from './people-routes.ts';
import { addRegionRoutes } from './region-routes.ts';
import { addSupervisorPageRoutes } from './supervisor-page-routes.ts';
import { createRateLimit } from './rate-limit.ts';
import { compressAnswers } from './answer-encoding.ts';
import { acceptJsonBodies } from './request-body.ts';

/** Requests per minute and address. */
export type LimitsPerMinute = { readonly enrol: number; readonly challenge: number; readonly receipts: number };

/**
 * A challenge stores nothing and asks nothing of the database, and a thousand counters of one mobile operator may come back
 * at once behind one address: each has room for a few tries.
 */
const DEFAULT_LIMITS: LimitsPerMinute = { enrol: 20, challenge: 6000, receipts: 240 };

/** Twice the connections of a node's pool: enough to keep them busy, few enough to be answered soon. */
const PUSHES_AT_ONCE = 24;

/**
 * Longer than any counter waits, so that what its slow line can still carry is not cut here: two minutes for a segment of
 * 4 MiB from the medium of a dead counter.
 */
const REQUEST_MS = 150_000;
/** Headers are small on every line; a connection that has not said them by then only holds a place. */
const HEADERS_MS = 20_000;

/** What an installation, or a test, sets otherwise. */
export type ServerOptions = {
  readonly pushesAtOnce?: number;
  /** Addresses and networks of the proxies whose word about the caller's address is believed; of nobody else. */
  readonly trustProxy?: readonly string[];
  readonly requestMs?: number;
  readonly headersMs?: number;
};

/** The database is away, starting, stopping or full of guests: the same request may succeed in a moment. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
  '40001',
  '40P01',
  '25006',
  'ETIMEDOUT',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

function isAway(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  return (typeof code === 'string' && AWAY.has(code)) || error.message.startsWith('Connection terminated');
}

/** Text of the request that no column can hold: a NUL, or half a character. */
function isUnstorable(error: Error): boolean {
  return 'code' in error && (error.code === '22021' || error.code === '22P05');
}

/** The code of an error that Fastify itself raised. */
function codeOf(error: FastifyError | Error): ProvinceErrorCode {
  if (error instanceof ProvinceRefusal) return error.code;
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) return 'TOO_LARGE';
  if (status === 404) return 'NOT_FOUND';
  if (status === 503) return 'BUSY';
  // A node without its key must not answer; another one has it.
  if (isAway(error) || error instanceof KeyFileMissing || error instanceof PicturesBusy) return 'BUSY';
  if (isUnstorable(error)) return 'BAD_REQUEST';
  return status !== undefined && status >= 400 && status < 500 ? 'BAD_REQUEST' : 'INTERNAL';
}

/** The first bad field of a refused request, as a path; never its value. */
function pathOf(error: FastifyError | Error): string | undefined {
  if (error instanceof ProvinceRefusal) return error.path;
  const [first] = 'validation' in error ? (error.validation ?? []) : [];
  return first === undefined ? undefined : first.instancePath.replace(/^\//, '').replaceAll('/', '.');
}

const LONGEST_WAIT_SECONDS = 15;

/** Seconds to wait before the same request; jittered, so that counters refused together do not come back together. */
function retryAfter(code: ProvinceErrorCode): number | undefined {
  if (code === 'TOO_MANY_REQUESTS') return 60;
  return code === 'BUSY' ? randomInt(1, LONGEST_WAIT_SECONDS + 1) : undefined;
}

/** Every failure leaves as a `provinceErrorSchema`; a bug is logged and tells the caller nothing. */
function answerErrors(server: FastifyInstance, { context }: Province): void {
  server.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const code = codeOf(error);
    if (code === 'INTERNAL') {
      context.log('error', 'REQUEST_FAILED', {
        route: request.routeOptions.url ?? '',
        error: String(error.stack).slice(0, 600),
      });
    }
    const { status, body } = errorAnswer(code, pathOf(error));
    const wait = retryAfter(code);
    if (wait !== undefined) void reply.header('retry-after', String(wait));
    void reply.status(status).type('application/json').send(JSON.stringify(body));
  });
  server.setNotFoundHandler((_request, reply) => {
    const { status, body } = errorAnswer('NOT_FOUND');
    void reply.status(status).send(body);
  });
}

/** The HTTP side of the province; `listen` and `close` are the caller's. */
export async function buildServer(
  province: Province,
  perMinute: LimitsPerMinute = DEFAULT_LIMITS,
  options: ServerOptions = {},
): Promise<FastifyInstance> {
  const { pushesAtOnce = PUSHES_AT_ONCE, trustProxy = [], requestMs = REQUEST_MS, headersMs = HEADERS_MS } = options;
  const server = fastify({
    logger: false,
    trustProxy: trustProxy.length > 0 && [...trustProxy],
    requestTimeout: requestMs,
    // Node looks for late ones from time to time only, every 30 s if nobody says otherwise.
    http: { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: headersMs / 4 },
    keepAliveTimeout: 20_000,
    forceCloseConnections: true,
  });
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  acceptJsonBodies(server);
  compressAnswers(server);
  answerErrors(server, province);
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'OPOP-Sync/1, the provincial server', version: '1.0.0' },
    },
    transform: createJsonSchemaTransform({}),
  });
  const { now } = province.context;
  const limits: RouteLimits = {
    enrol: createRateLimit(perMinute.enrol, now),
    challenge: createRateLimit(perMinute.challenge, now),
    receipts: createRateLimit(perMinute.receipts, now),
  };
  addOpeningRoutes(server, province, limits);
  addDeviceRoutes(server, province, createAdmission(pushesAtOnce));
  addPaymentRoutes(server, province);
  addRegionRoutes(server, province);
  addPeopleRoutes(server, province);
  addReturnedPagesRoute(server, province);
  addBundleRoutes(server, province);
  addUploadRoutes(server, province);
  addUpdateRoutes(server, province);
  addDocumentRoutes(server, province);
  addPublicRoutes(server, province, limits);
  addSupervisorPageRoutes(server, province, createRateLimit(perMinute.enrol, now));
  server.get('/openapi.json', { schema: { hide: true } }, async () => server.swagger());
  return server;
}
