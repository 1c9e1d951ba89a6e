import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, sellOffline, sellOnline, sync } from '../../support/at-the-counter.ts';
import { copiedCounter, enrolledCounter, useEnrolledFolder, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const DAY = 86_400_000;

describe('finding a sale again', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => openForBusiness(await copiedCounter(folder()));
  const found = async (counter: TestCounter, text: string, range: { from?: string; to?: string } = {}) =>
    (await counter.get('transactions.search', { text, ...range })).map(({ nrkb }) => nrkb);

  it('works by plate in any spelling, by number, by amount, and by a piece of the owner’s or the payer’s name', async () => {
    const counter = await open();
    const paid = await sellOffline(counter, 'AG 2345 KD');
    await sellOffline(counter, 'W 9234 TC');
    expect(await found(counter, 'ag2345kd')).toEqual(['AG 2345 KD']);
    expect(await found(counter, paid.receiptNumber)).toEqual(['AG 2345 KD']);
    expect(await found(counter, paid.receiptNumber.slice(-9).toLowerCase())).toEqual(['AG 2345 KD']);
    expect(await found(counter, 'Rp 284.000')).toEqual(['AG 2345 KD']);
    expect(await found(counter, '284000')).toEqual(['AG 2345 KD']);
    expect(await found(counter, 'nur ais')).toEqual(['AG 2345 KD']);
    expect(await found(counter, 'rejeki')).toEqual(['W 9234 TC']);
    expect((await found(counter, 'pembayar')).toSorted()).toEqual(['AG 2345 KD', 'W 9234 TC']);
    expect(await found(counter, 'tidak ada')).toEqual([]);
    expect(await found(counter, 'AG 1111 HI')).toEqual([]);
    expect(await found(counter, '')).toEqual(['W 9234 TC', 'AG 2345 KD']);
  });

  it('works by a piece of a plate, as it is read out at the door', async () => {
    const counter = await open();
    await sellOffline(counter, 'AG 2345 KD');
    await sellOffline(counter, 'W 9234 TC');
    for (const text of ['2345', '234 5', '2345 k', 'ag 23', 'AG2', '345KD', '45 kd']) {
      expect(await found(counter, text), text).toEqual(['AG 2345 KD']);
    }
    expect(await found(counter, '234')).toEqual(['W 9234 TC', 'AG 2345 KD']);
    expect(await found(counter, '2345 e')).toEqual([]);
    expect(await found(counter, '2345', { from: '2026-03-11' })).toEqual([]);
  });

  it('by a name is a look at personal data, and each look is an entry', async () => {
    const counter = await open();
    await sellOffline(counter, 'AG 2345 KD');
    const looks = counter.bodies('personal-data.viewed').length;
    await found(counter, 'ag2345kd');
    expect(counter.bodies('personal-data.viewed')).toHaveLength(looks);
    await found(counter, 'aisyah');
    expect(counter.bodies('personal-data.viewed').at(-1)).toMatchObject({ what: 'search' });
    expect(counter.bodies('personal-data.viewed')).toHaveLength(looks + 1);
  });

  it('keeps to the days that were asked for, by name too', async () => {
    const counter = await open();
    await sellOffline(counter, 'AG 2345 KD');
    counter.clock.pass(DAY);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    await sellOffline(counter, 'AG 1111 HI');
    for (const text of ['', 'pembayar']) {
      expect(await found(counter, text, { from: '2026-03-11' }), text).toEqual(['AG 1111 HI']);
      expect(await found(counter, text, { to: '2026-03-10' }), text).toEqual(['AG 2345 KD']);
      expect(await found(counter, text, { from: '2026-03-12' }), text).toEqual([]);
    }
  });

  it('shows the sale with its lines, its person masked, and its five axes', async () => {
    const counter = await open();
    const { transactionId, receiptNumber } = await sellOffline(counter, 'AG 2345 KD');
    const view = await counter.get('transactions.get', { transactionId });
    expect(view).toMatchObject({
      maskedOwner: 'S*** N** A*****',
      figure: 'perkiraan',
      tendered: 284_000,
      change: 0,
      periods: ['2026-03-30'],
      timeTrust: 'anchored',
      row: {
        receiptNumber,
        officerName: 'Siti Aminah',
        axes: { business: 'paid', delivery: 'queued', central: 'not-booked', documents: 'none' },
      },
    });
    expect(view.lines.map(({ component, amount }) => [component, amount])).toEqual([
      ['pkb', 150_000],
      ['opsenPkb', 99_000],
      ['swdkllj', 35_000],
    ]);
    expect(counter.shown.at(-1)).not.toMatch(/SITI NUR AISYAH|Budi Pembayar|081234567890/);
    const unknown = '019cd5af-0000-7000-8000-000000000000';
    expect(await counter.refusal('transactions.get', { transactionId: unknown })).toEqual({
      code: 'TRANSACTION_UNKNOWN',
    });
  });
});

