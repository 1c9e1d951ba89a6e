type Position = { device_id: string; epoch_n: number; epoch_nonce: string; seq: number };
type EpochTable = {
  device_id: string;
  n: number;
  nonce: string;
  first_seq: number;
  opened_hash: string;
  reason: string;
  proven_hash: string | null;
  gap_n: number | null;
  gap_nonce: string | null;
  gap_from: number | null;
  gap_to: number | null;
  gap_refused: string | null;
  received_at: number;
};
type DamagedEntryTable = Position & {
  raw_hash: string;
  /** Named by the device itself over its own line; a carrier may claim any place. */
  vouched: boolean;
  raw: Buffer;
  received_at: number;
};
type PendingEntryTable = Position & {
  hash: string;
  prev: string | null;
  text: string;
  sig: string;
  received_at: number;
};
type ReverdictTable = {
  device_id: string;
  hash: string;
  word_no: number;
  seq: number;
  verdict: 'ACCEPTED' | 'QUARANTINED' | 'CONFLICT' | 'SETTLED' | 'REFUSED';
  reason: string | null;
  /** What a person said who ended it, and who that was; null where the entry was judged again. */
  note: string | null;
  said_by: string | null;
  at: number;
  /** Version of the page of feed `decisions` that tells its device; null until it is made. */
  told_in: number | null;
};
type AnnouncedVoidTable = { device_id: string; transaction_id: string; announced_at: number };
type ErasedSubjectTable = { device_id: string; subject: string; erased_at: number };
type ReturnedPageTable = {
  device_id: string;
  hash: string;
  text: string;
  sig: string;
  key_id: string;
  returned_at: number;
};
type RecoveredNumberTable = {
  device_id: string;
  transaction_id: string;
  number: string;
  token: string;
  issued_on: string;
  page_hash: string;
  recovered_at: number;
};

/** Tables of epochs, gaps, damaged rows, what waits, and what a restored province lost and got back. */
export type ChainTables = {
  epoch: EpochTable;
  damaged_entry: DamagedEntryTable;
  pending_entry: PendingEntryTable;
  announced_void: AnnouncedVoidTable;
  reverdict: ReverdictTable;
  erased_subject: ErasedSubjectTable;
  returned_page: ReturnedPageTable;
  recovered_number: RecoveredNumberTable;
};
