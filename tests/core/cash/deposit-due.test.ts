import { describe, expect, it } from 'vitest';
import { confirmDeposit } from '../../../src/province/deposits/confirm-deposit.ts';
import type { LocalDate } from '../../../src/domain/local-date.ts';
import { rupiah } from '../../../src/domain/rupiah.ts';
import { openForBusiness, sellOnline, sync, unlock } from '../../support/at-the-counter.ts';
import { balance, closeExactly } from '../../support/drawer.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';

const DAY = 86_400_000;
const TUESDAY = '2026-03-10' as LocalDate;
const SLIP = { bank: 'Bank Jatim', depositedOn: TUESDAY, from: 'safe' } as const;

describe('the bank’s word', () => {
  const province = useProvince();

  it('reaches the counter in its decisions: what is not confirmed falls, in parts and to the rupiah', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { payable } = await sellOnline(counter, 'AG 2345 KD');
    await closeExactly(counter);
    const deposit = await counter.get('cash.deposit', { ...SLIP, slipNumber: 'B-1', amount: payable });
    await sync(counter);
    const { context } = province().province;
    const word = { depositId: deposit.depositId, confirmedOn: TUESDAY, saidBy: 'Rini' };
    const part = await confirmDeposit(context, { ...word, amount: rupiah(100_000) });
    expect(part).toMatchObject({ ok: true, value: { deposit: 'confirmed', amount: 100_000 } });
    await sync(counter);
    const after = await counter.get('cash.standing', {});
    expect(after).toMatchObject({ inTransit: payable - 100_000, confirmed: 100_000 });
    expect(after.deposits[0]).toMatchObject({ confirmed: 100_000, amount: payable });
    const { cash } = await counter.get('counter.status', {});
    expect(cash.deposits.amount).toBe(payable - 100_000);
    await confirmDeposit(context, { ...word, amount: rupiah(payable - 100_000) });
    await sync(counter);
    await sync(counter);
    expect(await counter.get('cash.standing', {})).toMatchObject({ inTransit: 0, confirmed: payable });
    expect((await counter.get('counter.status', {})).cash.deposits).toMatchObject({ amount: 0, oldestOn: null });
    // The counter writes no entry for a decision.
    expect(balance(counter, 'bank-in-transit')).toBe(payable);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('is never of more than was handed in, of another day than can be, or of no deposit', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { payable } = await sellOnline(counter, 'AG 3456 EF');
    await closeExactly(counter);
    const deposit = await counter.get('cash.deposit', { ...SLIP, slipNumber: 'B-2', amount: payable });
    await sync(counter);
    const { context } = province().province;
    const word = { depositId: deposit.depositId, confirmedOn: TUESDAY, amount: rupiah(payable), saidBy: 'Rini' };
    const problem = async (over: Partial<typeof word>) => await confirmDeposit(context, { ...word, ...over });
    expect(await problem({ amount: rupiah(payable + 1) })).toEqual({ ok: false, error: 'MORE_THAN_DEPOSITED' });
    expect(await problem({ confirmedOn: '2026-03-09' as LocalDate })).toEqual({ ok: false, error: 'DATE_IMPOSSIBLE' });
    expect(await problem({ confirmedOn: '2026-03-11' as LocalDate })).toEqual({ ok: false, error: 'DATE_IMPOSSIBLE' });
    expect(await problem({ depositId: '0192f000-0000-7000-8000-000000000001' })).toEqual({
      ok: false,
      error: 'DEPOSIT_UNKNOWN',
    });
    const both = await Promise.all([confirmDeposit(context, word), confirmDeposit(context, word)]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
  });
});

describe('the day by which cash must be at the bank', () => {
  const province = useProvince();

  it('is counted in working days of the bank, passes over holidays, and becomes a case with an owner', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { payable } = await sellOnline(counter, 'AG 2345 KD');
    expect((await counter.get('cash.standing', {})).due).toMatchObject({
      dueOn: '2026-03-11',
      sinceOn: TUESDAY,
      overdue: false,
      officerName: 'Siti Aminah',
    });
    await changePolicy(province(), 'bankHolidays=["2026-03-11","2026-03-12"]');
    await sync(counter);
    expect((await counter.get('cash.standing', {})).due?.dueOn).toBe('2026-03-13');
    const overdue = async () =>
      (await counter.get('exceptions.list', {})).filter(({ kind }) => kind === 'deposit-overdue');
    expect(await overdue()).toEqual([]);
    counter.clock.pass(4 * DAY);
    province().clock.now += 4 * DAY;
    await unlock(counter);
    expect((await counter.get('cash.standing', {})).due).toMatchObject({ remainingMs: 0, overdue: true });
    expect(await overdue()).toMatchObject([
      { kind: 'deposit-overdue', reason: 'Siti Aminah', steps: ['deposit-cash'] },
    ]);
    const { needsPerson, cash } = await counter.get('counter.status', {});
    expect(needsPerson).toBe((await counter.get('exceptions.list', {})).length);
    expect(cash.due).toMatchObject({ dueOn: '2026-03-13', overdue: true });
    await counter.get('cash.deposit', { ...SLIP, from: 'drawer', slipNumber: 'B-3', amount: payable });
    expect(await overdue()).toEqual([]);
    province().clock.now -= 4 * DAY;
  });
});
