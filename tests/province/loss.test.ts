import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rupiah } from '../../src/domain/rupiah.ts';
import { parseReceiptNumber } from '../../src/domain/receipt-number.ts';
import { importBundle } from '../../src/province/bundles/import-bundle.ts';
import { runProvince } from '../../src/province/cli/run.ts';
import { erasePerson } from '../../src/province/documents/erase-person.ts';
import { setOfficerActive } from '../../src/province/enrolment/officer-administration.ts';
import { reportDeviceLost } from '../../src/province/loss/device-lost.ts';
import { readLossReport } from '../../src/province/loss/loss-report.ts';
import { enterAs, openForBusiness, pinOf, sellOffline, sync } from '../support/at-the-counter.ts';
import { enrolledCounter } from '../support/enrolled-counter.ts';
import { bundleOf, inPieces } from '../support/test-bundle.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

let world: TestProvince;
beforeEach(async () => {
  world = await openTestProvince();
});
afterEach(() => world.close());

const lost = async (deviceId: string) => {
  const report = { deviceId, report: 'LP/12 Polsek Pare', by: 'Pengawas Kediri', cashLost: rupiah(3_500_000) };
  const opened = await reportDeviceLost(world.province.context, report);
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
};
const reportOf = async (deviceId: string) => {
  const report = await readLossReport(world.province.context, deviceId);
  if (!report.ok) throw new Error(report.error);
  return report.value;
};
const activeOfficers = async (outletId: string): Promise<readonly string[]> => {
  const rows = await world.province.context.db
    .selectFrom('officer')
    .select('officer_id')
    .where('outlet_id', '=', outletId)
    .where('active', '=', true)
    .orderBy('officer_id')
    .execute();
  return rows.map((row) => row.officer_id);
};

