import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCashEvents } from '../../../src/main/core/cash/cash-event-store.ts';
import { findLastClosed, readSessionsInSafe } from '../../../src/main/core/cash/cash-store.ts';
import { readUnconfirmed } from '../../../src/main/core/cash/confirmation-store.ts';
import { readDoubts, readOpenLegs } from '../../../src/main/core/cash/courier-store.ts';
import { drawerCash, undepositedCash } from '../../../src/main/core/cash/drawer-balance-store.ts';
import { createDatabase } from '../../../src/main/core/db/database.ts';
import { openHandle, type SqliteHandle } from '../../../src/main/core/db/driver.ts';
import { counterMigrations } from '../../../src/main/core/db/migrations/index.ts';
import type { ReadTx } from '../../../src/main/core/db/open.ts';
import { createColumnCipher } from '../../../src/main/core/device/column-cipher.ts';
import { createSecrets } from '../../../src/main/core/device/key-store.ts';
import { readNewestJobs, readUnsettledJobs } from '../../../src/main/core/printing/print-store.ts';
import { countVehicles } from '../../../src/main/core/registry/registry-store.ts';
import { findNewestCustodyReceipt } from '../../../src/main/core/sync/custody-store.ts';
import {
  countUnsentMoney,
  findDeliveries,
  findNewestAcknowledged,
  outboxFigures,
  readDeliveries,
  readQuarantined,
  readUndeclared,
  readUnsent,
} from '../../../src/main/core/sync/delivery-store.ts';
import { readNewestDraftsOf } from '../../../src/main/core/transactions/draft-store.ts';
import { countOpenCases, findNewestSaleOf, readSales } from '../../../src/main/core/transactions/sale-store.ts';
import { openIn } from '../../support/opened-database.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const random = createSeededRandom('growth');
const cipher = createColumnCipher(createSecrets(random), random);

/** A place for a value in a statement that is built once (`prepared.ts`): it reads nothing. */
const OF_A_SLOT = /^(SCALAR SUBQUERY \d+|SCAN CONSTANT ROW)$/;

type Question = (tx: ReadTx) => Promise<unknown>;

/** How SQLite would answer what a question really asks: one line per step of its plan. */
async function planOf(question: Question): Promise<readonly string[]> {
  const folder = temporaryFolder();
  await (await openIn(folder, counterMigrations)).close();
  const file = join(folder, 'counter.sqlite');
  const real = openHandle(file, { readOnly: true, create: false, busyTimeoutMs: 1000 });
  const asked: string[] = [];
  const recording: SqliteHandle = {
    ...real,
    prepare: (text) => {
      asked.push(text);
      return real.prepare(text);
    },
  };
  const db = createDatabase(undefined, recording, () => ({ sqliteVersion: '', journalMode: '', synchronous: 0 }));
  await db.read(question);
  const plans = asked
    .filter((text) => text.startsWith('select'))
    .flatMap((text) =>
      real.rows(`EXPLAIN QUERY PLAN ${text}`, ...new Array<null>(text.split('?').length - 1).fill(null)),
    );
  await db.close();
  return plans.map((row) => String(row['detail'])).filter((step) => !OF_A_SLOT.test(step));
}

/** Questions of the status bar, of the home screen and of every round, with the step that keeps them small for ever. */
const QUESTIONS: readonly (readonly [string, Question, string])[] = [
  ['the figures of the outbox', outboxFigures, 'INDEX delivery_unsettled'],
  ['the money that is not in custody', countUnsentMoney, 'INDEX delivery_unsettled'],
  ['the next entries to push', (tx) => readUnsent(tx, 200), 'INDEX delivery_unsettled'],
  ['what is quarantined', (tx) => readQuarantined(tx, 500), 'INDEX delivery_unsettled'],
  [
    'the waiting rows of the Kotak Kirim',
    (tx) => readDeliveries(tx, { show: 'unsent', lane: 'all', limit: 100 }),
    'INDEX delivery_unsettled',
  ],
  ['the rotten rows that no epoch has declared', readUndeclared, 'INDEX delivery_undeclared'],
  ['the deposits on their way', readUnconfirmed, 'INDEX deposit_unconfirmed'],
  ['the cash with couriers', readOpenLegs, 'INDEX courier_leg_open'],
  ['the cash that is in doubt', readDoubts, 'INDEX cash_refusal_open'],
  ['the cash events of a day', (tx) => readCashEvents(tx, 0, 200), 'INDEX cash_event_by_time'],
  ['the delivery of a few sales', (tx) => findDeliveries(tx, [1, 2, 3]), 'INTEGER PRIMARY KEY'],
  ['the papers nobody has seen yet', readUnsettledJobs, 'INDEX print_job_unsettled'],
  ['the newest papers', (tx) => readNewestJobs(tx, 50), 'INDEX print_job_by_time'],
  ['how many sales wait for a person', countOpenCases, 'INDEX sale_open_case'],
  ['the sales that wait for a person', (tx) => readSales(tx, cipher, { openCase: true }, 500), 'INDEX sale_open_case'],
  ['the sales of one day', (tx) => readSales(tx, cipher, { from: 'd', to: 'd' }, 9), 'INDEX sale_by_day'],
  ['the cash in the drawer', drawerCash, 'drawer_balance'],
  ['the cash that is not deposited', undepositedCash, 'INDEX cash_session_one_open'],
  ['the sessions in the safe', readSessionsInSafe, 'INDEX cash_session_not_deposited'],
  ['the session that was closed last', findLastClosed, 'INDEX cash_session_by_close'],
  ['the services of a vehicle', (tx) => readNewestDraftsOf(tx, cipher, 'id', 0), 'INDEX draft_by_vehicle'],
  ['how many vehicles are known', countVehicles, 'USING COVERING INDEX'],
];

describe('a counter with many years of entries', () => {
  it.each(QUESTIONS)('finds %s without reading all that ever happened', async (_what, question, step) => {
    const plan = await planOf(question);
    expect(plan[0]).toContain(step);
  });

  it.each<readonly [string, Question, string]>([
    ['custody receipt', findNewestCustodyReceipt, 'SCAN custody_receipt USING INDEX custody_receipt_by_place'],
    ['item in custody', findNewestAcknowledged, 'SCAN delivery'],
    ['sales', (tx) => readSales(tx, cipher, {}, 5), 'SCAN sale'],
    [
      'sale of a plate',
      (tx) => findNewestSaleOf(tx, cipher, 'plate'),
      'SEARCH sale USING INDEX sale_by_nrkb (nrkb_index=?)',
    ],
  ])('finds the newest %s without sorting all of them', async (_what, question, onlyStep) => {
    expect(await planOf(question)).toEqual([onlyStep]);
  });
});
