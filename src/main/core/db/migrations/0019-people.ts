import { type Kysely, sql } from 'kysely';

const STATEMENTS: readonly string[] = [
  // Until when the verifier is that of a one-time start code; null for a PIN that somebody chose.
  'ALTER TABLE officer ADD COLUMN starts_until INTEGER',
  // SHA-256 of the verifier that the province knows, while the one at work here may be newer.
  'ALTER TABLE officer ADD COLUMN pin_base TEXT',
  'ALTER TABLE officer ADD COLUMN own_device INTEGER NOT NULL DEFAULT 0',
  `UPDATE officer SET own_device = 1 WHERE role = 'supervisor'
     AND EXISTS (SELECT 1 FROM approval_pair p WHERE p.supervisor_id = officer.officer_id)`,
  // Verifiers that a PIN chosen here has replaced: a page that was on its way never brings one of them back.
  `CREATE TABLE replaced_pin (
     officer_id TEXT NOT NULL,
     verifier_hash TEXT NOT NULL,
     CONSTRAINT replaced_pin_pk PRIMARY KEY (officer_id, verifier_hash)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE announcement (
     announcement_id TEXT NOT NULL CONSTRAINT announcement_pk PRIMARY KEY,
     title TEXT NOT NULL,
     text TEXT NOT NULL,
     from_name TEXT NOT NULL,
     made_at INTEGER NOT NULL,
     until_on TEXT NOT NULL,
     withdrawn INTEGER NOT NULL
   ) STRICT`,
  // Who has pressed Dibaca here; the mark itself is an entry.
  `CREATE TABLE announcement_read (
     announcement_id TEXT NOT NULL,
     officer_id TEXT NOT NULL,
     read_at INTEGER NOT NULL,
     CONSTRAINT announcement_read_pk PRIMARY KEY (announcement_id, officer_id)
   ) STRICT, WITHOUT ROWID`,
];

/** Own PINs that were chosen here, and announcements with who has read them. */
export const migration = {
  number: 19,
  name: 'people',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
