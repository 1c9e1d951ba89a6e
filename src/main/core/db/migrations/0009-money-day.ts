import { type Kysely, sql } from 'kysely';

const STATEMENTS: readonly string[] = [
  'ALTER TABLE cash_session ADD COLUMN float_moved INTEGER NOT NULL DEFAULT 0',
  'ALTER TABLE cash_session ADD COLUMN variance INTEGER',
  'ALTER TABLE sale ADD COLUMN void_seq INTEGER',
  'ALTER TABLE sale ADD COLUMN voided_at INTEGER',
  'ALTER TABLE sale ADD COLUMN void_number TEXT',
  // A void is never taken back, and never another one.
  `CREATE TRIGGER sale_is_voided_once BEFORE UPDATE OF void_seq, voided_at, void_number ON sale
     WHEN OLD.void_seq IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a sale is voided once'); END`,
  `ALTER TABLE cash_session ADD COLUMN variance_state TEXT NOT NULL DEFAULT 'none'
     CONSTRAINT cash_session_variance_state CHECK (variance_state IN ('none', 'tolerated', 'open', 'explained'))`,
  `CREATE INDEX cash_session_unexplained ON cash_session (close_seq) WHERE variance_state = 'open'`,
];

/** Change that moves during a session, variances that somebody must explain, and sales that were taken back. */
export const migration = {
  number: 9,
  name: 'money-day',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
