import { type Kysely, sql } from 'kysely';

/**
 * Projections of the journal and of the feeds, and the few facts that are neither (drafts, failures of PINs).
 * Columns named `sealed` are ciphertext under the data key; columns named `*_index` are HMACs for exact search.
 */
const STATEMENTS: readonly string[] = [
  `CREATE TABLE vehicle (
     vehicle_id TEXT NOT NULL CONSTRAINT vehicle_pk PRIMARY KEY,
     area TEXT NOT NULL,
     nrkb_index TEXT NOT NULL,
     chassis_index TEXT NOT NULL,
     nik_index TEXT,
     sealed TEXT NOT NULL,
     registry_version INTEGER NOT NULL CONSTRAINT vehicle_version CHECK (registry_version > 0),
     data_on TEXT NOT NULL
   ) STRICT`,
  'CREATE UNIQUE INDEX vehicle_by_nrkb ON vehicle (nrkb_index)',
  'CREATE INDEX vehicle_by_chassis ON vehicle (chassis_index)',
  'CREATE INDEX vehicle_by_nik ON vehicle (nik_index) WHERE nik_index IS NOT NULL',
  `CREATE TABLE officer (
     officer_id TEXT NOT NULL CONSTRAINT officer_pk PRIMARY KEY,
     name TEXT NOT NULL,
     role TEXT NOT NULL CONSTRAINT officer_role CHECK (role IN ('officer', 'supervisor', 'installer', 'auditor')),
     active INTEGER NOT NULL CONSTRAINT officer_active CHECK (active IN (0, 1)),
     pin_sealed TEXT NOT NULL,
     failures INTEGER NOT NULL DEFAULT 0 CONSTRAINT officer_failures CHECK (failures >= 0),
     locked_until INTEGER
   ) STRICT`,
  `CREATE TABLE rule_pack (
     pack_id TEXT NOT NULL CONSTRAINT rule_pack_pk PRIMARY KEY,
     feed_version INTEGER NOT NULL,
     text TEXT NOT NULL
   ) STRICT`,
  `CREATE TABLE policy (
     policy_version INTEGER NOT NULL CONSTRAINT policy_pk PRIMARY KEY,
     text TEXT NOT NULL
   ) STRICT`,
  `CREATE TABLE province_key (
     key_id TEXT NOT NULL CONSTRAINT province_key_pk PRIMARY KEY,
     purpose TEXT NOT NULL CONSTRAINT province_key_purpose CHECK (purpose IN ('signing', 'sealing')),
     public_key TEXT NOT NULL,
     from_at INTEGER NOT NULL,
     to_at INTEGER NOT NULL,
     revoked INTEGER NOT NULL CONSTRAINT province_key_revoked CHECK (revoked IN (0, 1))
   ) STRICT`,
  `CREATE TABLE feed_cursor (
     feed TEXT NOT NULL,
     scope TEXT NOT NULL,
     version INTEGER NOT NULL CONSTRAINT feed_cursor_version CHECK (version > 0),
     page_hash TEXT NOT NULL,
     incarnation TEXT NOT NULL,
     fresh_until INTEGER NOT NULL,
     applied_at INTEGER NOT NULL,
     CONSTRAINT feed_cursor_pk PRIMARY KEY (feed, scope)
   ) STRICT`,
  `CREATE TABLE cash_session (
     cash_session_id TEXT NOT NULL CONSTRAINT cash_session_pk PRIMARY KEY,
     state TEXT NOT NULL CONSTRAINT cash_session_state
       CHECK (state IN ('open', 'counted', 'closed', 'deposited', 'reconciled', 'disputed')),
     opened_at INTEGER NOT NULL,
     officer_id TEXT NOT NULL,
     officer_name TEXT NOT NULL,
     float_counts TEXT NOT NULL,
     float_total INTEGER NOT NULL CONSTRAINT cash_session_float CHECK (float_total >= 0)
   ) STRICT`,
  // One drawer, one session, one device.
  "CREATE UNIQUE INDEX cash_session_one_open ON cash_session (state) WHERE state IN ('open', 'counted')",
  // The drawer's sum is asked at every screen: a running balance, which `verify` compares with the lines.
  `CREATE TABLE drawer_balance (
     account TEXT NOT NULL CONSTRAINT drawer_balance_pk PRIMARY KEY
       CONSTRAINT drawer_balance_account CHECK (account IN ('cash-drawer', 'float')),
     amount INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `INSERT INTO drawer_balance (account, amount)
     SELECT account, sum(amount) FROM ledger_line WHERE account IN ('cash-drawer', 'float') GROUP BY account`,
  `CREATE TRIGGER drawer_balance_of_line AFTER INSERT ON ledger_line WHEN NEW.account IN ('cash-drawer', 'float') BEGIN
     INSERT INTO drawer_balance (account, amount) VALUES (NEW.account, NEW.amount)
       ON CONFLICT (account) DO UPDATE SET amount = amount + excluded.amount;
   END`,
  `CREATE TABLE draft (
     transaction_id TEXT NOT NULL CONSTRAINT draft_pk PRIMARY KEY,
     state TEXT NOT NULL CONSTRAINT draft_state CHECK (state IN ('open', 'paid', 'arrival', 'abandoned')),
     officer_id TEXT NOT NULL,
     vehicle_index TEXT NOT NULL,
     begun_at INTEGER NOT NULL,
     sealed TEXT NOT NULL
   ) STRICT`,
  'CREATE INDEX draft_by_vehicle ON draft (vehicle_index)',
  "CREATE INDEX draft_open ON draft (officer_id, begun_at) WHERE state = 'open'",
  `CREATE TABLE sale (
     transaction_id TEXT NOT NULL CONSTRAINT sale_transaction UNIQUE,
     epoch_n INTEGER NOT NULL,
     epoch_nonce TEXT NOT NULL,
     seq INTEGER NOT NULL CONSTRAINT sale_pk PRIMARY KEY,
     entry_hash TEXT NOT NULL,
     receipt_number TEXT NOT NULL CONSTRAINT sale_receipt_number UNIQUE,
     nrkb_index TEXT NOT NULL,
     paid_at INTEGER NOT NULL,
     paid_on TEXT NOT NULL,
     period_until TEXT NOT NULL,
     cash_session_id TEXT NOT NULL,
     officer_id TEXT NOT NULL,
     officer_name TEXT NOT NULL,
     total INTEGER NOT NULL CONSTRAINT sale_total CHECK (total >= 0),
     payable INTEGER NOT NULL CONSTRAINT sale_payable CHECK (payable >= 0),
     central TEXT NOT NULL DEFAULT 'not-booked' CONSTRAINT sale_central
       CHECK (central IN ('not-booked', 'booked', 'short', 'over', 'paid-elsewhere', 'on-hold', 'rejected', 'refund-due', 'refunded')),
     decided_at INTEGER,
     final_number TEXT,
     handed_over_at INTEGER,
     sealed TEXT NOT NULL
   ) STRICT`,
  // Every index is a page more to write in each sale's commit; the order of the sales is that of their entries.
  'CREATE INDEX sale_by_day ON sale (paid_on)',
  'CREATE INDEX sale_by_nrkb ON sale (nrkb_index)',
  'CREATE INDEX sale_by_session ON sale (cash_session_id)',
  // What waits for a person is little, however many sales there are.
  `CREATE INDEX sale_open_case ON sale (seq) WHERE central NOT IN ('not-booked', 'booked', 'refunded')`,
  `CREATE TABLE arrival (
     arrival_id TEXT NOT NULL CONSTRAINT arrival_pk PRIMARY KEY,
     arrival_number TEXT NOT NULL CONSTRAINT arrival_number UNIQUE,
     nrkb_index TEXT NOT NULL,
     arrived_on TEXT NOT NULL,
     recorded_at INTEGER NOT NULL,
     settled_by TEXT,
     sealed TEXT NOT NULL
   ) STRICT`,
  'CREATE INDEX arrival_by_nrkb ON arrival (nrkb_index)',
  `CREATE TABLE decision (
     decision_id TEXT NOT NULL CONSTRAINT decision_pk PRIMARY KEY,
     transaction_id TEXT NOT NULL,
     decided_at INTEGER NOT NULL,
     central TEXT NOT NULL,
     text TEXT NOT NULL
   ) STRICT`,
  'CREATE INDEX decision_by_transaction ON decision (transaction_id, decided_at)',
  // One row per entry: where it stands on its way. The entry itself is never touched.
  `CREATE TABLE delivery (
     epoch_n INTEGER NOT NULL,
     epoch_nonce TEXT NOT NULL,
     seq INTEGER NOT NULL CONSTRAINT delivery_pk PRIMARY KEY,
     lane TEXT NOT NULL CONSTRAINT delivery_lane CHECK (lane IN ('money', 'audit')),
     state TEXT NOT NULL CONSTRAINT delivery_state
       CHECK (state IN ('queued', 'sending', 'acknowledged', 'quarantined', 'exported')),
     tries INTEGER NOT NULL DEFAULT 0,
     last_reason TEXT,
     verdict TEXT,
     recorded_at INTEGER NOT NULL,
     settled_at INTEGER
   ) STRICT`,
  // What is in custody is nearly everything; the rest is asked at every screen and at every round.
  "CREATE INDEX delivery_unsettled ON delivery (seq, state, lane, recorded_at) WHERE state <> 'acknowledged'",
  // Entries from before this migration wait too.
  `INSERT INTO delivery (epoch_n, epoch_nonce, seq, lane, state, recorded_at)
     SELECT epoch_n, epoch_nonce, seq,
       CASE WHEN type IN ('transaction.paid', 'cash-session.opened', 'arrival.recorded') THEN 'money' ELSE 'audit' END,
       'queued', wall_ms FROM entry ORDER BY seq`,
  // The outbox is a cursor over the journal: an entry cannot be committed without its place in it.
  `CREATE TRIGGER delivery_of_entry AFTER INSERT ON entry BEGIN
     INSERT INTO delivery (epoch_n, epoch_nonce, seq, lane, state, recorded_at)
     VALUES (NEW.epoch_n, NEW.epoch_nonce, NEW.seq,
       CASE WHEN NEW.type IN ('transaction.paid', 'cash-session.opened', 'arrival.recorded') THEN 'money' ELSE 'audit' END,
       'queued', NEW.wall_ms);
   END`,
  `CREATE TABLE print_job (
     job_id TEXT NOT NULL CONSTRAINT print_job_pk PRIMARY KEY,
     stream TEXT NOT NULL,
     kind TEXT NOT NULL CONSTRAINT print_job_kind CHECK (kind IN ('receipt', 'copy', 'arrival', 'final-receipt')),
     copy_no INTEGER NOT NULL,
     printer TEXT NOT NULL,
     state TEXT NOT NULL CONSTRAINT print_job_state
       CHECK (state IN ('requested', 'printed', 'failed', 'unknown', 'came-out', 'did-not-come-out')),
     detail TEXT,
     requested_at INTEGER NOT NULL
   ) STRICT`,
  'CREATE INDEX print_job_by_stream ON print_job (stream, requested_at)',
  'CREATE INDEX print_job_by_time ON print_job (requested_at, job_id)',
  "CREATE INDEX print_job_unsettled ON print_job (requested_at) WHERE state IN ('requested', 'unknown')",
  `CREATE TABLE sync_state (
     only_row INTEGER NOT NULL CONSTRAINT sync_state_pk PRIMARY KEY CONSTRAINT sync_state_one CHECK (only_row = 1),
     incarnation TEXT,
     last_contact_at INTEGER,
     last_custody_at INTEGER
   ) STRICT`,
];

/** Tables of the counter's features. */
export const migration = {
  number: 2,
  name: 'counter',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
