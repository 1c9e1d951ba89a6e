import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Checker, type CounterState, text } from './final-state.ts';

const VERIFIER = fileURLToPath(new URL('../../../tools/verify/verify.mjs', import.meta.url));

type Row = Readonly<Record<string, unknown>>;
const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** What the verifier found wrong in one of the files that it was given. */
type Found = { readonly file: string; readonly line: string };

const saidSchema = z.looseObject({ file: z.string(), verdict: z.string().optional(), ok: z.boolean().optional() });

/** Runs the verifier, which shares no code with the product; answers what it found wrong. */
function verified(args: readonly string[]): readonly Found[] {
  const run = spawnSync(process.execPath, [VERIFIER, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status === 0) return [];
  if (run.status !== 2) return [{ file: '', line: `the verifier did not answer: ${run.stderr.slice(0, 300)}` }];
  return run.stdout.split('\n').flatMap((line) => {
    if (line === '') return [];
    const { file, verdict, ok } = saidSchema.parse(JSON.parse(line));
    // A journal ends with its sum; every other line but that of a good receipt is a problem.
    return verdict === 'genuine' || ok !== undefined ? [] : [{ file, line }];
  });
}

const signed = (row: Row): object => ({ text: text(row, 'text'), keyId: text(row, 'key_id'), sig: text(row, 'sig') });

/** One counter's journal and custody as files for the verifier. */
function exported({ folder, markFiles, rows }: CounterState): { readonly journal: string; readonly custody: string } {
  const [device] = rows('SELECT certificate FROM device');
  const marks = markFiles
    .filter((file) => existsSync(file))
    .map((file): unknown => JSON.parse(readFileSync(file, 'utf8')));
  const certificate: unknown = device === undefined ? null : JSON.parse(text(device, 'certificate'));
  const entries = rows('SELECT text, hash, sig FROM entry ORDER BY seq');
  const out = join(folder, 'check');
  mkdirSync(out, { recursive: true });
  const [journal, custody] = [join(out, 'journal.ndjson'), join(out, 'custody.ndjson')];
  const unique = [...new Map(marks.map((mark) => [JSON.stringify(mark), mark])).values()];
  writeFileSync(journal, lines([{ format: 'opop-journal/1', certificate, marks: unique }, ...entries]));
  writeFileSync(custody, lines(rows('SELECT text, key_id, sig FROM custody_receipt ORDER BY id').map(signed)));
  return { journal, custody };
}

/** Journals that one run of the verifier looks at: a program for each would cost more than its work. */
const AT_ONCE = 50;
const MOST_SAID = 3;

function journalProblems(counters: readonly CounterState[], rootKey: string, keys: string): readonly string[] {
  const problems: string[] = [];
  for (let at = 0; at < counters.length; at += AT_ONCE) {
    const files = counters.slice(at, at + AT_ONCE).map((counter) => ({ counter, ...exported(counter) }));
    const custody = files.flatMap((one) => ['--custody', one.custody]);
    const found = verified([
      'journal',
      ...files.map(({ journal }) => journal),
      `--root=${rootKey}`,
      ...custody,
      '--keys',
      keys,
    ]);
    problems.push(...found.filter(({ file }) => file === '').map(({ line }) => line));
    for (const { counter, journal } of files) {
      const own = found.filter(({ file }) => file === journal).slice(0, MOST_SAID);
      problems.push(...own.map(({ line }) => `counter ${String(counter.index)}: ${line}`));
    }
  }
  return problems;
}

/** C10: "chains, custody receipts and paper receipts verify by an independent verifier", with public keys alone. */
export const verifiesIndependently: Checker = async ({ counters, province, papers, rootKey }) => {
  const [first] = counters;
  if (first === undefined) return ['no counter'];
  const pages = await province("select text from feed_page where feed = 'keys' order by to_version");
  // The items of feed `keys`: statements signed by the root, which the verifier checks.
  const statements = pages.flatMap((row) => (JSON.parse(text(row, 'text')) as { items: unknown[] }).items);
  const keys = join(first.folder, 'keys.ndjson');
  writeFileSync(keys, lines(statements));
  const problems = journalProblems(counters, rootKey, keys);
  // Slips of the drawer and of papers (`S1.`, `S2.`) are no receipts.
  const proofs = papers.flatMap(({ proof }) => (proof !== null && /\/t#(?!S\d\.)/.test(proof) ? [proof] : []));
  const receipts = join(first.folder, 'receipts.txt');
  writeFileSync(receipts, proofs.map((proof) => `${proof}\n`).join(''));
  const forged = proofs.length === 0 ? [] : verified(['receipts', receipts, `--root=${rootKey}`]);
  return [...problems, ...forged.slice(0, MOST_SAID).map(({ line }) => line)];
};
