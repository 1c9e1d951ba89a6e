import { type Kysely, sql } from 'kysely';

const STATEMENTS: readonly string[] = [
  // The payment itself stays as it was found; what the province says of it stands beside it, once.
  `CREATE TABLE payment_return (
     payment_id TEXT NOT NULL CONSTRAINT payment_return_pk PRIMARY KEY,
     returned_at INTEGER NOT NULL,
     reference TEXT NOT NULL
   ) STRICT`,
  `CREATE TRIGGER payment_return_stands BEFORE UPDATE ON payment_return
     BEGIN SELECT RAISE(ABORT, 'a return is said once'); END`,
  `CREATE TRIGGER payment_return_stays BEFORE DELETE ON payment_return
     BEGIN SELECT RAISE(ABORT, 'a return is never deleted'); END`,
];

/** What the province says of money that a provider took twice: its payer has it back. */
export const migration = {
  number: 17,
  name: 'returned-payments',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
