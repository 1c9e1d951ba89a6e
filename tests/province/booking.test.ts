import { v7 as uuidV7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DecisionItem, decisionItemSchema, type VehicleRecord } from '../../src/contract/feeds.ts';
import { addDays, addYears, type LocalDate } from '../../src/domain/local-date.ts';
import { bookAllDue, bookNext } from '../../src/province/booking/booking-worker.ts';
import { recordOutsidePayment } from '../../src/province/booking/outside-payment.ts';
import { recordDecision } from '../../src/province/booking/record-decision.ts';
import type { SamsatCore } from '../../src/province/booking/samsat-core.ts';
import { runProvince } from '../../src/province/cli/run.ts';
import { SHOW_PLATES } from '../../src/province/demo/show-plates.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale, type SaleOptions } from '../support/test-sale.ts';

let world: TestProvince;
let device: TestDevice;
beforeEach(async () => {
  world = await openTestProvince();
  device = await TestDevice.enrol(world.server, await world.code());
});
afterEach(() => world.close());

const sell = (record: VehicleRecord, over: Partial<SaleOptions> = {}, seller = device) =>
  makeSale(seller, record, { paidOn: TEST_TODAY, rules: world.rules, ...over });

async function decisionsOf(seller = device): Promise<readonly DecisionItem[]> {
  const pages = await seller.pull('decisions', seller.deviceId);
  return pages.flatMap((page) => page.items.map((item) => decisionItemSchema.parse(item)));
}

async function sellAndBook(nrkb: string, over: Partial<SaleOptions> = {}): Promise<DecisionItem> {
  const sale = sell(await world.vehicle(nrkb), over);
  await device.push();
  await world.book();
  const found = (await decisionsOf()).find(({ transactionId }) => transactionId === sale.transactionId);
  if (found === undefined) throw new Error('no decision');
  return found;
}

