import { type Kysely, sql } from 'kysely';

const FORMS = "('tbpkp', 'pengesahan')";

const STATEMENTS: readonly string[] = [
  // A CHECK cannot be altered: the table is made anew with the kinds of paper that came with applications and originals.
  `CREATE TABLE print_job_new (
     job_id TEXT NOT NULL CONSTRAINT print_job_pk PRIMARY KEY,
     stream TEXT NOT NULL,
     kind TEXT NOT NULL CONSTRAINT print_job_kind
       CHECK (kind IN ('receipt', 'copy', 'arrival', 'final-receipt', 'application', 'hand-over', 'ticket', 'void')),
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

  // One paper that stays here. Whose it is, is known through its stream: no person stands in this table.
  `CREATE TABLE holding (
     holding_id TEXT NOT NULL CONSTRAINT holding_pk PRIMARY KEY,
     stream TEXT NOT NULL,
     kind TEXT NOT NULL CONSTRAINT holding_kind_length CHECK (length(kind) BETWEEN 2 AND 40),
     received_at INTEGER NOT NULL,
     hand_over_id TEXT,
     handed_over_at INTEGER,
     CONSTRAINT holding_handed_over CHECK ((hand_over_id IS NULL) = (handed_over_at IS NULL))
   ) STRICT`,
  // The same paper of one person lies in the drawer once, however often it is said.
  'CREATE UNIQUE INDEX holding_once ON holding (stream, kind) WHERE hand_over_id IS NULL',
  'CREATE INDEX holding_in_drawer ON holding (received_at, holding_id) WHERE hand_over_id IS NULL',
  `CREATE TRIGGER holding_is_handed_over_once BEFORE UPDATE ON holding WHEN OLD.hand_over_id IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'an original is handed over once'); END`,

  `CREATE TABLE queue_ticket (
     ticket_id TEXT NOT NULL CONSTRAINT queue_ticket_pk PRIMARY KEY,
     ticket_number INTEGER NOT NULL CONSTRAINT queue_ticket_number CHECK (ticket_number BETWEEN 1 AND 9999),
     issued_on TEXT NOT NULL,
     issued_at INTEGER NOT NULL,
     reason TEXT NOT NULL CONSTRAINT queue_ticket_reason CHECK (reason IN ('walk-in', 'outage')),
     arrival_id TEXT,
     -- From when on the citizen waits: his arrival where one is proved, else the ticket.
     since_on TEXT NOT NULL,
     since_at INTEGER NOT NULL,
     state TEXT NOT NULL CONSTRAINT queue_ticket_state CHECK (state IN ('waiting', 'served', 'left', 'absent')),
     settled_on TEXT,
     transaction_id TEXT,
     sealed TEXT NOT NULL,
     CONSTRAINT queue_ticket_once_a_day UNIQUE (issued_on, ticket_number),
     CONSTRAINT queue_ticket_settled CHECK ((state = 'waiting') = (settled_on IS NULL))
   ) STRICT`,
  "CREATE INDEX queue_ticket_waiting ON queue_ticket (issued_on) WHERE state = 'waiting'",
  'CREATE INDEX queue_ticket_by_settling ON queue_ticket (settled_on) WHERE settled_on IS NOT NULL',
  'CREATE INDEX queue_ticket_by_arrival ON queue_ticket (arrival_id) WHERE arrival_id IS NOT NULL',

  `CREATE TABLE form_delivery (
     delivery_id TEXT NOT NULL CONSTRAINT form_delivery_pk PRIMARY KEY,
     form TEXT NOT NULL CONSTRAINT form_delivery_form CHECK (form IN ${FORMS}),
     series TEXT NOT NULL,
     from_serial INTEGER NOT NULL CONSTRAINT form_delivery_from CHECK (from_serial > 0),
     to_serial INTEGER NOT NULL,
     delivery_note TEXT NOT NULL,
     received_at INTEGER NOT NULL,
     CONSTRAINT form_delivery_ends CHECK (to_serial >= from_serial),
     CONSTRAINT form_delivery_once UNIQUE (form, series, from_serial)
   ) STRICT`,
  // Serials of which something is known, as runs: ten thousand forms used in order are one row.
  `CREATE TABLE form_run (
     form TEXT NOT NULL CONSTRAINT form_run_form CHECK (form IN ${FORMS}),
     series TEXT NOT NULL,
     from_serial INTEGER NOT NULL CONSTRAINT form_run_from CHECK (from_serial > 0),
     to_serial INTEGER NOT NULL,
     state TEXT NOT NULL CONSTRAINT form_run_state CHECK (state IN ('used', 'spoiled', 'missing')),
     -- When the first of it was told.
     begun_at INTEGER NOT NULL,
     CONSTRAINT form_run_ends CHECK (to_serial >= from_serial),
     CONSTRAINT form_run_pk PRIMARY KEY (form, series, from_serial)
   ) STRICT, WITHOUT ROWID`,
  // A run only grows: what was said of a serial stands.
  `CREATE TRIGGER form_run_grows BEFORE UPDATE ON form_run
     WHEN NEW.form IS NOT OLD.form OR NEW.series IS NOT OLD.series OR NEW.state IS NOT OLD.state
       OR NEW.from_serial > OLD.from_serial OR NEW.to_serial < OLD.to_serial
     BEGIN SELECT RAISE(ABORT, 'what was said of a form is never changed'); END`,
];

/** Papers of applications and originals, the drawer, the queue, and pre-printed forms. */
export const migration = {
  number: 8,
  name: 'originals',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
