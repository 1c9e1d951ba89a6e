import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DENOMINATIONS } from '../../../src/domain/cash-session.ts';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { enterAs, openForBusiness, prepared, sellOffline } from '../../support/at-the-counter.ts';
import { afterPowerCut, copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const FLOAT = 200_000;
const SLIP = { bank: 'Bank Jatim', slipNumber: 'S-001', depositedOn: '2026-03-10' } as const;

/** A drawer's content as notes and coins, the largest first. */
function notes(amount: number): { denomination: number; count: number }[] {
  let left = amount;
  return DENOMINATIONS.flatMap((denomination) => {
    const count = Math.floor(left / denomination);
    left -= count * denomination;
    return count === 0 ? [] : [{ denomination, count }];
  });
}

const currentId = async (counter: TestCounter): Promise<string> => {
  const session = await counter.get('cash-session.current', {});
  if (session === null) throw new Error('no session is open');
  return session.cashSessionId;
};

/** Every whole number in what the screens were told, also as a sum of parts it is not. */
const toldNumbers = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => text.match(/\d{4,}/g) ?? []));

describe('the count of a drawer', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => await openForBusiness(await copiedCounter(folder()));

  it('is blind: no answer carries the expected sum before the count is on the disk, and the count’s answer does', async () => {
    const counter = await open();
    const taken =
      (await sellOffline(counter, 'AG 2345 KD')).payable + (await sellOffline(counter, 'AG 3456 EF')).payable;
    const cashSessionId = await currentId(counter);
    await counter.get('counter.status', {});
    await counter.get('counter.today', {});
    await counter.get('cash.standing', {});
    await counter.get('outbox.view', { show: 'all' });
    await counter.get('reports.period', { from: '2026-03-10', to: '2026-03-10' });
    await counter.get('device.overview', {});
    const expected = String(FLOAT + taken);
    expect(toldNumbers(counter.shown).has(expected)).toBe(false);
    const said = await counter.get('counter.status', {});
    expect(said.cash).toMatchObject({ rough: true, undeposited: Math.floor(taken / 100_000) * 100_000 });

    const counted = await counter.get('cash-session.count', { cashSessionId, counts: notes(FLOAT + taken - 500) });
    expect(counted).toMatchObject({
      state: 'counted',
      counted: { total: FLOAT + taken - 500, expected: FLOAT + taken, variance: -500, salesTotal: taken },
    });
    expect((await counter.get('counter.status', {})).cash).toMatchObject({ rough: false, undeposited: taken });
  });

  it('is made once: another is refused by the counter and by the database, the same one answers what stands', async () => {
    const counter = await open();
    const cashSessionId = await currentId(counter);
    const first = await counter.get('cash-session.count', { cashSessionId, counts: notes(FLOAT) });
    const same = [...notes(FLOAT), { denomination: 100, count: 0 }];
    expect(await counter.get('cash-session.count', { cashSessionId, counts: same })).toEqual(first);
    expect(await counter.refusal('cash-session.count', { cashSessionId, counts: notes(FLOAT + 100) })).toMatchObject({
      code: 'CASH_SESSION_COUNTED',
    });
    expect(counter.bodies('cash-session.counted')).toHaveLength(1);
    const handle = openHandle(join(counter.config.dataDir, DATABASE_FILE), {
      readOnly: false,
      create: false,
      busyTimeoutMs: 1000,
    });
    for (const change of [`counted_total = 1`, `counted_counts = '[]'`, `counted_at = 1`, `state = 'open'`]) {
      expect(() => handle.exec(`UPDATE cash_session SET ${change}`), change).toThrow('never changed');
    }
    handle.close();
  });

  it('ends the selling of its session', async () => {
    const counter = await open();
    const draft = await prepared(counter, 'AG 2345 KD');
    await counter.get('cash-session.count', { cashSessionId: await currentId(counter), counts: notes(FLOAT) });
    const { transactionId } = draft;
    const payable = draft.amount?.payable ?? 0;
    const pay = { transactionId, tendered: payable, expectedPayable: payable };
    expect(await counter.refusal('transactions.pay', pay)).toMatchObject({ code: 'CASH_SESSION_CLOSED' });
    expect(counter.bodies('transaction.paid')).toEqual([]);
  });

  it('is of notes and coins that exist, of the session that is open, and of the officer who opened it', async () => {
    const counter = await open();
    const cashSessionId = await currentId(counter);
    const invented = { cashSessionId, counts: [{ denomination: 30_000, count: 1 }] };
    expect(await counter.refusal('cash-session.count', invented)).toMatchObject({ code: 'CASH_COUNT_INVALID' });
    const other = { cashSessionId: '019cd5af-0000-7000-8000-000000000000', counts: [] };
    expect(await counter.refusal('cash-session.count', other)).toMatchObject({ code: 'CASH_SESSION_CLOSED' });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-2');
    expect(await counter.refusal('cash-session.count', { cashSessionId, counts: [] })).toMatchObject({
      code: 'CASH_SESSION_OF_OTHER',
    });
    expect(await counter.refusal('cash-session.close', { cashSessionId })).toMatchObject({
      code: 'CASH_SESSION_OF_OTHER',
    });
  });
});

