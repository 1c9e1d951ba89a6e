import type { SqliteHandle } from '../../src/main/core/db/driver.ts';
import type { RandomPort } from '../../src/main/core/ports.ts';

export type DamageKind = 'flip' | 'deletion' | 'swap';

/** One harm that was done to a stored journal, and where a verifier must point. */
export type Damage = {
  readonly kind: DamageKind;
  /** What was done, for the message of a failed test. */
  readonly what: string;
  /** Positions of which the first reported one must be: the damaged entry, or the first that no longer fits. */
  readonly places: readonly number[];
};

type Cell = { readonly table: 'entry' | 'ledger_line'; readonly column: string; readonly isText: boolean };

const cell = (table: Cell['table'], column: string, isText: boolean): Cell => ({ table, column, isText });
const CELLS: readonly Cell[] = [
  ...['hash', 'prev', 'type', 'stream', 'officer_id', 'cash_session_id', 'epoch_nonce', 'sig'].map((column) =>
    cell('entry', column, true),
  ),
  ...['seq', 'epoch_n', 'wall_ms'].map((column) => cell('entry', column, false)),
  ...['account', 'cash_session_id'].map((column) => cell('ledger_line', column, true)),
  ...['entry_seq', 'line_no', 'amount'].map((column) => cell('ledger_line', column, false)),
];
const TEXT_CELL = cell('entry', 'text', true);
const TABLES = ['entry', 'ledger_line'] as const;

/** A whole number below `below`, by chance. */
function below(random: RandomPort, limit: number): number {
  return Math.floor(random.fraction() * limit);
}

function oneOf<T>(random: RandomPort, all: readonly T[]): T {
  const one = all[below(random, all.length)];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
}

