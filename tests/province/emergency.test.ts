import { afterEach, describe, expect, it } from 'vitest';
import type { LocalDate } from '../../src/domain/local-date.ts';
import { recordOutsidePayment } from '../../src/province/booking/outside-payment.ts';
import { reportEmergencyBooks } from '../../src/province/emergency/book-report.ts';
import { openForBusiness, pinOf, sync, tailOf, unlock } from '../support/at-the-counter.ts';
import { type EmergencyTyped, paperId, typedSheet } from '../support/emergency-book.ts';
import { enrolledCounter, useProvince } from '../support/enrolled-counter.ts';
import type { TestCounter } from '../support/test-counter.ts';
import { TEST_TODAY } from '../support/test-province.ts';

const DAY = 86_400_000;
const province = useProvince();
const started = { days: 0, books: 0 };
afterEach(() => {
  province().clock.now -= started.days * DAY;
  started.days = 0;
});

/** A counter of the same outlet with an own book of 25, and the number on its first sheet. */
async function working(): Promise<{ counter: TestCounter; first: number }> {
  const counter = await openForBusiness(await enrolledCounter(province()));
  const first = started.books * 100 + 1;
  started.books += 1;
  await counter.get('emergency.receive-book', { from: first, to: first + 24, note: 'SP-1' });
  await sync(counter);
  return { counter, first };
}

async function daysPass(counter: TestCounter, days: number): Promise<void> {
  counter.clock.pass(days * DAY);
  province().clock.now += days * DAY;
  started.days += days;
  await unlock(counter);
}

async function taken(counter: TestCounter, over: Partial<EmergencyTyped>): Promise<string> {
  const { transactionId } = await counter.get('emergency.enter', typedSheet(counter, over));
  const confirmer = { officerId: 'petugas-2', pin: pinOf('petugas-2') };
  await counter.get('emergency.confirm', { transactionId, confirmer });
  return transactionId;
}

/** What the rules of the paper's day ask for the vehicle, by typing the sheet once with any amount. */
async function asked(counter: TestCounter, over: Partial<EmergencyTyped>): Promise<number> {
  const view = await counter.get('emergency.enter', typedSheet(counter, { ...over, amount: 1 }));
  if (view.asked === null) throw new Error('no figure');
  return view.asked;
}

async function decided(counter: TestCounter): Promise<void> {
  await sync(counter);
  await province().book();
  await sync(counter);
}

const casesOf = async (counter: TestCounter, transactionId: string) =>
  (await counter.get('exceptions.list', {}))
    .filter((one) => one.transactionId === transactionId)
    .map(({ kind }) => kind)
    .toSorted();

/** The days on which the register has the parts of a sale. */
async function bookedOn(transactionId: string): Promise<readonly string[]> {
  const { db } = province().province.context;
  const rows = await db
    .selectFrom('core_booking')
    .select('paid_on')
    .where('reference', 'like', `%/${transactionId}`)
    .execute();
  return [...new Set(rows.map((row) => row.paid_on))];
}

