import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hash } from '@node-rs/argon2';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import pg from 'pg';
import { type VehicleRecord, vehicleRecordSchema } from '../../src/contract/feeds.ts';
import { afterAll } from 'vitest';
import type { LocalDate } from '../../src/domain/local-date.ts';
import type { RulePackSet } from '../../src/domain/rule-pack.ts';
import { bookAllDue } from '../../src/province/booking/booking-worker.ts';
import { type Cluster, useCluster } from '../../src/province/db/cluster.ts';
import { type Db, openDatabase } from '../../src/province/db/open.ts';
import { createPageRoom } from '../../src/province/documents/page-room.ts';
import { demoOfficers, makeDemoData } from '../../src/province/demo/demo-data.ts';
import { issueEnrolmentCode } from '../../src/province/enrolment/enrolment.ts';
import { publishedRules } from '../../src/province/feeds/published-rules.ts';
import { buildServer, type LimitsPerMinute } from '../../src/province/http/server.ts';
import { loadKeyRing } from '../../src/province/keys/key-ring.ts';
import { DEFAULT_SETTINGS, type ProvinceSettings } from '../../src/province/province-context.ts';
import { createProvince, type Province, type ProvinceParts } from '../../src/province/province.ts';

/** The day of the tests: 10 March 2026, ten in the morning in Jakarta. */
export const TEST_TODAY = '2026-03-10' as LocalDate;
const TEST_NOW = Date.UTC(2026, 2, 10, 3);
/** Reused from run to run and shared by parallel runs; databases in it have random names. */
const CLUSTER_FOLDER = join(tmpdir(), 'loket-opop-test-province');
const OLD_MS = 3_600_000;
const WIDE_LIMITS: LimitsPerMinute = { enrol: 10_000, challenge: 10_000, receipts: 10_000 };
/** A refused database is a broken run, so it is said where a person looks. */
const say = (message: string): void => void process.stderr.write(`${message}\n`);

/** What a verifier costs stands in the verifier: with this one a sign-in takes a test no time. */
const LIGHT_PIN = { memoryCost: 8, timeCost: 1, parallelism: 1 } as const;
/** Keeps the province's own cost, for the test of it. */
const FULL_COST_ROLE = 'installer';

/** A province of its own on a real PostgreSQL, with demo data, a clock to be turned and a worker to be asked. */
export type TestProvince = {
  readonly province: Province;
  readonly server: FastifyInstance;
  readonly clock: { now: number };
  /** Log events so far, to expect alarms in. */
  readonly events: readonly string[];
  readonly keysFolder: string;
  readonly documentsFolder: string;
  readonly databaseUrl: string;
  readonly code: (outletId?: string) => Promise<string>;
  /** A vehicle as the counters have it. */
  readonly vehicle: (nrkb: string) => Promise<VehicleRecord>;
  readonly rules: RulePackSet;
  /** Turns the clock past the booking delay and books all that is due. */
  readonly book: () => Promise<number>;
  readonly close: () => Promise<void>;
};

export type TestProvinceOptions = {
  readonly settings?: Partial<ProvinceSettings>;
  readonly limits?: LimitsPerMinute;
  readonly core?: (province: Province) => ProvinceParts['core'];
  /** Its keys in a folder of its own, for a test that changes them. */
  readonly ownKeys?: boolean;
};

/** One membership per test file: the cluster would stop and start again between two tests otherwise. */
const shared: { cluster: Promise<Cluster> | undefined } = { cluster: undefined };

function sharedCluster(): Promise<Cluster> {
  shared.cluster ??= useCluster({ folder: CLUSTER_FOLDER, durable: false, say });
  return shared.cluster;
}

// Registered when a test file imports this, so it runs after all hooks of the file itself.
afterAll(async () => {
  await (await shared.cluster)?.leave();
  shared.cluster = undefined;
});

/** Changes with everything that decides what the template holds. */
function templateName(): string {
  const digest = createHash('sha256');
  for (const folder of [
    '../../src/province/',
    '../../src/domain/',
    '../../src/contract/',
    '../../resources/rule-packs/',
    '../../resources/service-packs/',
  ]) {
    const root = fileURLToPath(new URL(folder, import.meta.url));
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
      digest.update(file).update(readFileSync(file));
    }
  }
  digest.update(JSON.stringify(LIGHT_PIN));
  return `tpl_${digest.digest('hex').slice(0, 16)}`;
}

