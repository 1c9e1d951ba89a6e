import { type Kysely, sql } from 'kysely';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE emergency_book (
     book_id TEXT NOT NULL CONSTRAINT emergency_book_pk PRIMARY KEY,
     from_number INTEGER NOT NULL CONSTRAINT emergency_book_from CHECK (from_number > 0),
     to_number INTEGER NOT NULL,
     note TEXT NOT NULL,
     received_on TEXT NOT NULL,
     received_at INTEGER NOT NULL,
     CONSTRAINT emergency_book_ends CHECK (to_number >= from_number)
   ) STRICT`,
  // A number is told once: what two people type in the same moment meets here.
  `CREATE TABLE emergency_sheet (
     number INTEGER NOT NULL CONSTRAINT emergency_sheet_pk PRIMARY KEY,
     state TEXT NOT NULL CONSTRAINT emergency_sheet_state CHECK (state IN ('open', 'confirmed', 'spoiled', 'missing')),
     -- The sale that it becomes; null for a sheet that bears none.
     transaction_id TEXT CONSTRAINT emergency_sheet_transaction UNIQUE,
     paper_at INTEGER,
     amount INTEGER CONSTRAINT emergency_sheet_amount CHECK (amount > 0),
     told_by TEXT NOT NULL,
     told_name TEXT NOT NULL,
     told_at INTEGER NOT NULL,
     reason TEXT,
     -- Plate, tail and payer of an open sheet; what remains of a confirmed one is in the journal under its own key.
     sealed TEXT,
     CONSTRAINT emergency_sheet_sale CHECK ((state IN ('open', 'confirmed')) = (transaction_id IS NOT NULL)),
     CONSTRAINT emergency_sheet_facts CHECK ((transaction_id IS NOT NULL) = (paper_at IS NOT NULL AND amount IS NOT NULL)),
     CONSTRAINT emergency_sheet_reason CHECK ((state IN ('spoiled', 'missing')) = (reason IS NOT NULL)),
     CONSTRAINT emergency_sheet_sealed CHECK ((state = 'open') = (sealed IS NOT NULL))
   ) STRICT`,
  // What was committed of a number stands; only what nobody has confirmed yet may change.
  `CREATE TRIGGER emergency_sheet_stands BEFORE UPDATE ON emergency_sheet WHEN OLD.state IS NOT 'open'
     BEGIN SELECT RAISE(ABORT, 'what was said of a sheet is never changed'); END`,
  `CREATE TRIGGER emergency_sheet_stays BEFORE DELETE ON emergency_sheet WHEN OLD.state IS NOT 'open'
     BEGIN SELECT RAISE(ABORT, 'what was said of a sheet is never changed'); END`,
];

/** The emergency receipt book: books that came to the outlet, and what became of each number. */
export const migration = {
  number: 15,
  name: 'emergency',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
