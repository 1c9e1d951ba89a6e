// How the journal bears its own length: the same sale saved at the end of a journal of 1,000 entries and of one of
// 1,000,000, in turns (limit: the long one within 10 %), and `verifyJournal` over the long one in a process of its own
// with a heap of 192 MB. The long run: `npm run bench -- growth`; about ten minutes, 3 GB of disk.
// `node bench/growth.ts [--entries 1000000] [--sales 600]`
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ok } from '../src/domain/result.ts';
import { createColumnCipher } from '../src/main/core/device/column-cipher.ts';
import { counterMigrations } from '../src/main/core/db/migrations/index.ts';
import { verifyJournal } from '../src/main/core/journal/verify-journal.ts';
import { openIn, valueOf } from '../tests/support/opened-database.ts';
import { openTestJournal, saleDraft, TEST_DEVICE_ID, type TestJournal } from '../tests/support/test-journal.ts';
import { figuresOf, machine, printer, timed } from './scene/figures.ts';
import { CASH_SESSION, saveSale } from './scene/saved-sale.ts';

const SHORT = 1_000;
const LIMIT = 1.1;
const HEAP_MB = 192;
/** Entries of one commit while the journal is being made; not what is measured. */
const MAKING = 2_000;

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    sales: { type: 'string', default: '600' },
    verify: { type: 'string' },
  },
});
const print = printer('growth');

async function openAt(folder: string): Promise<TestJournal> {
  const test = await openTestJournal(folder, { db: await openIn(folder, counterMigrations) });
  return await openTestJournal(folder, { db: test.db, marks: { ...test.marks, write: async () => null } });
}

async function makeJournal(folder: string, entries: number): Promise<TestJournal> {
  const test = await openAt(folder);
  valueOf(await test.journal.openEpoch('enrolment'));
  for (let made = 1; made < entries; made += MAKING) {
    valueOf(
      await test.journal.record(async (_tx, append) => {
        for (let one = made; one < Math.min(entries, made + MAKING); one += 1) append(saleDraft(test, CASH_SESSION));
        return ok(undefined);
      }),
    );
  }
  await test.db.checkpoint();
  return test;
}

/** Medians of the same sale at the end of both, in turns, so that what else the machine does falls on both alike. */
async function saveInTurns(short: TestJournal, long: TestJournal): Promise<{ short: number; long: number }> {
  const sales = Number(values.sales);
  const arms = [short, long].map((test) => ({
    test,
    cipher: createColumnCipher(test.secrets, test.random),
    drafts: Array.from({ length: sales }, () => saleDraft(test, CASH_SESSION)),
    times: new Array<number>(),
  }));
  for (let sale = 0; sale < sales; sale += 1) {
    for (const { test, cipher, drafts, times } of arms) {
      times.push((await timed(() => saveSale(test, cipher, drafts))).ms);
    }
  }
  const [shortFigures, longFigures] = arms.map(({ times }) => figuresOf(times.slice(Math.ceil(sales / 5))));
  print({ what: 'save a sale', entries: SHORT, ...shortFigures });
  print({ what: 'save a sale', entries: Number(values.entries), ...longFigures });
  const medians = arms.map(({ times }) => times.slice(Math.ceil(sales / 5)).sort((left, right) => left - right));
  const middle = (sorted: readonly number[] | undefined): number => sorted?.[Math.floor(sorted.length / 2)] ?? 0;
  return { short: middle(medians[0]), long: middle(medians[1]) };
}

/** In the process of its own: verifies the journal of a folder and prints what it took. */
async function verifyHere(folder: string): Promise<void> {
  const test = await openAt(folder);
  const { value: report, ms } = await timed(() =>
    verifyJournal(test.db, { deviceId: TEST_DEVICE_ID, publicKey: test.secrets.signingPublic }),
  );
  await test.db.close();
  const { ok: isWhole, entries, problems } = report;
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  print({
    what: 'verify',
    entries,
    ok: isWhole,
    problems: problems.length,
    seconds: Math.round(ms / 100) / 10,
    entriesPerSecond: Math.round((entries / ms) * 1000),
    peakMb,
    heapLimitMb: HEAP_MB,
  });
  process.exitCode = isWhole ? 0 : 2;
}

async function main(): Promise<void> {
  print({ what: 'machine', ...machine() });
  const [shortFolder, longFolder] = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'loket-growth-')));
  if (shortFolder === undefined || longFolder === undefined) throw new Error('two folders were made');
  try {
    const short = await makeJournal(shortFolder, SHORT);
    const made = await timed(() => makeJournal(longFolder, Number(values.entries)));
    const bytes = statSync(join(longFolder, 'counter.sqlite')).size;
    print({ what: 'made', entries: Number(values.entries), seconds: Math.round(made.ms / 1000), bytes });
    const medians = await saveInTurns(short, made.value);
    await short.db.close();
    await made.value.db.close();
    const ratio = Math.round((medians.long / medians.short) * 1000) / 1000;
    const args = [`--max-old-space-size=${HEAP_MB}`, import.meta.filename, '--verify', longFolder];
    const verified = spawnSync(process.execPath, args, { stdio: 'inherit' });
    print({ ratio, limit: LIMIT, kept: ratio <= LIMIT, verified: verified.status === 0 });
    process.exitCode = ratio <= LIMIT && verified.status === 0 ? 0 : 2;
  } finally {
    for (const folder of [shortFolder, longFolder]) rmSync(folder, { recursive: true, force: true });
  }
}

await (values.verify === undefined ? main() : verifyHere(values.verify));
