import { type Kysely, sql } from 'kysely';

const STATEMENTS: readonly string[] = [
  `ALTER TABLE sale ADD COLUMN means TEXT NOT NULL DEFAULT 'cash'
     CONSTRAINT sale_means CHECK (means IN ('cash', 'qris', 'transfer'))`,
  // Plate and newest period while the sale stands; null once the money went back, and once nobody may be found by it.
  'ALTER TABLE sale ADD COLUMN stands_for TEXT',
  `UPDATE sale SET stands_for = nrkb_index || '/' || period_until
     WHERE void_seq IS NULL AND central <> 'refunded' AND nrkb_index <> ''
       AND seq = (SELECT max(other.seq) FROM sale AS other WHERE other.nrkb_index = sale.nrkb_index
                    AND other.period_until = sale.period_until AND other.void_seq IS NULL AND other.central <> 'refunded')`,
  // Whatever the program believes: a vehicle and a period are sold once at this counter.
  'CREATE UNIQUE INDEX sale_stands_once ON sale (stands_for) WHERE stands_for IS NOT NULL',
  `CREATE TABLE basket (
     basket_id TEXT NOT NULL CONSTRAINT basket_pk PRIMARY KEY,
     officer_id TEXT NOT NULL,
     state TEXT NOT NULL CONSTRAINT basket_state CHECK (state IN ('open', 'paying', 'paid', 'ended')),
     tendered INTEGER,
     begun_at INTEGER NOT NULL,
     CONSTRAINT basket_tendered CHECK ((state = 'open') = (tendered IS NULL) AND (tendered IS NULL OR tendered >= 0))
   ) STRICT`,
  `CREATE UNIQUE INDEX basket_at_work ON basket (officer_id) WHERE state IN ('open', 'paying')`,
  `CREATE TRIGGER basket_tender_is_bound BEFORE UPDATE OF tendered ON basket
     WHEN OLD.tendered IS NOT NULL AND NEW.tendered IS NOT OLD.tendered
     BEGIN SELECT RAISE(ABORT, 'a tender is bound to its sales'); END`,
  `CREATE TABLE basket_item (
     basket_id TEXT NOT NULL CONSTRAINT basket_item_of REFERENCES basket (basket_id),
     place INTEGER NOT NULL CONSTRAINT basket_item_place CHECK (place >= 1),
     transaction_id TEXT NOT NULL,
     vehicle_index TEXT NOT NULL,
     expected_payable INTEGER,
     left_at INTEGER,
     CONSTRAINT basket_item_pk PRIMARY KEY (basket_id, place)
   ) STRICT`,
  'CREATE UNIQUE INDEX basket_item_once ON basket_item (transaction_id) WHERE left_at IS NULL',
  'CREATE UNIQUE INDEX basket_vehicle_once ON basket_item (basket_id, vehicle_index) WHERE left_at IS NULL',
  `CREATE TABLE payment (
     payment_id TEXT NOT NULL CONSTRAINT payment_pk PRIMARY KEY,
     transaction_id TEXT NOT NULL,
     nrkb_index TEXT NOT NULL,
     officer_id TEXT NOT NULL,
     officer_name TEXT NOT NULL,
     means TEXT NOT NULL CONSTRAINT payment_means CHECK (means IN ('qris', 'transfer')),
     amount INTEGER NOT NULL CONSTRAINT payment_amount CHECK (amount > 0),
     state TEXT NOT NULL CONSTRAINT payment_state
       CHECK (state IN ('unknown', 'pending', 'confirmed', 'sold', 'failed', 'released', 'paid-twice')),
     outcome TEXT,
     requested_at INTEGER NOT NULL,
     expires_at INTEGER,
     settled_at INTEGER,
     confirmation TEXT,
     sealed TEXT NOT NULL
   ) STRICT`,
  // A second collection waits until the first is known, whichever service of this vehicle asks for it.
  `CREATE UNIQUE INDEX payment_open_once ON payment (nrkb_index) WHERE state IN ('unknown', 'pending', 'confirmed')`,
  `CREATE INDEX payment_worth_asking ON payment (requested_at) WHERE state IN ('unknown', 'pending', 'confirmed', 'released')`,
  `CREATE INDEX payment_paid_twice ON payment (requested_at) WHERE state = 'paid-twice'`,
  'CREATE INDEX payment_by_transaction ON payment (transaction_id)',
  `CREATE INDEX payment_sold ON payment (settled_at) WHERE state = 'sold'`,
  `CREATE TRIGGER payment_ends_once BEFORE UPDATE OF state ON payment
     WHEN OLD.state IN ('sold', 'paid-twice') AND NEW.state <> OLD.state
     BEGIN SELECT RAISE(ABORT, 'a payment that was settled stays so'); END`,
];

/** Several vehicles of one payer, payments by QRIS and transfer, and one standing sale of a vehicle and period. */
export const migration = {
  number: 12,
  name: 'payments',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
