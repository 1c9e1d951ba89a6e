import { sql } from 'kysely';
import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import type { Db } from '../db/open.ts';

/** What the check needs of a stored entry. */
type Linked = {
  readonly device_id: string;
  readonly epoch_n: number;
  readonly epoch_nonce: string;
  readonly seq: number;
  readonly prev: string | null;
};

async function knownPlaces(db: Db, deviceId: string, hashes: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ hash: string; seq: number }>`
    select hash, seq from suspended_entry where device_id = ${deviceId} and hash = any(${hashes})
    union all
    select hash, seq from entry where device_id = ${deviceId} and hash = any(${hashes})`.execute(db);
  return new Map(rows.map(({ hash, seq }) => [hash, seq]));
}

/** Places of which a signed declaration or the damaged bytes themselves say that no entry need stand there. */
async function excused(db: Db, { device_id, epoch_n, epoch_nonce, seq }: Linked): Promise<boolean> {
  const { rows } = await sql<{ one: number }>`
    select 1 as one from damaged_entry where device_id = ${device_id} and epoch_n = ${epoch_n}
      and epoch_nonce = ${epoch_nonce} and seq = ${seq - 1} and vouched
    union all
    select 1 from epoch g where g.device_id = ${device_id} and g.gap_refused is null
      and ${seq - 1}::bigint between g.gap_from and g.gap_to
      and ((g.gap_n = ${epoch_n} and g.gap_nonce = ${epoch_nonce}) or (g.gap_n < ${epoch_n} and exists (
        select 1 from epoch o where o.device_id = g.device_id and o.n = ${epoch_n} and o.nonce = ${epoch_nonce}
          and o.first_seq = ${seq})))
    limit 1`.execute(db);
  return rows.length > 0;
}

/** Entries of one device that stand on nothing: neither an entry of ours, nor damaged bytes, nor a declared gap. */
export async function unchained<R extends Linked>(
  db: Db,
  rows: readonly (readonly [R, EntryEnvelope])[],
): Promise<readonly (readonly [R, EntryEnvelope])[]> {
  const [first] = rows;
  if (first === undefined) return [];
  const prevs = rows.flatMap(([row]) => (row.prev === null ? [] : [row.prev]));
  const known = await knownPlaces(db, first[0].device_id, prevs);
  const found: (readonly [R, EntryEnvelope])[] = [];
  for (const pair of rows) {
    const [row] = pair;
    const before = row.prev === null ? undefined : known.get(row.prev);
    if (row.prev === null ? row.seq === 1 : before === row.seq - 1) continue;
    if (row.prev === null || before !== undefined || !(await excused(db, row))) found.push(pair);
  }
  return found;
}