describe('a sale made without a line', () => {
  it('gets the decision that its show plate promises', async () => {
    const shown = SHOW_PLATES.filter(({ decision }) => decision !== undefined);
    expect(new Set(shown.map(({ decision }) => decision))).toEqual(
      new Set(['booked', 'short', 'over', 'paid-elsewhere', 'on-hold', 'rejected']),
    );
    const sales = [];
    for (const plate of shown) sales.push({ plate, sale: sell(await world.vehicle(plate.nrkb)) });
    expect((await device.verdicts()).every(({ verdict }) => verdict === 'ACCEPTED')).toBe(true);
    expect(await world.book()).toBe(shown.length);
    const decisions = await decisionsOf();
    for (const { plate, sale } of sales) {
      const decided = decisions.find(({ transactionId }) => transactionId === sale.transactionId);
      expect(decided?.central, plate.nrkb).toBe(plate.decision);
    }
  });

  it('is booked with a number, a link that leads somewhere, and every component with its amount', async () => {
    const decided = await sellAndBook('AG 1111 HI');
    expect(decided).toMatchObject({ central: 'booked', difference: 0, reason: null });
    expect(decided.outcomes.map(({ component, state }) => [component, state])).toEqual([
      ['opsenPkb', 'booked'],
      ['pkb', 'booked'],
      ['swdkllj', 'booked'],
    ]);
    expect(decided.finalReceipt?.number).toMatch(/^TBPKP-2026-\d{8}$/);
    const page = await world.server.inject({ url: new URL(decided.finalReceipt?.link ?? '').pathname });
    expect(page.body).toContain(decided.finalReceipt?.number);
    expect(page.body).toContain('AG 1111 HI');
    expect(page.body).not.toContain('SITI NUR AISYAH');
    expect((await world.server.inject({ url: '/b/AAAAAAAAAAAAAAAAAAAAAA' })).statusCode).toBe(404);
  });

  it('is short by what the register asks more, without a final receipt', async () => {
    const decided = await sellAndBook('W 1919 SH');
    const missing = decided.outcomes.filter(({ state }) => state === 'short');
    expect(missing.map(({ component }) => component).sort()).toEqual(['opsenPkb', 'pkb']);
    expect(decided.difference).toBe(-missing.reduce((sum, { expected, taken }) => sum + expected - taken, 0));
    expect(decided.difference).toBeLessThan(0);
    expect(decided.finalReceipt).toBeNull();
  });

  it('is booked at the register’s amount when too much was taken, and the rest is owed back', async () => {
    const decided = await sellAndBook('P 2929 OV');
    expect(decided.difference).toBeGreaterThan(0);
    expect(decided.finalReceipt).not.toBeNull();
    const booked = await world.province.context.db
      .selectFrom('core_booking')
      .selectAll()
      .where('reference', 'like', `${device.deviceId}/%`)
      .execute();
    expect(booked.reduce((sum, { amount }) => sum + amount, 0)).toBe(
      decided.outcomes.reduce((sum, { expected }) => sum + expected, 0),
    );
  });

  it('is owed back whole when the period was paid at another channel, by name', async () => {
    const decided = await sellAndBook('N 4040 DB');
    expect(decided.reason).toContain('SIGNAL');
    expect(decided.difference).toBe(decided.outcomes.reduce((sum, { taken }) => sum + taken, 0));
    expect(decided.outcomes.every(({ state, expected }) => state === 'paid-elsewhere' && expected === 0)).toBe(true);
  });

  it('is paid elsewhere after an outside payment of the same period', async () => {
    const record = await world.vehicle('AG 2345 KD');
    const { nrkb } = record;
    const dueOn = record.facts['dueOn'] as LocalDate;
    const paid = { nrkb, dueOn, paidOn: TEST_TODAY, channel: 'Indomaret' };
    expect(await recordOutsidePayment(world.province.context.db, paid)).toEqual({
      ok: true,
      value: { periods: [dueOn] },
    });
    expect(await recordOutsidePayment(world.province.context.db, paid)).toEqual({ ok: false, error: 'ALREADY_PAID' });
    expect(await recordOutsidePayment(world.province.context.db, { ...paid, dueOn: addDays(dueOn, 366) })).toEqual({
      ok: false,
      error: 'NOT_A_DUE_DATE',
    });
    sell(record);
    await device.push();
    await world.book();
    expect(await decisionsOf()).toMatchObject([
      { central: 'paid-elsewhere', reason: 'Masa pajak ini sudah lunas melalui Indomaret.' },
    ]);
  });

  it('is paid elsewhere, fines too, when the register itself has moved on without saying where', async () => {
    const record = await world.vehicle('AG 3456 EF');
    const moved = JSON.stringify({ ...record, facts: { ...record.facts, dueOn: addDays(TEST_TODAY, 320) } });
    await world.province.context.db
      .updateTable('core_vehicle')
      .set({ record: moved })
      .where('nrkb', '=', record.nrkb)
      .execute();
    const sale = sell(record);
    await device.push();
    await world.book();
    expect(await decisionsOf()).toMatchObject([{ central: 'paid-elsewhere', difference: sale.total }]);
  });

  it('is rejected when plate and chassis do not belong together', async () => {
    const decided = await sellAndBook('AG 2345 KD', { chassisNumber: 'MHXXXXXXXXXX99999' });
    expect(decided).toMatchObject({ central: 'rejected', outcomes: [], finalReceipt: null });
  });

  it('is on hold when the paper says something else than the journal', async () => {
    const decided = await sellAndBook('AG 2345 KD', {
      bendStatement: (statement) => ({ ...statement, nrkb: 'AG 1111 HI' }),
    });
    expect(decided).toMatchObject({ central: 'on-hold', finalReceipt: null });
    expect(decided.reason).toContain('Tanda terima');
  });
});

describe('a bill that the province gave', () => {
  it('is honoured although the register changed between the answer and the payment', async () => {
    const record = await world.vehicle('AG 1111 HI');
    const bill = await device.inquire(record, [record.facts['dueOn'] as string]);
    const dearer = JSON.stringify({ ...record, facts: { ...record.facts, njkb: 200_000_000 } });
    await world.province.context.db
      .updateTable('core_vehicle')
      .set({ record: dearer })
      .where('nrkb', '=', record.nrkb)
      .execute();
    sell(record, { bill });
    await device.push();
    await world.book();
    expect(await decisionsOf()).toMatchObject([{ central: 'booked', difference: 0 }]);
  });

  it('of another vehicle, or of another day, promises nothing', async () => {
    const [record, other] = [await world.vehicle('W 1919 SH'), await world.vehicle('AG 1111 HI')];
    const bill = await device.inquire(other, [other.facts['dueOn'] as string]);
    const own = await device.inquire(record, [record.facts['dueOn'] as string]);
    const sale = sell(record, { bend: (body) => ({ ...body, inquiryId: bill.inquiryId }) });
    await device.push();
    await world.book();
    expect(await decisionsOf()).toMatchObject([{ central: 'short', difference: sale.total - own.total }]);
  });
});

