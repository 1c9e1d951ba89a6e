import type { LocalDate } from '../../../domain/local-date.ts';
import type { RawRow } from '../db/salvage-file.ts';
import { bodyOf, type StoredEntry } from '../journal/entry-text.ts';
import { keyIdOf } from '../journal/signing.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import { standsFor } from '../transactions/sold-once.ts';

/** What a proved chain says of the rows beside it. */
export type Proved = {
  readonly seqs: number;
  /** Whether nobody knows of an entry behind the chain. */
  readonly isAll: boolean;
  readonly streams: ReadonlySet<string>;
  /** Transactions that were sold. */
  readonly sold: ReadonlySet<string>;
  /** Transactions for which a provider was asked. */
  readonly asked: ReadonlySet<string>;
  /** Payments by how they ended, as `sold <id>`. */
  readonly ended: ReadonlySet<string>;
  readonly isWholeKey: SubjectKeys['isWhole'];
};

/** Reads of the chain what rows are held against. */
export function provedBy(chain: readonly StoredEntry[], known: Pick<Proved, 'isWholeKey' | 'isAll'>): Proved {
  const [sold, asked, ended] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const entry of chain) {
    if (entry.type === 'payment.requested') asked.add(entry.stream);
    if (entry.type === 'payment.paid-twice') ended.add(`paid-twice ${bodyOf(entry.type, entry).paymentId}`);
    if (entry.type === 'payment.ended') {
      const { paymentId, outcome } = bodyOf(entry.type, entry);
      ended.add(`${outcome === 'released' ? 'released' : 'failed'} ${paymentId}`);
    }
    if (entry.type === 'transaction.paid') {
      sold.add(entry.stream);
      const { paidBy } = bodyOf(entry.type, entry);
      if (paidBy !== undefined) ended.add(`sold ${paidBy.paymentId}`);
    }
  }
  return { ...known, seqs: chain.length, streams: new Set(chain.map(({ stream }) => stream)), sold, asked, ended };
}

/** A table whose rows are taken over. `keep` answers the row as it is put back, or undefined for one that is not. */
export type Table = {
  readonly name: string;
  readonly key: string;
  readonly keep: (row: RawRow, proved: Proved) => RawRow | undefined;
  /** The table and column whose rows it names; a row whose other one lay on the rotten page is not taken. */
  readonly of?: { readonly table: string; readonly column: string };
};
type Test = (row: RawRow, proved: Proved) => boolean;

const text = (row: RawRow, column: string): string => String(row[column]);
const isBehind = (place: unknown, { seqs }: Proved): boolean => typeof place === 'number' && place > seqs;

const where =
  (test: Test): Table['keep'] =>
  (row, proved) =>
    test(row, proved) ? row : undefined;
const every: Table['keep'] = (row) => row;
const isProved =
  (column: string): Test =>
  (row, { seqs }) =>
    typeof row[column] === 'number' && row[column] <= seqs;
const bySeq = where(isProved('seq'));
const byStream = (column: string): Table['keep'] => where((row, { streams }) => streams.has(text(row, column)));

/** A sale; a void that is not proved took nothing back here, and what it stands for is its own again. */
function saleOf(row: RawRow, proved: Proved): RawRow | undefined {
  if (!isProved('seq')(row, proved)) return undefined;
  if (!isBehind(row['void_seq'], proved)) return row;
  const nrkbIndex = text(row, 'nrkb_index');
  const periodUntil = text(row, 'period_until') as LocalDate; // written by the sale that this row is
  const stands = nrkbIndex !== '' && row['central'] !== 'refunded';
  const stands_for = stands ? standsFor({ nrkbIndex, periodUntil }) : null;
  return { ...row, void_seq: null, voided_at: null, void_number: null, stands_for };
}

/** A payment that was asked for; how it ended counts where an entry says so, else nobody knows (OPOP-Sync/1 16.4). */
function paymentOf(row: RawRow, { asked, ended }: Proved): RawRow | undefined {
  if (!asked.has(text(row, 'transaction_id'))) return undefined;
  const isOpen = ['unknown', 'pending', 'confirmed'].includes(text(row, 'state'));
  if (isOpen || ended.has(`${text(row, 'state')} ${text(row, 'payment_id')}`)) return row;
  return { ...row, state: 'unknown', outcome: null, settled_at: null };
}

