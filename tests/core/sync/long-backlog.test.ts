import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/domain/result.ts';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { counterMigrations } from '../../../src/main/core/db/migrations/index.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { openDatabase } from '../../../src/main/core/db/open.ts';
import { findEnrolledDevice } from '../../../src/main/core/device/enrolled-device-store.ts';
import { loadSecrets } from '../../../src/main/core/device/key-store.ts';
import { systemRandom } from '../../../src/main/core/device/system-ports.ts';
import { createTimekeeper } from '../../../src/main/core/device/timekeeper.ts';
import { createJournal } from '../../../src/main/core/journal/journal.ts';
import { createMarks } from '../../../src/main/core/journal/mark.ts';
import { openForBusiness, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, restarted, useProvince } from '../../support/enrolled-counter.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const ENTRIES = 5000;

/** Weeks of comings and goings without a line, written by the counter's own journal in one commit. */
async function liveLong({ config, clock, app }: TestCounter, entries: number): Promise<void> {
  await app.stop();
  const file = join(config.dataDir, DATABASE_FILE);
  const db = await openDatabase({ file, migrations: counterMigrations, create: false });
  const random = systemRandom();
  const secrets = await loadSecrets({ config, keepSecret: undefined, random });
  if (!db.ok || !secrets.ok) throw new Error('the folder of a counter opens');
  const device = await db.value.read((tx) => findEnrolledDevice(tx));
  if (device === undefined) throw new Error('the counter is enrolled');
  const log = createRecordingLog();
  const { dataDir, secondMarkDir, appVersion } = config;
  const journal = createJournal({
    db: db.value,
    secrets: secrets.value,
    device: { ...device, outletId: device.outlet.outletId, appVersion, training: false },
    timekeeper: createTimekeeper(clock, { lastEntry: null, anchor: null, isAnchorNewest: false, feedMs: 0 }),
    marks: createMarks({ dataDir, secondMarkDir, deviceId: device.deviceId, secrets: secrets.value, log }),
    random,
    events: { publish: () => undefined },
    log,
  });
  const written = await journal.record(async (_tx, append) => {
    for (let one = 0; one < entries; one += 1) {
      const type = 'officer.signed-out';
      append({ type, stream: device.deviceId, officerId: 'petugas-1', cashSessionId: null, body: { reason: 'asked' } });
    }
    return ok(undefined);
  });
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  await db.value.close();
}

/** What a failing disk does to rows, past every trigger: some give back other bytes, some give back nothing. */
function decay(
  { config }: TestCounter,
  { bent, gone }: { readonly bent: readonly number[]; readonly gone: readonly number[] },
) {
  const file = join(config.dataDir, DATABASE_FILE);
  const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 5000 });
  for (const change of ['update', 'delete']) handle.exec(`DROP TRIGGER entry_refuses_${change}`);
  handle.exec('PRAGMA ignore_check_constraints = ON');
  handle.exec('PRAGMA foreign_keys = OFF');
  handle.exec(`UPDATE entry SET text = replace(text, '"v":1', '"v":7') WHERE seq IN (${bent.join()})`);
  handle.exec(`DELETE FROM entry WHERE seq IN (${gone.join()})`);
  handle.close();
}

const range = (from: number, count: number, step = 1): readonly number[] =>
  Array.from({ length: count }, (_one, index) => from + index * step);

describe('a backlog of five thousand entries on a failing disk', () => {
  const province = useProvince();

  it('arrives whole: each rotten row as what is left of it, each good one accepted, and the cash behind them', async () => {
    const young = await enrolledCounter(province());
    young.line.set('down');
    await liveLong(young, ENTRIES);
    const rotten = { bent: [...range(101, 23), ...range(700, 8, 390)], gone: [900, 901, 1800, 4950] };
    decay(young, rotten);
    const counter = await openForBusiness(await restarted(young));
    const { transactionId, total } = await sellOffline(counter, 'AG 2345 KD');
    const all = [...rotten.bent, ...rotten.gone];
    const [{ seq: newest } = {}] = counter.rows('SELECT max(seq) AS seq FROM delivery');
    expect(Number(newest)).toBeGreaterThan(ENTRIES);
    counter.line.set('pass');
    await sync(counter);
    expect(await sync(counter)).toMatchObject({ unsent: 0, quarantined: all.length });

    const { db } = province().province.context;
    const [device] = counter.rows('SELECT device_id FROM device');
    const deviceId = String(device?.['device_id']);
    const damaged = await db
      .selectFrom('damaged_entry')
      .select('seq')
      .where('device_id', '=', deviceId)
      .orderBy('seq')
      .execute();
    expect(damaged.map(({ seq }) => seq)).toEqual(all.toSorted((left, right) => left - right));
    const { rows: missing } = await sql<{ seq: number }>`select s as seq from generate_series(1, ${Number(newest)}) s
      where not exists (select 1 from entry e where e.device_id = ${deviceId} and e.seq = s and e.verdict = 'ACCEPTED')
      order by 1`.execute(db);
    expect(missing.map(({ seq }) => seq)).toEqual(damaged.map(({ seq }) => seq));
    // The sale behind them counts, with its cash.
    const sale = await db
      .selectFrom('sale')
      .select(['total', 'seq'])
      .where('transaction_id', '=', transactionId)
      .execute();
    expect(sale).toMatchObject([{ total }]);
    const cash = await sql<{ amount: number }>`select amount from ledger_line where device_id = ${deviceId}
      and seq = ${Number(sale[0]?.seq)} and account = 'cash-drawer'`.execute(db);
    expect(cash.rows[0]?.amount).toBeGreaterThan(0);
    // Each run of rotten rows is declared by an epoch, which went the same way.
    const declared = counter.bodies('epoch.opened').filter(({ reason }) => reason === 'damaged');
    const places = declared.flatMap(({ declaredGap: gap }) =>
      gap === null ? [] : range(gap.fromSeq, gap.toSeq - gap.fromSeq + 1),
    );
    expect([...new Set(places)].toSorted((left, right) => left - right)).toEqual(damaged.map(({ seq }) => seq));
  }, 120_000);
});
