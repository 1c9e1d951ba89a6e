import { type Kysely, sql } from 'kysely';

const APPEND_ONLY = ['entry', 'ledger_line', 'feed_page', 'custody_receipt'] as const;

/** The journal, what the province sent, the keys of persons, the device. */
const TABLES = [
  sql`CREATE TABLE entry (
    seq INTEGER NOT NULL CONSTRAINT entry_pk PRIMARY KEY,
    epoch_n INTEGER NOT NULL CONSTRAINT entry_epoch_n_positive CHECK (epoch_n > 0),
    epoch_nonce TEXT NOT NULL CONSTRAINT entry_epoch_nonce_length CHECK (length(epoch_nonce) = 11),
    hash TEXT NOT NULL CONSTRAINT entry_hash_unique UNIQUE CONSTRAINT entry_hash_length CHECK (length(hash) = 43),
    prev TEXT CONSTRAINT entry_prev_length CHECK (prev IS NULL OR length(prev) = 43),
    type TEXT NOT NULL CONSTRAINT entry_type_present CHECK (length(type) BETWEEN 1 AND 60),
    stream TEXT NOT NULL CONSTRAINT entry_stream_length CHECK (length(stream) = 36),
    officer_id TEXT,
    cash_session_id TEXT,
    wall_ms INTEGER NOT NULL CONSTRAINT entry_wall_ms_positive CHECK (wall_ms >= 0),
    text TEXT NOT NULL CONSTRAINT entry_text_is_json CHECK (json_valid(text)),
    sig TEXT NOT NULL CONSTRAINT entry_sig_length CHECK (length(sig) = 86),
    CONSTRAINT entry_first_has_no_prev CHECK ((prev IS NULL) = (seq = 1))
  ) STRICT`,
  sql`CREATE INDEX entry_by_stream ON entry (stream, seq)`,
  sql`CREATE TABLE ledger_line (
    entry_seq INTEGER NOT NULL CONSTRAINT ledger_line_of_entry REFERENCES entry (seq),
    line_no INTEGER NOT NULL CONSTRAINT ledger_line_no_positive CHECK (line_no > 0),
    account TEXT NOT NULL CONSTRAINT ledger_line_account_length CHECK (length(account) BETWEEN 1 AND 60),
    amount INTEGER NOT NULL
      CONSTRAINT ledger_line_amount_exact CHECK (amount BETWEEN -9007199254740991 AND 9007199254740991),
    cash_session_id TEXT,
    CONSTRAINT ledger_line_pk PRIMARY KEY (entry_seq, line_no)
  ) STRICT, WITHOUT ROWID`,
  // By the session alone: an index that knows the accounts too has a page for each of a sale's twelve lines to write.
  sql`CREATE INDEX ledger_line_by_cash_session ON ledger_line (cash_session_id)`,
  sql`CREATE TABLE feed_page (
    feed TEXT NOT NULL,
    scope TEXT NOT NULL,
    incarnation TEXT NOT NULL,
    from_version INTEGER NOT NULL CONSTRAINT feed_page_from_positive CHECK (from_version >= 0),
    to_version INTEGER NOT NULL,
    hash TEXT NOT NULL CONSTRAINT feed_page_hash_length CHECK (length(hash) = 43),
    text TEXT NOT NULL,
    sig TEXT NOT NULL CONSTRAINT feed_page_sig_length CHECK (length(sig) = 86),
    key_id TEXT NOT NULL CONSTRAINT feed_page_key_id_length CHECK (length(key_id) = 12),
    received_at INTEGER NOT NULL,
    CONSTRAINT feed_page_pk PRIMARY KEY (feed, scope, incarnation, to_version),
    CONSTRAINT feed_page_versions_rise CHECK (to_version > from_version)
  ) STRICT`,
  sql`CREATE TABLE custody_receipt (
    id INTEGER NOT NULL CONSTRAINT custody_receipt_pk PRIMARY KEY,
    epoch_n INTEGER NOT NULL CONSTRAINT custody_receipt_epoch_n_positive CHECK (epoch_n > 0),
    epoch_nonce TEXT NOT NULL CONSTRAINT custody_receipt_epoch_nonce_length CHECK (length(epoch_nonce) = 11),
    ack_seq INTEGER NOT NULL CONSTRAINT custody_receipt_ack_seq_positive CHECK (ack_seq >= 0),
    hash TEXT NOT NULL CONSTRAINT custody_receipt_hash_unique UNIQUE
      CONSTRAINT custody_receipt_hash_length CHECK (length(hash) = 43),
    text TEXT NOT NULL,
    sig TEXT NOT NULL CONSTRAINT custody_receipt_sig_length CHECK (length(sig) = 86),
    key_id TEXT NOT NULL CONSTRAINT custody_receipt_key_id_length CHECK (length(key_id) = 12),
    received_at INTEGER NOT NULL
  ) STRICT`,
  sql`CREATE TABLE subject_key (
    subject TEXT NOT NULL CONSTRAINT subject_key_pk PRIMARY KEY,
    wrapped_key TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  sql`CREATE TABLE device (
    id INTEGER NOT NULL CONSTRAINT device_pk PRIMARY KEY CONSTRAINT device_is_one CHECK (id = 1),
    device_id TEXT NOT NULL CONSTRAINT device_id_length CHECK (length(device_id) = 36),
    device_no INTEGER NOT NULL CONSTRAINT device_no_range CHECK (device_no BETWEEN 1 AND 99),
    outlet_id TEXT NOT NULL,
    outlet TEXT NOT NULL CONSTRAINT device_outlet_is_json CHECK (json_valid(outlet)),
    province_url TEXT NOT NULL,
    root_key TEXT NOT NULL CONSTRAINT device_root_key_length CHECK (length(root_key) = 43),
    certificate TEXT NOT NULL CONSTRAINT device_certificate_is_json CHECK (json_valid(certificate)),
    incarnation TEXT NOT NULL,
    key_store_kind TEXT NOT NULL
      CONSTRAINT device_key_store_kind CHECK (key_store_kind IN ('operating-system', 'machine', 'passphrase', 'demo')),
    enrolled_at INTEGER NOT NULL
  ) STRICT`,
  sql`CREATE TABLE setting (
    key TEXT NOT NULL CONSTRAINT setting_pk PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
];

const TRIGGERS = [
  // The chain is held by the database too: an entry stands at the next position and names the one before.
  sql`CREATE TRIGGER entry_continues_chain BEFORE INSERT ON entry
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
      OR NEW.prev IS NOT (SELECT hash FROM entry WHERE seq = NEW.seq - 1)
    BEGIN SELECT RAISE(ABORT, 'entry does not continue the chain'); END`,
  // Another key for the same subject would erase the person without an entry that says so.
  sql`CREATE TRIGGER subject_key_refuses_update BEFORE UPDATE ON subject_key
    BEGIN SELECT RAISE(ABORT, 'a subject key is never changed'); END`,
  sql`CREATE TRIGGER subject_key_refuses_replace BEFORE INSERT ON subject_key
    WHEN EXISTS (SELECT 1 FROM subject_key WHERE subject = NEW.subject)
    BEGIN SELECT RAISE(ABORT, 'a subject key is never changed'); END`,
];

/** UPDATE and DELETE are refused (OPOP-Sync/1 1.2); INSERT OR REPLACE too, because the connection switches recursive triggers on. */
const refusals = (table: string) =>
  (['UPDATE', 'DELETE'] as const).map((verb) =>
    sql.raw(
      `CREATE TRIGGER ${table}_refuses_${verb.toLowerCase()} BEFORE ${verb} ON ${table} ` +
        `BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
    ),
  );

export const migration = {
  number: 1,
  name: 'journal',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of [...TABLES, ...TRIGGERS, ...APPEND_ONLY.flatMap(refusals)]) await statement.execute(db);
  },
};
