// What the journal costs on the wire: the bytes that really cross a counting line for a push of the backlog, against the
// gzip of what the receiver cannot derive (limit 1.2 times), and against CouchDB's replication of the same signed entries
// in the same run (at least 3 times leaner). CouchDB's side is PouchDB and express-pouchdb, put into a folder of this run.
// Run: `npm run bench -- wire`.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { PUSH_MAX_ENTRIES } from '../src/contract/sync-protocol.ts';
import { findSubjectKeys } from './scene/body-keys.ts';
import { type CountingProxy, startCountingProxy } from './scene/counting-proxy.ts';
import { makeScene } from './scene/enrolled-counter.ts';
import { machine, printer } from './scene/figures.ts';
import { growJournal } from './scene/old-journal.ts';
import { openData } from './scene/opened-data.ts';
import { run, serve } from './scene/programs.ts';

const LIMIT_OF_GZIP = 1.2;
const LEANER_THAN_COUCH = 3;
const PACKAGES = ['pouchdb@9.0.0', 'express-pouchdb@4.2.0', 'express@4.21.2', 'pouchdb-adapter-memory@9.0.0'];

const { values } = parseArgs({ options: { entries: { type: 'string', default: '4000' } } });
const print = printer('wire');

type Sent = { readonly text: string; readonly hash: string; readonly sig: string };

/** The journal's entries, and what of them nobody but the counter can know: texts without their two derived hashes, signatures, sealed body keys. */
async function readBacklog(
  dataDir: string,
): Promise<{ readonly entries: readonly Sent[]; readonly underivable: number }> {
  const data = await openData(dataDir);
  const entries = await data.db.read((tx) =>
    tx.selectFrom('entry').select(['text', 'hash', 'sig', 'stream']).orderBy('seq').execute(),
  );
  const keys = await findSubjectKeys(data);
  let underivable = 0;
  for (let at = 0; at < entries.length; at += PUSH_MAX_ENTRIES) {
    const batch = entries.slice(at, at + PUSH_MAX_ENTRIES);
    const lines = batch.map(({ text, sig }) => {
      const { prev: _prev, bodyHash: _bodyHash, ...rest } = JSON.parse(text) as Record<string, unknown>; // our own journal
      return `${JSON.stringify(rest)}\n${sig}\n`;
    });
    const sealed = [...new Set(batch.map((one) => one.stream))].flatMap((stream) => keys.get(stream) ?? []);
    underivable += gzipSync([...lines, ...sealed].join('\n'), { level: 9 }).length;
  }
  await data.db.close();
  return { entries: entries.map(({ text, hash, sig }) => ({ text, hash, sig })), underivable };
}

/** Bytes of one `loket sync` over the line, both ways, and of a second one that has nothing to send. */
async function pushBytes(
  line: CountingProxy,
  dataDir: string,
): Promise<{ readonly all: number; readonly idle: number }> {
  const sync = async (): Promise<number> => {
    line.reset();
    const [figures] = await run('loket', ['sync', '--data', dataDir, '--timeout', '300']);
    if (figures?.['unsent'] !== 0) throw new Error(`not everything was sent: ${JSON.stringify(figures)}`);
    const { up, down } = line.crossed();
    return up + down;
  };
  return { all: await sync(), idle: await sync() };
}

/** The other side of the comparison, as a program of its own: a CouchDB in memory that prints its address. */
const COUCH = `
const express = require('express');
const PouchDB = require('pouchdb').plugin(require('pouchdb-adapter-memory')).defaults({ adapter: 'memory' });
const app = express();
app.use('/', require('express-pouchdb')(PouchDB, { inMemoryConfig: true, logPath: '/dev/null' }));
const server = app.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ url: 'http://127.0.0.1:' + server.address().port, pid: process.pid })));
`;

/** Replicates the signed entries from a PouchDB to the address, and says how many arrived. */
const REPLICATE = `
const fs = require('fs');
const PouchDB = require('pouchdb').plugin(require('pouchdb-adapter-memory'));
(async () => {
  const entries = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
  const local = new PouchDB('journal', { adapter: 'memory' });
  await local.bulkDocs(entries.map(({ text, hash, sig }) => ({ _id: 'e' + hash, text, sig })));
  const done = await local.replicate.to(process.argv[3] + '/journal', { batch_size: 200 });
  console.log(JSON.stringify({ written: done.docs_written, failed: done.doc_write_failures }));
})();
`;

async function couchBytes(line: CountingProxy, folder: string, entries: readonly Sent[]): Promise<number> {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const install = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...PACKAGES], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (install.status !== 0) throw new Error(`the packages of the comparison cannot be had: ${install.stderr}`);
  const [couch, replicate, journal] = ['couch.cjs', 'replicate.cjs', 'journal.json'].map((name) => join(folder, name));
  if (couch === undefined || replicate === undefined || journal === undefined)
    throw new Error('three names were given');
  writeFileSync(couch, COUCH);
  writeFileSync(replicate, REPLICATE);
  writeFileSync(journal, JSON.stringify(entries));
  const server = await serve({ program: process.execPath, args: [couch] });
  line.lead(server.url);
  line.reset();
  // Not waited for in this thread: the line between the two lives in it.
  const done = await promisify(execFile)(process.execPath, [replicate, journal, line.url], { cwd: folder });
  const { up, down } = line.crossed();
  await server.stop();
  const written = JSON.parse(done.stdout || '{}') as { written?: number }; // printed by the program above
  if (written.written !== entries.length)
    throw new Error(`not everything was replicated: ${done.stdout}${done.stderr}`);
  return up + down;
}

async function main(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-wire-'));
  const line = await startCountingProxy();
  try {
    print({ what: 'machine', ...machine() });
    const scene = await makeScene(join(folder, 'scene'), 5_000, async (url) => {
      line.lead(url);
      return line.url;
    });
    await growJournal(scene.dataDir, Number(values.entries), null);
    const { entries, underivable } = await readBacklog(scene.dataDir);
    const province = await scene.startProvince();
    const { all, idle } = await pushBytes(line, scene.dataDir);
    await province.stop();
    const couch = await couchBytes(line, mkdtempSync(join(folder, 'couch-')), entries);
    const perEntry = (bytes: number): number => Math.round((bytes / entries.length) * 10) / 10;
    const ofGzip = Math.round((all / underivable) * 1000) / 1000;
    const leaner = Math.round((couch / all) * 100) / 100;
    print({
      entries: entries.length,
      bytesPerEntry: { pushed: perEntry(all), underivableGzip: perEntry(underivable), couch: perEntry(couch) },
      emptyRoundBytes: idle,
      timesTheGzip: ofGzip,
      limit: LIMIT_OF_GZIP,
      timesLeanerThanCouch: leaner,
      atLeast: LEANER_THAN_COUCH,
    });
    return ofGzip <= LIMIT_OF_GZIP && leaner >= LEANER_THAN_COUCH;
  } finally {
    await line.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = (await main()) ? 0 : 2;
