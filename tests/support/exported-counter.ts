import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { DATABASE_FILE } from '../../src/main/core/config.ts';
import { exportData } from '../../src/main/core/inspect.ts';
import { enterAs, openForBusiness, sellOffline, sellOnline, sync } from './at-the-counter.ts';
import { createFakeClock } from './fake-clock.ts';
import { createTestCounter, type TestCounter } from './test-counter.ts';
import { TEST_PRINTERS } from './test-printer.ts';
import type { TestProvince } from './test-province.ts';

/** The three files of `loket export-journal`. */
export type ExportFiles = { readonly journal: string; readonly custody: string; readonly keys: string };

/** A counter at rest that has sold, synced and sold again, and what it exported. */
export type ExportedCounter = {
  /** Stopped; its folder can still be read by `rows`. */
  readonly counter: TestCounter;
  readonly files: ExportFiles;
  /** Public root key of its province. */
  readonly root: string;
  /** Addresses in the QR codes of its receipts, oldest first. */
  readonly receipts: readonly string[];
};

async function started(counter: TestCounter): Promise<TestCounter> {
  const answer = await counter.start();
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return counter;
}

/** Exports a stopped counter under a name of its own. */
async function exportOf(counter: TestCounter, name: string): Promise<ExportFiles> {
  const fileOf = (part: string): string => join(counter.folder, `${name}-${part}.ndjson`);
  const files = { journal: fileOf('journal'), custody: fileOf('custody'), keys: fileOf('keys') };
  const exported = await exportData(counter.config, files);
  if (!exported.ok) throw new Error(exported.error.code);
  return files;
}

async function makeExported(folder: string, province: TestProvince): Promise<ExportedCounter> {
  const counter = await started(createTestCounter(folder, { clock: createFakeClock(province.clock.now) }));
  counter.line.plug(province.server);
  await counter.get('enrolment.enrol', { provinceUrl: 'http://province.example', code: await province.code() });
  await enterAs(counter, 'petugas-1');
  await counter.get('printing.set-printers', { printers: [...TEST_PRINTERS] });
  await counter.get('sign-in.end', {});
  await openForBusiness(counter);
  await sellOnline(counter, 'AG 2345 KD');
  await sync(counter);
  await sellOffline(counter, 'AG 1111 HI');
  // At rest: a paper that is still at the printer would add its entry after the marks were read.
  await counter.stop();
  const receipts = counter.printers.papers.flatMap(({ document }) =>
    document.blocks.flatMap((block) => (block.kind === 'qr' ? [block.payload] : [])),
  );
  const root = province.province.context.keys.root.publicKey;
  return { counter, files: await exportOf(counter, 'export'), root, receipts };
}

/** One exported counter for all tests of a file; answers a function, because it is there only once the tests run. */
export function useExportedCounter(province: () => TestProvince): () => ExportedCounter {
  const folder = mkdtempSync(join(tmpdir(), 'loket-exported-'));
  const held: { exported?: ExportedCounter } = {};
  beforeAll(async () => {
    held.exported = await makeExported(folder, province());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return () => {
    if (held.exported === undefined) throw new Error('the counter is not exported yet');
    return held.exported;
  };
}

/** A copy of the device whose database was put back to before its last sale, while the marks stayed: a declared gap. */
export async function rolledBack(exported: ExportedCounter, folder: string): Promise<ExportFiles> {
  const { clock, folder: from } = exported.counter;
  cpSync(from, folder, { recursive: true });
  const again = createTestCounter(folder, { clock });
  const database = join(again.config.dataDir, DATABASE_FILE);
  const old = join(folder, 'old.sqlite');
  copyFileSync(database, old);
  await enterAs(await started(again), 'petugas-1');
  await sellOffline(again, 'AG 6001 TA');
  await again.stop();
  for (const suffix of ['-wal', '-shm']) rmSync(database + suffix, { force: true });
  copyFileSync(old, database);
  const restored = await started(createTestCounter(folder, { clock }));
  await enterAs(restored, 'petugas-1');
  await restored.stop();
  return await exportOf(restored, 'rolled-back');
}
