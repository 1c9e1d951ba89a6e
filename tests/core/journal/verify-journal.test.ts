import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ok } from '../../../src/domain/result.ts';
import { createDatabase } from '../../../src/main/core/db/database.ts';
import { openHandle, type SqliteHandle } from '../../../src/main/core/db/driver.ts';
import type { FoundMark } from '../../../src/main/core/journal/mark.ts';
import { type JournalReport, verifyJournal } from '../../../src/main/core/journal/verify-journal.ts';
import { openIn, valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestJournal, saleDraft, sessionOpenedDraft, signedInDraft } from '../../support/test-journal.ts';

const DAMAGES = 300;

type Column = readonly [table: 'entry' | 'ledger_line', column: string, kind: 'text' | 'integer'];
const COLUMNS: readonly Column[] = [
  ['entry', 'seq', 'integer'],
  ['entry', 'epoch_n', 'integer'],
  ['entry', 'epoch_nonce', 'text'],
  ['entry', 'hash', 'text'],
  ['entry', 'prev', 'text'],
  ['entry', 'type', 'text'],
  ['entry', 'stream', 'text'],
  ['entry', 'officer_id', 'text'],
  ['entry', 'cash_session_id', 'text'],
  ['entry', 'wall_ms', 'integer'],
  ['entry', 'text', 'text'],
  ['entry', 'sig', 'text'],
  ['ledger_line', 'entry_seq', 'integer'],
  ['ledger_line', 'line_no', 'integer'],
  ['ledger_line', 'account', 'text'],
  ['ledger_line', 'amount', 'integer'],
  ['ledger_line', 'cash_session_id', 'text'],
];

type Damage =
  | { readonly kind: 'flip'; readonly column: number; readonly row: number; readonly bit: number }
  | { readonly kind: 'delete'; readonly table: 'entry' | 'ledger_line'; readonly row: number }
  | { readonly kind: 'swap'; readonly columns: readonly string[]; readonly row: number; readonly other: number }
  | { readonly kind: 'copy-line'; readonly row: number };

const damages: fc.Arbitrary<Damage> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('flip' as const),
      column: fc.nat(COLUMNS.length - 1),
      row: fc.nat(),
      bit: fc.nat(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('delete' as const),
      table: fc.constantFrom('entry' as const, 'ledger_line' as const),
      row: fc.nat(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('swap' as const),
      columns: fc.constantFrom(
        ['text'],
        ['sig'],
        ['text', 'hash', 'sig'],
        ['text', 'hash', 'prev', 'sig', 'type', 'stream'],
      ),
      row: fc.nat(),
      other: fc.nat(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('copy-line' as const), row: fc.nat() }) },
);

/** A stored journal to damage: made once, copied for every damage. */
const stored: { file: string; deviceId: string; publicKey: string; marks: readonly FoundMark[] } = {
  file: '',
  deviceId: '',
  publicKey: '',
  marks: [],
};

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'loket-verify-'));
  const test = await openTestJournal(folder);
  valueOf(await test.journal.openEpoch('enrolment'));
  const session = test.newId();
  await test.journal.record(async (_tx, append) => ok(append(sessionOpenedDraft(session, 300_000))));
  for (let sale = 0; sale < 6; sale += 1) {
    await test.journal.record(async (_tx, append) => ok(append(saleDraft(test, session))));
    await test.journal.record(async (_tx, append) => ok(append(signedInDraft(test.newId()))));
  }
  valueOf(await test.journal.openEpoch('rotate'));
  stored.marks = await test.marks.read();
  await test.db.close();
  stored.file = join(folder, 'counter.sqlite');
  stored.deviceId = test.deviceId;
  stored.publicKey = test.secrets.signingPublic;
});

/** The stored file opened without the tables' own fences: what a hand with a hex editor could do. */
function unfenced(file: string): SqliteHandle {
  const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 0 });
  handle.exec('PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF');
  for (const row of handle.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'")) {
    handle.exec(`DROP TRIGGER ${String(row['name'])}`);
  }
  return handle;
}

const keyOf = { entry: ['seq'], ledger_line: ['entry_seq', 'line_no'] } as const;