describe('the close of a session', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => await openForBusiness(await copiedCounter(folder()));
  const closed = async (counter: TestCounter, inDrawer: number) => {
    const cashSessionId = await currentId(counter);
    await counter.get('cash-session.count', { cashSessionId, counts: notes(inDrawer) });
    return await counter.get('cash-session.close', { cashSessionId });
  };

  it('freezes count, sum, variance, sales and place, and empties the drawer in the ledger', async () => {
    const counter = await open();
    const { payable } = await sellOffline(counter, 'AG 2345 KD');
    const session = await closed(counter, FLOAT + payable - 1_000);
    expect(session).toMatchObject({
      state: 'closed',
      expected: FLOAT + payable,
      counted: FLOAT + payable - 1_000,
      variance: -1_000,
      sales: 1,
      salesTotal: payable,
      floatReturned: FLOAT,
      toSafe: payable - 1_000,
    });
    const [body] = counter.bodies('cash-session.closed');
    const [head] = counter.rows('SELECT hash FROM entry WHERE seq = ?', session.lastSeq);
    expect(body).toMatchObject({ variance: -1_000, firstSeq: session.firstSeq, head: head?.['hash'] });
    expect(counter.rows('SELECT type FROM entry WHERE seq = ?', session.lastSeq + 1)).toEqual([
      { type: 'cash-session.closed' },
    ]);
    const sums = counter.rows('SELECT account, sum(amount) AS sum FROM ledger_line GROUP BY account');
    const of = (account: string) => sums.find((row) => row['account'] === account)?.['sum'];
    expect([of('cash-drawer'), of('float'), of('safe-or-courier'), of('variance')]).toEqual([
      0,
      0,
      payable - 1_000,
      1_000,
    ]);
    expect(await counter.get('cash-session.current', {})).toBeNull();
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
    // The money at the counter is still there: another session cannot be opened to go round the cap.
    expect((await counter.get('counter.status', {})).cash).toMatchObject({
      undeposited: payable - 1_000,
      drawer: { amount: payable - 1_000 },
    });
  });

  it('is never without a count, and asked again answers what stands', async () => {
    const counter = await open();
    const cashSessionId = await currentId(counter);
    expect(await counter.refusal('cash-session.close', { cashSessionId })).toMatchObject({
      code: 'CASH_SESSION_NOT_COUNTED',
    });
    const session = await closed(counter, FLOAT);
    expect(await counter.get('cash-session.close', { cashSessionId })).toEqual(session);
    expect(counter.bodies('cash-session.closed')).toHaveLength(1);
  });

  it('completes the second copy and records it, or says why not: the close waits for no medium', async () => {
    const counter = await open();
    const medium = join(counter.folder, 'cadangan');
    mkdirSync(medium);
    await counter.get('mirror.set-folder', { folder: medium, medium: 'removable' });
    const session = await closed(counter, FLOAT);
    expect(session.secondCopy).toMatchObject({ completed: true, medium: 'removable', folder: medium, reason: null });
    const [copied] = counter.bodies('mirror.completed');
    expect(copied).toMatchObject({ medium: 'removable', entries: session.secondCopy.entries });
    expect(copied?.throughSeq).toBeGreaterThan(session.lastSeq);

    await counter.get('cash-session.open', { float: notes(FLOAT) });
    rmSync(medium, { recursive: true });
    const without = await closed(counter, FLOAT);
    expect(without).toMatchObject({ state: 'closed', secondCopy: { completed: false, medium: null } });
    expect(without.secondCopy.reason).not.toBeNull();
    expect(counter.bodies('mirror.completed')).toHaveLength(1);
  });

  it('also closes a session without a sale and one without a float', async () => {
    const counter = await copiedCounter(folder());
    await enterAs(counter, 'petugas-1');
    await counter.get('cash-session.open', { float: [] });
    expect(await closed(counter, 0)).toMatchObject({ sales: 0, expected: 0, variance: 0, toSafe: 0 });
    await counter.get('cash-session.open', { float: [] });
  });

  it('gives back what there is when less than the float is left', async () => {
    const counter = await open();
    expect(await closed(counter, 150_000)).toMatchObject({ variance: -50_000, floatReturned: 150_000, toSafe: 0 });
    expect(await counter.get('cash.standing', {})).toMatchObject({ drawer: 0, safe: 0 });
  });

  it('goes on where the power went: between count and close', async () => {
    const counter = await open();
    const cashSessionId = await currentId(counter);
    await counter.get('cash-session.count', { cashSessionId, counts: notes(FLOAT + 700) });
    const again = await afterPowerCut(counter);
    await enterAs(again, 'petugas-1');
    expect(await again.get('cash-session.current', {})).toMatchObject({ state: 'counted', counted: { variance: 700 } });
    expect(await again.get('cash-session.close', { cashSessionId })).toMatchObject({ variance: 700, toSafe: 700 });
  });
});