/** A copy of some bytes with one bit turned. */
function turned(bytes: Uint8Array, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

/** A journal on disk, opened past every guard, that can be harmed and healed again and again. */
export type DamageableJournal = {
  /** Harms the journal in one place; throws when it could not. */
  readonly damage: (random: RandomPort) => Damage;
  /** Puts every row back as it was. */
  readonly heal: () => void;
};

function isConstraint(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT');
}

/** Two different positions of the journal, the lower one first. */
function twoOf(random: RandomPort, seqs: readonly number[]): readonly [number, number] {
  const one = oneOf(random, seqs);
  const other = oneOf(
    random,
    seqs.filter((seq) => seq !== one),
  );
  return one < other ? [one, other] : [other, one];
}

/** Turns one bit of one value; half of the time inside the signed text, which is most of what is stored. */
function flip(handle: SqliteHandle, random: RandomPort): Damage {
  const { table, column, isText } = random.fraction() < 0.5 ? TEXT_CELL : oneOf(random, CELLS);
  const key = table === 'entry' ? 'seq' : 'entry_seq, line_no';
  const rows = handle.rows(
    `SELECT ${key}, CAST(${column} AS BLOB) AS bytes, CAST(${column} AS TEXT) AS value FROM ${table} WHERE ${column} IS NOT NULL`,
  );
  const row = oneOf(random, rows);
  const place = table === 'entry' ? [row['seq']] : [row['entry_seq'], row['line_no']];
  const where = table === 'entry' ? 'seq = ?' : 'entry_seq = ? AND line_no = ?';
  const seq = Number(place[0]);
  if (isText) {
    const bytes = row['bytes'] as Buffer; // CAST AS BLOB
    const bit = below(random, bytes.length * 8);
    const sql = `UPDATE ${table} SET ${column} = CAST(? AS TEXT) WHERE ${where}`;
    handle.prepare(sql).run([turned(bytes, bit), ...place]);
    return { kind: 'flip', what: `bit ${bit} of ${table}.${column} at ${place.join('/')}`, places: [seq] };
  }
  const bit = below(random, 64);
  const value = BigInt.asIntN(64, BigInt(String(row['value'])) ^ (1n << BigInt(bit)));
  handle.prepare(`UPDATE ${table} SET ${column} = CAST(? AS INTEGER) WHERE ${where}`).run([String(value), ...place]);
  // A position that changed is missed where it stood, or found where it now stands.
  const isPosition = column === 'seq' || column === 'entry_seq';
  const places = isPosition ? [seq, seq + 1, Number(value)] : [seq];
  return { kind: 'flip', what: `bit ${bit} of ${table}.${column} at ${place.join('/')}`, places };
}

function deletion(handle: SqliteHandle, random: RandomPort, seqs: readonly number[]): Damage {
  const seq = oneOf(random, seqs);
  const lines = handle.rows('SELECT line_no FROM ledger_line WHERE entry_seq = ?', seq);
  const how = oneOf(random, ['entry', 'entry with its lines', 'ledger line'] as const);
  if (how === 'ledger line' && lines.length > 0) {
    const lineNo = oneOf(random, lines)['line_no'];
    handle.prepare('DELETE FROM ledger_line WHERE entry_seq = ? AND line_no = ?').run([seq, lineNo]);
    return { kind: 'deletion', what: `ledger line ${seq}/${String(lineNo)}`, places: [seq] };
  }
  handle.prepare('DELETE FROM entry WHERE seq = ?').run([seq]);
  if (how === 'entry with its lines') handle.prepare('DELETE FROM ledger_line WHERE entry_seq = ?').run([seq]);
  // A hole is seen at its edge; a missing end by the mark that names it.
  return { kind: 'deletion', what: `${how} ${seq}`, places: [seq, seq + 1] };
}

/** Exchanges two entries, or one value between two of them. */
function swap(handle: SqliteHandle, random: RandomPort, seqs: readonly number[]): Damage {
  const [one, other] = twoOf(random, seqs);
  const column = oneOf(random, ['seq', 'text', 'hash', 'sig', 'text, hash, sig', 'prev', 'wall_ms'] as const);
  const rows = handle.rows(`SELECT ${column} FROM entry WHERE seq IN (?, ?) ORDER BY seq`, one, other);
  const [first, second] = rows.map((row) => Object.values(row));
  if (first === undefined || second === undefined) throw new Error('no such entries');
  const isSame = JSON.stringify(first) === JSON.stringify(second);
  if (isSame) return swap(handle, random, seqs);
  const set = column
    .split(', ')
    .map((name) => `${name} = ?`)
    .join(', ');
  const write = handle.prepare(`UPDATE entry SET ${set} WHERE seq = ?`);
  if (column === 'seq') {
    for (const [from, to] of [
      [one, -1],
      [other, one],
      [-1, other],
    ] as const)
      write.run([to, from]);
  } else {
    // Past the value that is unique.
    write.run([...first.map((value) => (column.includes('hash') ? '' : value)), other]);
    write.run([...second, one]);
    write.run([...first, other]);
  }
  return { kind: 'swap', what: `${column} of ${one} and ${other}`, places: [one] };
}

/**
 * Opens a stored journal for harm: the triggers that guard it are dropped, and its checks are off. The handle must be
 * open for writing and is the caller's to close.
 */
export function openForDamage(handle: SqliteHandle): DamageableJournal {
  handle.exec('PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA ignore_check_constraints = ON');
  for (const { name } of handle.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'")) {
    handle.exec(`DROP TRIGGER ${String(name)}`);
  }
  for (const table of TABLES) handle.exec(`CREATE TEMP TABLE whole_${table} AS SELECT * FROM main.${table}`);
  const seqs = handle.rows('SELECT seq FROM entry ORDER BY seq').map((row) => Number(row['seq']));
  const damageOnce = (random: RandomPort): Damage => {
    const chance = random.fraction();
    if (chance < 0.6) return flip(handle, random);
    return chance < 0.8 ? deletion(handle, random, seqs) : swap(handle, random, seqs);
  };
  return {
    damage: (random) => {
      for (let tries = 0; tries < 100; tries += 1) {
        handle.exec('BEGIN');
        try {
          const done = damageOnce(random);
          handle.exec('COMMIT');
          return done;
        } catch (error) {
          handle.exec('ROLLBACK');
          // Two rows cannot have one key: such a harm cannot be done, another can.
          if (!isConstraint(error)) throw error;
        }
      }
      throw new Error('the journal could not be harmed');
    },
    heal: () => {
      const back = TABLES.map(
        (table) => `DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM temp.whole_${table};`,
      );
      handle.exec(`BEGIN; ${back.join(' ')} COMMIT`);
    },
  };
}