describe('the case of a lost device', () => {
  it('freezes what custody says, revokes the device and suspends the officers of its outlet, all at once or not at all', async () => {
    const counter = await openForBusiness(await enrolledCounter(world));
    const sale = await sellOffline(counter, 'AG 2345 KD');
    await sync(counter);
    const [device] = await world.province.context.db.selectFrom('device').selectAll().execute();
    const deviceId = device?.device_id ?? '';
    const others = await activeOfficers('3526-009');
    const opened = await lost(deviceId);
    const [row] = counter.rows('SELECT max(seq) AS seq FROM entry');
    expect(opened).toMatchObject({
      openedBy: 'Pengawas Kediri',
      report: 'LP/12 Polsek Pare',
      facts: {
        cashLost: 3_500_000,
        lastContactAt: world.clock.now,
        custody: {
          sales: 1,
          salesTotal: sale.total,
          cashInDrawer: 200_000 + sale.payable,
          cashNotAtBank: 200_000 + sale.payable,
          cashSessions: [{ sales: 1, cashInDrawer: 200_000 + sale.payable, closed: false }],
          lastEntry: { seq: row?.['seq'] },
        },
        suspendedOfficers: ['pemasang', 'pemeriksa', 'pengawas', 'petugas-1', 'petugas-2'],
      },
    });
    expect(await activeOfficers('3506-017')).toEqual([]);
    expect(await activeOfficers('3526-009')).toEqual(others);
    const revoked = await world.province.context.db.selectFrom('device').select('revoked_at').execute();
    expect(revoked).toEqual([{ revoked_at: world.clock.now }]);
  });

  it('is one case however often it is reported, and its figures never change', async () => {
    const device = await TestDevice.enrol(world.server, await world.code());
    makeSale(device, await world.vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules: world.rules });
    const first = await lost(device.deviceId);
    await device.push();
    world.clock.now += 1000;
    expect(await lost(device.deviceId)).toEqual(first);
    const { db } = world.province.context;
    await expect(db.updateTable('exception_case').set({ report: 'x' }).execute()).rejects.toThrow('only grows');
    await expect(db.deleteFrom('exception_case').execute()).rejects.toThrow('only grows');
    const unknown = { deviceId: first.caseId, report: 'x', by: 'x', cashLost: null };
    expect(await reportDeviceLost(world.province.context, unknown)).toEqual({ ok: false, error: 'DEVICE_UNKNOWN' });
    expect(await readLossReport(world.province.context, first.caseId)).toEqual({ ok: false, error: 'CASE_UNKNOWN' });
  });

  it('takes what its mirror still brings, books it, and shows it as recovered after', async () => {
    const device = await TestDevice.enrol(world.server, await world.code());
    makeSale(device, await world.vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules: world.rules });
    await device.push();
    const late = makeSale(device, await world.vehicle('AG 3456 EF'), { paidOn: TEST_TODAY, rules: world.rules });
    await lost(device.deviceId);
    expect((await reportOf(device.deviceId)).recoveredAfter).toEqual({ entries: 0, sales: 0, salesTotal: 0 });
    await importBundle(world.province.context, inPieces(await bundleOf(device, [device.chain], { keys: true })));
    const report = await reportOf(device.deviceId);
    expect(report.recoveredAfter).toEqual({ entries: 1, sales: 1, salesTotal: late.total });
    expect(report.facts.custody).toMatchObject({ entries: 1, sales: 1 });
    await world.book();
    const decided = await world.province.context.db.selectFrom('decision').select('central').execute();
    expect(decided).toEqual([{ central: 'booked' }, { central: 'booked' }]);
  });

  it('lists what may exist on paper only: what the device had at its last hello, and what the policy allowed after it', async () => {
    const device = await TestDevice.enrol(world.server, await world.code());
    for (const nrkb of ['AG 2345 KD', 'AG 3456 EF', 'AG 2345 KD', 'AG 3456 EF']) {
      makeSale(device, await world.vehicle(nrkb), { paidOn: TEST_TODAY, rules: world.rules });
    }
    await device.push(device.chain.slice(0, 2));
    await device.sayHello({ outbox: { unsent: 2, quarantined: 0 } });
    await lost(device.deviceId);
    const { known, afterLastContact } = (await reportOf(device.deviceId)).mayExistOnPaperOnly;
    expect(known).toMatchObject([{ n: 1, nonce: device.epoch.nonce, fromSeq: 3, toSeq: 4 }]);
    expect(parseReceiptNumber(known[0]?.firstNumber ?? '')).toMatchObject({ ok: true, value: { seq: 3, deviceNo: 1 } });
    expect(afterLastContact).toMatchObject({ since: world.clock.now, fromSeq: 5 });
    await device.push(device.chain.slice(2));
    expect((await reportOf(device.deviceId)).mayExistOnPaperOnly.known).toEqual([]);
  });

  it('names the holes in the middle when only later pieces of a mirror were found', async () => {
    const device = await TestDevice.enrol(world.server, await world.code());
    for (const nrkb of ['AG 2345 KD', 'AG 3456 EF', 'AG 2345 KD', 'AG 3456 EF']) {
      makeSale(device, await world.vehicle(nrkb), { paidOn: TEST_TODAY, rules: world.rules });
    }
    await device.push(device.chain.slice(0, 1));
    await lost(device.deviceId);
    await importBundle(world.province.context, inPieces(await bundleOf(device, [device.chain.slice(3)])));
    const report = await reportOf(device.deviceId);
    expect(report.custodyNow.pending).toBe(1);
    expect(report.mayExistOnPaperOnly.known).toMatchObject([{ fromSeq: 2, toSeq: 3 }]);
  });

  it('lets its officers sign in again once somebody reactivates them', async () => {
    const counter = await enrolledCounter(world);
    const { deviceId } = await TestDevice.enrol(world.server, await world.code()).then(({ enrolment }) => enrolment);
    await lost(deviceId);
    await sync(counter);
    expect(await counter.refusal('sign-in.begin', { officerId: 'petugas-1', pin: pinOf('petugas-1') })).toMatchObject({
      code: 'OFFICER_SUSPENDED',
    });
    expect(await setOfficerActive(world.province.context, 'petugas-1', true)).toMatchObject({ ok: true });
    expect(await setOfficerActive(world.province.context, 'nobody', true)).toEqual({
      ok: false,
      error: 'OFFICER_UNKNOWN',
    });
    await sync(counter);
    await enterAs(counter, 'petugas-1');
  });
});