/** Flips one bit of one stored value; false when the value is NULL. */
function flip(handle: SqliteHandle, [table, column, kind]: Column, row: number, bit: number): boolean {
  const rows = handle.rows(
    `SELECT ${keyOf[table].join(', ')}, CAST(${column} AS BLOB) AS bytes, ${column} AS value FROM ${table}`,
  );
  const chosen = rows[row % rows.length];
  if (chosen === undefined || chosen['value'] === null) return false;
  const where = keyOf[table].map((key) => `${key} = ?`).join(' AND ');
  const keys = keyOf[table].map((key) => chosen[key]);
  if (kind === 'integer') {
    const flipped = BigInt(chosen['value'] as number) ^ (1n << BigInt(bit % 40));
    handle.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`).run([flipped, ...keys]);
    return true;
  }
  const bytes = Buffer.from(chosen['bytes'] as Uint8Array);
  const at = Math.floor(bit / 8) % bytes.length;
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit % 8)), at);
  handle.prepare(`UPDATE ${table} SET ${column} = CAST(? AS TEXT) WHERE ${where}`).run([bytes, ...keys]);
  return true;
}

function swap(handle: SqliteHandle, columns: readonly string[], one: number, other: number): boolean {
  const [left, right] = [one, other].map(
    (seq) => handle.rows(`SELECT ${columns.join(', ')} FROM entry WHERE seq = ?`, seq)[0],
  );
  if (left === undefined || right === undefined || one === other) return false;
  const put = (seq: number, values: readonly unknown[]): void => {
    const sets = columns.map((column) => `${column} = ?`).join(', ');
    handle.prepare(`UPDATE entry SET ${sets} WHERE seq = ?`).run([...values, seq]);
  };
  // A hash is unique: the first row is emptied before the second takes its values.
  put(
    one,
    columns.map((column) => `${column}-${'x'.repeat(40)}`),
  );
  put(other, Object.values(left));
  put(one, Object.values(right));
  return true;
}

function apply(handle: SqliteHandle, damage: Damage): boolean {
  const seqs = handle.rows('SELECT seq FROM entry').map((row) => row['seq'] as number);
  const seqAt = (row: number): number => seqs[row % seqs.length] ?? 1;
  switch (damage.kind) {
    case 'flip': {
      const column = COLUMNS[damage.column];
      return column !== undefined && flip(handle, column, damage.row, damage.bit);
    }
    case 'delete': {
      const keys = handle.rows(`SELECT ${keyOf[damage.table].join(', ')} FROM ${damage.table}`);
      const key = keys[damage.row % keys.length];
      if (key === undefined) return false;
      const where = Object.keys(key)
        .map((name) => `${name} = ?`)
        .join(' AND ');
      handle.prepare(`DELETE FROM ${damage.table} WHERE ${where}`).run(Object.values(key));
      return true;
    }
    case 'swap':
      return swap(handle, damage.columns, seqAt(damage.row), seqAt(damage.other));
    case 'copy-line': {
      handle
        .prepare(
          'INSERT INTO ledger_line SELECT entry_seq, line_no + 50, account, amount, cash_session_id FROM ledger_line LIMIT 1 OFFSET ?',
        )
        .run([damage.row % 40]);
      return true;
    }
    default:
      throw new Error('every damage is applied');
  }
}

async function verifyFile(folder: string): Promise<JournalReport> {
  // Without the checks of a start: the verifier alone must find it.
  const reader = openHandle(join(folder, 'counter.sqlite'), { readOnly: true, create: false, busyTimeoutMs: 0 });
  const db = createDatabase(undefined, reader, () => ({ sqliteVersion: '', journalMode: '', synchronous: 0 }));
  const report = await verifyJournal(db, stored);
  await db.close();
  return report;
}

describe('the verifier', () => {
  it('finds nothing wrong with what the counter wrote', async () => {
    const folder = temporaryFolder();
    copyFileSync(stored.file, join(folder, 'counter.sqlite'));
    expect(await verifyFile(folder)).toMatchObject({ ok: true, entries: 15, problems: [] });
  });

  it(`finds each of ${DAMAGES} flipped bits, deletions, swaps and additions in a stored journal`, async () => {
    let applied = 0;
    await fc.assert(
      fc.asyncProperty(damages, async (damage) => {
        const folder = temporaryFolder();
        const file = join(folder, 'counter.sqlite');
        copyFileSync(stored.file, file);
        const handle = unfenced(file);
        let isApplied: boolean;
        try {
          isApplied = apply(handle, damage);
        } catch (error) {
          // A unique key may forbid a flip even without the fences; then nothing was damaged.
          expect(String(error)).toMatch(/UNIQUE/);
          isApplied = false;
        }
        handle.close();
        const report = await verifyFile(folder);
        expect(report.ok).toBe(!isApplied);
        if (isApplied) applied += 1;
      }),
      { numRuns: DAMAGES + 100 },
    );
    expect(applied).toBeGreaterThanOrEqual(DAMAGES);
  });

  it.each([
    [
      'UPDATE entry SET text = replace(text, \'"v":1\', \'"v": 1\') WHERE seq = 3',
      3,
      ['HASH_WRONG', 'TEXT_NOT_CANONICAL'],
    ],
    ["UPDATE entry SET text = 'x' WHERE seq = 3", 3, ['HASH_WRONG', 'TEXT_UNREADABLE']],
    ['UPDATE entry SET wall_ms = wall_ms + 1 WHERE seq = 3', 3, ['COLUMN_DIFFERS']],
    ['DELETE FROM entry WHERE seq = 4', 5, ['SEQ_GAP', 'PREV_WRONG']],
    ['UPDATE ledger_line SET amount = amount + 1 WHERE entry_seq = 3 AND line_no = 1', 3, ['LEDGER_LINES_DIFFER']],
    ["INSERT INTO ledger_line VALUES (99, 1, 'float', 5, NULL)", 99, ['LEDGER_LINES_DIFFER']],
    ['DELETE FROM entry WHERE seq = 15', 15, ['MARK_NOT_IN_JOURNAL']],
    ['UPDATE entry SET epoch_n = 7 WHERE seq = 2', 2, ['EPOCH_WRONG', 'COLUMN_DIFFERS']],
  ])('names what is wrong after: %s', async (statement, seq, problems) => {
    const folder = temporaryFolder();
    const file = join(folder, 'counter.sqlite');
    copyFileSync(stored.file, file);
    const handle = unfenced(file);
    handle.exec(statement);
    handle.close();
    const report = await verifyFile(folder);
    const there = report.problems.filter((one) => one.seq === seq).map((one) => one.problem);
    expect(there).toEqual(expect.arrayContaining(problems));
  });

  it.each([
    ['the last entry of a batch', 'DELETE FROM entry WHERE seq = 100', 101],
    ['the first entry of a batch', 'DELETE FROM entry WHERE seq = 101', 102],
    ['a line of the last entry of a batch', 'DELETE FROM ledger_line WHERE entry_seq = 200 AND line_no = 1', 200],
    ['nothing', 'SELECT 1', null],
  ])('sees beyond one batch: without %s', async (_what, statement, seq) => {
    const folder = temporaryFolder();
    const test = await openTestJournal(folder);
    valueOf(await test.journal.openEpoch('enrolment'));
    await test.journal.record(async (_tx, append) => {
      for (let index = 0; index < 250; index += 1) append(sessionOpenedDraft(test.newId(), 50_000));
      return ok(undefined);
    });
    await test.db.close();
    const handle = unfenced(join(folder, 'counter.sqlite'));
    handle.exec(statement);
    handle.close();
    const db = await openIn(folder);
    const report = await verifyJournal(db, { deviceId: test.deviceId, publicKey: test.secrets.signingPublic });
    expect(report.problems.map((one) => one.seq)).toEqual(expect.arrayContaining(seq === null ? [] : [seq]));
    expect(report.ok).toBe(seq === null);
    await db.close();
  });

  it('does not believe the journal of another device, nor one under another key', async () => {
    const folder = temporaryFolder();
    copyFileSync(stored.file, join(folder, 'counter.sqlite'));
    const db = await openIn(folder);
    const other = await openTestJournal(temporaryFolder(), { seed: 5 });
    const report = await verifyJournal(db, { deviceId: stored.deviceId, publicKey: other.secrets.signingPublic });
    expect(new Set(report.problems.map((one) => one.problem))).toEqual(new Set(['SIGNATURE_WRONG', 'OTHER_KEY']));
    const byName = await verifyJournal(db, { ...stored, deviceId: '0192f000-0000-7000-8000-00000000d002' });
    expect(new Set(byName.problems.map((one) => one.problem))).toEqual(new Set(['OTHER_DEVICE']));
    await db.close();
    await other.db.close();
  });
});
