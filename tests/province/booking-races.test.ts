import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { anyDecisionSchema, type VehicleRecord } from '../../src/contract/feeds.ts';
import { ok } from '../../src/domain/result.ts';
import { bookAllDue, bookNext } from '../../src/province/booking/booking-worker.ts';
import { lockSaleAndVehicle } from '../../src/province/booking/core-vehicle.ts';
import type { SamsatCore } from '../../src/province/booking/samsat-core.ts';
import { findSale } from '../../src/province/booking/read-sale.ts';
import { workOnCases } from '../../src/province/cases/case-worker.ts';
import { decideRefundById } from '../../src/province/cases/decide-by-id.ts';
import { decideRefund, lockRefundOfSale } from '../../src/province/cases/refunds.ts';
import { decideQueued } from '../../src/province/region/queue-words.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { incidentsOf } from '../support/custody-rows.ts';
import { sha, TestDevice } from '../support/test-device.ts';
import { createGate } from '../support/test-line.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale, type MadeSale, type SaleOptions, voidOf } from '../support/test-sale.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
  // Whoever holds the lock holds up a push between its writes and its commit.
  await sql`create function wait_for_test() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock(4711); return new; end $$`.execute(world.province.context.db);
  await sql`create trigger wait_for_test after insert on suspense for each row execute function wait_for_test()`.execute(
    world.province.context.db,
  );
});
afterAll(() => world.close());

/** A line of a sale as an application asks for it back. */
const lineSchema = z.object({ component: z.string(), periodDueOn: z.string(), amount: z.number() });

const PLATES = [
  'AG 1111 HI',
  'AG 2345 KD',
  'AG 3456 EF',
  'L 1001 EV',
  'M 2828 BK',
  'AG 6001 TA',
  'AG 6002 TA',
  'AG 1003 TA',
  'S 1717 MJ',
  'AE 3333 HD',
  'AG 10 AP',
];

type Scene = { readonly device: TestDevice; readonly sale: MadeSale; readonly record: VehicleRecord };

/** A sale in custody whose time has come, of a device of its own. */
async function custody(over: Partial<SaleOptions> = {}): Promise<Scene> {
  const device = await TestDevice.enrol(world.server, await world.code());
  const nrkb = PLATES.shift();
  if (nrkb === undefined) throw new Error('more tests than vehicles');
  const record = await world.vehicle(nrkb);
  const sale = makeSale(device, record, { paidOn: TEST_TODAY, rules: world.rules, ...over });
  await device.push();
  world.clock.now += world.province.context.settings.bookingDelayMs + 1;
  return { device, sale, record };
}

function asksBack({ device, sale }: Scene): void {
  const { transactionId, entry } = sale;
  const body = {
    requestId: uuidV7(),
    transactionId,
    paidHash: entry.hash,
    reason: 'salah kendaraan',
    approvedBy: 'pengawas',
  };
  device.append({ type: 'cancellation.requested', stream: transactionId, body });
}

function takesBack({ device, sale }: Scene): void {
  device.append(voidOf(sale));
}

/** A core that stops between the worker's look and the tax office's answer. */
function held(gate: Promise<void>): { readonly asked: Promise<void>; readonly core: SamsatCore } {
  const asked = createGate();
  const { core } = world.province;
  const settle: SamsatCore['settle'] = async (sale, again) => {
    asked.open();
    await gate;
    return core.settle(sale, again);
  };
  return { asked: asked.opened, core: { ...core, settle } };
}

/** Until somebody waits for a lock that another connection holds. */
async function somebodyWaits(): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(world.province.context.db);
      expect(rows[0]?.n).toBe(1);
    },
    { timeout: 20_000, interval: 10 },
  );
}

/** What the counter reads of a sale, what is in the books, and what a person is told. */
async function endOf({ device, sale }: Scene) {
  const { db } = world.province.context;
  const pages = await device.pull('decisions', device.deviceId);
  const items = pages.flatMap((page) => page.items.map((item) => anyDecisionSchema.parse(item)));
  const { transactionId } = sale;
  const booked = await db
    .selectFrom('core_booking')
    .select('component')
    .where('reference', '=', `${device.deviceId}/${transactionId}`)
    .execute();
  expect((await verifyProvince(world.province.context)).problems).toEqual([]);
  return {
    central: items.flatMap((item) => ('central' in item ? [item.central] : [])),
    answers: items.flatMap((item) => ('cancellation' in item ? [item.cancellation] : [])),
    refunds: items.flatMap((item) => ('refund' in item ? [item.refund] : [])),
    isBooked: booked.length > 0,
    incidents: (await incidentsOf(db, device.deviceId)).map(({ kind }) => kind),
  };
}

