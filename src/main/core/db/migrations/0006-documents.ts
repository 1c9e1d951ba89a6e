import { type Kysely, sql } from 'kysely';

const STATEMENTS: readonly string[] = [
  /*
   * View keys: one at a time for each stream. The key itself is a row of `subject_key` under `subject`; while it is there
   * the pages can be shown. `closed_at` says when it was destroyed.
   */
  `CREATE TABLE page_view (
     subject TEXT NOT NULL CONSTRAINT page_view_pk PRIMARY KEY
       CONSTRAINT page_view_subject_length CHECK (length(subject) = 36),
     stream TEXT NOT NULL CONSTRAINT page_view_stream_length CHECK (length(stream) = 36),
     opened_at INTEGER NOT NULL,
     closes_at INTEGER NOT NULL,
     closed_at INTEGER,
     CONSTRAINT page_view_times CHECK (closes_at >= opened_at)
   ) STRICT, WITHOUT ROWID`,
  'CREATE UNIQUE INDEX page_view_open_once ON page_view (stream) WHERE closed_at IS NULL',
  // A page in safe keeping. Its identity is that of the ciphertext; the sealed key stands outside of it.
  `CREATE TABLE document (
     document_id TEXT NOT NULL CONSTRAINT document_pk PRIMARY KEY
       CONSTRAINT document_id_length CHECK (length(document_id) = 43),
     seq INTEGER NOT NULL CONSTRAINT document_seq_once UNIQUE,
     stream TEXT NOT NULL CONSTRAINT document_stream_length CHECK (length(stream) = 36),
     kind TEXT NOT NULL,
     page_no INTEGER NOT NULL CONSTRAINT document_page_no CHECK (page_no BETWEEN 1 AND 200),
     bytes INTEGER NOT NULL CONSTRAINT document_bytes CHECK (bytes > 0),
     width INTEGER NOT NULL CONSTRAINT document_width CHECK (width > 0),
     height INTEGER NOT NULL CONSTRAINT document_height CHECK (height > 0),
     source TEXT NOT NULL CONSTRAINT document_source CHECK (source IN ('camera', 'file', 'scan-folder', 'pdf')),
     captured_at INTEGER NOT NULL,
     view_subject TEXT NOT NULL CONSTRAINT document_view REFERENCES page_view (subject),
     wrapped_key TEXT,
     sealed_key TEXT NOT NULL,
     sealed_to TEXT NOT NULL CONSTRAINT document_sealed_to_length CHECK (length(sealed_to) = 12),
     repeat_index TEXT NOT NULL CONSTRAINT document_repeat_index_length CHECK (length(repeat_index) = 43),
     replaced_by TEXT,
     state TEXT NOT NULL DEFAULT 'local'
       CONSTRAINT document_state CHECK (state IN ('local', 'uploading', 'stored', 'refused', 'missing', 'discarded')),
     sent_bytes INTEGER NOT NULL DEFAULT 0
       CONSTRAINT document_sent_bytes CHECK (sent_bytes BETWEEN 0 AND bytes),
     tries INTEGER NOT NULL DEFAULT 0 CONSTRAINT document_tries CHECK (tries >= 0),
     last_reason TEXT,
     next_try_at INTEGER,
     upload_url TEXT,
     stored_at INTEGER,
     receipt TEXT CONSTRAINT document_receipt_is_json CHECK (receipt IS NULL OR json_valid(receipt)),
     exported_at INTEGER,
     released_at INTEGER,
     again_reason TEXT,
     again_at INTEGER,
     CONSTRAINT document_stored_has_receipt CHECK (state <> 'stored' OR (receipt IS NOT NULL AND stored_at IS NOT NULL)),
     CONSTRAINT document_released_after_stored CHECK (released_at IS NULL OR stored_at IS NOT NULL)
   ) STRICT`,
  'CREATE INDEX document_by_stream ON document (stream, captured_at)',
  "CREATE INDEX document_waiting ON document (captured_at) WHERE state IN ('local', 'uploading')",
  'CREATE INDEX document_to_release ON document (stored_at) WHERE released_at IS NULL AND stored_at IS NOT NULL',
  'CREATE INDEX document_missing ON document (again_at) WHERE again_at IS NOT NULL',
  // What was committed about a page is in the journal; its row stays and only its way moves on.
  `CREATE TRIGGER document_refuses_delete BEFORE DELETE ON document
     BEGIN SELECT RAISE(ABORT, 'a page in safe keeping is never forgotten'); END`,
  `CREATE TRIGGER document_identity_is_final BEFORE UPDATE ON document
     WHEN NEW.document_id IS NOT OLD.document_id OR NEW.seq IS NOT OLD.seq OR NEW.stream IS NOT OLD.stream
       OR NEW.bytes IS NOT OLD.bytes OR NEW.sealed_key IS NOT OLD.sealed_key OR NEW.sealed_to IS NOT OLD.sealed_to
       OR (OLD.wrapped_key IS NULL AND NEW.wrapped_key IS NOT NULL)
     BEGIN SELECT RAISE(ABORT, 'what a page is does not change'); END`,
];

/** Pages of papers in safe keeping, and the keys under which they can be shown. */
export const migration = {
  number: 6,
  name: 'documents',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
