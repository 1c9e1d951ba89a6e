import { expect } from 'vitest';
import { addDays } from '../../src/domain/local-date.ts';
import { billed, enterAs, openForBusiness, pinOf, prepared, sellOffline, unlock } from './at-the-counter.ts';
import { breakSalesAfter, mendSales } from './broken-sales.ts';
import { balance, closeExactly, currentId, drawnId, notes, signInAs } from './drawer.ts';
import { paperId, typedSheet, withBook } from './emergency-book.ts';
import { enrolledCounter } from './enrolled-counter.ts';
import { inspectionOfADay } from './inspections.ts';
import { peopleOfADay } from './people-of-a-region.ts';
import { closedDay, regionOfADay } from './region-of-a-day.ts';
import { byPin, settled, supervisorDevice } from './supervisor-device.ts';
import type { TestCounter } from './test-counter.ts';
import { TEST_TODAY, type TestProvince } from './test-province.ts';

const OFFICER_ID = 'petugas-2';
const NEW_PIN = '918273';
const DAY_MS = 86_400_000;

/** Approvals at the counter and at its door; answers what waits for the supervisor's own word. */
async function approvalsOfADay(counter: TestCounter, device: TestCounter, province: TestProvince): Promise<void> {
  const { transactionId, payable: amount } = await sellOffline(counter, 'AG 2345 KD');
  const { entryHash } = await counter.get('transactions.get', { transactionId });
  const asked = { action: 'void', subject: transactionId, amount, content: { entryHash } } as const;
  const { shortText } = await counter.get('approvals.request', asked);
  await device.get('approvals.look', { text: shortText });
  await device.get('approvals.give', { text: shortText });
  await counter.get('approvals.raise-cap', { cap: 'perSale', limit: 900_000_000, approval: byPin() });
  await counter.get('sign-in.end', {});
  await counter.get('approvals.request-at-door', { action: 'unlock-pin', officerId: OFFICER_ID });
  await counter.get('approvals.unlock-pin', { officerId: OFFICER_ID, approval: byPin() });
  await counter.get('approvals.reset-pin', { officerId: OFFICER_ID, pin: NEW_PIN, approval: byPin() });
  const guest = { officerId: 'petugas-1-3518-004', name: 'Nur Hidayah', pin: '445566' };
  await counter.get('approvals.substitute', { ...guest, approval: byPin() });
  await enterAs(counter, 'petugas-1');
  await settled(province, counter, device);
  const { questions } = await device.get('approvals.standing', {});
  const approvalId = questions[0]?.approvalId ?? '';
  await device.get('approvals.answer', { approvalId, isOwn: true });
}

/** Cash between drawer, safe, courier and bank; a break; a drawer that changes hands and is closed. */
async function drawerOfADay(counter: TestCounter): Promise<void> {
  await counter.get('cash.store', { movementId: drawnId(1), amount: 10_000 });
  const dispatchId = drawnId(2);
  const courier = { courierName: 'Pak Slamet Kurir', pin: pinOf('petugas-1') };
  await counter.get('cash.dispatch', { dispatchId, from: 'drawer', amount: 100_000, ...courier });
  const { events } = await counter.get('cash.standing', {});
  const seq = events.find(({ type }) => type === 'cash.dispatched')?.seq ?? 0;
  await counter.get('cash.print-slip', { seq, reason: 'basah' });
  const slip = { bank: 'Bank Jatim', slipNumber: 'K-1', depositedOn: '2026-03-10' } as const;
  const refused = [{ reason: 'false', amount: 50_000 }] as const;
  const arrived = await counter.get('cash.courier-arrived', {
    dispatchId,
    accepted: 50_000,
    refused: [...refused],
    ...slip,
  });
  const refusalId = arrived.doubts[0]?.refusalId ?? '';
  await counter.get('cash.write-off', { refusalId, reason: 'uang palsu', approval: byPin() });
  await counter.get('cash-session.pause', { note: 'Kembali pukul 10.30' });
  await counter.get('cash-session.door-note', {});
  await counter.get('sign-in.unlock', { pin: pinOf('petugas-1') });
  await counter.get('cash-session.hand-over', {
    cashSessionId: await currentId(counter),
    counts: notes(balance(counter, 'cash-drawer')),
    sure: true,
    pin: pinOf('petugas-1'),
    to: { officerId: OFFICER_ID, pin: NEW_PIN },
  });
  const cashSessionId = await closeExactly(counter);
  await counter.get('cash-session.print-slip', { cashSessionId, reason: 'kertas kusut' });
  await signInAs(counter, 'petugas-1');
  await counter.get('cash-session.open', { float: notes(200_000) });
}

