import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import { rememberOrigin, removeForgottenClusters } from './forgotten-clusters.ts';
import { findPostgresBinaries, type PostgresBinaries, reachableFolder } from './postgres-binaries.ts';
import { entersFolder, type UnprivilegedUser, unprivilegedUser } from './unprivileged-user.ts';

const runFile = promisify(execFile);

/** What a second program needs to join; kept in the data folder, readable by its owner only. */
const clusterSchema = z.object({
  /** Relative to the data folder when the cluster lies inside, so that the data folder can be moved. */
  folder: z.string(),
  port: z.int(),
  password: z.string(),
  version: z.string(),
});
type ClusterRecord = Readonly<z.infer<typeof clusterSchema>>;

/** A PostgreSQL of our own that this program uses; the last program to leave stops it. */
export type Cluster = {
  readonly urlOf: (database: string) => string;
  readonly leave: () => Promise<void>;
  /** Resolves when PostgreSQL ends under us; never when we leave. */
  readonly lost: Promise<void>;
};

export type ClusterOptions = {
  /** Data folder of the province; holds `cluster.json`. */
  readonly folder: string;
  /** False only for tests: what is written may be lost in a power cut. */
  readonly durable?: boolean;
  readonly say: (message: string) => void;
};

/** Every program that uses the cluster holds this advisory lock shared; who gets it alone is the last. */
const USERS_LOCK = 7_206_001;
const START_TRIES = 40;
const INSIDE_NAME = 'postgres';

const databaseUrl = (record: ClusterRecord, database: string): string =>
  `postgresql://postgres:${record.password}@127.0.0.1:${record.port}/${database}`;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => done(port));
    });
  });
}

/** Holds what starting and stopping one cluster needs. */
class ClusterHost {
  readonly #options: ClusterOptions;
  readonly #user: UnprivilegedUser | undefined;
  readonly #binaries: PostgresBinaries;
  readonly #recordFile: string;

  constructor(options: ClusterOptions) {
    this.#options = options;
    this.#user = unprivilegedUser();
    this.#binaries = findPostgresBinaries(this.#user);
    this.#recordFile = join(options.folder, 'cluster.json');
  }

