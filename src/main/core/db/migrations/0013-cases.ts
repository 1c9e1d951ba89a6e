import { type Kysely, sql } from 'kysely';

/** Entries of cases that move cash: they are told beside the other events of the drawer, and count as unsent money. */
const CASH_OF_CASES = "NEW.type IN ('shortfall.collected', 'refund.paid-in-cash')";

const STATEMENTS: readonly string[] = [
  // A case that somebody took in hand: from then on it has a number that a citizen can name.
  `CREATE TABLE case_file (
     case_id TEXT NOT NULL CONSTRAINT case_file_pk PRIMARY KEY,
     case_key TEXT NOT NULL CONSTRAINT case_file_once UNIQUE,
     number TEXT NOT NULL CONSTRAINT case_file_number UNIQUE,
     kind TEXT NOT NULL,
     transaction_id TEXT,
     owner TEXT NOT NULL CONSTRAINT case_file_owner CHECK (owner IN ('officer', 'supervisor', 'province')),
     promised_on TEXT NOT NULL,
     opened_seq INTEGER NOT NULL,
     opened_at INTEGER NOT NULL
   ) STRICT`,
  'CREATE INDEX case_file_by_transaction ON case_file (transaction_id)',
  `CREATE TABLE case_event (
     seq INTEGER NOT NULL CONSTRAINT case_event_pk PRIMARY KEY,
     case_id TEXT NOT NULL CONSTRAINT case_event_of REFERENCES case_file (case_id)
   ) STRICT`,
  'CREATE INDEX case_event_by_case ON case_event (case_id, seq)',

  // One answer to one decision: what was missing is collected once, or waived once, never both.
  `CREATE TABLE shortfall (
     shortfall_id TEXT NOT NULL CONSTRAINT shortfall_pk PRIMARY KEY,
     seq INTEGER NOT NULL CONSTRAINT shortfall_seq_once UNIQUE,
     transaction_id TEXT NOT NULL,
     decision_id TEXT NOT NULL CONSTRAINT shortfall_once UNIQUE,
     kind TEXT NOT NULL CONSTRAINT shortfall_kind CHECK (kind IN ('collected', 'waived')),
     at INTEGER NOT NULL
   ) STRICT`,
  'CREATE INDEX shortfall_by_transaction ON shortfall (transaction_id, seq)',
  `CREATE TABLE vehicle_match (
     decision_id TEXT NOT NULL CONSTRAINT vehicle_match_pk PRIMARY KEY,
     seq INTEGER NOT NULL CONSTRAINT vehicle_match_seq_once UNIQUE,
     transaction_id TEXT NOT NULL
   ) STRICT`,
  `CREATE TABLE cancellation (
     transaction_id TEXT NOT NULL CONSTRAINT cancellation_pk PRIMARY KEY,
     request_id TEXT NOT NULL CONSTRAINT cancellation_request UNIQUE,
     seq INTEGER NOT NULL CONSTRAINT cancellation_seq_once UNIQUE,
     asked_at INTEGER NOT NULL,
     answer TEXT CONSTRAINT cancellation_answer CHECK (answer IN ('voided', 'settled')),
     answered_at INTEGER
   ) STRICT`,
  `CREATE TABLE refund (
     refund_id TEXT NOT NULL CONSTRAINT refund_pk PRIMARY KEY,
     seq INTEGER NOT NULL CONSTRAINT refund_seq_once UNIQUE,
     transaction_id TEXT NOT NULL,
     number TEXT NOT NULL,
     amount INTEGER NOT NULL CONSTRAINT refund_amount CHECK (amount > 0),
     parts TEXT NOT NULL,
     whole INTEGER NOT NULL CONSTRAINT refund_whole CHECK (whole IN (0, 1)),
     asked_by TEXT NOT NULL,
     requested_at INTEGER NOT NULL,
     state TEXT NOT NULL CONSTRAINT refund_state
       CHECK (state IN ('requested', 'approved', 'paid', 'rejected', 'unclaimed')),
     approved_seq INTEGER,
     reference TEXT,
     reason TEXT,
     decided_at INTEGER
   ) STRICT`,
  // One application at a time: the next one begins where this one was rejected or paid.
  `CREATE UNIQUE INDEX refund_open_once ON refund (transaction_id) WHERE state IN ('requested', 'approved', 'unclaimed')`,
  'CREATE INDEX refund_by_transaction ON refund (transaction_id, seq)',
  // Cash that went back at the counter: once, and never after.
  `CREATE TABLE cash_refund (
     transaction_id TEXT NOT NULL CONSTRAINT cash_refund_pk PRIMARY KEY,
     refund_id TEXT NOT NULL CONSTRAINT cash_refund_id UNIQUE,
     seq INTEGER NOT NULL CONSTRAINT cash_refund_seq_once UNIQUE,
     number TEXT NOT NULL,
     amount INTEGER NOT NULL CONSTRAINT cash_refund_amount CHECK (amount > 0),
     at INTEGER NOT NULL
   ) STRICT`,
  `CREATE TRIGGER cash_refund_stays BEFORE UPDATE ON cash_refund
     BEGIN SELECT RAISE(ABORT, 'cash that went back stays so'); END`,

  'CREATE INDEX sale_voided ON sale (seq) WHERE void_seq IS NOT NULL',

  `CREATE TRIGGER cash_event_of_case AFTER INSERT ON entry WHEN ${CASH_OF_CASES} BEGIN
     INSERT INTO cash_event (seq, at) VALUES (NEW.seq, NEW.wall_ms);
   END`,
  `CREATE TRIGGER delivery_of_case_entry AFTER INSERT ON delivery WHEN NEW.lane = 'audit' BEGIN
     UPDATE delivery SET lane = 'money'
       WHERE epoch_n = NEW.epoch_n AND epoch_nonce = NEW.epoch_nonce AND seq = NEW.seq AND EXISTS (
         SELECT 1 FROM entry WHERE entry.seq = NEW.seq
           AND entry.type IN ('shortfall.collected', 'shortfall.waived', 'refund.paid-in-cash', 'refund.requested',
             'refund.approved', 'cancellation.requested'));
   END`,
];

/** Cases as files with a number, and what people do about them: top-ups, waivers, matches, same-day requests, refunds. */
export const migration = {
  number: 13,
  name: 'cases',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
