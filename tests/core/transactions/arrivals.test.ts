import { afterEach, describe, expect, it } from 'vitest';
import {
  begun,
  billed,
  confirmed,
  enterAs,
  openForBusiness,
  payableOf,
  payShown,
  prepared,
  sellOffline,
  sync,
  tailOf,
  unlock,
} from '../../support/at-the-counter.ts';
import {
  copiedCounter,
  enrolledCounter,
  restarted,
  useEnrolledFolder,
  useProvince,
} from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const DAY = 86_400_000;
/** Due 20 days after the day of the tests. */
const PLATE = 'AG 2345 KD';
/** Late by 45 days: its fine grows with every day that it is not paid. */
const LATE = 'AG 3456 EF';

describe('papers taken in without money', () => {
  const province = useProvince();
  afterEach(() => changePolicy(province(), 'offlineCash=allowed', 'caps.daysSinceContact=7'));
  const open = async (): Promise<TestCounter> => {
    await changePolicy(province(), 'offlineCash=intake-only');
    return openForBusiness(await enrolledCounter(province()));
  };

  it('prove the day of the arrival, on paper and in the journal, and no cash moves', async () => {
    const counter = await open();
    counter.line.set('down');
    const { transactionId } = await prepared(counter, LATE);
    const { arrival, printJobId } = await counter.get('transactions.record-arrival', { transactionId });
    expect(arrival).toMatchObject({
      nrkb: LATE,
      name: 'Budi Pembayar',
      phone: '081234567890',
      arrivedOn: '2026-03-10',
    });
    expect(printJobId).not.toBeNull();
    const paper = counter.printers.papers.at(-1);
    expect(paper?.document.head.kind).toBe('arrival');
    expect(paper?.text).toContain(arrival.arrivalNumber);
    expect(counter.bodies('arrival.recorded')).toMatchObject([
      { arrivalId: arrival.arrivalId, arrivedOn: '2026-03-10' },
    ]);
    expect(counter.rows(`SELECT * FROM ledger_line WHERE account <> 'cash-drawer' AND account <> 'float'`)).toEqual([]);
    const payment = { transactionId, tendered: 1_000_000, expectedPayable: 1000 };
    expect(await counter.refusal('transactions.pay', payment)).toMatchObject({ code: 'TRANSACTION_CLOSED' });
  });

  it('let the later sale count the fine from the day of the arrival, not from the day of the line', async () => {
    const counter = await open();
    counter.line.set('down');
    const draft = await prepared(counter, LATE);
    const onTheDay = payableOf(draft);
    await counter.get('transactions.record-arrival', { transactionId: draft.transactionId });
    // Forty days later the line is back, and a second month of the fine has passed.
    counter.clock.pass(40 * DAY);
    province().clock.now += 40 * DAY;
    await unlock(counter);
    counter.line.set('pass');
    await sync(counter);
    const [waiting] = await counter.get('arrivals.call-list', {});
    expect(waiting).toMatchObject({ nrkb: LATE, name: 'Budi Pembayar', phone: '081234567890', settled: false });
    const [card] = await counter.get('vehicles.find', { text: LATE });
    const input = { vehicleId: card?.vehicleId ?? '', arrivalId: waiting?.arrivalId ?? null };
    const begunAgain = await counter.get('transactions.begin', input);
    expect(begunAgain).toMatchObject({
      arrivedOn: '2026-03-10',
      payer: { name: 'Budi Pembayar', phone: '081234567890' },
    });
    const { transactionId } = begunAgain;
    const later = await counter.get('transactions.confirm', { transactionId, chassisTail: tailOf(LATE) });
    await counter.get('transactions.set-documents', {
      transactionId,
      documents: later.documents.map(({ kind }) => ({ kind, present: true })),
    });
    const bill = await billed(counter, transactionId);
    expect(payableOf(bill)).toBe(onTheDay);
    await payShown(counter, bill);
    expect(counter.bodies('transaction.paid')).toMatchObject([
      { arrivedOn: '2026-03-10', arrivalId: waiting?.arrivalId },
    ]);
    expect(await counter.get('arrivals.call-list', {})).toEqual([]);
    await sync(counter);
    await province().book();
    await sync(counter);
    expect(await counter.get('transactions.get', { transactionId })).toMatchObject({
      row: { axes: { central: 'booked' } },
    });
    province().clock.now -= 40 * DAY;
  });
});