describe('a sheet of the emergency book at the province', () => {
  it('is booked on the day of the paper, although it was typed and sent days later', async () => {
    const { counter, first } = await working();
    await daysPass(counter, 3);
    const of = {
      transactionId: paperId(101),
      bookNumber: first,
      paperAt: counter.clock.wallMs() - 2 * DAY,
      nrkb: 'AG 1111 HI',
      chassisTail: tailOf('AG 1111 HI'),
    };
    const transactionId = await taken(counter, { ...of, amount: await asked(counter, of) });
    await decided(counter);
    expect(await bookedOn(transactionId)).toEqual(['2026-03-11']);
    expect(await casesOf(counter, transactionId)).toEqual([]);
  });

  it('that claims a day before its book came is booked on that day, and its clock is a case', async () => {
    const { counter, first } = await working();
    await daysPass(counter, 2);
    const of = {
      transactionId: paperId(102),
      bookNumber: first,
      paperAt: counter.clock.wallMs() - 20 * DAY,
      nrkb: 'AG 2345 KD',
      chassisTail: tailOf('AG 2345 KD'),
    };
    const transactionId = await taken(counter, { ...of, amount: await asked(counter, of) });
    await decided(counter);
    expect(await bookedOn(transactionId)).toEqual([TEST_TODAY]);
    const { db } = province().province.context;
    const incidents = await db.selectFrom('incident').select('facts').where('kind', '=', 'CLOCK_SUSPECT').execute();
    expect(incidents.map(({ facts }) => facts)).toEqual([{ transactionId, claimedOn: '2026-02-20' }]);
  });

  it('with another amount than the rules of its day is short or over, and nothing was corrected on the way', async () => {
    const { counter, first } = await working();
    const short = {
      transactionId: paperId(103),
      bookNumber: first,
      nrkb: 'AG 6001 TA',
      chassisTail: tailOf('AG 6001 TA'),
    };
    const over = {
      transactionId: paperId(104),
      bookNumber: first + 1,
      nrkb: 'AG 6002 TA',
      chassisTail: tailOf('AG 6002 TA'),
    };
    const lessId = await taken(counter, { ...short, amount: (await asked(counter, short)) - 20_000 });
    const moreId = await taken(counter, { ...over, amount: (await asked(counter, over)) + 20_000 });
    await decided(counter);
    expect(await casesOf(counter, lessId)).toContain('short');
    expect(await casesOf(counter, moreId)).toContain('over');
  });

  it('of a vehicle that was paid at another channel meanwhile is owed back', async () => {
    const { counter, first } = await working();
    const nrkb = 'AG 3456 EF';
    const { facts } = await province().vehicle(nrkb);
    const dueOn = facts['dueOn'] as LocalDate; // a show plate has a day
    const of = { transactionId: paperId(105), bookNumber: first, nrkb, chassisTail: tailOf(nrkb) };
    const amount = await asked(counter, of);
    const { db } = province().province.context;
    expect((await recordOutsidePayment(db, { nrkb, dueOn, paidOn: TEST_TODAY, channel: 'Indomaret' })).ok).toBe(true);
    const transactionId = await taken(counter, { ...of, amount });
    await decided(counter);
    expect(await casesOf(counter, transactionId)).toContain('paid-elsewhere');
  });
});

describe('a number of the emergency book', () => {
  it('holds one sale of its outlet: the second waits for a person, its money in custody', async () => {
    const { counter, first } = await working();
    const other = await openForBusiness(await enrolledCounter(province()));
    await other.get('emergency.receive-book', { from: first, to: first + 24, note: 'SP-1' });
    const sell = async (each: TestCounter, id: number, nrkb: string): Promise<string> => {
      const of = { transactionId: paperId(id), bookNumber: first, nrkb, chassisTail: tailOf(nrkb) };
      return await taken(each, { ...of, amount: await asked(each, of) });
    };
    const one = await sell(counter, 110, 'W 1818 QT');
    const two = await sell(other, 111, 'AG 1003 TA');
    await decided(counter);
    await decided(other);
    expect(await casesOf(counter, one)).toEqual([]);
    expect(await casesOf(other, two)).toEqual(['on-hold']);
    const { db } = province().province.context;
    const report = await reportEmergencyBooks(db, '3506-017');
    const told = report.twice.filter(({ number }) => number === first);
    expect(told).toMatchObject([{ said: [expect.stringMatching(/^sold /), expect.stringMatching(/^sold /)] }]);
  });

  it('is told in the report of its outlet: sold, spoiled, missing, and skipped', async () => {
    const { counter, first } = await working();
    await taken(counter, { transactionId: paperId(120), bookNumber: first });
    await counter.get('emergency.spoil', { bookNumber: first + 3, reason: 'salah tulis' });
    await counter.get('emergency.declare-missing', { from: first + 5, to: first + 6, reason: 'tidak ditemukan' });
    await sync(counter);
    const report = await reportEmergencyBooks(province().province.context.db, '3506-017');
    expect(report.books.find(({ from }) => from === first)).toEqual({
      from: first,
      to: first + 24,
      receivedOn: '2026-03-10',
      sold: 1,
      spoiled: 1,
      missing: 2,
      // What lies above the last sheet that was written on is nobody's gap.
      gaps: [{ from: first + 1, to: first + 2 }],
    });
  });
});
