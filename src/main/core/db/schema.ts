import type { ApprovalTables } from './schema-approvals.ts';
import type { CaseTables } from './schema-cases.ts';
import type { CounterTables } from './schema-counter.ts';
import type { EmergencyTables } from './schema-emergency.ts';
import type { ApplicationTables, OriginalsTables, PageTables } from './schema-documents.ts';
import type { PaymentTables } from './schema-payments.ts';
import type { RegionTables } from './schema-region.ts';

/** An entry as it is signed and sent; the columns beside `text` repeat what is inside it, for search only. */
export type EntryTable = {
  /** Position in this database, 1, 2, 3 without a hole; it goes on across epochs. */
  readonly seq: number;
  readonly epoch_n: number;
  readonly epoch_nonce: string;
  readonly hash: string;
  /** Hash of the entry before; null for the first. */
  readonly prev: string | null;
  readonly type: string;
  readonly stream: string;
  readonly officer_id: string | null;
  readonly cash_session_id: string | null;
  /** ms UTC as the counter believed. */
  readonly wall_ms: number;
  /** Canonical JSON (RFC 8785), byte for byte as hashed. */
  readonly text: string;
  readonly sig: string;
};

/** The zero-sum lines of an entry; whole rupiah. */
export type LedgerLineTable = {
  readonly entry_seq: number;
  readonly line_no: number;
  readonly account: string;
  readonly amount: number;
  readonly cash_session_id: string | null;
};

/** What the province sent, kept as received. */
export type FeedPageTable = {
  readonly feed: string;
  readonly scope: string;
  readonly incarnation: string;
  readonly from_version: number;
  readonly to_version: number;
  /** SHA-256 (base64url) of `text`. */
  readonly hash: string;
  readonly text: string;
  readonly sig: string;
  readonly key_id: string;
  /** ms UTC. */
  readonly received_at: number;
};

/** The province's signed word that it holds our entries up to `ack_seq`. */
export type CustodyReceiptTable = {
  readonly epoch_n: number;
  readonly epoch_nonce: string;
  readonly ack_seq: number;
  readonly hash: string;
  readonly text: string;
  readonly sig: string;
  readonly key_id: string;
  readonly received_at: number;
};

/** Body key of one subject, wrapped under the data key; deleting the row erases the person. The only table with a DELETE. */
export type SubjectKeyTable = { readonly subject: string; readonly wrapped_key: string };

/** A body key sealed to the province's key `key_id`: made once, for the backups. It goes with the row of its key. */
export type SealedSubjectKeyTable = { readonly subject: string; readonly key_id: string; readonly jwe: string };

/** The one row that says which device this is; there is none before enrolment. */
export type DeviceTable = {
  readonly id: 1;
  readonly device_id: string;
  readonly device_no: number;
  readonly outlet_id: string;
  /** JSON of the contract's `Outlet`. */
  readonly outlet: string;
  readonly province_url: string;
  /** Raw public root key of the province, base64url: pinned. */
  readonly root_key: string;
  /** JSON of the contract's `SignedCertificate`. */
  readonly certificate: string;
  readonly incarnation: string;
  readonly key_store_kind: string;
  readonly enrolled_at: number;
};

/** Local settings that are no secret and are in no signed feed (printers, the last time anchor). */
export type SettingTable = { readonly key: string; readonly value: string };

export type JournalTables = {
  readonly entry: EntryTable;
  readonly ledger_line: LedgerLineTable;
  readonly feed_page: FeedPageTable;
  readonly custody_receipt: CustodyReceiptTable;
  readonly subject_key: SubjectKeyTable;
  readonly sealed_subject_key: SealedSubjectKeyTable;
  readonly device: DeviceTable;
  readonly setting: SettingTable;
};

/** Every table of the counter's database. */
export type Database = JournalTables &
  CounterTables &
  PageTables &
  ApplicationTables &
  OriginalsTables &
  EmergencyTables &
  ApprovalTables &
  PaymentTables &
  RegionTables &
  CaseTables;