describe('the life of a sale', () => {
  const province = useProvince();

  it('goes from queued over acknowledged to booked, and ends on the pick-up list', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { transactionId, receiptNumber } = await sellOnline(counter, 'AG 2345 KD');
    const axes = async () => (await counter.get('transactions.get', { transactionId })).row.axes;
    expect(await axes()).toMatchObject({ delivery: 'queued', central: 'not-booked' });
    await sync(counter);
    expect(await axes()).toMatchObject({ delivery: 'acknowledged', central: 'not-booked' });
    expect(await counter.get('pick-up.list', {})).toEqual([]);
    const handOver = { transactionId, by: 'paper' as const };
    expect(await counter.refusal('pick-up.hand-over', handOver)).toEqual({ code: 'NOT_FOUND' });
    expect(await counter.refusal('transactions.print-final', { transactionId })).toEqual({ code: 'NOTHING_TO_PRINT' });
    await province().book();
    await sync(counter);
    expect(await axes()).toMatchObject({ delivery: 'acknowledged', central: 'booked' });
    const [row] = await counter.get('pick-up.list', {});
    expect(row).toMatchObject({
      receiptNumber,
      payerName: 'Budi Pembayar',
      payerPhone: '081234567890',
      handedOver: false,
    });
    expect(counter.bodies('personal-data.viewed').at(-1)).toEqual({ what: 'pick-up-list', count: 1 });
    await counter.get('transactions.print-final', { transactionId });
    const final = counter.printers.papers.at(-1);
    expect(final?.document.head.kind).toBe('final-receipt');
    expect(final?.text).toContain(row?.finalNumber);
    expect(final?.text).toContain(receiptNumber);
    await counter.get('pick-up.hand-over', handOver);
    await counter.get('pick-up.hand-over', handOver);
    expect(counter.bodies('final-receipt.handed-over')).toEqual([{ transactionId, by: 'paper' }]);
    expect(await counter.get('pick-up.list', {})).toMatchObject([{ handedOver: true }]);
    const view = await counter.get('transactions.get', { transactionId });
    expect(view.finalReceipt?.number).toBe(row?.finalNumber);
    const steps = view.life.map(({ kind }) => kind);
    expect(steps.slice(0, 2)).toEqual(['paid', 'printed']);
    expect(steps).toEqual(expect.arrayContaining(['acknowledged', 'final-receipt', 'handed-over']));
  });

  it('shows the sale as sending from the moment before its first byte left', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { transactionId } = await sellOnline(counter, 'AG 1111 HI');
    const seen: unknown[] = [];
    counter.line.next('/v1/push', {
      before: () =>
        seen.push(counter.rows(`SELECT state, tries FROM delivery WHERE lane = 'money' AND state <> 'acknowledged'`)),
    });
    await sync(counter);
    expect(seen).toEqual([
      [
        { state: 'sending', tries: 1 },
        { state: 'sending', tries: 1 },
      ],
    ]);
    expect(await counter.get('transactions.get', { transactionId })).toMatchObject({
      row: { axes: { delivery: 'acknowledged' } },
    });
  });

  it('of a sale that nobody knows cannot be handed over', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const transactionId = '019cd5af-0000-7000-8000-000000000000';
    expect(await counter.refusal('pick-up.hand-over', { transactionId, by: 'link' })).toEqual({
      code: 'TRANSACTION_UNKNOWN',
    });
  });
});