/** Puts services together; answers what pays for them to the rupiah. */
async function together(counter: TestCounter, plates: readonly string[]) {
  for (const plate of plates) {
    const { transactionId } = await prepared(counter, plate);
    await counter.get('baskets.add', { transactionId });
  }
  const basket = await counter.get('baskets.current', {});
  const [basketId, payable] = [basket?.basketId ?? '', basket?.payable ?? 0];
  return { basketId, tendered: payable, expectedPayable: payable };
}

/** A basket of which the disk takes one sale and no more. */
async function brokenOff(counter: TestCounter, plates: readonly string[]): Promise<string> {
  const pay = await together(counter, plates);
  await breakSalesAfter(counter, counter.bodies('transaction.paid').length + 1);
  expect((await counter.ask('baskets.pay', pay)).ok).toBe(false);
  await mendSales(counter);
  return pay.basketId;
}

/** Several vehicles of one payer, a disk that breaks midway twice, and change that the drawer does not have. */
async function basketsOfADay(counter: TestCounter): Promise<void> {
  const lonely = await prepared(counter, 'AG 6001 TA');
  await counter.get('baskets.add', { transactionId: lonely.transactionId });
  await counter.get('baskets.take-out', { transactionId: lonely.transactionId });
  await counter.get('transactions.print-why', { transactionId: lonely.transactionId });
  const payable = lonely.amount?.payable ?? 0;
  const noChange = { transactionId: lonely.transactionId, payable, tendered: payable + 50_000 };
  await counter.get('transactions.refuse-change', noChange);
  await counter.get('transactions.abandon', { transactionId: lonely.transactionId });
  await counter.get('baskets.pay', await together(counter, ['AE 1234 UB', 'L 1001 EV']));
  await counter.get('baskets.resume', { basketId: await brokenOff(counter, ['AG 6001 TA', 'AG 6002 TA']) });
  await counter.get('baskets.give-back', { basketId: await brokenOff(counter, ['AG 1003 TA', 'AG 3456 EF']) });
}

/** Two payments by QRIS: one that the citizen gives up, one whose end nobody knows. */
async function paymentsOfADay(counter: TestCounter): Promise<void> {
  const wish = async (nrkb: string) => {
    const { transactionId } = await prepared(counter, nrkb);
    const { amount } = await billed(counter, transactionId);
    return { transactionId, means: 'qris' as const, expectedPayable: amount?.exactPayable ?? 0 };
  };
  const { paymentId } = await counter.get('payments.request', await wish('AG 1111 HI'));
  await counter.get('payments.open', {});
  await counter.get('payments.look', { paymentId });
  await counter.get('payments.cancel', { paymentId });
  const other = await wish('S 1717 MJ');
  counter.line.next('/v1/payments', 'lose-answer');
  const unknown = await counter.get('payments.request', other);
  await signInAs(counter, 'pengawas');
  await counter.get('payments.release', { paymentId: unknown.paymentId, reason: 'penyedia tidak menjawab' });
  await signInAs(counter, 'petugas-1');
}

/** The receipt book of the dead counter. */
async function emergencyOfADay(counter: TestCounter): Promise<void> {
  await withBook(counter);
  await counter.get('emergency.enter', typedSheet(counter, { nrkb: 'M 2828 BK', chassisTail: '10019' }));
  await counter.get('emergency.sheet', { transactionId: paperId(1) });
  const confirmer = { officerId: OFFICER_ID, pin: NEW_PIN };
  await counter.get('emergency.confirm', { transactionId: paperId(1), confirmer });
  await counter.get('emergency.enter', typedSheet(counter, { transactionId: paperId(2), bookNumber: 2 }));
  await counter.get('emergency.discard', { transactionId: paperId(2) });
  await counter.get('emergency.spoil', { bookNumber: 3, reason: 'basah' });
  await counter.get('emergency.declare-missing', { from: 4, to: 5, reason: 'tidak ditemukan' });
  await counter.get('emergency.book', {});
}

/** The next day: of this one the supervisor took part himself, and nobody signs his own work. */
async function eveningAfter(device: TestCounter, province: TestProvince): Promise<void> {
  province.clock.now += DAY_MS;
  device.clock.pass(DAY_MS);
  await unlock(device, 'pengawas');
  await closedDay(province, 'W 1919 SH', 50_000);
  await regionOfADay(device, addDays(TEST_TODAY, 1));
}

/** Every command of the money day at a counter of its own; answers the counters that worked. */
export async function moneyOfADay(province: TestProvince): Promise<readonly TestCounter[]> {
  const counter = await openForBusiness(await enrolledCounter(province));
  // After the counter, so that it has the keys of it.
  const device = await supervisorDevice(province);
  await approvalsOfADay(counter, device, province);
  await inspectionOfADay(counter, province);
  await drawerOfADay(counter);
  await basketsOfADay(counter);
  await paymentsOfADay(counter);
  await emergencyOfADay(counter);
  const beside = await enrolledCounter(province);
  await peopleOfADay(device, beside);
  await eveningAfter(device, province);
  return [counter, device, beside];
}
