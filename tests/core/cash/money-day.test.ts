import { describe, expect, it } from 'vitest';
import { DENOMINATIONS } from '../../../src/domain/cash-session.ts';
import { enterAs, openForBusiness, sellOffline } from '../../support/at-the-counter.ts';
import { afterPowerCut, copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const FLOAT = 200_000;
const DAY = 86_400_000;
const SUPERVISOR = 'pengawas';

/** A drawer's content as notes and coins, the largest first. */
function notes(amount: number): { denomination: number; count: number }[] {
  let left = amount;
  return DENOMINATIONS.flatMap((denomination) => {
    const count = Math.floor(left / denomination);
    left -= count * denomination;
    return count === 0 ? [] : [{ denomination, count }];
  });
}

const uuid = (n: number): string => `0192f000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const currentId = async (counter: TestCounter): Promise<string> => {
  const session = await counter.get('cash-session.current', {});
  if (session === null) throw new Error('no session is open');
  return session.cashSessionId;
};

const move = (direction: 'in' | 'out', amount: number, movementId = uuid(1)) => ({
  movementId,
  direction,
  amount,
  reason: 'tukar uang kecil',
});

async function signInAs(counter: TestCounter, officerId: string): Promise<void> {
  await counter.get('sign-in.end', {});
  await enterAs(counter, officerId);
}

describe('change that moves during a session', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => await openForBusiness(await copiedCounter(folder()));

  it('is counted with the drawer and given back at the close: no variance, nothing of it deposited', async () => {
    const counter = await open();
    const { payable } = await sellOffline(counter, 'AG 2345 KD');
    expect(await counter.get('cash.move', move('in', 300_000))).toMatchObject({
      floatTotal: FLOAT,
      floatMoved: 300_000,
    });
    expect(await counter.get('cash.move', move('out', 120_000, uuid(2)))).toMatchObject({ floatMoved: 180_000 });
    const cashSessionId = await currentId(counter);
    const inDrawer = FLOAT + 180_000 + payable;
    const counted = await counter.get('cash-session.count', { cashSessionId, counts: notes(inDrawer) });
    expect(counted.counted).toMatchObject({ expected: inDrawer, variance: 0, depositedTotal: 0 });
    const closed = await counter.get('cash-session.close', { cashSessionId });
    expect(closed).toMatchObject({
      floatReturned: FLOAT + 180_000,
      toSafe: payable,
      variance: 0,
      varianceState: 'none',
    });
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
    expect(counter.bodies('cash.moved')).toMatchObject([
      { direction: 'in', amount: 300_000, reason: 'tukar uang kecil' },
      { direction: 'out', amount: 120_000 },
    ]);
  });

  it('is one entry, however often it is asked for, also after the power went', async () => {
    const counter = await open();
    await counter.get('cash.move', move('in', 50_000));
    await counter.get('cash.move', move('in', 50_000));
    const again = await afterPowerCut(counter);
    await enterAs(again, 'petugas-1');
    expect(await again.get('cash.move', move('in', 50_000))).toMatchObject({ floatMoved: 50_000 });
    expect(again.bodies('cash.moved')).toHaveLength(1);
  });

  it('never takes the citizens’ money: only the float can leave, to the rupiah', async () => {
    const counter = await open();
    await sellOffline(counter, 'AG 2345 KD');
    expect(await counter.refusal('cash.move', move('out', FLOAT + 1))).toEqual({
      code: 'CASH_FLOAT_TOO_SMALL',
      path: ['amount'],
      details: { atMost: FLOAT },
    });
    expect(counter.bodies('cash.moved')).toEqual([]);
    expect(await counter.get('cash.move', move('out', FLOAT))).toMatchObject({ floatMoved: -FLOAT });
  });

  it('is in the officer’s own open session, and not after the count', async () => {
    const counter = await open();
    await signInAs(counter, 'petugas-2');
    expect(await counter.refusal('cash.move', move('in', 1_000))).toMatchObject({ code: 'CASH_SESSION_OF_OTHER' });
    await signInAs(counter, 'petugas-1');
    const cashSessionId = await currentId(counter);
    await counter.get('cash-session.count', { cashSessionId, counts: notes(FLOAT) });
    expect(await counter.refusal('cash.move', move('in', 1_000))).toMatchObject({ code: 'CASH_SESSION_COUNTED' });
    await counter.get('cash-session.close', { cashSessionId });
    expect(await counter.refusal('cash.move', move('in', 1_000))).toMatchObject({ code: 'CASH_SESSION_CLOSED' });
  });
});

describe('a session that was left open', () => {
  const folder = useEnrolledFolder();
  const left = async (): Promise<TestCounter> => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    await sellOffline(counter, 'AG 2345 KD');
    return counter;
  };
  const reason = 'petugas sakit, tidak masuk';

  it('is closed by a supervisor on a later day, in one commit that says whose it was and why', async () => {
    const counter = await left();
    const cashSessionId = await currentId(counter);
    await signInAs(counter, SUPERVISOR);
    const today = { cashSessionId, counts: notes(FLOAT), reason };
    expect(await counter.refusal('cash-session.close-forgotten', today)).toMatchObject({
      code: 'CASH_SESSION_NOT_FORGOTTEN',
    });
    counter.clock.pass(DAY);
    await signInAs(counter, SUPERVISOR);
    expect(await counter.get('cash-session.current', {})).toMatchObject({ forgotten: true });
    const closed = await counter.get('cash-session.close-forgotten', today);
    expect(closed).toMatchObject({ state: 'closed', counted: FLOAT, sales: 1 });
    const types = counter
      .rows('SELECT type, officer_id FROM entry ORDER BY seq DESC LIMIT 3')
      .map((row) => [row['type'], row['officer_id']]);
    expect(types).toEqual([
      ['cash-session.closed', SUPERVISOR],
      ['cash-session.counted', SUPERVISOR],
      ['cash-session.taken-over', SUPERVISOR],
    ]);
    expect(counter.bodies('cash-session.taken-over')).toMatchObject([{ ofOfficerId: 'petugas-1', reason }]);
    expect(await counter.get('cash-session.close-forgotten', today)).toEqual(closed);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
    await openForBusiness(counter, 'petugas-2').catch(async () => {
      await signInAs(counter, 'petugas-2');
      await counter.get('cash-session.open', { float: [] });
    });
    expect(await counter.get('cash-session.current', {})).toMatchObject({ officerId: 'petugas-2' });
  });

  it('keeps the officer’s own count, where he counted and left', async () => {
    const counter = await left();
    const cashSessionId = await currentId(counter);
    await counter.get('cash-session.count', { cashSessionId, counts: notes(FLOAT + 7_000) });
    counter.clock.pass(DAY);
    await signInAs(counter, SUPERVISOR);
    const asked = { cashSessionId, counts: notes(1_000), reason };
    expect(await counter.refusal('cash-session.close-forgotten', asked)).toMatchObject({
      code: 'CASH_SESSION_COUNTED',
    });
    const closed = await counter.get('cash-session.close-forgotten', { ...asked, counts: null });
    expect(closed.counted).toBe(FLOAT + 7_000);
  });

  it('is not closed without a count, by an officer, or when it is another one', async () => {
    const counter = await left();
    const cashSessionId = await currentId(counter);
    counter.clock.pass(DAY);
    await signInAs(counter, 'petugas-2');
    const asked = { cashSessionId, counts: null, reason };
    expect(await counter.refusal('cash-session.close-forgotten', asked)).toMatchObject({ code: 'FORBIDDEN' });
    await signInAs(counter, SUPERVISOR);
    const before = counter.rows('SELECT count(*) AS n FROM entry');
    expect(await counter.refusal('cash-session.close-forgotten', asked)).toMatchObject({
      code: 'CASH_SESSION_NOT_COUNTED',
    });
    expect(await counter.refusal('cash-session.close-forgotten', { ...asked, cashSessionId: uuid(9) })).toMatchObject({
      code: 'CASH_SESSION_CLOSED',
    });
    // A refusal leaves nothing behind, not even who asked.
    expect(counter.rows('SELECT count(*) AS n FROM entry')).toEqual(before);
  });
});

describe('a variance', () => {
  const folder = useEnrolledFolder();
  const closedWith = async (variance: number): Promise<{ counter: TestCounter; cashSessionId: string }> => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const cashSessionId = await currentId(counter);
    await counter.get('cash-session.count', { cashSessionId, counts: notes(FLOAT + variance) });
    await counter.get('cash-session.close', { cashSessionId });
    return { counter, cashSessionId };
  };
  const cases = async (counter: TestCounter) =>
    (await counter.get('exceptions.list', {})).filter(({ kind }) => kind === 'cash-variance');
  const explanation = 'lembar Rp2.000 ditemukan di bawah mesin';

  it('within the tolerance is frozen and asks nobody', async () => {
    const { counter } = await closedWith(-1_000);
    expect((await counter.get('cash.standing', {})).lastClosed).toMatchObject({
      variance: -1_000,
      varianceState: 'tolerated',
    });
    expect(await cases(counter)).toEqual([]);
  });

  it.each([-2_000, 5_000])('of %i is a case until a supervisor explains it, and stays what it is', async (variance) => {
    const { counter, cashSessionId } = await closedWith(variance);
    const needs = (await counter.get('counter.status', {})).needsPerson;
    expect(await cases(counter)).toMatchObject([{ cashSessionId, difference: variance, moneyPlace: 'drawer' }]);
    const asked = { cashSessionId, explanation };
    expect(await counter.refusal('cash-session.explain-variance', asked)).toMatchObject({ code: 'FORBIDDEN' });
    await signInAs(counter, SUPERVISOR);
    expect(await counter.get('cash-session.explain-variance', asked)).toMatchObject({
      variance,
      varianceState: 'explained',
    });
    expect(await cases(counter)).toEqual([]);
    expect((await counter.get('counter.status', {})).needsPerson).toBe(needs - 1);
    expect(await counter.refusal('cash-session.explain-variance', asked)).toMatchObject({
      code: 'CASH_VARIANCE_SETTLED',
    });
    expect(counter.bodies('cash-variance.explained')).toMatchObject([{ cashSessionId, variance, explanation }]);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('that a supervisor counted himself is explained by another one', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const cashSessionId = await currentId(counter);
    counter.clock.pass(DAY);
    await signInAs(counter, SUPERVISOR);
    await counter.get('cash-session.close-forgotten', { cashSessionId, counts: [], reason: 'laci kosong' });
    expect(await counter.refusal('cash-session.explain-variance', { cashSessionId, explanation })).toMatchObject({
      code: 'CASH_VARIANCE_OWN',
    });
    expect(await cases(counter)).toHaveLength(1);
  });
});