/** The device came to its outlet so many days ago. */
async function enrolledBefore(days: number): Promise<void> {
  const enrolled_at = world.clock.now - days * 86_400_000;
  await world.province.context.db.updateTable('device').set({ enrolled_at }).execute();
}

describe('the date of a payment', () => {
  it('stands inside the bracket of anchor and receipt, and is moved to the nearest edge outside', async () => {
    const late = await world.vehicle('AG 3456 EF');
    const early = addDays(TEST_TODAY, -60);
    const hello = await device.sayHello({ anchorNonce: 'AnchorAncho' });
    expect(hello.action).toBe('OK');
    sell(late, { paidOn: early, anchorId: 'AnchorAncho' });
    await device.push();
    await world.book();
    // As of the anchor's day the vehicle is late, so a sale without fines is short.
    expect(await decisionsOf()).toMatchObject([{ central: 'short' }]);
    const incidents = await world.province.context.db.selectFrom('incident').select('kind').execute();
    expect(incidents).toEqual([{ kind: 'CLOCK_SUSPECT' }]);
  });

  it('is believed without an anchor, because a counter may be without a line for days', async () => {
    await enrolledBefore(90);
    const early = addDays(TEST_TODAY, -60);
    const decided = await sellAndBook('AG 3456 EF', { paidOn: early });
    expect(decided.central).toBe('booked');
    expect(decided.outcomes.some(({ component }) => component === 'pkbFine')).toBe(false);
  });

  it('is never before the enrolment of its device, although it never had an anchor, and the clock is a case', async () => {
    await enrolledBefore(2);
    const decided = await sellAndBook('AG 3456 EF', { paidOn: addDays(TEST_TODAY, -60) });
    // On the day of the enrolment the vehicle is late, so a sale without fines is short.
    expect(decided.central).toBe('short');
    const incidents = await world.province.context.db.selectFrom('incident').select('kind').execute();
    expect(incidents).toEqual([{ kind: 'CLOCK_SUSPECT' }]);
  });

  it('is believed without an anchor of a device that is known by its certificate alone, since nobody knows when it was enrolled', async () => {
    await world.province.context.db.updateTable('device').set({ known_by: 'certificate' }).execute();
    expect((await sellAndBook('AG 3456 EF', { paidOn: addDays(TEST_TODAY, -60) })).central).toBe('booked');
  });

  it('is never later than the day on which the province received it', async () => {
    const decided = await sellAndBook('AG 2345 KD', { paidOn: addDays(TEST_TODAY, 30) });
    // Thirty days on it would have been late; on the day of the receipt it is not.
    expect(decided.central).toBe('over');
  });
});

describe('an arrival', () => {
  const arrival = async (arrivedOn: LocalDate, record: boolean): Promise<DecisionItem> => {
    const arrivalId = uuidV7();
    if (record) {
      const sealed = device.sealPersonal({ nrkb: 'AG 3456 EF', name: null, phone: null });
      device.append({
        type: 'arrival.recorded',
        body: { arrivalId, arrivalNumber: 'A-1', arrivedOn, documents: [], blankReason: null, sealed },
      });
    }
    return sellAndBook('AG 3456 EF', { arrival: { arrivalId, arrivedOn } });
  };

  it('that the counter recorded excuses from the fine of the days after it', async () => {
    await enrolledBefore(90);
    expect((await arrival(addDays(TEST_TODAY, -50), true)).central).toBe('booked');
  });

  it('before the enrolment of a counter that never had an anchor excuses from nothing', async () => {
    await enrolledBefore(2);
    expect((await arrival(addDays(TEST_TODAY, -50), true)).central).toBe('short');
  });

  it('that is only claimed in the sale does not', async () => {
    expect((await arrival(addDays(TEST_TODAY, -50), false)).central).toBe('short');
  });
});