/** The work that is left, as it comes, and once more: nothing moves any more. */
async function settled(scene: Scene) {
  world.clock.now += 1;
  await bookAllDue(world.province);
  const end = await endOf(scene);
  world.clock.now += 60_000;
  await bookAllDue(world.province);
  expect(await endOf(scene)).toEqual(end);
  return end;
}

const REQUESTS = [
  [
    'same-day request',
    asksBack,
    { answers: ['settled'], incidents: [] },
    { central: ['refund-due'], answers: ['voided'] },
  ],
  ['void', takesBack, { answers: [], incidents: ['VOIDED_AFTER_BOOKING'] }, { central: [], answers: [] }],
] as const;

describe.each(REQUESTS)('a %s that meets a booking', (_name, append, booked, stopped) => {
  it('waits for the one that is under way, which stands', async () => {
    const scene = await custody();
    const gate = createGate();
    const { asked, core } = held(gate.opened);
    const booking = bookNext({ ...world.province, core });
    await asked;
    append(scene);
    const pushed = scene.device.verdicts(scene.device.chain.slice(-1));
    await somebodyWaits();
    gate.open();
    expect(await booking).toBe('decided');
    expect(await pushed).toEqual([{ verdict: 'ACCEPTED' }]);
    expect(await settled(scene)).toEqual({ central: ['booked'], refunds: [], isBooked: true, ...booked });
  });

  it('that is taken in first lets nobody book, also while it is not committed yet', async () => {
    const scene = await custody();
    append(scene);
    const { db } = world.province.context;
    const pushed = await db.connection().execute(async (holder) => {
      await sql`select pg_advisory_lock(4711)`.execute(holder);
      const answer = scene.device.verdicts(scene.device.chain.slice(-1));
      await somebodyWaits();
      expect(await bookNext(world.province)).toBe('idle');
      await sql`select pg_advisory_unlock(4711)`.execute(holder);
      return answer;
    });
    expect(pushed).toEqual([{ verdict: 'ACCEPTED' }]);
    expect(await settled(scene)).toEqual({ refunds: [], isBooked: false, incidents: [], ...stopped });
  });

  it('comes after one that broke off behind the tax office’s answer: what it booked is not taken back', async () => {
    const scene = await custody();
    const { core } = world.province;
    const broken: SamsatCore = {
      ...core,
      settle: async (sale, again) => {
        await core.settle(sale, again);
        throw new Error('the power went');
      },
    };
    expect(await bookNext({ ...world.province, core: broken })).toBe('postponed');
    append(scene);
    expect(await scene.device.verdicts(scene.device.chain.slice(-1))).toEqual([{ verdict: 'ACCEPTED' }]);
    world.clock.now += 10_000;
    expect(await settled(scene)).toEqual({ central: ['booked'], refunds: [], isBooked: true, ...booked });
  });
});

/** A rejected sale whose money is asked back while a supervisor has found its vehicle: the refund, and the work that is due. */
async function askedBackAndMatched() {
  const scene = await custody({ chassisNumber: 'MHXXXXXXXXXX99999' });
  const { device, sale } = scene;
  expect(await bookNext(world.province)).toBe('decided');
  const { transactionId, entry } = sale;
  const { body } = z
    .object({ body: z.object({ payable: z.number(), lines: z.array(lineSchema) }) })
    .parse(JSON.parse(entry.text));
  const refundId = uuidV7();
  const account = { accountHolder: 'BUDI', bank: 'Bank Jatim', accountNumber: '001234567', phone: null };
  device.append({
    type: 'refund.requested',
    stream: transactionId,
    body: {
      refundId,
      refundNumber: 'n',
      transactionId,
      parts: body.lines,
      whole: true,
      amount: body.payable,
      documentIds: [],
      sealed: device.sealPersonal(account),
    },
  });
  await device.push();
  expect(await workOnCases(world.province)).toBe(1);
  const { nrkb, chassisNumber } = scene.record;
  const matched = {
    matchId: uuidV7(),
    transactionId,
    decisionId: uuidV7(),
    sealed: device.sealPersonal({ nrkb, chassisNumber }),
  };
  device.append({ type: 'case.matched', stream: transactionId, officerId: 'pengawas', body: matched });
  await device.push();
  world.clock.now += 1;
  return { ...scene, refundId };
}