async function withAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Databases that a killed run left behind. */
async function dropOld(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database where datname ~ '^(t|sim)_[0-9]+_'`,
  );
  for (const { datname } of rows) {
    const madeAt = Number(datname.split('_')[1]);
    if (Date.now() - madeAt > OLD_MS) await client.query(`drop database if exists ${datname} with (force)`);
  }
  const templates = await client.query<{ datname: string; made: string | null }>(
    `select datname, shobj_description(oid, 'pg_database') as made from pg_database where datname ~ '^(tpl|draft)_'`,
  );
  for (const { datname, made } of templates.rows) {
    if (Date.now() - Number(made ?? 0) > OLD_MS) await client.query(`drop database if exists ${datname} with (force)`);
  }
}

const SHARED_KEYS = join(CLUSTER_FOLDER, 'keys');

function contextParts(
  db: Awaited<ReturnType<typeof openDatabase>>,
  clock: { now: number },
  events: string[],
  keysFolder = SHARED_KEYS,
  documentsFolder = join(CLUSTER_FOLDER, 'documents'),
) {
  return {
    db,
    keys: loadKeyRing(keysFolder),
    pages: createPageRoom(documentsFolder),
    now: () => clock.now,
    settings: { ...DEFAULT_SETTINGS, publicUrl: 'https://opop.example' },
    log: (_level: string, event: string) => void events.push(event),
  };
}

/** The same PINs, checked by the same code, at the least cost. */
async function lightenPins(db: Db, seed: number): Promise<void> {
  for (const { officerId, role, pin, salt } of demoOfficers(seed)) {
    if (role === FULL_COST_ROLE) continue;
    const verifier = await hash(pin, { ...LIGHT_PIN, salt });
    await sql`update officer set pin_verifier = ${verifier} where officer_id = ${officerId}`.execute(db);
  }
}

async function makeTemplate(url: (name: string) => string, name: string): Promise<void> {
  const db = await openDatabase(url(name), (error) => say(error.message));
  const { context } = await createProvince({ context: contextParts(db, { now: TEST_NOW }, []) });
  const seed = 7;
  await makeDemoData(context, { vehicles: 60, seed, today: TEST_TODAY });
  await lightenPins(db, seed);
  await db.destroy();
}

/** Makes the template once, whoever comes first; it gets its final name only when it is whole. */
async function ensureTemplate(url: (name: string) => string): Promise<string> {
  const name = templateName();
  await withAdmin(url('postgres'), async (client) => {
    await client.query('select pg_advisory_lock(1)');
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 1) return;
    await dropOld(client);
    const draft = `draft_${process.pid}_${Date.now()}`;
    await client.query(`create database ${draft}`);
    await client.query(`comment on database ${draft} is '${Date.now()}'`);
    await makeTemplate(url, draft);
    await client.query(`alter database ${draft} rename to ${name}`);
  });
  return name;
}

/** An empty database with nothing but its name, dropped by `drop`. */
export async function openEmptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const cluster = await sharedCluster();
  const name = `t_${Date.now()}_${process.pid}_${Math.floor(Math.random() * 1e9)}`;
  await withAdmin(cluster.urlOf('postgres'), (client) => client.query(`create database ${name}`));
  return {
    url: cluster.urlOf(name),
    drop: async () => {
      await withAdmin(cluster.urlOf('postgres'), (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

/** Opens a province on a fresh copy of the template. */
export async function openTestProvince(options: TestProvinceOptions = {}): Promise<TestProvince> {
  const cluster = await sharedCluster();
  const template = await ensureTemplate(cluster.urlOf);
  const name = `t_${Date.now()}_${process.pid}_${Math.floor(Math.random() * 1e9)}`;
  await withAdmin(cluster.urlOf('postgres'), (client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  );
  const clock = { now: TEST_NOW };
  const events: string[] = [];
  const life = { closing: false };
  const db = await openDatabase(cluster.urlOf(name), (error) => {
    // Dropping the database ends connections that are saying goodbye.
    if (!life.closing) say(error.message);
  });
  const keysFolder = options.ownKeys === true ? mkdtempSync(join(tmpdir(), 'loket-keys-')) : SHARED_KEYS;
  // The first keys only.
  const isFirst = (file: string): boolean => !/(signing|sealing)-/.test(basename(file));
  if (options.ownKeys === true) cpSync(SHARED_KEYS, keysFolder, { recursive: true, filter: isFirst });
  const documentsFolder = join(tmpdir(), `loket-documents-${name}`);
  const parts = contextParts(db, clock, events, keysFolder, documentsFolder);
  const context = { ...parts, settings: { ...parts.settings, ...options.settings } };
  const plain = await createProvince({ context });
  const core = options.core?.(plain);
  const province = core === undefined ? plain : await createProvince({ context, core });
  const server = await buildServer(province, options.limits ?? WIDE_LIMITS);
  return {
    province,
    server,
    clock,
    events,
    keysFolder,
    documentsFolder,
    databaseUrl: cluster.urlOf(name),
    code: async (outletId = '3506-017') => {
      const issued = await issueEnrolmentCode(province.context, outletId);
      if (!issued.ok) throw new Error(issued.error);
      return issued.value.code;
    },
    vehicle: async (nrkb) => {
      const row = await db.selectFrom('core_vehicle').selectAll().where('nrkb', '=', nrkb).executeTakeFirstOrThrow();
      return vehicleRecordSchema.parse(row.published ?? row.record);
    },
    rules: await publishedRules(db),
    book: () => {
      clock.now += context.settings.bookingDelayMs + 1;
      return bookAllDue(province);
    },
    close: async () => {
      life.closing = true;
      await server.close();
      await db.destroy();
      context.pages.pictures.close();
      rmSync(documentsFolder, { recursive: true, force: true });
      if (options.ownKeys === true) rmSync(keysFolder, { recursive: true });
      await withAdmin(cluster.urlOf('postgres'), (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}
