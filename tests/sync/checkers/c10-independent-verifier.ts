import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Checker, type CounterState, text } from './final-state.ts';

const VERIFIER = fileURLToPath(new URL('../../../tools/verify/verify.mjs', import.meta.url));

type Row = Readonly<Record<string, unknown>>;
const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** Runs the verifier, which shares no code with the product; answers what it found wrong. */
function verified(args: readonly string[]): readonly string[] {
  const run = spawnSync(process.execPath, [VERIFIER, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status === 0) return [];
  if (run.status !== 2) return [`the verifier did not answer: ${run.stderr.slice(0, 300)}`];
  const said = run.stdout.split('\n').filter((line) => line !== '' && !line.includes('"verdict":"genuine"'));
  return said.slice(0, 3);
}

const signed = (row: Row): object => ({ text: text(row, 'text'), keyId: text(row, 'key_id'), sig: text(row, 'sig') });

function journalProblems({ folder, markFiles, rows }: CounterState, rootKey: string, keys: string): readonly string[] {
  const [device] = rows('SELECT certificate FROM device');
  if (device === undefined) return ['no device'];
  const marks = markFiles
    .filter((file) => existsSync(file))
    .map((file): unknown => JSON.parse(readFileSync(file, 'utf8')));
  const certificate: unknown = JSON.parse(text(device, 'certificate'));
  const entries = rows('SELECT text, hash, sig FROM entry ORDER BY seq');
  const out = join(folder, 'check');
  mkdirSync(out, { recursive: true });
  const [journal, custody] = [join(out, 'journal.ndjson'), join(out, 'custody.ndjson')];
  const unique = [...new Map(marks.map((mark) => [JSON.stringify(mark), mark])).values()];
  writeFileSync(journal, lines([{ format: 'opop-journal/1', certificate, marks: unique }, ...entries]));
  writeFileSync(custody, lines(rows('SELECT text, key_id, sig FROM custody_receipt ORDER BY id').map(signed)));
  return verified(['journal', journal, `--root=${rootKey}`, '--custody', custody, '--keys', keys]);
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
  const problems = counters.flatMap((counter) =>
    journalProblems(counter, rootKey, keys).map((problem) => `counter ${String(counter.index)}: ${problem}`),
  );
  // Slips of the drawer and of papers (`S1.`, `S2.`) are no receipts.
  const proofs = papers.flatMap(({ proof }) => (proof !== null && /\/t#(?!S\d\.)/.test(proof) ? [proof] : []));
  const receipts = join(first.folder, 'receipts.txt');
  writeFileSync(receipts, proofs.map((proof) => `${proof}\n`).join(''));
  return [...problems, ...(proofs.length === 0 ? [] : verified(['receipts', receipts, `--root=${rootKey}`]))];
};
