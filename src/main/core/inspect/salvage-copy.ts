import { entryBodySchemas } from '../../../contract/journal-entry.ts';
import { ok } from '../../../domain/result.ts';
import type { Db } from '../db/open.ts';
import { type DamagedFile, insertRowsNow, type RawRow } from '../db/salvage-file.ts';
import { readNow, runNow, type WriteTx } from '../db/tx.ts';
import { rebuildRuns } from '../forms/told-runs.ts';
import { parseEnvelope, type StoredEntry } from '../journal/entry-text.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import { insertEntryNow, insertLedgerLinesNow } from '../journal/journal-store.ts';
import { putDeliveryStateNow } from '../sync/unsent-store.ts';
import { namesIn, rebuildOnce } from './salvage-once.ts';
import { rebuildSessions } from './salvage-sessions.ts';
import { COPIED, gone, type Proved, provedBy, type Table } from './salvage-tables.ts';

/** What of a damaged database was taken over. */
export type CopiedTables = {
  readonly rows: number;
  /** Tables of which a part could not be read. */
  readonly incomplete: readonly string[];
};

/** The ledger lines that an entry's own body carries. */
function linesOf(entry: StoredEntry): readonly { readonly account: string; readonly amount: number }[] {
  const type = Object.keys(entryBodySchemas).find((known) => known === entry.type);
  const lines = type === undefined ? undefined : parseEnvelope(entry.text).body['ledgerLines'];
  // The body was checked by its schema before it was signed, and the signature holds.
  return (lines ?? []) as readonly { readonly account: string; readonly amount: number }[];
}

/** The id of a row of `SELECT … AS id`. */
const idOf = (row: unknown): unknown => (typeof row === 'object' && row !== null && 'id' in row ? row.id : undefined);

/** Puts the rows of one table back as far as they are proved. */
function takeRows(
  tx: WriteTx,
  { name, keep, of }: Pick<Table, 'name' | 'keep' | 'of'>,
  rows: readonly RawRow[],
  proved: Proved,
): number {
  const there = of && new Set(readNow(tx, `SELECT ${of.column} AS id FROM ${of.table}`).map(idOf));
  const wanted: RawRow[] = [];
  for (const row of rows) {
    const kept = of === undefined || there?.has(row[of.column]) === true ? keep(row, proved) : undefined;
    if (kept !== undefined) wanted.push(kept);
  }
  return insertRowsNow(tx, name, wanted);
}

/**
 * How far a copied entry had come on its way. Where something is lost, nobody knows whether a void of a sale is among it: no
 * sale of a salvaged counter is voided here then, whose cash may have gone back; its void is the province's to judge.
 */
function putDeliveries(tx: WriteTx, rows: readonly RawRow[], { seqs, isAll }: Proved): void {
  const queued = isAll ? rows.filter((row) => row['state'] === 'queued').map((row) => Number(row['seq'])) : [];
  const left = "UPDATE delivery SET state = 'sending' WHERE seq NOT IN (SELECT value FROM json_each(?))";
  runNow(tx, left, [JSON.stringify(queued)]);
  for (const row of rows) if (Number(row['seq']) <= seqs) putDeliveryStateNow(tx, row);
}

/** Puts the proved entries and everything that belongs to them into an empty database, in one commit. */
export async function copyProved(
  db: Db,
  file: DamagedFile,
  chain: readonly StoredEntry[],
  { isWholeKey, isAll }: { readonly isWholeKey: SubjectKeys['isWhole']; readonly isAll: boolean },
): Promise<CopiedTables> {
  const proved = provedBy(chain, { isWholeKey, isAll });
  const incomplete: string[] = [];
  const rowsOf = (name: string, key: string): readonly RawRow[] => {
    const { rows, isWhole } = file.rows(name, key);
    if (!isWhole) incomplete.push(name);
    return rows;
  };
  const copied = await db.write(async (tx: WriteTx) => {
    let rows = insertRowsNow(tx, 'device', rowsOf('device', 'id'));
    for (const entry of chain) {
      insertEntryNow(tx, entry);
      insertLedgerLinesNow(tx, entry, linesOf(entry));
    }
    for (const table of COPIED) rows += takeRows(tx, table, rowsOf(table.name, table.key), proved);
    await rebuildRuns(tx, chain);
    await rebuildSessions(tx, chain, rowsOf('cash_session', 'cash_session_id'));
    const names = namesIn([...rowsOf('courier_leg', 'seq'), ...rowsOf('cash_refusal', 'seq')]);
    await rebuildOnce(tx, chain, names);
    rows += takeRows(tx, { name: 'cash_refund', keep: gone }, rowsOf('cash_refund', 'seq'), proved);
    putDeliveries(tx, rowsOf('delivery', 'seq'), proved);
    return ok(rows);
  });
  // The disk took a new file a moment ago; that it does not take this is for the person who salvages.
  if (!copied.ok) throw new Error(`the new database was not written: ${copied.error.code}`);
  return { rows: copied.value, incomplete };
}
