import { type Kysely, sql } from 'kysely';

/** "Unsent counts transactions, cash events and documents": papers of a citizen count like his arrival does. */
const COUNTED_TYPES = [
  'transaction.paid',
  'cash-session.opened',
  'cash-session.counted',
  'cash-session.closed',
  'cash.deposited',
  'arrival.recorded',
  'application.received',
  'application.completed',
]
  .map((type) => `'${type}'`)
  .join(', ');

const STATEMENTS: readonly string[] = [
  'DROP TRIGGER delivery_of_entry',
  `CREATE TRIGGER delivery_of_entry AFTER INSERT ON entry BEGIN
     INSERT INTO delivery (epoch_n, epoch_nonce, seq, lane, state, recorded_at)
     VALUES (NEW.epoch_n, NEW.epoch_nonce, NEW.seq,
       CASE WHEN NEW.type IN (${COUNTED_TYPES}) THEN 'money' ELSE 'audit' END,
       'queued', NEW.wall_ms);
   END`,
  // The services as the province signed them: the last word about each. Kept as received.
  `CREATE TABLE service_pack (
     service_id TEXT NOT NULL CONSTRAINT service_pack_pk PRIMARY KEY,
     version INTEGER NOT NULL CONSTRAINT service_pack_version CHECK (version > 0),
     text TEXT NOT NULL CONSTRAINT service_pack_is_json CHECK (json_valid(text))
   ) STRICT`,
  /*
   * Papers that go on to an agency: a draft while they are taken in, then the projection of its entries and of what the
   * province decided. The pack is the service as it was when the papers were asked for; the person is sealed.
   */
  `CREATE TABLE application (
     application_id TEXT NOT NULL CONSTRAINT application_pk PRIMARY KEY
       CONSTRAINT application_id_length CHECK (length(application_id) = 36),
     service_id TEXT NOT NULL,
     state TEXT NOT NULL CONSTRAINT application_state CHECK (state IN
       ('draft', 'abandoned', 'received', 'incomplete', 'sent', 'in-process', 'ready', 'returned', 'handed-over')),
     officer_id TEXT NOT NULL,
     begun_at INTEGER NOT NULL,
     pack TEXT NOT NULL CONSTRAINT application_pack_is_json CHECK (json_valid(pack)),
     sealed TEXT NOT NULL,
     seq INTEGER CONSTRAINT application_seq_once UNIQUE,
     application_number TEXT CONSTRAINT application_number_once UNIQUE,
     received_on TEXT,
     promised_on TEXT,
     decided_at INTEGER,
     reason TEXT,
     agency_number TEXT,
     handed_over_at INTEGER,
     CONSTRAINT application_received_whole CHECK (
       (seq IS NULL) = (state IN ('draft', 'abandoned'))
       AND (seq IS NULL) = (application_number IS NULL) AND (seq IS NULL) = (received_on IS NULL))
   ) STRICT`,
  "CREATE INDEX application_drafts ON application (officer_id, begun_at) WHERE state = 'draft'",
  'CREATE INDEX application_by_place ON application (seq) WHERE seq IS NOT NULL',
  "CREATE INDEX application_case ON application (seq) WHERE state IN ('incomplete', 'returned')",
  `CREATE TRIGGER application_refuses_delete BEFORE DELETE ON application
     BEGIN SELECT RAISE(ABORT, 'an application is never forgotten'); END`,
  // How it came to stand where it stands, in the order in which it became known; a decision may come before its application does, and twice.
  `CREATE TABLE application_step (
     step_no INTEGER NOT NULL CONSTRAINT application_step_pk PRIMARY KEY,
     application_id TEXT NOT NULL,
     at INTEGER NOT NULL,
     state TEXT NOT NULL,
     reason TEXT,
     decision_id TEXT CONSTRAINT application_step_decision_once UNIQUE
   ) STRICT`,
  'CREATE INDEX application_step_by_application ON application_step (application_id, step_no)',
  ...['UPDATE', 'DELETE'].map(
    (verb) => `CREATE TRIGGER application_step_refuses_${verb.toLowerCase()} BEFORE ${verb} ON application_step
     BEGIN SELECT RAISE(ABORT, 'application_step is append-only'); END`,
  ),
];

/** Services of the signed feed, and papers that go on to an agency. */
export const migration = {
  number: 7,
  name: 'applications',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