const APPROVED = { state: 'approved', reason: null, reference: null, reversal: null } as const;

/** Both who approve: the province itself, and a supervisor whose word comes with his journal. Answers why it may not be. */
const APPROVERS: readonly (readonly [string, (scene: Scene, refundId: string) => Promise<string | null>])[] = [
  [
    'the province',
    async (_scene, refundId) => {
      const decided = await decideRefundById(world.province.context, refundId, { ...APPROVED, saidBy: 'Kabid' });
      return decided.ok ? null : decided.error;
    },
  ],
  [
    'a supervisor',
    async ({ device }, refundId) => {
      const { context } = world.province;
      const { outletId } = device.enrolment.outlet;
      const about = { kind: 'refund', subject: refundId, outletId, evidence: null } as const;
      const word = {
        type: 'day.queue-decided',
        body: { ...about, decision: 'approved', note: null, delegationId: null },
        deviceId: device.deviceId,
        hash: sha(refundId),
        supervisorId: 'pengawas',
        at: world.clock.now,
        on: TEST_TODAY,
        receivedAt: world.clock.now,
      } as const;
      const judged = await context.db.transaction().execute((tx) => decideQueued(tx, context, word, ok(undefined)));
      return judged.ok ? null : judged.error;
    },
  ],
];

describe.each(APPROVERS)('a refund that %s approves', (_name, approve) => {
  it('while the tax office is asked about its sale again waits for the answer: one of them counts', async () => {
    const scene = await askedBackAndMatched();
    const gate = createGate();
    const { asked, core } = held(gate.opened);
    const worked = workOnCases({ ...world.province, core });
    await asked;
    const approved = approve(scene, scene.refundId);
    // Whoever does not wait has approved by now.
    await Promise.race([approved, somebodyWaits()]);
    gate.open();
    expect(await worked).toBe(1);
    expect(await approved).toMatch(/^(REFUND_NOT_NOW|ALREADY_DECIDED)$/);
    expect(await settled(scene)).toMatchObject({
      central: ['rejected', 'booked'],
      refunds: ['requested', 'rejected'],
      isBooked: true,
    });
  });
});

it('a refund that was approved before its sale is settled again stands, and a person is told', async () => {
  const scene = await askedBackAndMatched();
  const { context } = world.province;
  const worked = await context.db.transaction().execute(async (tx) => {
    const refund = await lockRefundOfSale(tx, scene.refundId);
    const sale = await findSale(tx, scene.device.deviceId, scene.sale.transactionId);
    if (refund === undefined || sale === undefined) throw new Error('no refund');
    const waiting = workOnCases(world.province);
    await somebodyWaits();
    expect((await decideRefund(tx, context, sale, refund, { ...APPROVED, saidBy: 'Kabid' })).ok).toBe(true);
    return { waiting };
  });
  expect(await worked.waiting).toBe(1);
  expect(await settled(scene)).toMatchObject({
    central: ['rejected'],
    refunds: ['requested', 'approved'],
    isBooked: false,
    incidents: ['SETTLED_AFTER_REFUND'],
  });
});

describe('the tax office', () => {
  it.each([
    ['the same sale', (sale: MadeSale) => ({ transactionId: sale.transactionId, nrkb: 'B 1 AA' })],
    ['another sale of the vehicle', (sale: MadeSale) => ({ transactionId: uuidV7(), nrkb: sale.statement.nrkb })],
  ])('settles a sale after whoever settles %s', async (_name, other) => {
    const { device, sale } = await custody();
    const { transactionId, nrkb } = other(sale);
    const booking = await world.province.context.db.transaction().execute(async (tx) => {
      await lockSaleAndVehicle(tx, { deviceId: device.deviceId, transactionId }, nrkb);
      const waiting = bookNext(world.province);
      await somebodyWaits();
      return { waiting };
    });
    expect(await booking.waiting).toBe('decided');
  });
});
