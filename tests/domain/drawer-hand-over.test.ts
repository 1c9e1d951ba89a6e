import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionAboutCount } from '../../src/domain/count-plausibility.ts';
import { isLost, settleLeg } from '../../src/domain/courier.ts';
import { handOverDrawer } from '../../src/domain/drawer-hand-over.ts';
import {
  carriedLedgerLines,
  leavingLedgerLines,
  lossLedgerLines,
  storedLedgerLines,
} from '../../src/domain/drawer-lines.ts';
import type { LedgerLine } from '../../src/domain/ledger-lines.ts';
import { rupiah } from '../../src/domain/rupiah.ts';

const siti = { personId: 'siti', role: 'officer' } as const;
const budi = { personId: 'budi', role: 'officer' } as const;
const amount = fc.nat(50_000_000).map(rupiah);
const balance = (lines: readonly LedgerLine[], account: string): number =>
  lines.filter((line) => line.account === account).reduce((sum, line) => sum + line.amount, 0);

describe('a drawer that goes from hand to hand', () => {
  it('holds afterwards what was counted, whatever was expected; the safe holds nothing of it', () => {
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: -1_000_000, max: 50_000_000 }), (float, counted, expected) => {
        const decided = handOverDrawer({
          leaving: siti,
          arriving: budi,
          float,
          counted,
          expected: rupiah(expected),
        });
        if (!decided.ok) throw new Error(decided.error);
        const { close, openLines, carriedLines, carried, float: next } = decided.value;
        expect(next + carried).toBe(counted);
        const lines = [...close.ledgerLines, ...openLines, ...carriedLines];
        expect(balance(lines, 'cash-drawer')).toBe(counted - expected);
        expect(balance(lines, 'safe-or-courier')).toBe(0);
        expect(balance(lines, 'variance')).toBe(expected - counted);
        expect(close.variance).toBe(counted - expected);
      }),
    );
  });

  it('does not go to oneself, nor to somebody who opens no session', () => {
    const sums = { float: rupiah(0), counted: rupiah(0), expected: rupiah(0) };
    expect(handOverDrawer({ leaving: siti, arriving: siti, ...sums })).toEqual({ ok: false, error: 'SAME_PERSON' });
    const supervisor = { personId: 'umi', role: 'supervisor' } as const;
    expect(handOverDrawer({ leaving: siti, arriving: supervisor, ...sums })).toEqual({
      ok: false,
      error: 'NOT_AN_OFFICER',
    });
  });
});

describe('cash between drawer and bank', () => {
  it('moves between the accounts of its place, and nowhere for nothing', () => {
    const sum = rupiah(70_000);
    expect(storedLedgerLines(sum)).toEqual([
      { account: 'safe-or-courier', amount: 70_000 },
      { account: 'cash-drawer', amount: -70_000 },
    ]);
    expect(leavingLedgerLines('drawer', sum)).toEqual(storedLedgerLines(sum));
    expect(leavingLedgerLines('safe', sum)).toEqual([]);
    expect(carriedLedgerLines(sum)).toEqual([
      { account: 'cash-drawer', amount: 70_000 },
      { account: 'safe-or-courier', amount: -70_000 },
    ]);
    expect(carriedLedgerLines(rupiah(0))).toEqual([]);
    expect(lossLedgerLines(sum)).toEqual([
      { account: 'cash-loss', amount: 70_000 },
      { account: 'safe-or-courier', amount: -70_000 },
    ]);
  });

  it('is all accounted for when a courier’s leg ends: taken, torn, false or missing', () => {
    const refused = [
      { reason: 'torn', amount: rupiah(1_000) },
      { reason: 'missing', amount: rupiah(2_000) },
    ] as const;
    expect(settleLeg(rupiah(10_000), rupiah(7_000), refused)).toEqual({ ok: true, value: 7_000 });
    expect(settleLeg(rupiah(10_000), rupiah(7_001), refused)).toEqual({
      ok: false,
      error: { code: 'DOES_NOT_ADD_UP', difference: -1 },
    });
    expect(settleLeg(rupiah(10_000), rupiah(0), [{ reason: 'missing', amount: rupiah(10_000) }])).toEqual({
      ok: true,
      value: 0,
    });
    expect((['torn', 'false', 'missing'] as const).map(isLost)).toEqual([false, true, true]);
  });
});

describe('a question about a count', () => {
  const day = { 100_000: 25, 50_000: 40, 500: 3 };
  const ask = (counts: object, typed: number | null = null, earlier: readonly object[] = [day]) =>
    questionAboutCount({ counts, typedTotal: typed === null ? null : rupiah(typed), earlier });

  it('is asked where the total that was written down is not the notes', () => {
    expect(ask({ 1000: 3 }, 3_000)).toBeNull();
    expect(ask({ 1000: 3 }, 30_000)).toEqual({ question: 'TOTAL_DIFFERS', typed: 30_000, counted: 3_000 });
    expect(ask({}, 0)).toBeNull();
  });

  it('is asked for ten times as many notes as ever, or a tenth of the fewest; not for a busy or a quiet day', () => {
    expect(ask({ ...day, 100_000: 250 })).toEqual({
      question: 'UNLIKELY',
      denomination: 100_000,
      count: 250,
      usual: 25,
    });
    expect(ask({ ...day, 100_000: 199 })).toBeNull();
    expect(ask({ ...day, 100_000: 200 })).toMatchObject({ question: 'UNLIKELY', count: 200 });
    expect(ask({ ...day, 50_000: 5 })).toEqual({ question: 'UNLIKELY', denomination: 50_000, count: 5, usual: 40 });
    expect(ask({ ...day, 50_000: 6 })).toBeNull();
    // None at all may be, and a handful of coins is worth no question.
    expect(ask({ ...day, 50_000: 0 })).toBeNull();
    expect(ask({ ...day, 200: 19 })).toBeNull();
    expect(ask({ ...day, 200: 20 })).toMatchObject({ denomination: 200, usual: 0 });
  });

  it('knows no usual count in a new drawer, and learns nothing from an empty one', () => {
    expect(ask({ 1000: 999 }, null, [])).toBeNull();
    expect(ask({ 1000: 1000 }, null, [])).toEqual({ question: 'UNLIKELY', denomination: 1000, count: 1000, usual: 0 });
    expect(ask({ 1000: 999 }, null, [{}])).toBeNull();
    expect(ask({ 1000: 30 }, null, [{ 1000: 25 }, {}])).toBeNull();
  });
});
