import { type Kysely, sql } from 'kysely';

/** Entries that are told on the Sesi Kas screen: what happened with cash today. Sales have a list of their own. */
const CASH_EVENTS = "NEW.type GLOB 'cash-session.*' OR NEW.type GLOB 'cash.*' OR NEW.type = 'transaction.voided'";

const STATEMENTS: readonly string[] = [
  // What the officer before left in the drawer, and since when the officer of now is away.
  'ALTER TABLE cash_session ADD COLUMN carried INTEGER NOT NULL DEFAULT 0',
  'ALTER TABLE cash_session ADD COLUMN paused_at INTEGER',
  'ALTER TABLE cash_session ADD COLUMN pause_note TEXT',
  // The session that took the drawer over; null for one that was emptied.
  'ALTER TABLE cash_session ADD COLUMN handed_to TEXT',
  'ALTER TABLE deposit ADD COLUMN dispatch_id TEXT',

  // Cash with a courier. Who he is stands sealed in the entry alone.
  `CREATE TABLE courier_leg (
     dispatch_id TEXT NOT NULL CONSTRAINT courier_leg_pk PRIMARY KEY,
     seq INTEGER NOT NULL CONSTRAINT courier_leg_seq_once UNIQUE,
     dispatch_number TEXT NOT NULL,
     source TEXT NOT NULL CONSTRAINT courier_leg_source CHECK (source IN ('drawer', 'safe')),
     amount INTEGER NOT NULL CONSTRAINT courier_leg_amount CHECK (amount > 0),
     dispatched_at INTEGER NOT NULL,
     officer_name TEXT NOT NULL,
     settled_seq INTEGER
   ) STRICT`,
  'CREATE INDEX courier_leg_open ON courier_leg (seq) WHERE settled_seq IS NULL',
  `CREATE TRIGGER courier_leg_is_settled_once BEFORE UPDATE ON courier_leg WHEN OLD.settled_seq IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'the leg of a courier ends once'); END`,

  // What a bank did not take; a torn note is settled at once, the others wait for a supervisor.
  `CREATE TABLE cash_refusal (
     refusal_id TEXT NOT NULL CONSTRAINT cash_refusal_pk PRIMARY KEY,
     seq INTEGER NOT NULL CONSTRAINT cash_refusal_seq_once UNIQUE,
     reason TEXT NOT NULL CONSTRAINT cash_refusal_reason CHECK (reason IN ('torn', 'false', 'missing')),
     amount INTEGER NOT NULL CONSTRAINT cash_refusal_amount CHECK (amount > 0),
     refused_at INTEGER NOT NULL,
     officer_name TEXT NOT NULL,
     settled_seq INTEGER,
     CONSTRAINT cash_refusal_torn_is_settled CHECK (reason <> 'torn' OR settled_seq IS NOT NULL)
   ) STRICT`,
  'CREATE INDEX cash_refusal_open ON cash_refusal (seq) WHERE settled_seq IS NULL',
  `CREATE TRIGGER cash_refusal_is_settled_once BEFORE UPDATE ON cash_refusal WHEN OLD.settled_seq IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a refused sum is written off once'); END`,

  // What the bank confirmed, as the province said; a deposit that this database never had is kept too.
  `CREATE TABLE deposit_confirmation (
     decision_id TEXT NOT NULL CONSTRAINT deposit_confirmation_pk PRIMARY KEY,
     deposit_id TEXT NOT NULL,
     amount INTEGER NOT NULL CONSTRAINT deposit_confirmation_amount CHECK (amount > 0),
     confirmed_on TEXT NOT NULL,
     decided_at INTEGER NOT NULL
   ) STRICT`,
  'CREATE INDEX deposit_confirmation_of ON deposit_confirmation (deposit_id)',
  'CREATE INDEX deposit_confirmation_by_day ON deposit_confirmation (confirmed_on)',
  // Kept with each deposit, whichever of the two came first: a sum over all confirmations would grow with the years.
  'ALTER TABLE deposit ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0',
  'CREATE INDEX deposit_unconfirmed ON deposit (seq) WHERE confirmed < amount',
  `CREATE TRIGGER confirmation_of_deposit AFTER INSERT ON deposit_confirmation BEGIN
     UPDATE deposit SET confirmed = confirmed + NEW.amount WHERE deposit_id = NEW.deposit_id;
   END`,
  `CREATE TRIGGER deposit_of_confirmation AFTER INSERT ON deposit BEGIN
     UPDATE deposit SET confirmed = coalesce((SELECT sum(amount) FROM deposit_confirmation
       WHERE deposit_id = NEW.deposit_id), 0) WHERE deposit_id = NEW.deposit_id;
   END`,

  // The day's cash events by their time: the journal itself is found by place and stream only.
  `CREATE TABLE cash_event (
     seq INTEGER NOT NULL CONSTRAINT cash_event_pk PRIMARY KEY,
     at INTEGER NOT NULL
   ) STRICT`,
  'CREATE INDEX cash_event_by_time ON cash_event (at)',
  `INSERT INTO cash_event (seq, at) SELECT NEW.seq, NEW.wall_ms FROM entry AS NEW WHERE ${CASH_EVENTS}`,
  `CREATE TRIGGER cash_event_of_entry AFTER INSERT ON entry WHEN ${CASH_EVENTS} BEGIN
     INSERT INTO cash_event (seq, at) VALUES (NEW.seq, NEW.wall_ms);
   END`,

  // Kinds of paper come with every part of the program: the contract says which there are, no longer this table.
  `CREATE TABLE print_job_new (
     job_id TEXT NOT NULL CONSTRAINT print_job_pk PRIMARY KEY,
     stream TEXT NOT NULL,
     kind TEXT NOT NULL CONSTRAINT print_job_kind CHECK (length(kind) BETWEEN 3 AND 40),
     copy_no INTEGER NOT NULL,
     printer TEXT NOT NULL,
     state TEXT NOT NULL CONSTRAINT print_job_state
       CHECK (state IN ('requested', 'printed', 'failed', 'unknown', 'came-out', 'did-not-come-out')),
     detail TEXT,
     requested_at INTEGER NOT NULL
   ) STRICT`,
  `INSERT INTO print_job_new (job_id, stream, kind, copy_no, printer, state, detail, requested_at)
     SELECT job_id, stream, kind, copy_no, printer, state, detail, requested_at FROM print_job ORDER BY rowid`,
  'DROP TABLE print_job',
  'ALTER TABLE print_job_new RENAME TO print_job',
  'CREATE INDEX print_job_by_stream ON print_job (stream, requested_at)',
  'CREATE INDEX print_job_by_time ON print_job (requested_at, job_id)',
  "CREATE INDEX print_job_unsettled ON print_job (requested_at) WHERE state IN ('requested', 'unknown')",

  // "Unsent counts transactions, cash events and documents": the new events of cash count too, a pause does not.
  `CREATE TRIGGER delivery_of_drawer_entry AFTER INSERT ON delivery WHEN NEW.lane = 'audit' BEGIN
     UPDATE delivery SET lane = 'money'
       WHERE epoch_n = NEW.epoch_n AND epoch_nonce = NEW.epoch_nonce AND seq = NEW.seq AND EXISTS (
         SELECT 1 FROM entry WHERE entry.seq = NEW.seq
           AND (entry.type GLOB 'cash.*' OR entry.type = 'cash-session.handed-over'));
   END`,
];

/** A drawer's day between opening and bank: pauses, hand-overs, couriers, what a teller refused, what the bank confirmed. */
export const migration = {
  number: 11,
  name: 'drawer',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
