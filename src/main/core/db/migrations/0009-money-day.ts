import { type Kysely, sql } from 'kysely';

const STATEMENTS: readonly string[] = [
  'ALTER TABLE cash_session ADD COLUMN float_moved INTEGER NOT NULL DEFAULT 0',
  'ALTER TABLE cash_session ADD COLUMN variance INTEGER',
  `ALTER TABLE cash_session ADD COLUMN variance_state TEXT NOT NULL DEFAULT 'none'
     CONSTRAINT cash_session_variance_state CHECK (variance_state IN ('none', 'tolerated', 'open', 'explained'))`,
  `CREATE INDEX cash_session_unexplained ON cash_session (close_seq) WHERE variance_state = 'open'`,
];

/** Change that moves during a session, and variances that somebody must explain. */
export const migration = {
  number: 9,
  name: 'money-day',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
