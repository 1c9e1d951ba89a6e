import { type Kysely, sql } from 'kysely';

const STATEMENTS: readonly string[] = [
  // The key that this counter shares with a supervisor, sealed; null where the province gave none.
  'ALTER TABLE officer ADD COLUMN approval_key_sealed TEXT',
  // The one day on which an officer of another outlet works here; null for the outlet's own.
  'ALTER TABLE officer ADD COLUMN substitute_on TEXT',

  `CREATE TABLE approval_request (
     request_id TEXT NOT NULL CONSTRAINT approval_request_pk PRIMARY KEY,
     action TEXT NOT NULL,
     subject TEXT NOT NULL,
     amount INTEGER NOT NULL,
     content_hash TEXT NOT NULL,
     nonce TEXT NOT NULL,
     characters TEXT NOT NULL,
     requested_by TEXT,
     requested_on TEXT NOT NULL,
     requested_at INTEGER NOT NULL,
     tries INTEGER NOT NULL DEFAULT 0,
     used_at INTEGER,
     CONSTRAINT approval_request_nonce_once UNIQUE (requested_on, nonce)
   ) STRICT`,
  // Used once, and tries only grow: neither a restart nor a clock gives them back.
  `CREATE TRIGGER approval_request_only_spends BEFORE UPDATE ON approval_request
     WHEN OLD.used_at IS NOT NULL OR NEW.tries < OLD.tries OR NEW.nonce <> OLD.nonce OR NEW.subject <> OLD.subject
     BEGIN SELECT RAISE(ABORT, 'an approval is used once'); END`,
  `CREATE TABLE approval_tries (
     counted_on TEXT NOT NULL CONSTRAINT approval_tries_pk PRIMARY KEY,
     wrong INTEGER NOT NULL
   ) STRICT`,
  `CREATE TRIGGER approval_tries_only_grow BEFORE UPDATE ON approval_tries
     WHEN NEW.wrong < OLD.wrong BEGIN SELECT RAISE(ABORT, 'wrong codes are not forgotten'); END`,
  `CREATE TABLE approval_list_use (
     supervisor_id TEXT NOT NULL,
     list INTEGER NOT NULL,
     place INTEGER NOT NULL,
     used_at INTEGER NOT NULL,
     CONSTRAINT approval_list_use_once PRIMARY KEY (supervisor_id, list, place)
   ) STRICT, WITHOUT ROWID`,

  // What was approved here and is provisional until the province says who signed for it.
  `CREATE TABLE approval (
     approval_id TEXT NOT NULL CONSTRAINT approval_pk PRIMARY KEY,
     seq INTEGER NOT NULL,
     action TEXT NOT NULL,
     subject TEXT NOT NULL,
     amount INTEGER NOT NULL,
     method TEXT NOT NULL CONSTRAINT approval_method CHECK (method IN ('pin', 'code', 'list')),
     approved_by TEXT NOT NULL,
     requested_by TEXT,
     used_at INTEGER NOT NULL,
     answer TEXT NOT NULL DEFAULT 'waiting'
       CONSTRAINT approval_answer CHECK (answer IN ('waiting', 'confirmed', 'disputed')),
     answered_at INTEGER
   ) STRICT`,
  "CREATE INDEX approval_unsettled ON approval (used_at) WHERE answer <> 'confirmed'",

  // One day, one cap, one new limit; the last one counts.
  `CREATE TABLE cap_raise (
     cap TEXT NOT NULL,
     raised_on TEXT NOT NULL,
     raised_to INTEGER NOT NULL,
     approval_id TEXT NOT NULL,
     CONSTRAINT cap_raise_pk PRIMARY KEY (cap, raised_on)
   ) STRICT, WITHOUT ROWID`,

  // On a supervisor's own device: the counters of his region, and what he answered.
  `CREATE TABLE approval_pair (
     supervisor_id TEXT NOT NULL,
     counter_id TEXT NOT NULL,
     counter_tag TEXT NOT NULL,
     outlet_id TEXT NOT NULL,
     outlet_name TEXT NOT NULL,
     device_no INTEGER NOT NULL,
     key_sealed TEXT NOT NULL,
     CONSTRAINT approval_pair_pk PRIMARY KEY (supervisor_id, counter_id)
   ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX approval_pair_by_tag ON approval_pair (supervisor_id, counter_tag)',
  `CREATE TABLE approval_answer (
     supervisor_id TEXT NOT NULL,
     characters TEXT NOT NULL,
     counter_id TEXT NOT NULL,
     answered_at INTEGER NOT NULL,
     CONSTRAINT approval_answer_once PRIMARY KEY (supervisor_id, counter_id, characters)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE approval_question (
     approval_id TEXT NOT NULL CONSTRAINT approval_question_pk PRIMARY KEY,
     supervisor_id TEXT NOT NULL,
     counter_id TEXT NOT NULL,
     outlet_name TEXT NOT NULL,
     action TEXT NOT NULL,
     amount INTEGER NOT NULL,
     method TEXT NOT NULL CONSTRAINT approval_question_method CHECK (method IN ('pin', 'code', 'list')),
     used_at INTEGER NOT NULL,
     own INTEGER CONSTRAINT approval_question_own CHECK (own IN (0, 1))
   ) STRICT`,
  'CREATE INDEX approval_question_open ON approval_question (supervisor_id, used_at) WHERE own IS NULL',
];

/** Approvals that are bound to one act, used once, and signed for afterwards. */
export const migration = {
  number: 10,
  name: 'approvals',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
