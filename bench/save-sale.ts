// What it costs to save a sale, against a bare insert of the same bytes with the same durability, plus one signature.
// `node bench/save-sale.ts [--sales 400] [--fsync-ms 1]` prints NDJSON. With --fsync-ms it starts itself under strace,
// which delays every fsync of both arms alike; 0 takes the disk as it is. Exits 2
// when the median of a sale is more than twice that of the bare insert and the signature.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openHandle } from '../src/main/core/db/driver.ts';
import { counterMigrations } from '../src/main/core/db/migrations/index.ts';
import { createColumnCipher } from '../src/main/core/device/column-cipher.ts';
import { signEntryHash } from '../src/main/core/journal/signing.ts';
import { openIn, valueOf } from '../tests/support/opened-database.ts';
import { openTestJournal, saleDraft } from '../tests/support/test-journal.ts';
import { CASH_SESSION, saveSale } from './scene/saved-sale.ts';

const TARGET = 2;

const { values } = parseArgs({
  options: {
    sales: { type: 'string', default: '400' },
    'fsync-ms': { type: 'string', default: '1' },
    traced: { type: 'boolean', default: false },
  },
});
const sales = Number(values.sales);
const fsyncMs = Number(values['fsync-ms']);
const print = (line: object): void => {
  process.stdout.write(`${JSON.stringify({ bench: 'save-sale', ...line })}\n`);
};

/** Runs this file again under strace with a delay at every fsync; false where there is no strace. */
function runDelayed(): boolean {
  const delay = `inject=fsync,fdatasync:delay_exit=${fsyncMs * 1000}`;
  const again = [
    process.execPath,
    import.meta.filename,
    '--sales',
    String(sales),
    '--fsync-ms',
    String(fsyncMs),
    '--traced',
  ];
  // --seccomp-bpf: only the named calls are stopped, every other one runs at full speed.
  const strace = ['-f', '--seccomp-bpf', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync', '-e', delay, ...again];
  const run = spawnSync('strace', strace, { stdio: 'inherit' });
  if (run.error !== undefined) return false;
  process.exitCode = run.status ?? 1;
  return true;
}

type Figures = { readonly p50: number; readonly p99: number };

/** Percentiles in ms of each arm. The arms take turns, so that what else the machine does falls on all alike. */
async function measure<Arm extends string>(arms: Readonly<Record<Arm, () => unknown>>): Promise<Record<Arm, Figures>> {
  const names = Object.keys(arms) as Arm[];
  const times = new Map<Arm, number[]>(names.map((name) => [name, []]));
  // The first quarter more is warm-up.
  for (let run = -Math.ceil(sales / 4); run < sales; run += 1) {
    for (const name of names) {
      const began = performance.now();
      await arms[name]();
      if (run >= 0) times.get(name)?.push(performance.now() - began);
    }
  }
  const figures = names.map((name) => {
    const sorted = (times.get(name) ?? []).sort((left, right) => left - right);
    const at = (share: number): number => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 1000) / 1000;
    return [name, { p50: at(0.5), p99: at(0.99) }] as const;
  });
  return Object.fromEntries(figures) as Record<Arm, Figures>;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-bench-'));
  const db = await openIn(folder, counterMigrations);
  const withMarks = await openTestJournal(folder, { db });
  const cipher = createColumnCipher(withMarks.secrets, withMarks.random);
  const noMarks = { ...withMarks.marks, write: async () => null };
  const test = await openTestJournal(folder, { db: withMarks.db, marks: noMarks });
  valueOf(await test.journal.openEpoch('enrolment'));
  const drafts = Array.from({ length: sales * 3 }, () => saleDraft(test, CASH_SESSION));

  const entry = await saveSale(test, cipher, drafts);
  const rows = await test.db.read(async (tx) => ({
    lines: await tx.selectFrom('ledger_line').selectAll().execute(),
    sale: await tx.selectFrom('sale').selectAll().execute(),
    delivery: await tx.selectFrom('delivery').selectAll().where('seq', '=', entry.seq).execute(),
  }));
  const bytes = JSON.stringify([entry, rows]);

  const handle = openHandle(join(folder, 'counter.sqlite'), { readOnly: false, create: false, busyTimeoutMs: 1000 });
  handle.exec('PRAGMA synchronous = FULL');
  handle.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, bytes TEXT NOT NULL) STRICT');
  const { bare, signature, sale, marked } = await measure({
    bare: () => handle.prepare('INSERT INTO bare (bytes) VALUES (?)').run([bytes]),
    signature: () => signEntryHash(entry.hash, test.secrets.signingPrivate),
    sale: () => saveSale(test, cipher, drafts),
    marked: () => saveSale(withMarks, cipher, drafts),
  });
  handle.close();
  await test.db.close();
  rmSync(folder, { recursive: true });

  const fsync = values.traced ? `delayed by ${fsyncMs} ms with strace` : 'as the disk is';
  print({ arm: 'bare insert', ...bare, bytes: bytes.length, fsync });
  print({ arm: 'signature', ...signature });
  print({ arm: 'sale', ...sale, entryBytes: entry.text.length, ledgerLines: rows.lines.length });
  print({ arm: 'sale with both marks', ...marked });
  const ratio = (of: Figures, share: keyof Figures): number =>
    Math.round((of[share] / (bare[share] + signature[share])) * 100) / 100;
  const kept = ratio(sale, 'p50') <= TARGET;
  print({ ratio: { p50: ratio(sale, 'p50'), p99: ratio(sale, 'p99') }, target: TARGET, kept, unit: 'ms', sales });
  process.exitCode = kept ? 0 : 2;
}

if (values.traced || fsyncMs === 0 || !runDelayed()) await main();