describe('two devices that sell the same period', () => {
  it('get one booking and one paid-elsewhere, also when both are booked at the same moment', async () => {
    const other = await TestDevice.enrol(world.server, await world.code('3518-004'));
    const record = await world.vehicle('AG 2345 KD');
    sell(record);
    sell(record, {}, other);
    await Promise.all([device.push(), other.push()]);
    world.clock.now += 10_000;
    await Promise.all([bookAllDue(world.province), bookAllDue(world.province), bookAllDue(world.province)]);
    const central = [await decisionsOf(device), await decisionsOf(other)].flat().map((item) => item.central);
    expect(central.sort()).toEqual(['booked', 'paid-elsewhere']);
    const { db } = world.province.context;
    const rows = await db.selectFrom('core_booking').select('component').where('reference', 'like', '%/%-%').execute();
    expect(rows).toHaveLength(3);
  });

  it('never get the same official number', async () => {
    for (const nrkb of ['AG 2345 KD', 'AG 1111 HI', 'AG 3456 EF', 'L 1001 EV', 'M 2828 BK'])
      sell(await world.vehicle(nrkb));
    await device.push();
    world.clock.now += 10_000;
    await Promise.all([bookAllDue(world.province), bookAllDue(world.province)]);
    const numbers = (await decisionsOf()).map(({ finalReceipt }) => finalReceipt?.number);
    expect(new Set(numbers).size).toBe(5);
  });
});

describe('booking', () => {
  it('waits for its delay, so that a person sees custody first', async () => {
    sell(await world.vehicle('AG 2345 KD'));
    await device.push();
    expect(await bookAllDue(world.province)).toBe(0);
    const { transactionId } = await world.province.context.db
      .selectFrom('sale')
      .select('transaction_id as transactionId')
      .executeTakeFirstOrThrow();
    const state = async (): Promise<unknown> =>
      (await world.server.inject({ url: `/v1/receipts/${transactionId}/state` })).json();
    expect(await state()).toEqual({ state: 'in-custody', central: null });
    expect(await world.book()).toBe(1);
    expect(await state()).toEqual({ state: 'decided', central: 'booked' });
  });

  it('waits for the body key and goes on when it comes', async () => {
    sell(await world.vehicle('AG 2345 KD'));
    await device.push(device.chain, { keys: false });
    expect(await world.book()).toBe(0);
    await device.push(device.chain);
    expect(await world.book()).toBe(1);
  });

  it('resumes after a crash between the core’s answer and our commit, without booking twice', async () => {
    const answers: string[] = [];
    const crash = { next: true };
    const context = world.province.context;
    const core: SamsatCore = {
      ...world.province.core,
      settle: async (sale) => {
        const settlement = await world.province.core.settle(sale);
        answers.push(JSON.stringify(settlement));
        if (crash.next) throw new Error('the power went');
        return settlement;
      },
    };
    const parts = { context, core, notifications: world.province.notifications };
    sell(await world.vehicle('AG 2345 KD'));
    await device.push();
    world.clock.now += 10_000;
    expect(await bookNext(parts)).toBe('postponed');
    expect(await decisionsOf()).toEqual([]);
    crash.next = false;
    expect(await bookNext(parts)).toBe('idle');
    world.clock.now += 10_000;
    expect(await bookNext(parts)).toBe('decided');
    expect(new Set(answers).size).toBe(1);
    expect(await decisionsOf()).toMatchObject([{ central: 'booked' }]);
    expect(world.events).toContain('BOOKING_FAILED');
  });

  it('leaves no half of a decision: page, receipt and message come with it or not at all', async () => {
    sell(await world.vehicle('AG 2345 KD'));
    await device.push();
    world.clock.now += 10_000;
    const { context } = world.province;
    const notifications = { notify: () => Promise.reject(new Error('the gateway is broken')) };
    expect(await bookNext({ ...world.province, notifications })).toBe('postponed');
    for (const table of ['decision', 'final_receipt', 'notification'] as const) {
      expect(await context.db.selectFrom(table).selectAll().execute(), table).toEqual([]);
    }
    expect(recordDecision).toBeTypeOf('function');
  });

  it('moves the vehicle to its next due date, so that the next inquiry says it is paid', async () => {
    const record = await world.vehicle('AG 2345 KD');
    const dueOn = record.facts['dueOn'] as string;
    sell(record);
    await device.push();
    await world.book();
    const bill = await device.inquire(record, [dueOn]);
    expect(bill).toMatchObject({
      state: 'already-paid',
      lines: [],
      paidElsewhere: [{ periodDueOn: dueOn, channel: 'Samsat OPOP 3506-017' }],
    });
    const next = await device.inquire(record, []);
    expect(next.refusals).toEqual([{ code: 'NOT_YET_PAYABLE', detail: addYears(dueOn as LocalDate, 1) }]);
  });
});

