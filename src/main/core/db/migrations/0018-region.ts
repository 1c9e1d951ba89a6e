import { type Kysely, sql } from 'kysely';

const STATEMENTS: readonly string[] = [
  // Copies of what the province answered a supervisor, sealed; they may be dropped and loaded again at any time.
  `CREATE TABLE region_page (
     supervisor_id TEXT NOT NULL,
     -- What was asked, in one line.
     question TEXT NOT NULL,
     -- One walk through the pages of a question; a newer one begins with its first page.
     sweep INTEGER NOT NULL,
     page INTEGER NOT NULL,
     loaded_at INTEGER NOT NULL,
     -- Where the page after it begins; null for the last one.
     next TEXT,
     sealed TEXT NOT NULL,
     CONSTRAINT region_page_pk PRIMARY KEY (supervisor_id, question, sweep, page)
   ) STRICT, WITHOUT ROWID`,
  // A supervisor's words on this device, and what became of each; the words themselves are entries.
  `CREATE TABLE region_word (
     seq INTEGER NOT NULL CONSTRAINT region_word_pk PRIMARY KEY,
     entry_hash TEXT NOT NULL CONSTRAINT region_word_entry_once UNIQUE,
     supervisor_id TEXT NOT NULL,
     -- All words under one fresh sign-in.
     said_with TEXT NOT NULL,
     type TEXT NOT NULL,
     outlet_id TEXT NOT NULL,
     outlet_name TEXT NOT NULL,
     business_on TEXT,
     part INTEGER,
     subject TEXT,
     decision TEXT,
     recorded_at INTEGER NOT NULL,
     outcome TEXT NOT NULL DEFAULT 'waiting'
       CONSTRAINT region_word_outcome CHECK (outcome IN ('waiting', 'applied', 'not-applied')),
     refusal TEXT,
     first_by_sealed TEXT,
     decided_at INTEGER
   ) STRICT`,
  "CREATE INDEX region_word_waiting ON region_word (supervisor_id, seq) WHERE outcome = 'waiting'",
  `CREATE TRIGGER region_word_stands BEFORE UPDATE ON region_word WHEN OLD.outcome <> 'waiting'
     BEGIN SELECT RAISE(ABORT, 'an outcome is told once, and never changed'); END`,
  `CREATE TRIGGER region_word_stays BEFORE DELETE ON region_word
     BEGIN SELECT RAISE(ABORT, 'a word is never deleted'); END`,
];

/** A supervisor's region: copies of what was loaded, and his words. */
export const migration = {
  number: 18,
  name: 'region',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
