import { type Kysely, sql } from 'kysely';

/** "*Unsent* counts transactions, cash events and documents; audit entries travel along and count in no limit." */
const MONEY_TYPES = [
  'transaction.paid',
  'cash-session.opened',
  'cash-session.counted',
  'cash-session.closed',
  'cash.deposited',
  'arrival.recorded',
]
  .map((type) => `'${type}'`)
  .join(', ');

const STATEMENTS: readonly string[] = [
  'DROP TRIGGER delivery_of_entry',
  `CREATE TRIGGER delivery_of_entry AFTER INSERT ON entry BEGIN
     INSERT INTO delivery (epoch_n, epoch_nonce, seq, lane, state, recorded_at)
     VALUES (NEW.epoch_n, NEW.epoch_nonce, NEW.seq,
       CASE WHEN NEW.type IN (${MONEY_TYPES}) THEN 'money' ELSE 'audit' END,
       'queued', NEW.wall_ms);
   END`,
  // A rotten row was sent as bytes; here stands when an epoch declared its place.
  'ALTER TABLE delivery ADD COLUMN declared_at INTEGER',
  `CREATE INDEX delivery_undeclared ON delivery (seq) WHERE verdict = 'QUARANTINED:DAMAGED' AND declared_at IS NULL`,
  // "The newest custody receipt" is the one that reaches farthest: answers on a stick come in any order.
  'CREATE INDEX custody_receipt_by_place ON custody_receipt (ack_seq, id)',
  // Instant (ms UTC) of the page that a record came with: a block of a later page stands above it, an earlier one does not.
  'ALTER TABLE vehicle ADD COLUMN valid_from INTEGER NOT NULL DEFAULT 0',
  // The policy in force is the last one received, also where a restored province numbers them anew.
  'ALTER TABLE policy ADD COLUMN applied_no INTEGER NOT NULL DEFAULT 0',
  'UPDATE policy SET applied_no = policy_version',
  // The incarnation whose province has shown that it still has the page on which this cursor stands.
  'ALTER TABLE feed_cursor ADD COLUMN confirmed_incarnation TEXT',
  // Every page that was applied, by its hash: a page of a newer incarnation may stand on any of them.
  `CREATE TABLE held_page (
     feed TEXT NOT NULL,
     scope TEXT NOT NULL,
     hash TEXT NOT NULL CONSTRAINT held_page_hash_length CHECK (length(hash) = 43),
     incarnation TEXT NOT NULL,
     to_version INTEGER NOT NULL CONSTRAINT held_page_version CHECK (to_version > 0),
     CONSTRAINT held_page_pk PRIMARY KEY (feed, scope, hash)
   ) STRICT, WITHOUT ROWID`,
  `INSERT INTO held_page (feed, scope, hash, incarnation, to_version)
     SELECT feed, scope, hash, incarnation, to_version FROM feed_page`,
  // Pages of the registry are kept as a hash only, and of those before this migration only the newest is known.
  `INSERT INTO held_page (feed, scope, hash, incarnation, to_version)
     SELECT feed, scope, page_hash, incarnation, version FROM feed_cursor WHERE true
     ON CONFLICT (feed, scope, hash) DO NOTHING`,
  // Why the last page of a feed was refused; gone with the next one that is taken.
  `CREATE TABLE feed_problem (
     feed TEXT NOT NULL,
     scope TEXT NOT NULL,
     reason TEXT NOT NULL CONSTRAINT feed_problem_reason_length CHECK (length(reason) BETWEEN 1 AND 60),
     since_at INTEGER NOT NULL,
     CONSTRAINT feed_problem_pk PRIMARY KEY (feed, scope)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE program_release (
     app_version TEXT NOT NULL CONSTRAINT program_release_pk PRIMARY KEY,
     sells_until INTEGER,
     upgrade_to TEXT,
     notes TEXT NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE voided_receipt (
     transaction_id TEXT NOT NULL CONSTRAINT voided_receipt_pk PRIMARY KEY,
     entry_hash TEXT NOT NULL CONSTRAINT voided_receipt_hash_length CHECK (length(entry_hash) = 43),
     voided_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE vehicle_block (
     vehicle_id TEXT NOT NULL CONSTRAINT vehicle_block_pk PRIMARY KEY,
     blocked INTEGER NOT NULL CONSTRAINT vehicle_block_blocked CHECK (blocked IN (0, 1)),
     reason TEXT,
     valid_from INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  // A stop that the province gave must not end with an upgrade of the program.
  `INSERT INTO setting (key, value)
     SELECT 'province-word', json_object('action', value) FROM setting WHERE key = 'province-action'`,
  // Deposits are few among the lines: their sum must not grow with the sales.
  `CREATE INDEX ledger_line_in_transit ON ledger_line (entry_seq) WHERE account = 'bank-in-transit'`,
];

/** What the roads to the province need: damaged rows, pages after a restore, releases, voided papers, blocks, limits. */
export const migration = {
  number: 3,
  name: 'roads',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