  async #run(program: string, args: readonly string[]): Promise<void> {
    const cwd = this.#user === undefined ? this.#options.folder : '/';
    await runFile(program, [...args], { cwd, windowsHide: true, ...this.#user });
  }

  #owned(path: string): void {
    if (this.#user !== undefined) chownSync(path, this.#user.uid, this.#user.gid);
  }

  #insideFolder(): string {
    return join(resolve(this.#options.folder), INSIDE_NAME);
  }

  #path(record: ClusterRecord, ...names: string[]): string {
    return join(resolve(this.#options.folder, record.folder), ...names);
  }

  /** Beside the other data, unless PostgreSQL's user cannot enter there. */
  #clusterFolder(): string {
    const own = resolve(this.#options.folder);
    if (this.#user === undefined || entersFolder(own)) return this.#insideFolder();
    return join(reachableFolder(), createHash('sha256').update(own).digest('hex').slice(0, 16));
  }

  read(): ClusterRecord | undefined {
    if (!existsSync(this.#recordFile)) return undefined;
    return clusterSchema.parse(JSON.parse(readFileSync(this.#recordFile, 'utf8')));
  }

  write(record: ClusterRecord): void {
    const draft = `${this.#recordFile}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(record, null, 1), { mode: 0o600 });
    renameSync(draft, this.#recordFile);
  }

  /** Makes the cluster whole or not at all: initdb in a draft folder, then one rename. */
  async create(): Promise<ClusterRecord> {
    const folder = this.#clusterFolder();
    const draft = `${folder}.${process.pid}`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    this.#owned(draft);
    const durable = this.#options.durable ?? true;
    const password = randomBytes(24).toString('base64url');
    const passwordFile = join(draft, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    this.#owned(passwordFile);
    const pgdata = join(draft, 'pgdata');
    this.#options.say('Menyiapkan basis data provinsi (sekali saja) ...');
    await this.#run(this.#binaries.initdb, [
      ...['--pgdata', pgdata, '--username', 'postgres', '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-instructions'],
      ...(durable ? [] : ['--no-sync']),
    ]);
    rmSync(passwordFile);
    const settings = [
      "listen_addresses = '127.0.0.1'",
      "unix_socket_directories = ''",
      'max_connections = 60',
      "timezone = 'UTC'",
      ...(durable ? [] : ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off']),
    ];
    writeFileSync(join(pgdata, 'postgresql.auto.conf'), `${settings.join('\n')}\n`);
    this.#owned(join(pgdata, 'postgresql.auto.conf'));
    if (folder !== this.#insideFolder()) {
      rememberOrigin(draft, resolve(this.#options.folder));
      removeForgottenClusters(dirname(folder));
    }
    try {
      renameSync(draft, folder);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      const other = this.read();
      if (other === undefined) throw error;
      return other;
    }
    const inside = folder === this.#insideFolder();
    const record: ClusterRecord = {
      folder: inside ? INSIDE_NAME : folder,
      port: await freePort(),
      password,
      version: this.#binaries.version,
    };
    this.write(record);
    return record;
  }

  /** A crash leaves postmaster.pid; PostgreSQL believes it when another program got the same number since. */
  #removeStalePid(record: ClusterRecord): void {
    const file = this.#path(record, 'pgdata', 'postmaster.pid');
    if (process.platform !== 'linux' || !existsSync(file)) return;
    const pid = readFileSync(file, 'utf8').split('\n')[0]?.trim() ?? '';
    const commandFile = `/proc/${pid}/cmdline`;
    const command = existsSync(commandFile) ? readFileSync(commandFile, 'utf8') : '';
    if (!command.includes('postgres')) rmSync(file, { force: true });
  }

  /** False when somebody else is starting or stopping it at this moment. */
  async start(record: ClusterRecord): Promise<ClusterRecord | undefined> {
    this.#removeStalePid(record);
    const moved = { ...record, port: await freePort() };
    const log = this.#path(record, 'postgres.log');
    try {
      await this.#run(this.#binaries.pgCtl, [
        ...['start', '--wait', '--timeout', '120', '--silent'],
        ...['--pgdata', this.#path(record, 'pgdata'), '--log', log, '--options', `-p ${moved.port}`],
      ]);
    } catch (error) {
      const tail = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-4).join('\n') : '';
      // Somebody else was quicker: the folder is his server's, and so may be the end of the log.
      const isHeld = existsSync(this.#path(record, 'pgdata', 'postmaster.pid'));
      if (isHeld || /lock file .* already exists/.test(tail)) return undefined;
      throw new Error(`PostgreSQL did not start:\n${tail}`, { cause: error });
    }
    this.write(moved);
    return moved;
  }

  async stop(record: ClusterRecord): Promise<void> {
    const pgdata = this.#path(record, 'pgdata');
    await this.#run(this.#binaries.pgCtl, ['stop', '--mode', 'fast', '--wait', '--silent', '--pgdata', pgdata]);
  }
}

/** A connection that counts this program among the users; undefined when nobody answers there. */
async function tryJoin(record: ClusterRecord): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: databaseUrl(record, 'postgres'),
    application_name: 'loket-province-user',
  });
  // The loss of an idle connection is noticed by the next query; without a listener it would end the program.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [USERS_LOCK]);
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return undefined;
  }
}

async function joinOrStart(host: ClusterHost): Promise<{ record: ClusterRecord; user: pg.Client }> {
  for (let attempt = 0; attempt < START_TRIES; attempt += 1) {
    const record = host.read() ?? (await host.create());
    const joined = await tryJoin(record);
    if (joined !== undefined) return { record, user: joined };
    const started = await host.start(record);
    const user = started === undefined ? undefined : await tryJoin(started);
    if (started !== undefined && user !== undefined) return { record: started, user };
    await pause(250);
  }
  throw new Error('PostgreSQL could neither be joined nor started');
}

async function leaveCluster(host: ClusterHost, record: ClusterRecord, user: pg.Client): Promise<void> {
  await user.query('select pg_advisory_unlock_shared($1)', [USERS_LOCK]);
  const { rows } = await user.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [USERS_LOCK]);
  if (rows[0]?.last === true) await host.stop(record);
  await user.end();
}

/** Joins the cluster of a data folder, or makes and starts it; call `leave` when done. */
export async function useCluster(options: ClusterOptions): Promise<Cluster> {
  mkdirSync(options.folder, { recursive: true, mode: 0o755 });
  if (statSync(options.folder).uid === process.getuid?.()) chmodSync(options.folder, 0o755);
  const host = new ClusterHost(options);
  const { record, user } = await joinOrStart(host);
  const life = { leaving: false };
  const lost = new Promise<void>((done) => {
    user.once('end', () => {
      if (!life.leaving) done();
    });
  });
  return {
    urlOf: (database) => databaseUrl(record, database),
    leave: () => {
      life.leaving = true;
      return leaveCluster(host, record, user);
    },
    lost,
  };
}

/** Makes a database when it is not there; its name must be a plain identifier. */
export async function ensureDatabase(cluster: Cluster, name: string): Promise<void> {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new Error(`not a database name: ${name}`);
  const client = new pg.Client({ connectionString: cluster.urlOf('postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${name}`);
  } catch (error) {
    // Two programs at once: the other one made it.
    if (!(error instanceof pg.DatabaseError && (error.code === '42P04' || error.code === '23505'))) throw error;
  } finally {
    await client.end();
  }
}