/** A surprise count; an explanation that is not proved is asked for again. */
function inspectionOf(row: RawRow, proved: Proved): RawRow | undefined {
  if (!isProved('seq')(row, proved)) return undefined;
  return isBehind(row['explained_seq'], proved) ? { ...row, variance_state: 'open', explained_seq: null } : row;
}

/**
 * Cash that went back by an entry behind the chain: that it went back stands, though no entry here says so. Its place is
 * negative, because the counter gives the place itself to another entry.
 */
export function gone(row: RawRow, proved: Proved): RawRow | undefined {
  const seq = row['seq'];
  return typeof seq === 'number' && isBehind(seq, proved) ? { ...row, seq: -seq } : undefined;
}

/**
 * What cannot be made from the journal alone, and what the province said of custody, in an order in which each row finds
 * what it names. Nothing of the feeds is taken: vehicles, officers, rules and decisions come again from the province, whole.
 * What only restricts is taken as it is, proved or not: a wrong code is not forgotten by a rotten page.
 */
export const COPIED: readonly Table[] = [
  {
    name: 'subject_key',
    key: 'subject',
    keep: where((row, { isWholeKey }) => isWholeKey(text(row, 'subject'), text(row, 'wrapped_key'))),
  },
  {
    name: 'province_key',
    key: 'key_id',
    keep: where((row) => keyIdOf(text(row, 'public_key')) === row['key_id']),
  },
  // What a medium had counts no more: it is looked at.
  { name: 'setting', key: 'key', keep: where((row) => row['key'] !== 'mirror-through') },
  { name: 'custody_receipt', key: 'id', keep: every },
  { name: 'sale', key: 'seq', keep: saleOf },
  { name: 'deposit', key: 'seq', keep: bySeq },
  {
    name: 'arrival',
    key: 'arrival_id',
    keep: (row, { streams, sold }) => {
      if (!streams.has(text(row, 'arrival_id'))) return undefined;
      return row['settled_by'] === null || sold.has(text(row, 'settled_by')) ? row : { ...row, settled_by: null };
    },
  },
  { name: 'application', key: 'application_id', keep: bySeq },
  // Its steps too: a decision that moved it once must not move it again when the feed comes anew.
  { name: 'application_step', key: 'step_no', keep: byStream('application_id') },
  { name: 'holding', key: 'holding_id', keep: byStream('stream') },
  { name: 'queue_ticket', key: 'ticket_id', keep: byStream('ticket_id') },
  { name: 'form_delivery', key: 'delivery_id', keep: byStream('delivery_id') },
  { name: 'print_job', key: 'job_id', keep: byStream('stream') },
  { name: 'approval_request', key: 'request_id', keep: every },
  { name: 'approval_tries', key: 'counted_on', keep: every },
  { name: 'approval_list_use', key: 'supervisor_id, list, place', keep: every },
  { name: 'approval', key: 'approval_id', keep: bySeq },
  { name: 'approval_answer', key: 'supervisor_id, counter_id, characters', keep: every },
  { name: 'payment', key: 'payment_id', keep: paymentOf },
  // A confirmed payment becomes a sale out of its draft; every other service is begun again.
  { name: 'draft', key: 'transaction_id', keep: where((row, { asked }) => asked.has(text(row, 'transaction_id'))) },
  { name: 'cash_inspection', key: 'seq', keep: inspectionOf },
  { name: 'case_file', key: 'opened_seq', keep: where(isProved('opened_seq')) },
  { name: 'case_event', key: 'seq', keep: bySeq, of: { table: 'case_file', column: 'case_id' } },
  { name: 'vehicle_match', key: 'seq', keep: bySeq },
  { name: 'cancellation', key: 'seq', keep: bySeq },
  {
    name: 'refund',
    key: 'seq',
    keep: (row, proved) => {
      const kept = bySeq(row, proved);
      return kept !== undefined && isBehind(kept['approved_seq'], proved) ? { ...kept, approved_seq: null } : kept;
    },
  },
  { name: 'emergency_book', key: 'book_id', keep: byStream('book_id') },
  // A number of the book that was told stays told, whatever became of its entry.
  { name: 'emergency_sheet', key: 'number', keep: every },
  { name: 'replaced_pin', key: 'officer_id, verifier_hash', keep: every },
  { name: 'region_word', key: 'seq', keep: bySeq },
];