/** What `province outbox` prints, and how it ends. */
async function outbox(...args: readonly string[]) {
  const lines: unknown[] = [];
  const place = ['--database-url', world.databaseUrl, '--keys', world.keysFolder];
  const print = (line: unknown): void => void lines.push(line);
  const code = await runProvince(['outbox', ...args, ...place], print, () => undefined);
  return { code, lines };
}
const OPENED = ['--as', 'Rina, Bapenda', '--reason', 'gerbang SMS mati'] as const;
const openings = async () =>
  (await world.province.context.db.selectFrom('incident').selectAll().execute()).filter(
    ({ kind }) => kind === 'MESSAGES_OPENED',
  );

describe('the payer', () => {
  it('gets a message with the link when a phone was noted, encrypted where it waits', async () => {
    const decided = await sellAndBook('AG 2345 KD', { phone: '081298765432' });
    const { db } = world.province.context;
    const { transactionId } = decided;
    const text: unknown = expect.stringContaining(decided.finalReceipt?.link ?? '');
    expect((await outbox(...OPENED)).lines).toMatchObject([
      { unsent: 1, shown: 1 },
      { transactionId, phone: '081298765432', text },
    ]);
    expect(JSON.stringify(await db.selectFrom('notification').selectAll().execute())).not.toContain('081298765432');
  });

  it('is not told of to who gives no name: counts and ids, of what is unsent, as many as were asked for', async () => {
    const decided = await sellAndBook('AG 2345 KD', { phone: '081298765432' });
    await sellAndBook('AG 1111 HI', { phone: '081298765433' });
    const said = await outbox();
    expect(said).toMatchObject({ code: 0, lines: [{ unsent: 2, shown: 2 }, { kind: 'final-receipt' }, {}] });
    expect(JSON.stringify(said)).not.toMatch(/08129876543|2345|opop\.example/);
    expect((await outbox('--limit', '1')).lines).toMatchObject([
      { unsent: 2, shown: 1 },
      { transactionId: decided.transactionId },
    ]);
    for (const args of [
      ['--as', 'Rina, Bapenda'],
      ['--reason', 'gerbang SMS mati'],
      ['--as', 'R', '--reason', 'x'],
    ]) {
      expect(await outbox(...args)).toMatchObject({ code: 2, lines: [{ error: { code: 'BAD_ARGUMENTS' } }] });
    }
    expect(await openings()).toEqual([]);
  });

  it('is opened by name and reason, with a record of who read which messages; what was sent is not shown again', async () => {
    await sellAndBook('AG 2345 KD', { phone: '081298765432' });
    const { db } = world.province.context;
    const { notification_id: id } = await db
      .selectFrom('notification')
      .select('notification_id')
      .executeTakeFirstOrThrow();
    expect(JSON.stringify((await outbox(...OPENED)).lines)).toContain('081298765432');
    const [by, reason] = [OPENED[1], OPENED[3]];
    expect(await openings()).toMatchObject([{ device_id: null, facts: { by, reason, messages: [id] } }]);
    await db.updateTable('notification').set({ sent_at: world.clock.now }).execute();
    expect((await outbox(...OPENED)).lines).toEqual([{ unsent: 0, shown: 0 }]);
    expect(await openings()).toHaveLength(1);
  });

  it('gets none without a phone, and none when nothing was booked', async () => {
    await sellAndBook('AG 2345 KD', { phone: null });
    await sellAndBook('N 4040 DB', { phone: '0812' });
    expect((await outbox()).lines).toEqual([{ unsent: 0, shown: 0 }]);
  });

  it('is erased with the body key: at once after the booking, otherwise as soon as it was booked', async () => {
    const keysLeft = async (): Promise<number> =>
      (await world.province.context.db.selectFrom('subject_key').selectAll().execute()).length;
    const erase = (subject: string) =>
      device.append({ type: 'subject-key.erased', body: { subject, reason: 'asked' } });
    const first = sell(await world.vehicle('AG 2345 KD'));
    erase(first.subject);
    await device.push();
    expect(await keysLeft()).toBe(1);
    await world.book();
    expect(await decisionsOf()).toMatchObject([{ central: 'booked' }]);
    expect(await keysLeft()).toBe(0);
    const second = sell(await world.vehicle('AG 1111 HI'));
    device.bodyKeys.delete(first.subject);
    await device.push(device.chain.slice(-1));
    await world.book();
    expect(await keysLeft()).toBe(1);
    erase(second.subject);
    await device.push(device.chain.slice(-1), { keys: false });
    expect(await keysLeft()).toBe(0);
  });
});