describe('a deposit', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => await openForBusiness(await copiedCounter(folder()));

  it('in the middle of a day lowers the drawer and raises what the bank has not confirmed', async () => {
    const counter = await open();
    const { payable } = await sellOffline(counter, 'AG 2345 KD');
    const deposit = await counter.get('cash.deposit', { ...SLIP, from: 'drawer', amount: 200_000 });
    expect(deposit).toMatchObject({ ...SLIP, amount: 200_000, from: 'drawer', officerName: 'Siti Aminah' });
    expect(await counter.get('cash.standing', {})).toMatchObject({ inTransit: 200_000, rough: true, safe: 0 });
    const cashSessionId = await currentId(counter);
    const left = FLOAT + payable - 200_000;
    const counted = await counter.get('cash-session.count', { cashSessionId, counts: notes(left) });
    expect(counted.counted).toMatchObject({ expected: left, variance: 0, depositedTotal: 200_000 });
  });

  it('takes from the safe what the oldest sessions brought, and a session with nothing left is deposited', async () => {
    const counter = await open();
    const brought: number[] = [];
    const ids: string[] = [];
    for (const plate of ['AG 2345 KD', 'AG 3456 EF']) {
      const { payable } = await sellOffline(counter, plate);
      const cashSessionId = await currentId(counter);
      await counter.get('cash-session.count', { cashSessionId, counts: notes(FLOAT + payable) });
      await counter.get('cash-session.close', { cashSessionId });
      await counter.get('cash-session.open', { float: notes(FLOAT) });
      brought.push(payable);
      ids.push(cashSessionId);
    }
    const [first = 0, second = 0] = brought;
    await counter.get('cash.deposit', { ...SLIP, from: 'safe', amount: first + 1_000 });
    const states = counter.rows('SELECT state, in_safe FROM cash_session ORDER BY opened_at');
    expect(states.slice(0, 2)).toEqual([
      { state: 'deposited', in_safe: 0 },
      { state: 'closed', in_safe: second - 1_000 },
    ]);
    const [entry] = counter.rows(`SELECT cash_session_id, text FROM entry WHERE type = 'cash.deposited'`);
    expect(entry?.['cash_session_id']).toBe(ids[0]);
    expect(JSON.parse(String(entry?.['text']))).toMatchObject({ refs: ids });
    expect(await counter.get('cash.standing', {})).toMatchObject({ safe: second - 1_000, inTransit: first + 1_000 });
    expect(await counter.get('device.verify')).toMatchObject({ ok: true });
  });

  it('is refused when it is more than there is, and the refusal counts no drawer', async () => {
    const counter = await open();
    const { payable } = await sellOffline(counter, 'AG 2345 KD');
    const typo = { ...SLIP, from: 'drawer', amount: payable * 10 } as const;
    const atMost = Math.floor(payable / 100_000) * 100_000 + 100_000;
    expect(await counter.refusal('cash.deposit', typo)).toMatchObject({
      code: 'CASH_DEPOSIT_TOO_LARGE',
      details: { atMost },
    });
    expect(await counter.refusal('cash.deposit', { ...SLIP, from: 'safe', amount: 1 })).toMatchObject({
      code: 'CASH_DEPOSIT_TOO_LARGE',
      details: { atMost: 0 },
    });
    expect(counter.bodies('cash.deposited')).toEqual([]);
  });

  it('is recorded once for one slip of one bank, with a day that a slip can have', async () => {
    const counter = await open();
    await sellOffline(counter, 'AG 2345 KD');
    const slip = { ...SLIP, from: 'drawer', amount: 50_000 } as const;
    await counter.get('cash.deposit', slip);
    expect(await counter.refusal('cash.deposit', slip)).toMatchObject({ code: 'DEPOSIT_SLIP_USED' });
    for (const depositedOn of ['2026-03-11', '2026-02-06']) {
      const wrong = { ...slip, slipNumber: 'S-002', depositedOn };
      expect(await counter.refusal('cash.deposit', wrong)).toMatchObject({ code: 'DEPOSIT_DATE_INVALID' });
    }
    expect(await counter.refusal('cash.deposit', { ...slip, amount: 0 })).toMatchObject({ code: 'BAD_INPUT' });
    expect(counter.bodies('cash.deposited')).toHaveLength(1);
  });

  it('leaves a counted drawer alone, and another officer’s drawer too', async () => {
    const counter = await open();
    await sellOffline(counter, 'AG 2345 KD');
    const slip = { ...SLIP, from: 'drawer', amount: 50_000 } as const;
    const cashSessionId = await currentId(counter);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-2');
    expect(await counter.refusal('cash.deposit', slip)).toMatchObject({ code: 'CASH_SESSION_OF_OTHER' });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    await counter.get('cash-session.count', { cashSessionId, counts: notes(FLOAT) });
    expect(await counter.refusal('cash.deposit', slip)).toMatchObject({ code: 'CASH_SESSION_CLOSED' });
  });
});
