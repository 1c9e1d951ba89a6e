import { type Kysely, sql } from 'kysely';

const STATEMENTS: readonly string[] = [
  // A drawer counted by surprise while its session goes on; what was counted stands in the entry alone.
  `CREATE TABLE cash_inspection (
     inspection_id TEXT NOT NULL CONSTRAINT cash_inspection_pk PRIMARY KEY,
     seq INTEGER NOT NULL CONSTRAINT cash_inspection_seq_once UNIQUE,
     cash_session_id TEXT NOT NULL,
     number TEXT NOT NULL,
     inspected_by TEXT NOT NULL,
     inspector_name TEXT NOT NULL,
     officer_id TEXT NOT NULL,
     officer_name TEXT NOT NULL,
     inspected_at INTEGER NOT NULL,
     -- Counted less expected, drawer and safe together, in whole rupiah.
     variance INTEGER NOT NULL,
     variance_state TEXT NOT NULL CONSTRAINT cash_inspection_state
       CHECK (variance_state IN ('none', 'tolerated', 'open', 'explained')),
     explained_seq INTEGER CONSTRAINT cash_inspection_explained_once UNIQUE,
     CONSTRAINT cash_inspection_explained CHECK ((variance_state = 'explained') = (explained_seq IS NOT NULL))
   ) STRICT`,
  "CREATE INDEX cash_inspection_open ON cash_inspection (seq) WHERE variance_state = 'open'",
  `CREATE TRIGGER cash_inspection_stands BEFORE UPDATE ON cash_inspection WHEN OLD.variance_state IS NOT 'open'
     BEGIN SELECT RAISE(ABORT, 'an inspection is explained once, and never changed'); END`,
  `CREATE TRIGGER cash_inspection_stays BEFORE DELETE ON cash_inspection
     BEGIN SELECT RAISE(ABORT, 'an inspection is never deleted'); END`,
  // Until when an auditor may look, and by which letter; null for everybody else.
  'ALTER TABLE officer ADD COLUMN mandate_letter TEXT',
  'ALTER TABLE officer ADD COLUMN mandate_from TEXT',
  'ALTER TABLE officer ADD COLUMN mandate_to TEXT',
];

/** Surprise inspections of the cash, and the dated mandates of auditors. */
export const migration = {
  number: 16,
  name: 'inspection',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