describe('an arrival', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => openForBusiness(await copiedCounter(folder()));
  const recorded = async (counter: TestCounter, nrkb: string) => {
    const { transactionId } = await prepared(counter, nrkb);
    return (await counter.get('transactions.record-arrival', { transactionId })).arrival;
  };

  it('of a plate that the registry does not know is proved all the same', async () => {
    const counter = await open();
    expect(await counter.refusal('vehicles.find', { text: 'AG 9 ZZZ' })).toMatchObject({ code: 'VEHICLE_UNKNOWN' });
    const input = { nrkb: 'ag9zzz', name: 'Umi', phone: '0812 0000 1111', blankReason: null };
    const { arrival } = await counter.get('arrivals.record', input);
    expect(arrival).toMatchObject({ nrkb: 'AG 9 ZZZ', name: 'Umi', arrivedOn: '2026-03-10', settled: false });
    expect(counter.printers.papers.at(-1)?.text).toContain('AG 9 ZZZ');
  });

  it('needs a name, a phone or the reason why both are blank', async () => {
    const counter = await open();
    const blank = { nrkb: 'AG 9 ZZZ', name: '', phone: null, blankReason: null };
    expect(await counter.refusal('arrivals.record', blank)).toMatchObject({ code: 'PAYER_MISSING', path: ['name'] });
    const { transactionId } = await confirmed(counter, PLATE);
    expect(await counter.refusal('transactions.record-arrival', { transactionId })).toMatchObject({
      code: 'PAYER_MISSING',
    });
    expect(await counter.get('arrivals.call-list', {})).toEqual([]);
  });

  it('is not recorded before the chassis number was confirmed', async () => {
    const counter = await open();
    const { transactionId } = await begun(counter, PLATE);
    expect(await counter.refusal('transactions.record-arrival', { transactionId })).toMatchObject({
      code: 'TRANSACTION_NOT_CONFIRMED',
    });
  });

  it('is used by the next service of its plate without being named, and settled by its sale', async () => {
    const counter = await open();
    const arrival = await recorded(counter, PLATE);
    expect(await begun(counter, PLATE)).toMatchObject({ arrivalId: arrival.arrivalId, arrivedOn: '2026-03-10' });
    await sellOffline(counter, PLATE);
    expect(await counter.get('arrivals.call-list', {})).toEqual([]);
  });

  it('gives no other plate its day, and none to a second sale of its own', async () => {
    const counter = await open();
    const { arrivalId } = await recorded(counter, PLATE);
    const [other] = await counter.get('vehicles.find', { text: LATE });
    const stolen = { vehicleId: other?.vehicleId ?? '', arrivalId };
    expect(await counter.refusal('transactions.begin', stolen)).toMatchObject({ code: 'ARRIVAL_UNKNOWN' });
    await sellOffline(counter, PLATE);
    const [own] = await counter.get('vehicles.find', { text: PLATE });
    const again = { vehicleId: own?.vehicleId ?? '', arrivalId };
    expect(await counter.refusal('transactions.begin', again)).toMatchObject({ code: 'ARRIVAL_UNKNOWN' });
  });

  it('that was never recorded is not known', async () => {
    const counter = await open();
    const [card] = await counter.get('vehicles.find', { text: PLATE });
    const input = { vehicleId: card?.vehicleId ?? '', arrivalId: '019cd5af-0000-7000-8000-000000000000' };
    expect(await counter.refusal('transactions.begin', input)).toMatchObject({ code: 'ARRIVAL_UNKNOWN' });
  });

  it('waits on the call list over a restart, oldest first, and each look at the list is an entry', async () => {
    const counter = await open();
    await recorded(counter, LATE);
    counter.clock.pass(1000);
    await recorded(counter, PLATE);
    const again = await restarted(counter);
    await enterAs(again, 'petugas-1');
    const list = await again.get('arrivals.call-list', {});
    expect(list.map(({ nrkb }) => nrkb)).toEqual([LATE, PLATE]);
    expect(again.bodies('personal-data.viewed').at(-1)).toEqual({ what: 'call-list', count: 2 });
  });
});
