import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isCloseEven,
  type LegExplanation,
  type LegFigure,
  MATCH_LEGS,
  matchDay,
  type MatchLeg,
} from '../../src/domain/day-match.ts';
import { rupiah } from '../../src/domain/rupiah.ts';

const sum = (amount: number): LegFigure => ({ kind: 'sum', amount: rupiah(amount) });
const equal = (amount: number): Record<MatchLeg, LegFigure> => ({
  counted: sum(amount),
  bank: sum(amount),
  forms: sum(amount),
  beneficiaries: sum(amount),
});
const because = (leg: MatchLeg, amount: number, reason: LegExplanation['reason'] = 'case'): LegExplanation => ({
  leg,
  amount: rupiah(amount),
  reason,
  entryHash: `${leg}${amount}`,
});

describe('the five-way match of a day', () => {
  it('is settled when every leg names the sum of the journal', () => {
    const match = matchDay(rupiah(1_250_000), equal(1_250_000), []);
    expect(match.settled).toBe(true);
    expect(match.open).toEqual([]);
    expect(match.legs.map(({ state }) => state)).toEqual(['equal', 'equal', 'equal', 'equal']);
  });

  it('opens the leg that differs, the largest difference first, whatever its sign', () => {
    const match = matchDay(rupiah(500_000), { ...equal(500_000), counted: sum(499_000), bank: sum(100_000) }, []);
    expect(match.open).toEqual(['bank', 'counted']);
    expect(match.legs[1]).toMatchObject({ leg: 'bank', difference: -400_000, unexplained: -400_000, state: 'open' });
    expect(match.settled).toBe(false);
  });

  it('is settled with a difference that entries explain to the rupiah, and names them', () => {
    const explained = because('counted', -1_000, 'variance');
    const match = matchDay(rupiah(500_000), { ...equal(500_000), counted: sum(499_000) }, [explained]);
    expect(match.legs[0]).toMatchObject({ difference: -1_000, unexplained: 0, state: 'explained' });
    expect(match.legs[0]?.explanations).toEqual([explained]);
    expect(match.settled).toBe(true);
  });

  it('stays open by what is left when entries explain a part, or too much', () => {
    const figures = { ...equal(500_000), bank: sum(300_000) };
    const part = matchDay(rupiah(500_000), figures, [because('bank', -150_000, 'on-the-way')]);
    expect(part.legs[1]).toMatchObject({ unexplained: -50_000, state: 'open' });
    const more = matchDay(rupiah(500_000), figures, [because('bank', -250_000, 'on-the-way')]);
    expect(more.legs[1]).toMatchObject({ unexplained: 50_000, state: 'open' });
  });

  it('shows two errors that cancel each other out', () => {
    const pair = [because('forms', 200_000, 'form-missing'), because('forms', -200_000, 'form-spoiled')];
    expect(matchDay(rupiah(500_000), equal(500_000), pair).legs[2]).toMatchObject({
      difference: 0,
      state: 'explained',
    });
  });

  it('waits for a statement that has not come, and asks nothing of a leg that is not applicable', () => {
    const waiting = matchDay(rupiah(5_000), { ...equal(5_000), bank: { kind: 'waiting' } }, []);
    expect(waiting).toMatchObject({ settled: false, open: [] });
    expect(waiting.legs[1]).toMatchObject({ state: 'waiting', difference: null, unexplained: null });
    const without = matchDay(rupiah(5_000), { ...equal(5_000), forms: { kind: 'not-applicable' } }, []);
    expect(without.settled).toBe(true);
    expect(without.legs[2]).toMatchObject({ state: 'not-applicable' });
  });

  it('is signed without a word unless what was counted or what was booked is open; the bank and the forms never hold a close up', () => {
    for (const leg of MATCH_LEGS) {
      const open = matchDay(rupiah(5_000), { ...equal(5_000), [leg]: sum(4_000) }, []);
      expect(open.open).toEqual([leg]);
      expect(isCloseEven(open), leg).toBe(leg === 'bank' || leg === 'forms');
      const explained = matchDay(rupiah(5_000), { ...equal(5_000), [leg]: sum(4_000) }, [because(leg, -1_000)]);
      expect(isCloseEven(explained), leg).toBe(true);
      expect(isCloseEven(matchDay(rupiah(5_000), { ...equal(5_000), [leg]: { kind: 'waiting' } }, [])), leg).toBe(true);
    }
  });

  it('never calls a rupiah settled that no entry explains', () => {
    const amount = fc.integer({ min: -2_000_000_000, max: 2_000_000_000 });
    const leg = fc.constantFrom(...MATCH_LEGS);
    fc.assert(
      fc.property(
        amount,
        fc.record({ counted: amount, bank: amount, forms: amount, beneficiaries: amount }),
        fc.array(fc.tuple(leg, amount), { maxLength: 8 }),
        (journal, sums, reasons) => {
          const explanations = reasons.map(([of, explained]) => because(of, explained));
          const figures = {
            counted: sum(sums.counted),
            bank: sum(sums.bank),
            forms: sum(sums.forms),
            beneficiaries: sum(sums.beneficiaries),
          };
          const match = matchDay(rupiah(journal), figures, explanations);
          for (const of of MATCH_LEGS) {
            const explained = reasons.filter(([name]) => name === of).reduce((total, [, value]) => total + value, 0);
            expect(match.open.includes(of)).toBe(journal + explained !== sums[of]);
          }
          expect(match.settled).toBe(match.open.length === 0);
        },
      ),
    );
  });
});
