import { type Kysely, sql } from 'kysely';

/**
 * A province that came back from a backup and does not know it yet signs pages under its old incarnation, at versions that
 * it gave out before. Both pages were received, so both are kept: their hash is part of what names them.
 */
const STATEMENTS: readonly string[] = [
  'ALTER TABLE feed_page RENAME TO feed_page_before',
  `CREATE TABLE feed_page (
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
     CONSTRAINT feed_page_pk PRIMARY KEY (feed, scope, incarnation, to_version, hash),
     CONSTRAINT feed_page_versions_rise CHECK (to_version > from_version)
   ) STRICT`,
  // The order in which pages came is the order of their rows.
  'INSERT INTO feed_page SELECT * FROM feed_page_before ORDER BY rowid',
  'DROP TABLE feed_page_before',
  ...['UPDATE', 'DELETE'].map(
    (verb) => `CREATE TRIGGER feed_page_refuses_${verb.toLowerCase()} BEFORE ${verb} ON feed_page
     BEGIN SELECT RAISE(ABORT, 'feed_page is append-only'); END`,
  ),
];

/** Two pages of one version, from before and after a restore that nobody has declared yet. */
export const migration = {
  number: 5,
  name: 'feed-histories',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
