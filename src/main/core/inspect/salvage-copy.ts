import { entryBodySchemas } from '../../../contract/journal-entry.ts';
import { ok } from '../../../domain/result.ts';
import type { Db } from '../db/open.ts';
import { type DamagedFile, insertRowsNow, type RawRow } from '../db/salvage-file.ts';
import type { WriteTx } from '../db/tx.ts';
import { rebuildRuns } from '../forms/told-runs.ts';
import { parseEnvelope, type StoredEntry } from '../journal/entry-text.ts';
import { keyIdOf } from '../journal/signing.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import { insertEntryNow, insertLedgerLinesNow } from '../journal/journal-store.ts';
import { putDeliveryStateNow } from '../sync/unsent-store.ts';

/** What of a damaged database was taken over. */
export type CopiedTables = {
  readonly rows: number;
  /** Tables of which a part could not be read. */
  readonly incomplete: readonly string[];
};

type Table = {
  readonly name: string;
  readonly key: string;
  /** Whether a row belongs to what was proved; every row where it is left out. */
  readonly keep?: (row: RawRow, proved: Proved) => boolean;
};
type Proved = {
  readonly seqs: number;
  readonly streams: ReadonlySet<string>;
  readonly isWholeKey: SubjectKeys['isWhole'];
};

const bySeq = (row: RawRow, { seqs }: Proved): boolean => Number(row['seq']) <= seqs;
const byStream =
  (column: string) =>
  (row: RawRow, { streams }: Proved): boolean =>
    streams.has(String(row[column]));

/**
 * Projections that cannot be made from the journal alone, and what the province said of custody. Nothing of the feeds is
 * taken: vehicles, officers, rules and decisions come again from the province, whole.
 */
const TABLES: readonly Table[] = [
  {
    name: 'subject_key',
    key: 'subject',
    keep: (row, { isWholeKey }) => isWholeKey(String(row['subject']), String(row['wrapped_key'])),
  },
  { name: 'province_key', key: 'key_id', keep: (row) => keyIdOf(String(row['public_key'])) === row['key_id'] },
  { name: 'setting', key: 'key' },
  { name: 'custody_receipt', key: 'id' },
  { name: 'cash_session', key: 'cash_session_id', keep: byStream('cash_session_id') },
  { name: 'sale', key: 'seq', keep: bySeq },
  { name: 'deposit', key: 'seq', keep: bySeq },
  { name: 'arrival', key: 'arrival_id', keep: byStream('arrival_id') },
  { name: 'application', key: 'application_id', keep: (row, proved) => row['seq'] !== null && bySeq(row, proved) },
  // Its steps too: a decision that moved it once must not move it again when the feed comes anew.
  { name: 'application_step', key: 'step_no', keep: byStream('application_id') },
  { name: 'holding', key: 'holding_id', keep: byStream('stream') },
  { name: 'queue_ticket', key: 'ticket_id', keep: byStream('ticket_id') },
  { name: 'form_delivery', key: 'delivery_id', keep: byStream('delivery_id') },
  { name: 'print_job', key: 'job_id', keep: byStream('stream') },
];

/** The ledger lines that an entry's own body carries. */
function linesOf(entry: StoredEntry): readonly { readonly account: string; readonly amount: number }[] {
  const type = Object.keys(entryBodySchemas).find((known) => known === entry.type);
  const lines = type === undefined ? undefined : parseEnvelope(entry.text).body['ledgerLines'];
  // The body was checked by its schema before it was signed, and the signature holds.
  return (lines ?? []) as readonly { readonly account: string; readonly amount: number }[];
}

/** Puts the proved entries and everything that belongs to them into an empty database, in one commit. */
export async function copyProved(
  db: Db,
  file: DamagedFile,
  chain: readonly StoredEntry[],
  isWholeKey: SubjectKeys['isWhole'],
): Promise<CopiedTables> {
  const proved: Proved = { isWholeKey, seqs: chain.length, streams: new Set(chain.map((entry) => entry.stream)) };
  const incomplete: string[] = [];
  const rowsOf = ({ name, key }: Pick<Table, 'name' | 'key'>): readonly RawRow[] => {
    const { rows, isWhole } = file.rows(name, key);
    if (!isWhole) incomplete.push(name);
    return rows;
  };
  const copied = await db.write(async (tx: WriteTx) => {
    let rows = insertRowsNow(tx, 'device', rowsOf({ name: 'device', key: 'id' }));
    for (const entry of chain) {
      insertEntryNow(tx, entry);
      insertLedgerLinesNow(tx, entry, linesOf(entry));
    }
    for (const table of TABLES) {
      const wanted = rowsOf(table).filter((row) => table.keep?.(row, proved) ?? true);
      rows += insertRowsNow(tx, table.name, wanted);
    }
    await rebuildRuns(tx, chain);
    for (const row of rowsOf({ name: 'delivery', key: 'seq' })) if (bySeq(row, proved)) putDeliveryStateNow(tx, row);
    return ok(rows);
  });
  // The disk took a new file a moment ago; that it does not take this is for the person who salvages.
  if (!copied.ok) throw new Error(`the new database was not written: ${copied.error.code}`);
  return { rows: copied.value, incomplete };
}
