import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { createGate, provinceError } from '../../support/test-line.ts';

const HOUR = 3_600_000;
const PUSH = '/v1/push';
const leavePapers = (counter: TestCounter) =>
  counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });

describe('the Kotak Kirim', () => {
  const province = useProvince();

  it('shows as many rows as its count says, lane by lane, and says how many more there are', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    for (let citizen = 0; citizen < 8; citizen += 1) await leavePapers(counter);
    await expect.poll(() => counter.bodies('print.settled')).toHaveLength(8);
    const { outbox } = await counter.get('counter.status', {});
    const all = await counter.get('outbox.view', {});
    expect(all.rows).toHaveLength(all.unsent + all.quarantined);
    const money = await counter.get('outbox.view', { lane: 'money' });
    expect(money.rows).toHaveLength(outbox.unsent);
    expect(money.rows).toHaveLength(money.unsentMoney);
    expect([all.left, money.left]).toEqual([0, 0]);
    const few = await counter.get('outbox.view', { limit: 5 });
    expect([few.rows.length, few.left]).toEqual([5, all.rows.length - 5]);
    counter.line.set('pass');
    await sync(counter);
    expect(await counter.get('outbox.view', {})).toMatchObject({ rows: [], left: 0, unsent: 0 });
  });

  it('says on each row how often it was tried, why it is still here, and when it is tried again', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sync(counter);
    await leavePapers(counter);
    counter.line.next(PUSH, { answer: provinceError(503, 'BUSY', { 'retry-after': '7' }) });
    await counter.refusal('outbox.send-now', {});
    const { rows } = await counter.get('outbox.view', { lane: 'money' });
    expect(rows).toMatchObject([{ state: 'sending', tries: 1, lastReason: 'BUSY', stuck: null }]);
    counter.clock.pass(10 * 60_000);
    counter.line.next(PUSH, { answer: provinceError(503, 'BUSY', { 'retry-after': '7' }) });
    await counter.refusal('outbox.send-now', {});
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    const later = await counter.get('outbox.view', { lane: 'money' });
    expect(later.rows).toMatchObject([{ tries: 2, stuck: { because: 'SERVER_BUSY', sinceMs: 600_000 } }]);
  });

  it('answers Kirim sekarang within two seconds with what happened so far, and the rest goes on', async () => {
    const counter = await openForBusiness(await enrolledCounter(province(), { config: { syncLoop: true } }));
    counter.line.set('down');
    await leavePapers(counter);
    // The round that ran when the cable was pulled has ended.
    await expect
      .poll(async () => (await counter.get('counter.status', {})).line.online, { timeout: 20_000 })
      .toBe(false);
    const gate = createGate();
    counter.line.set({ late: gate.opened });
    const asked = performance.now();
    const sent = await counter.get('outbox.send-now', {});
    const tookMs = performance.now() - asked;
    expect(sent).toMatchObject({ stillRunning: true, pushed: 0, items: [], stoppedBy: null });
    expect(tookMs).toBeLessThan(4_000);
    expect(sent.unsent).toBeGreaterThan(0);
    counter.line.set('pass');
    gate.open();
    await expect.poll(async () => (await counter.get('outbox.figures', {})).unsent, { timeout: 20_000 }).toBe(0);
  });

  it('says what arrived before the line broke', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    await leavePapers(counter);
    counter.line.set('pass');
    counter.line.next('/v1/news', { answer: provinceError(503, 'BUSY', { 'retry-after': '1' }) });
    const sent = await counter.get('outbox.send-now', {});
    expect(sent).toMatchObject({ stoppedBy: 'NO_LINE', stillRunning: false, unsent: 0 });
    expect(sent.pushed).toBeGreaterThan(0);
  });

  it('tells a person after the hours of the policy that the line has been away while something waits', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sync(counter);
    const codes = async () => (await counter.get('counter.status', {})).notices.map(({ code }) => code);
    counter.line.set('down');
    await counter.refusal('outbox.send-now', {});
    counter.clock.pass(25 * HOUR);
    expect(await codes()).not.toContain('LINE_FAULT_LONG');
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    await leavePapers(counter);
    expect(await codes()).toContain('LINE_FAULT_LONG');
  });
});

describe('the limits', () => {
  const province = useProvince();

  it('are seen coming: what is used, what is left, and when the calendar stops new sales', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await changePolicy(
      province(),
      'caps.unsent=3',
      'caps.daysSinceContact=2',
      'caps.perSale=null',
      'caps.unconfirmedDeposits=25000000',
    );
    await sync(counter);
    counter.line.set('down');
    await leavePapers(counter);
    await leavePapers(counter);
    const limitOf = async (cap: string) => {
      const { limits } = await counter.get('counter.status', {});
      return limits.find((one) => one.cap === cap);
    };
    expect(await limitOf('unsent')).toEqual({
      cap: 'unsent',
      used: 2,
      limit: 3,
      remaining: 1,
      remainingMs: null,
      reached: false,
      raised: false,
    });
    // Ten in the morning: sales stop with the third day after the last contact.
    expect(await limitOf('days-without-contact')).toMatchObject({ used: 0, limit: 2, remainingMs: (14 + 48) * HOUR });
    expect(await limitOf('cash-in-drawer')).toMatchObject({ used: 200_000, remaining: 9_800_000 });
    expect(await limitOf('per-sale')).toBeUndefined();
    const { cash } = await counter.get('counter.status', {});
    expect(cash.drawer).toEqual({ amount: 200_000, limit: 10_000_000 });
    expect(cash.deposits).toEqual({ amount: 0, limit: 25_000_000, oldestOn: null });
    await leavePapers(counter);
    expect(await limitOf('unsent')).toMatchObject({ used: 3, remaining: 0, reached: true });
    // It stops new sales and nothing else: papers are still taken.
    await leavePapers(counter);
    expect(await limitOf('unsent')).toMatchObject({ used: 4, remaining: 0, reached: true });
  });

  it('count what went to the bank until the bank has confirmed it', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const slip = { bank: 'Bank Jatim', slipNumber: 'S-1', depositedOn: '2026-03-10' } as const;
    await counter.get('cash.deposit', { ...slip, from: 'drawer', amount: 60_000 });
    const { cash } = await counter.get('counter.status', {});
    // Rp140.000, told roughly: the count at the end of the session is blind.
    expect(cash.drawer.amount).toBe(100_000);
    expect(cash.deposits).toMatchObject({ amount: 60_000, oldestOn: '2026-03-10' });
  });
});
