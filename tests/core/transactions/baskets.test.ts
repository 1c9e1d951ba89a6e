import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, payableOf, payShown, pinOf, prepared } from '../../support/at-the-counter.ts';
import { afterPowerCut, copiedCounter, restarted, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { breakSalesAfter, mendSales } from '../../support/broken-sales.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const PLATES = ['AG 6001 TA', 'AG 6002 TA', 'AG 1003 TA', 'AG 2345 KD', 'AG 1111 HI'] as const;
const FLOAT = 200_000;

const drawer = (counter: TestCounter): number =>
  Number(counter.rows(`SELECT sum(amount) AS sum FROM ledger_line WHERE account = 'cash-drawer'`)[0]?.['sum']);
const sales = (counter: TestCounter) => counter.bodies('transaction.paid');

/** A basket of prepared services, in this order. */
async function filled(counter: TestCounter, plates: readonly string[]) {
  for (const plate of plates) {
    const { transactionId } = await prepared(counter, plate);
    await counter.get('baskets.add', { transactionId });
  }
  const basket = await counter.get('baskets.current', {});
  if (basket === null) throw new Error('nothing was put together');
  return basket;
}

describe('one payer with several vehicles', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => await openForBusiness(await copiedCounter(folder()));

  it('pays once and gets a sale, a number and a paper for each vehicle, and one change', async () => {
    const counter = await open();
    const basket = await filled(counter, PLATES.slice(0, 3));
    expect(basket).toMatchObject({ state: 'open', paid: 0, tendered: null, giveBack: 0 });
    expect(basket.items.map(({ nrkb }) => nrkb)).toEqual(PLATES.slice(0, 3));
    const { basketId, payable } = basket;
    const tendered = payable + 50_000;
    const paid = await counter.get('baskets.pay', { basketId, tendered, expectedPayable: payable });
    expect(paid).toMatchObject({
      stopped: null,
      basket: { state: 'paid', paid: 3, taken: payable, tendered, giveBack: 50_000 },
    });
    const bodies = sales(counter);
    expect(bodies.map(({ basket: share }) => share)).toEqual(
      [1, 2, 3].map((place) => ({ basketId, place, of: 3, tendered })),
    );
    expect(bodies.map(({ change }) => change)).toEqual([0, 0, 50_000]);
    expect(bodies.reduce((sum, body) => sum + body.tendered, 0)).toBe(tendered);
    expect(new Set(bodies.map(({ receiptNumber }) => receiptNumber)).size).toBe(3);
    expect(drawer(counter)).toBe(FLOAT + payable);
    expect(paid.printJobIds).toHaveLength(3);
    const papers = counter.printers.papers.map(({ text }) => text);
    expect(papers).toHaveLength(3);
    expect(papers.at(-1)).toContain('Rp50.000');
    expect(await counter.get('baskets.current', {})).toBeNull();
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('takes the money once, however often and however fast it is asked to', async () => {
    const counter = await open();
    const { basketId, payable } = await filled(counter, PLATES.slice(0, 3));
    const input = { basketId, tendered: payable, expectedPayable: payable };
    const clicks = await Promise.all(Array.from({ length: 30 }, () => counter.ask('baskets.pay', input)));
    expect(clicks.every((one) => one.ok && one.value.basket.paid === 3)).toBe(true);
    expect(sales(counter)).toHaveLength(3);
    expect(drawer(counter)).toBe(FLOAT + payable);
    const other = await counter.refusal('baskets.pay', { ...input, tendered: payable + 100_000 });
    expect(other.code).toBe('BASKET_CLOSED');
  });

  it('refuses the same vehicle twice, a service that lies in it already, and to pay one of it by itself', async () => {
    const counter = await open();
    const [plate = ''] = PLATES;
    const first = await prepared(counter, plate);
    const { transactionId } = first;
    await counter.get('baskets.add', { transactionId });
    expect(await counter.refusal('baskets.add', { transactionId })).toMatchObject({ code: 'IN_BASKET' });
    const again = await prepared(counter, plate);
    const twice = await counter.refusal('baskets.add', { transactionId: again.transactionId });
    expect(twice.code).toBe('BASKET_VEHICLE_TWICE');
    const payment = { transactionId, tendered: payableOf(first), expectedPayable: payableOf(first) };
    expect(await counter.refusal('transactions.pay', payment)).toMatchObject({ code: 'IN_BASKET' });
    const alone = await counter.get('baskets.current', {});
    const tooSmall = { basketId: alone?.basketId ?? '', tendered: 1_000_000, expectedPayable: alone?.payable ?? 0 };
    expect(await counter.refusal('baskets.pay', tooSmall)).toMatchObject({ code: 'BASKET_TOO_SMALL' });
    expect(await counter.get('baskets.take-out', { transactionId })).toBeNull();
    await counter.get('transactions.pay', payment);
    // The other draft of the same vehicle is refused now, in a basket and outside.
    const late = await counter.refusal('baskets.add', { transactionId: again.transactionId });
    expect(late.code).toBe('ALREADY_PAID_HERE');
  });

  it('asks about a zero too many, refuses too little, and sells nothing meanwhile', async () => {
    const counter = await open();
    const { basketId, payable } = await filled(counter, PLATES.slice(0, 2));
    const input = { basketId, expectedPayable: payable };
    const short = await counter.refusal('baskets.pay', { ...input, tendered: payable - 100 });
    expect(short).toMatchObject({ code: 'TENDERED_TOO_LITTLE', details: { short: 100 } });
    const odd = payable * 10;
    const asked = await counter.refusal('baskets.pay', { ...input, tendered: odd });
    expect(asked).toMatchObject({ code: 'TENDERED_IMPLAUSIBLE', details: { payable, tendered: odd } });
    const changed = await counter.refusal('baskets.pay', { basketId, tendered: payable, expectedPayable: payable - 1 });
    expect(changed.code).toBe('AMOUNT_CHANGED');
    expect(sales(counter)).toEqual([]);
    const paid = await counter.get('baskets.pay', { ...input, tendered: odd, confirmedTendered: odd });
    expect(paid.basket).toMatchObject({ paid: 2, giveBack: odd - payable });
  });

  it('has one of its sales voided like any other', async () => {
    const counter = await open();
    const { basketId, payable, items } = await filled(counter, PLATES.slice(0, 3));
    await counter.get('baskets.pay', { basketId, tendered: payable, expectedPayable: payable });
    const [, second] = items;
    const returned = second?.payable ?? 0;
    const voided = await counter.get('transactions.void', {
      transactionId: second?.transactionId ?? '',
      reason: 'kendaraan salah',
      approval: { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') },
    });
    expect(voided.returned).toBe(returned);
    expect(drawer(counter)).toBe(FLOAT + payable - returned);
  });

  it('says after a power cut how many are paid, and goes on against the same tender', async () => {
    const counter = await open();
    const { basketId, payable, items } = await filled(counter, PLATES.slice(0, 3));
    const tendered = payable + 20_000;
    await breakSalesAfter(counter, 2);
    const broken = await counter.ask('baskets.pay', { basketId, tendered, expectedPayable: payable });
    expect(broken).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(sales(counter)).toHaveLength(2);
    const again = await afterPowerCut(counter);
    await mendSales(again);
    await enterAs(again, 'petugas-1');
    const basket = await again.get('baskets.current', {});
    const taken = (items[0]?.payable ?? 0) + (items[1]?.payable ?? 0);
    expect(basket).toMatchObject({ state: 'paying', paid: 2, taken, tendered, giveBack: tendered - taken });
    const resumed = await again.get('baskets.resume', { basketId });
    expect(resumed).toMatchObject({ stopped: null, basket: { state: 'paid', paid: 3, giveBack: 20_000 } });
    expect(drawer(again)).toBe(FLOAT + payable);
  });

  it('never sells again what was taken back while the rest waited', async () => {
    const counter = await open();
    const { basketId, payable, items } = await filled(counter, PLATES.slice(0, 3));
    await breakSalesAfter(counter, 1);
    await counter.ask('baskets.pay', { basketId, tendered: payable, expectedPayable: payable });
    await mendSales(counter);
    await counter.get('transactions.void', {
      transactionId: items[0]?.transactionId ?? '',
      reason: 'dibatalkan seluruhnya',
      approval: { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') },
    });
    const resumed = await counter.get('baskets.resume', { basketId });
    expect(resumed.basket.paid).toBe(3);
    expect(sales(counter)).toHaveLength(3);
    expect(drawer(counter)).toBe(FLOAT + payable - (items[0]?.payable ?? 0));
  });

  it('stops where a sale is refused midway, says why and what goes back, and goes on once that is mended', async () => {
    const counter = await open();
    const { basketId, payable, items } = await filled(counter, PLATES.slice(0, 3));
    await breakSalesAfter(counter, 1);
    await counter.ask('baskets.pay', { basketId, tendered: payable, expectedPayable: payable });
    await mendSales(counter);
    counter.clock.reboot(60_000);
    counter.clock.setWall(counter.clock.wallMs() + 2 * 86_400_000);
    const stopped = await counter.get('baskets.resume', { basketId });
    expect(stopped).toMatchObject({
      stopped: { code: 'CLOCK_UNCERTAIN' },
      basket: { state: 'paying', paid: 1, taken: items[0]?.payable, giveBack: payable - (items[0]?.payable ?? 0) },
    });
    await counter.get('clock.acknowledge', {});
    expect(await counter.get('baskets.resume', { basketId })).toMatchObject({ stopped: null, basket: { paid: 3 } });
  });

  it('gives back what was not sold, once, and leaves the rest to be served by itself', async () => {
    const counter = await open();
    const { basketId, payable, items } = await filled(counter, PLATES.slice(0, 3));
    await breakSalesAfter(counter, 1);
    await counter.ask('baskets.pay', { basketId, tendered: payable, expectedPayable: payable });
    await mendSales(counter);
    const first = items[0]?.payable ?? 0;
    const ended = await counter.get('baskets.give-back', { basketId });
    expect(ended).toMatchObject({ state: 'ended', paid: 1, taken: first, giveBack: payable - first });
    expect(await counter.get('baskets.give-back', { basketId })).toEqual(ended);
    expect(counter.bodies('basket.broken-off')).toEqual([
      { basketId, paid: 1, of: 3, tendered: payable, taken: first, returned: payable - first },
    ]);
    expect(await counter.refusal('baskets.resume', { basketId })).toMatchObject({ code: 'BASKET_CLOSED' });
    expect(drawer(counter)).toBe(FLOAT + first);
    const left = await counter.get('transactions.draft', { transactionId: items[1]?.transactionId ?? '' });
    await payShown(counter, left);
    expect(drawer(counter)).toBe(FLOAT + first + (items[1]?.payable ?? 0));
  });

  it('keeps the drawer equal to its sales at whatever point it breaks, however it goes on', async () => {
    const plans = fc.record({
      size: fc.integer({ min: 2, max: 4 }),
      breaksAfter: fc.integer({ min: 0, max: 3 }),
      extra: fc.nat(3_000).map((hundreds) => hundreds * 100),
      restarts: fc.boolean(),
      goesOn: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(plans, async ({ size, breaksAfter, extra, restarts, goesOn }) => {
        const own = await openForBusiness(await copiedCounter(folder()));
        const { basketId, payable } = await filled(own, PLATES.slice(0, size));
        const tendered = payable + extra;
        await breakSalesAfter(own, breaksAfter);
        await own.ask('baskets.pay', { basketId, tendered, expectedPayable: payable });
        await mendSales(own);
        const next = restarts ? await restarted(own) : own;
        if (restarts) await enterAs(next, 'petugas-1');
        const isWhole = breaksAfter >= size;
        const current = await next.get('baskets.current', {});
        expect(current === null).toBe(isWhole);
        if (current !== null) {
          expect(current).toMatchObject({ paid: breaksAfter, tendered });
          expect(current.giveBack).toBe(tendered - current.taken);
          if (goesOn) await next.get('baskets.resume', { basketId });
          else await next.get('baskets.give-back', { basketId });
        }
        const took = sales(next).reduce((sum, body) => sum + body.payable, 0);
        expect(drawer(next)).toBe(FLOAT + took);
        expect(sales(next)).toHaveLength(isWhole || goesOn ? size : breaksAfter);
        await next.stop();
      }),
      { numRuns: 8 },
    );
  });
});
