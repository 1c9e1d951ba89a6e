import { readFileSync, existsSync, writeFileSync } from 'node:fs';
import { createServer, isIP } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ProvincePlace } from '../config.ts';
import { buildServer } from '../http/server.ts';
import { type CommandArguments, optional, wholeNumber } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, placeOfArguments } from './command.ts';
import { type OpenedProvince, openProvince } from './open-province.ts';

const HOST = '127.0.0.1';
const DEFAULT_BOOKING_DELAY_MS = 1500;
const rememberedSchema = z.object({ port: z.int().min(1).max(65_535) });

function portIsFree(port: number, host: string): Promise<number | undefined> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(undefined));
    probe.listen(port, host, () => {
      const address = probe.address();
      const found = typeof address === 'object' && address !== null ? address.port : undefined;
      probe.close(() => done(found));
    });
  });
}

/** The port of the last time, because counters remember it. */
function rememberedPort(place: ProvincePlace): number | undefined {
  const file = join(place.dataFolder, 'server.json');
  if (!existsSync(file)) return undefined;
  const parsed = rememberedSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data.port : undefined;
}

async function choosePort(args: CommandArguments, place: ProvincePlace, host: string): Promise<number> {
  const asked = optional(args, 'port') === undefined ? undefined : wholeNumber(args, 'port', [0, 65_535], 0);
  const wanted = asked ?? rememberedPort(place) ?? 0;
  const found = await portIsFree(wanted, host);
  if (found !== undefined) return found;
  if (asked !== undefined)
    throw new CliRefusal('PORT_IN_USE', `port ${wanted} is in use; choose another with --port`, 'port');
  process.stderr.write(`Porta ${wanted} sedang dipakai; memakai porta lain.\n`);
  return (await portIsFree(0, host)) ?? 0;
}

/** Resolves at the first request to end: Ctrl+C or SIGTERM. */
function untilAskedToStop(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}

async function listen(server: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new CliRefusal('PORT_IN_USE', `port ${port} is in use; choose another with --port`, 'port');
    }
    throw error;
  }
}

/** Addresses and networks of the proxies in front; a name would be whoever holds it tomorrow, and no network may be all. */
function trustedProxies(args: CommandArguments): readonly string[] {
  const named = (args.values['trust-proxy'] ?? []).flatMap((text) => text.split(','));
  for (const one of named) {
    const [address = '', bits = null, ...rest] = one.split('/');
    const most = isIP(address) === 4 ? 32 : 128;
    const isNetwork = bits === null || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most);
    if (isIP(address) === 0 || !isNetwork || rest.length > 0) {
      throw new CliRefusal('BAD_ARGUMENTS', '--trust-proxy must be an address or ADDRESS/BITS', 'trust-proxy');
    }
  }
  return named;
}

type End = 'asked' | 'lost';

/** Serves until the end comes; then no request and no booking is cut in the middle, and the database is left. */
async function serveUntil(
  { province, close }: OpenedProvince,
  trustProxy: readonly string[],
  ended: Promise<End>,
  begin: (server: FastifyInstance) => Promise<void>,
): Promise<End> {
  const life: { why: End } = { why: 'asked' };
  try {
    const server = await buildServer(province, undefined, { trustProxy });
    try {
      await begin(server);
      province.startWork();
      life.why = await ended;
    } finally {
      await server.close();
      await province.stopWork();
    }
  } finally {
    // A database that is gone cannot be left.
    if (life.why === 'asked') await close();
  }
  return life.why;
}

/** `province serve`: the server until it is asked to stop. */
export const serveCommand: Command = {
  name: 'serve',
  usage:
    'serve [--port N] [--host ADDRESS] [--public-url URL] [--trust-proxy ADDRESS ...] [--booking-delay MS] [--agency-step MS] [--reference-payment MS]',
  summary: 'Runs the provincial server; the first line of stdout is its address once it is ready.',
  example: 'npm run -s province -- serve --port 4310 --data data/province',
  options: ['port', 'host', 'public-url', 'trust-proxy', 'booking-delay', 'agency-step', 'reference-payment'],
  run: async (args, print) => {
    const trustProxy = trustedProxies(args);
    const stop = untilAskedToStop();
    const place = placeOfArguments(args);
    const host = optional(args, 'host') ?? HOST;
    const port = await choosePort(args, place, host);
    const url = `http://${host}:${port}`;
    const publicUrl = (optional(args, 'public-url') ?? url).replace(/\/+$/, '');
    const bookingDelayMs = wholeNumber(args, 'booking-delay', [0, 86_400_000], DEFAULT_BOOKING_DELAY_MS);
    // Without it people say where papers stand (`province application state`); with it the reference agency does, for demos.
    const hasAgency = optional(args, 'agency-step') !== undefined;
    const agencyStepMs = hasAgency ? wholeNumber(args, 'agency-step', [0, 86_400_000], 0) : null;
    // Without it people say that a payment came (`province settle-payment`); with it the payer of a demo does so by himself.
    const paysAlone = optional(args, 'reference-payment') !== undefined;
    const referencePaymentMs = paysAlone ? wholeNumber(args, 'reference-payment', [0, 86_400_000], 0) : null;
    const opened = await openProvince(place, { publicUrl, bookingDelayMs, agencyStepMs, referencePaymentMs });
    const ended = Promise.race([stop.then(() => 'asked' as const), opened.databaseLost.then(() => 'lost' as const)]);
    const why = await serveUntil(opened, trustProxy, ended, async (server) => {
      await listen(server, host, port);
      writeFileSync(join(place.dataFolder, 'server.json'), JSON.stringify({ port, url: publicUrl }));
      print({ url, pid: process.pid });
    });
    if (why === 'asked') return 0;
    process.stderr.write('Basis data provinsi berhenti; yang sudah diterima tetap tersimpan. Jalankan serve lagi.\n');
    return 1;
  },
};
