import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { CompiledQuery, sql } from 'kysely';
import pg from 'pg';
import type { LineAnswer, LinePort } from '../../../src/main/core/ports.ts';
import { bookAllDue } from '../../../src/province/booking/booking-worker.ts';
import { type Cluster, useCluster } from '../../../src/province/db/cluster.ts';
import { type Db, openDatabase } from '../../../src/province/db/open.ts';
import { issueEnrolmentCode } from '../../../src/province/enrolment/enrolment.ts';
import { buildServer } from '../../../src/province/http/server.ts';
import { loadKeyRing } from '../../../src/province/keys/key-ring.ts';
import { createPageRoom } from '../../../src/province/documents/page-room.ts';
import { DEFAULT_SETTINGS, type ProvinceContext } from '../../../src/province/province-context.ts';
import { createProvince, type Province } from '../../../src/province/province.ts';
import type { WorldTime } from './virtual-time.ts';

type Request = Parameters<LinePort['exchange']>[0];
type Row = Readonly<Record<string, unknown>>;

/** Where the province stops in the next push. */
export type Abort = 'before-commit' | 'after-commit';

/** The real province on a real PostgreSQL, under the world's clock, with a hand at its power switch. */
export type SimProvince = {
  readonly context: () => ProvinceContext;
  readonly carry: (request: Request) => Promise<LineAnswer>;
  /** For a device of another make, which speaks for itself. */
  readonly server: () => FastifyInstance;
  readonly abortNext: (abort: Abort) => void;
  /** Books everything that is due now. */
  readonly book: () => Promise<number>;
  readonly code: (outletId: string) => Promise<string>;
  readonly query: (sql: string, parameters?: readonly unknown[]) => Promise<readonly Row[]>;
  /** A backup as of now; `restore` puts it to work in the place of what is there. */
  readonly backUp: () => Promise<string>;
  readonly restore: (backup: string) => Promise<void>;
  readonly rootKey: () => string;
  /** The first process of the cluster. */
  readonly postmasterPid: () => Promise<number>;
  readonly close: () => Promise<void>;
};

const WIDE = { enrol: 1_000_000, challenge: 1_000_000, receipts: 1_000_000 };
const say = (message: string): void => void process.stderr.write(`${message}\n`);

/** A connection that went away, as the server's own error handling meets it. */
class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  readonly code = '57P01';
}

/** The database with a switch: the next transaction ends where the abort says. */
function abortable(db: Db, armed: { next: Abort | null }): Db {
  const transaction: Db['transaction'] = () => {
    const builder = db.transaction();
    return new Proxy(builder, {
      get: (target, name, receiver): unknown => {
        if (name !== 'execute') return Reflect.get(target, name, receiver);
        return async (work: Parameters<typeof target.execute>[0]): Promise<unknown> => {
          const abort = armed.next;
          armed.next = null;
          const done = await target.execute(async (tx) => {
            const worked = await work(tx);
            if (abort === 'before-commit') throw new ConnectionLost('stopped before the commit');
            return worked;
          });
          if (abort === 'after-commit') throw new ConnectionLost('stopped after the commit');
          return done;
        };
      },
    });
  };
  return new Proxy(db, {
    get: (target, name): unknown => {
      if (name === 'transaction') return transaction;
      const value: unknown = Reflect.get(target, name, target);
      // A method of the class itself, which reads its own private fields.
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });
}

async function asAdmin(cluster: Cluster, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.urlOf('postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

type Running = { readonly db: Db; readonly province: Province; readonly server: FastifyInstance };

/** Opens a province of its own for one world; `folder` holds its keys. */
export async function openSimProvince(folder: string, time: WorldTime): Promise<SimProvince> {
  const cluster = await useCluster({ folder: join(tmpdir(), 'loket-opop-test-province'), durable: false, say });
  const base = `sim_${String(Date.now())}_${String(process.pid)}`;
  const keys = loadKeyRing(join(folder, 'keys'));
  const armed: { next: Abort | null } = { next: null };
  const life = { closing: false, backups: 0, restores: 0, name: base };

  const run = async (name: string): Promise<Running> => {
    const plain = await openDatabase(cluster.urlOf(name), (error) => {
      if (!life.closing) say(error.message);
    });
    const context = {
      db: abortable(plain, armed),
      keys,
      pages: createPageRoom(join(folder, 'documents')),
      now: () => time.now,
      settings: { ...DEFAULT_SETTINGS, publicUrl: 'https://opop.example' },
      log: (level: string, event: string, facts?: unknown) => {
        if (level === 'error' && process.env['LOKET_SIM_LOG'] === '1')
          say(`province ${event} ${JSON.stringify(facts)}`);
      },
    };
    const province = await createProvince({ context });
    return { db: plain, province, server: await buildServer(province, WIDE) };
  };
  const stop = async ({ server, db }: Running): Promise<void> => {
    await server.close();
    await db.destroy();
  };

  await asAdmin(cluster, `create database ${base}`);
  let running = await run(base);
  const others: string[] = [];

  return {
    context: () => running.province.context,
    server: () => running.server,
    carry: async (request) => {
      const { pathname, search } = new URL(request.url);
      const { statusCode, body, headers } = await running.server.inject({
        method: request.method,
        url: pathname + search,
        headers: {
          ...request.headers,
          ...(typeof request.body === 'string' ? { 'content-type': 'application/json' } : {}),
        },
        ...(request.body === null
          ? {}
          : { payload: typeof request.body === 'string' ? request.body : Buffer.from(request.body) }),
      });
      armed.next = null;
      const texts = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
      return { status: statusCode, body, headers: Object.fromEntries(texts) };
    },
    abortNext: (abort) => {
      armed.next = abort;
    },
    book: () => bookAllDue(running.province),
    code: async (outletId) => {
      const issued = await issueEnrolmentCode(running.province.context, outletId);
      if (!issued.ok) throw new Error(issued.error);
      return issued.value.code;
    },
    query: async (text, parameters = []) =>
      (await running.db.executeQuery<Row>(CompiledQuery.raw(text, [...parameters]))).rows,
    backUp: async () => {
      life.backups += 1;
      const backup = `${base}_b${String(life.backups)}`;
      await stop(running);
      await asAdmin(cluster, `create database ${backup} template ${life.name} strategy file_copy`);
      running = await run(life.name);
      others.push(backup);
      return backup;
    },
    restore: async (backup) => {
      life.restores += 1;
      const name = `${base}_r${String(life.restores)}`;
      await stop(running);
      await asAdmin(cluster, `create database ${name} template ${backup} strategy file_copy`);
      others.push(life.name);
      life.name = name;
      running = await run(name);
    },
    rootKey: () => keys.root.publicKey,
    postmasterPid: async () => {
      const { rows } = await sql<{
        pid: string;
      }>`select split_part(pg_read_file('postmaster.pid'), E'\n', 1) as pid`.execute(running.db);
      return Number(rows[0]?.pid);
    },
    close: async () => {
      life.closing = true;
      await stop(running);
      for (const name of [life.name, ...others]) await asAdmin(cluster, `drop database if exists ${name} with (force)`);
      await cluster.leave();
    },
  };
}
