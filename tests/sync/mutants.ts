import type { Patch } from './patch.ts';

/** A change of the real code that exactly one checker finds, with the world in which it does. */
export type Mutant = Patch & {
  readonly name: string;
  /** What is broken, as a sentence about the product. */
  readonly breaks: string;
  readonly check: string;
  readonly world: readonly string[];
};

const world = (faults: string, more: readonly string[] = []): readonly string[] => {
  const size = ['--counters', '2', '--days', '2', '--sales', '16', '--seed', '11'];
  return [...size, '--faults', faults, ...more];
};

/** One for each invariant of OPOP-Sync/1, section 15; two where an invariant has two roads. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'total-is-less',
    check: 'C1',
    breaks: 'the province books a rupiah less than was taken',
    file: 'src/province/ingest/body-writes.ts',
    find: '      total,\n',
    replace: '      total: total - 1,\n',
    world: world('none'),
  },
  {
    name: 'line-is-more',
    check: 'C2',
    breaks: 'a ledger line of the counter’s table says a rupiah more than the entry',
    file: 'src/main/core/journal/journal-store.ts',
    find: "line.value ->> 'amount', ? FROM json_each(?)",
    replace: "(line.value ->> 'amount') + (line.value ->> 'account' = 'jasa-raharja'), ? FROM json_each(?)",
    world: world('none'),
  },
  {
    name: 'sale-without-cash',
    check: 'C3',
    breaks: 'the province takes a sale in and leaves its cash out',
    file: 'src/province/ingest/body-writes.ts',
    find: '    writes.ledgerLines.push(',
    replace: "    if (read.type !== 'transaction.paid') writes.ledgerLines.push(",
    world: world('none'),
  },
  {
    name: 'other-verdict',
    check: 'C4',
    breaks: 'the counter keeps another verdict than the province gave',
    file: 'src/main/core/sync/custody.ts',
    find: ['DUPLICATE:$', '{verdict.original}'].join(''),
    replace: 'DUPLICATE:QUARANTINED',
    // A seed in which the answers of several pushes are lost: those of a hello repeat no verdict.
    world: world('lost-answer', ['--seed', '3']),
  },
  {
    name: 'set-aside-for-ever',
    check: 'C4',
    breaks: 'what the province has accepted since it set it aside stays set aside at the counter',
    file: 'src/main/core/sync/second-word-store.ts',
    find: 'for (const { seq, hash, word, reason, note, at } of secondWords ?? []) {',
    replace: 'for (const { seq, hash, word, reason, note, at } of []) {',
    world: world('late-officer'),
  },
  {
    name: 'silent-province',
    check: 'C5',
    breaks: 'the province sees that a device was put back and tells nobody',
    file: 'src/province/ingest/incidents.ts',
    find: 'if (incidents.length === 0) return 0;',
    replace: 'if (incidents.length >= 0) return 0;',
    world: ['--counters', '3', '--days', '4', '--sales', '30', '--seed', '3', '--faults', 'old-image-marks'],
  },
  {
    name: 'half-a-batch',
    check: 'C6',
    breaks: 'the province commits the first half of a push by itself',
    file: 'src/province/ingest/chain-writes.ts',
    find: '  await writeTogether(tx, [...rowsOf(tx, device, writes), ...days.inserts]);\n',
    replace: `  const half = Math.ceil(writes.entries.length / 2);
  await writeTogether(tx, entryRows(deviceId, writes.entries.slice(0, half)));
  for (const step of ['commit', 'begin']) await sql.raw(step).execute(tx);
  const rest = { ...writes, entries: writes.entries.slice(half) };
  await writeTogether(tx, [...rowsOf(tx, device, rest), ...days.inserts]);
`,
    // A seed in which a push of several entries is struck.
    world: world('abort-before-commit', ['--seed', '13']),
  },
  {
    name: 'other-number',
    check: 'C7',
    breaks: 'the paper shows another number than the journal',
    file: 'src/main/core/transactions/papers.ts',
    find: 'receiptNumber: body.receiptNumber,\n    tendered',
    replace: "receiptNumber: body.receiptNumber.replace('3506', '3507'),\n    tendered",
    world: world('none'),
  },
  {
    name: 'newest-waits',
    check: 'C8',
    breaks: 'the newest entry is never sent',
    file: 'src/main/core/sync/push-batch.ts',
    find: 'readUnsent(tx, limits.maxEntries, afterSeq));',
    replace: 'readUnsent(tx, limits.maxEntries, afterSeq)).then((all) => all.slice(0, -1));',
    world: world('none'),
  },
  {
    name: 'other-page',
    check: 'C9',
    breaks: 'the counter keeps the hash of the page before instead of that of the page',
    file: 'src/main/core/sync/apply-page.ts',
    find: 'pageHash: hash,',
    replace: 'pageHash: page.prevHash ?? hash,',
    world: world('none'),
  },
  {
    name: 'other-sum-signed',
    check: 'C10',
    breaks: 'the signature on the paper is over another sum than the paper says',
    file: 'src/main/core/journal/receipt-signer.ts',
    find: 'canonicalJson(statement)',
    replace: 'canonicalJson({ ...statement, total: statement.total + 1 })',
    world: world('none'),
  },
  {
    name: 'name-in-clear',
    check: 'C11',
    breaks: 'an owner’s name stands in the readable part of an entry',
    file: 'src/main/core/transactions/sale-writer.ts',
    find: 'blankReason: draft.content.payer.blankReason,',
    replace: 'blankReason: draft.content.payer.blankReason ?? record.ownerName,',
    world: world('none'),
  },
  {
    name: 'real-dice',
    check: 'C12',
    breaks: 'how much a push carries depends on dice that no seed decides',
    file: 'src/main/core/sync/push-batch.ts',
    find: 'readUnsent(tx, limits.maxEntries, afterSeq)',
    replace: 'readUnsent(tx, 1 + Math.floor(Math.random() * 3), afterSeq)',
    world: world('none'),
  },
];

/** A mutant by its name; throws when there is none. */
export function findMutant(name: string): Mutant {
  const found = MUTANTS.find((mutant) => mutant.name === name);
  if (found === undefined) throw new Error(`no mutant ${name}`);
  return found;
}