describe('whose data a lost computer held', () => {
  it('is counted without opening anything, named only for a person with a reason, and each opening is recorded first', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'opop-affected-'));
    const fail = (): never => {
      throw new Error('nothing of this kind was expected');
    };
    const affected = async (...args: readonly string[]) => {
      const lines: unknown[] = [];
      const place = ['--data', folder, '--database-url', world.databaseUrl, '--keys', world.keysFolder];
      const code = await runProvince(['affected', ...args, ...place], (line) => lines.push(line), fail);
      return { code, line: lines[0] };
    };
    const { db } = world.province.context;
    const device = await TestDevice.enrol(world.server, await world.code());
    const rules = { paidOn: TEST_TODAY, rules: world.rules };
    makeSale(device, await world.vehicle('AG 2345 KD'), { ...rules, phone: '081234567890' });
    const second = makeSale(device, await world.vehicle('AG 3456 EF'), { ...rules, phone: '=1+1' });
    const early = makeSale(device, await world.vehicle('AG 1111 HI'), { ...rules, wallMs: Date.UTC(2025, 11, 31) });
    await device.push();
    await device.sayHello({ outbox: { unsent: 3, quarantined: 0 } });
    const of = ['--device', device.deviceId];

    const counted = await affected(...of);
    const vehicles = await db.selectFrom('core_vehicle').select('area').execute();
    const outlet = await db.selectFrom('outlet').selectAll().where('outlet_id', '=', '3506-017').executeTakeFirst();
    expect(counted).toMatchObject({
      code: 0,
      line: {
        outletId: '3506-017',
        streams: 3,
        entriesByType: { 'transaction.paid': 3 },
        streamsWithPages: 0,
        registerVehicles: vehicles.filter(({ area }) => outlet?.areas.includes(area) === true).length,
        missing: [],
        unsentAtLastContact: 3,
      },
    });
    expect(await db.selectFrom('incident').selectAll().execute()).toEqual([]);

    const out = join(folder, 'warga.csv');
    expect((await affected(...of, '--out', out)).code).toBe(2);
    expect((await affected(...of, '--out', out, '--as', 'Rina, PPID', '--reason', ' ')).code).toBe(2);
    expect((await affected('--device', second.transactionId)).code).toBe(2);
    expect(await db.selectFrom('incident').selectAll().execute()).toEqual([]);

    await world.book();
    expect((await erasePerson(world.province.context, second.transactionId, 'permintaan 7/2026')).ok).toBe(true);
    const named = ['--as', 'Rina, PPID', '--reason', 'LP/12 Polsek Pare', '--out', out];
    const listed = await affected(...of, '--from', '2026-01-01', ...named);
    expect(listed).toMatchObject({ code: 0, line: { file: out, entries: 2, unreadable: 1, streams: 2 } });
    const text = readFileSync(out, 'utf8');
    expect(text).toContain('"pembayaran pajak tahunan"');
    expect(text).toContain('"081234567890"');
    expect(text).toContain('"AG 2345 KD"');
    expect(text).toContain('sudah dihapus atas permintaan');
    // The erased one and the one of another year are not named.
    expect(text).not.toContain('AG 3456 EF');
    expect(text).not.toContain('AG 1111 HI');
    expect(early.total).toBeGreaterThan(0);
    const facts = { by: 'Rina, PPID', reason: 'LP/12 Polsek Pare', from: '2026-01-01', to: '9999-12-31', entries: 2 };
    expect(await db.selectFrom('incident').select(['kind', 'device_id', 'facts']).execute()).toEqual([
      { kind: 'PERSONS_LISTED', device_id: device.deviceId, facts },
    ]);
    rmSync(folder, { recursive: true });
  });
});
