import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHOW_PLATES } from '../../../src/province/demo/show-plates.ts';
import { enterAs, pinOf, sellOffline } from '../../support/at-the-counter.ts';
import { balance, drawnId, notes } from '../../support/drawer.ts';
import { afterPowerCut, copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const PLATES = ['AG 2345 KD', 'AG 3456 EF', 'AG 6001 TA', 'AG 6002 TA', 'AG 1003 TA', 'M 2828 BK'].filter((nrkb) =>
  SHOW_PLATES.some((one) => one.nrkb === nrkb),
);
const HUNDRED = [{ denomination: 100, count: 1 }];

/** What an officer may press next, in any order: what has no place now must be refused and change nothing. */
const presses = fc.array(
  fc.constantFrom(
    'open',
    'sell',
    'change-in',
    'change-out',
    'deposit-drawer',
    'deposit-safe',
    'count',
    'count-wrong',
    'close',
    'store',
    'dispatch',
    'arrive',
    'hand-over',
    'power-cut',
  ),
  { minLength: 10, maxLength: 24 },
);

const sum = (counter: TestCounter, account: string): number =>
  Number(
    counter.rows('SELECT coalesce(sum(amount), 0) AS sum FROM ledger_line WHERE account = ?', account)[0]?.['sum'],
  );

/** Cash of the citizens in the drawer: a float that was lost at a close stays on its account, and is no part of this. */
const takingsOf = (counter: TestCounter, session: { floatTotal: number; floatMoved: number } | null): number =>
  balance(counter, 'cash-drawer') - (session === null ? 0 : session.floatTotal + session.floatMoved);

/** What lies in the safe: the account is also that of the cash which a courier has. */
async function inSafe(counter: TestCounter): Promise<number> {
  const { couriers } = await counter.get('cash.standing', {});
  return balance(counter, 'safe-or-courier') - couriers.reduce((carried, leg) => carried + leg.amount, 0);
}

const otherOf = (officerId: string): string => (officerId === 'petugas-1' ? 'petugas-2' : 'petugas-1');

/** What leaves the drawer, comes back from a courier, or goes to the next officer. */
async function movedOn(counter: TestCounter, press: string, held: { slips: number; moves: number }): Promise<void> {
  held.moves += 1;
  const id = drawnId(held.moves);
  const [session, standing] = [await counter.get('cash-session.current', {}), await counter.get('cash.standing', {})];
  const isOpen = session?.state === 'open';
  if (press === 'store') {
    const takings = takingsOf(counter, session);
    const stored = await counter.ask('cash.store', { movementId: id, amount: 30_000 });
    expect(stored.ok, press).toBe(isOpen && takings >= 0);
    return;
  }
  const signIn = await counter.get('sign-in.current', {});
  const officerId = signIn?.officerId ?? '';
  const pin = pinOf(officerId);
  if (press === 'dispatch') {
    const sent = { dispatchId: id, from: 'safe', amount: 20_000, courierName: 'Pak Kurir', pin } as const;
    expect((await counter.ask('cash.dispatch', sent)).ok, press).toBe(standing.safe >= 20_000);
    return;
  }
  if (press === 'arrive') {
    const [leg] = standing.couriers;
    held.slips += 1;
    const slip = { bank: 'Bank Jatim', slipNumber: `S-${held.slips}`, depositedOn: '2026-03-10' } as const;
    const refused = [{ reason: 'torn' as const, amount: 5_000 }];
    const told = { dispatchId: leg?.dispatchId ?? id, accepted: 15_000, refused, ...slip };
    expect((await counter.ask('cash.courier-arrived', told)).ok, press).toBe(leg !== undefined);
    return;
  }
  const inDrawer = Math.max(0, balance(counter, 'cash-drawer'));
  const cashSessionId = session?.cashSessionId ?? id;
  const to = { officerId: otherOf(officerId), pin: pinOf(otherOf(officerId)) };
  const asked = { cashSessionId, counts: notes(inDrawer - (inDrawer % 100)), sure: true, pin, to };
  expect((await counter.ask('cash-session.hand-over', asked)).ok, press).toBe(isOpen);
}

/** One key of the officer; answers the rupiah that the citizens gave. */
async function pressed(
  counter: TestCounter,
  press: string,
  held: { plates: string[]; slips: number; moves: number },
): Promise<number> {
  const session = await counter.get('cash-session.current', {});
  const cashSessionId = session?.cashSessionId ?? '019cd5af-0000-7000-8000-000000000000';
  switch (press) {
    case 'open':
      expect((await counter.ask('cash-session.open', { float: HUNDRED })).ok).toBe(session === null);
      return 0;
    case 'sell': {
      const nrkb = held.plates.pop();
      if (nrkb === undefined) return 0;
      if (session?.state === 'open') return (await sellOffline(counter, nrkb)).payable;
      await expect(sellOffline(counter, nrkb)).rejects.toThrow(/CASH_SESSION_CLOSED/);
      return 0;
    }
    case 'change-in':
    case 'change-out': {
      held.moves += 1;
      const movementId = drawnId(held.moves);
      const direction = press === 'change-in' ? 'in' : 'out';
      const float = (session?.floatTotal ?? 0) + (session?.floatMoved ?? 0);
      const moved = await counter.ask('cash.move', { movementId, direction, amount: 150, reason: 'tukar uang' });
      expect(moved.ok).toBe(session?.state === 'open' && (direction === 'in' || float >= 150));
      return 0;
    }
    case 'deposit-drawer':
    case 'deposit-safe': {
      const from = press === 'deposit-safe' ? 'safe' : 'drawer';
      held.slips += 1;
      const slip = { bank: 'Bank Jatim', slipNumber: `S-${held.slips}`, depositedOn: '2026-03-10' };
      const takings = takingsOf(counter, session);
      const there = from === 'safe' ? (await inSafe(counter)) >= 50_000 : session?.state === 'open' && takings >= 0;
      const deposited = await counter.ask('cash.deposit', { ...slip, from, amount: 50_000 });
      expect(deposited.ok, press).toBe(there);
      return 0;
    }
    case 'store':
    case 'dispatch':
    case 'arrive':
    case 'hand-over':
      await movedOn(counter, press, held);
      return 0;
    case 'close':
      expect((await counter.ask('cash-session.close', { cashSessionId })).ok).toBe(session?.state === 'counted');
      return 0;
    default: {
      const inDrawer = Math.max(0, sum(counter, 'cash-drawer') - (press === 'count-wrong' ? 700 : 0));
      const counts = [{ denomination: 100, count: Math.floor(inDrawer / 100) }];
      // The same count again answers what stands.
      const same = session?.counted?.total === Math.floor(inDrawer / 100) * 100;
      const saved = await counter.ask('cash-session.count', { cashSessionId, counts, sure: true });
      expect(saved.ok).toBe(session?.state === 'open' || same);
      return 0;
    }
  }
}

describe('random days at a real counter', () => {
  const folder = useEnrolledFolder();

  it('keep every balance equal to its lines, take no cash outside an open session, and lose no rupiah', async () => {
    await fc.assert(
      fc.asyncProperty(presses, async (all) => {
        let counter = await copiedCounter(folder());
        await enterAs(counter, 'petugas-1');
        const held = { plates: [...PLATES], slips: 0, moves: 0 };
        let given = 0;
        for (const press of ['open', ...all]) {
          if (press !== 'power-cut') given += await pressed(counter, press, held);
          else {
            const signIn = await counter.get('sign-in.current', {});
            counter = await afterPowerCut(counter);
            await enterAs(counter, signIn?.officerId ?? '');
          }
        }
        expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
        const cash = ['cash-drawer', 'safe-or-courier', 'bank-in-transit', 'variance', 'float'];
        expect(cash.reduce((total, account) => total + sum(counter, account), 0)).toBe(given);
        const lines = counter.rows('SELECT sum(amount) AS sum FROM ledger_line');
        expect(lines).toEqual([{ sum: 0 }]);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });
});
