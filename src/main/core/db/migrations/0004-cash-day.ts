import { type Kysely, sql } from 'kysely';

const ACCOUNTS = "('cash-drawer', 'float', 'safe-or-courier', 'bank-in-transit')";

const STATEMENTS: readonly string[] = [
  `ALTER TABLE cash_session ADD COLUMN counted_counts TEXT
     CONSTRAINT cash_session_counted_counts CHECK (counted_counts IS NULL OR json_valid(counted_counts))`,
  `ALTER TABLE cash_session ADD COLUMN counted_total INTEGER
     CONSTRAINT cash_session_counted_total CHECK (counted_total IS NULL OR counted_total >= 0)`,
  'ALTER TABLE cash_session ADD COLUMN counted_at INTEGER',
  'ALTER TABLE cash_session ADD COLUMN closed_at INTEGER',
  'ALTER TABLE cash_session ADD COLUMN close_seq INTEGER',
  `ALTER TABLE cash_session ADD COLUMN in_safe INTEGER NOT NULL DEFAULT 0
     CONSTRAINT cash_session_in_safe CHECK (in_safe >= 0)`,
  // "counted (blind)": what was counted is never counted again after the expected sum was seen.
  `CREATE TRIGGER cash_session_count_is_final BEFORE UPDATE ON cash_session
     WHEN OLD.counted_total IS NOT NULL
       AND (NEW.counted_total IS NOT OLD.counted_total OR NEW.counted_counts IS NOT OLD.counted_counts
         OR NEW.counted_at IS NOT OLD.counted_at OR NEW.state = 'open')
     BEGIN SELECT RAISE(ABORT, 'a count of cash is never changed'); END`,
  'CREATE INDEX cash_session_not_deposited ON cash_session (close_seq) WHERE in_safe > 0',
  'CREATE INDEX cash_session_by_close ON cash_session (close_seq) WHERE close_seq IS NOT NULL',
  // One slip of one bank is recorded once.
  `CREATE TABLE deposit (
     deposit_id TEXT NOT NULL CONSTRAINT deposit_id_unique UNIQUE,
     seq INTEGER NOT NULL CONSTRAINT deposit_pk PRIMARY KEY,
     amount INTEGER NOT NULL CONSTRAINT deposit_amount CHECK (amount > 0),
     source TEXT NOT NULL CONSTRAINT deposit_source CHECK (source IN ('drawer', 'safe')),
     deposited_on TEXT NOT NULL,
     bank TEXT NOT NULL,
     slip_number TEXT NOT NULL,
     recorded_at INTEGER NOT NULL,
     officer_name TEXT NOT NULL,
     CONSTRAINT deposit_slip_once UNIQUE (bank, slip_number)
   ) STRICT`,
  // The safe and the bank have a running balance like the drawer: a new table, because a CHECK cannot be altered.
  'DROP TRIGGER drawer_balance_of_line',
  'DROP TABLE drawer_balance',
  `CREATE TABLE drawer_balance (
     account TEXT NOT NULL CONSTRAINT drawer_balance_pk PRIMARY KEY
       CONSTRAINT drawer_balance_account CHECK (account IN ${ACCOUNTS}),
     amount INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `INSERT INTO drawer_balance (account, amount)
     SELECT account, sum(amount) FROM ledger_line WHERE account IN ${ACCOUNTS} GROUP BY account`,
  `CREATE TRIGGER drawer_balance_of_line AFTER INSERT ON ledger_line WHEN NEW.account IN ${ACCOUNTS} BEGIN
     INSERT INTO drawer_balance (account, amount) VALUES (NEW.account, NEW.amount)
       ON CONFLICT (account) DO UPDATE SET amount = amount + excluded.amount;
   END`,
];

/** Count, close and deposit of a cash session; where its cash lies. */
export const migration = {
  number: 4,
  name: 'cash-day',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
