import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type LocalDate } from '../../src/domain/local-date.ts';
import { buildRulePackSet, nextTariffChange, packInForce, type RulePack } from '../../src/domain/rule-pack.ts';
import { on } from '../support/dates.ts';
import { packSet, shippedPack, shippedPacks } from '../support/rule-packs.ts';

const base = shippedPack('jatim-2026');

function pack(id: string, from: string, to: string | null, replaces: readonly string[] = []): RulePack {
  return { ...base, id, validFrom: on(from), validTo: to === null ? null : on(to), replaces };
}

function idOn(packs: readonly RulePack[], date: string): string | null {
  return packInForce(packSet(...packs), on(date))?.id ?? null;
}

function problems(...packs: readonly RulePack[]): unknown {
  const set = buildRulePackSet(packs);
  return set.ok ? [] : set.error;
}

describe('a set of rule packs', () => {
  it('has the shipped packs in force on their days, and none before the first', () => {
    const packs = [shippedPack('jatim-2025'), shippedPack('jatim-2026')];
    expect(
      ['2025-01-04', '2025-01-05', '2025-12-31', '2026-01-01', '2099-01-01'].map((date) => idOn(packs, date)),
    ).toEqual([null, 'jatim-2025', 'jatim-2025', 'jatim-2026', 'jatim-2026']);
  });

  it('"A pack ends each pack that it replaces on the day before its own validFrom"', () => {
    const packs = [pack('old', '2025-01-01', null), pack('new', '2025-07-01', null, ['old'])];
    expect([idOn(packs, '2025-06-30'), idOn(packs, '2025-07-01')]).toEqual(['old', 'new']);
  });

  it('"wholly, when the starts are equal: a correction"', () => {
    const packs = [pack('wrong', '2025-01-01', null), pack('right', '2025-01-01', null, ['wrong'])];
    expect([idOn(packs, '2025-01-01'), idOn(packs, '2024-12-31')]).toEqual(['right', null]);
  });

  it('corrects a pack that had itself replaced another, and the first stays ended', () => {
    const packs = [
      pack('a', '2025-01-01', null),
      pack('b', '2025-07-01', null, ['a']),
      pack('c', '2025-07-01', null, ['b']),
    ];
    expect([idOn(packs, '2025-06-30'), idOn(packs, '2025-07-01')]).toEqual(['a', 'c']);
  });

  it('does not bring a replaced pack back when its replacement ends', () => {
    const packs = [pack('old', '2025-01-01', null), pack('short', '2025-07-01', '2025-07-31', ['old'])];
    expect(idOn(packs, '2025-08-01')).toBeNull();
  });

  it('may name a replaced pack that is not carried along', () => {
    expect(idOn([pack('new', '2025-07-01', null, ['gone'])], '2025-07-01')).toBe('new');
  });

  it('"Two packs in force on one day without replaces is an error of the pack set"', () => {
    expect(problems(pack('a', '2025-01-01', '2025-06-30'), pack('b', '2025-06-30', null))).toEqual([
      { code: 'PACKS_OVERLAP', packIds: ['a', 'b'], path: 'validFrom' },
    ]);
    expect(problems(pack('a', '2025-01-01', '2025-06-29'), pack('b', '2025-06-30', null))).toEqual([]);
  });

  it('has at most one pack in force on any day, in whatever order the packs come', () => {
    const spans = fc.array(
      fc.record({
        start: fc.integer({ min: 0, max: 40 }),
        length: fc.option(fc.integer({ min: 0, max: 20 })),
        replaces: fc.subarray(['p0', 'p1', 'p2']),
      }),
      { minLength: 1, maxLength: 4 },
    );
    const first = on('2025-01-01');
    fc.assert(
      fc.property(spans, (list) => {
        const packs = list.map(({ start, length, replaces }, index) => ({
          ...base,
          id: `p${index}`,
          validFrom: addDays(first, start),
          validTo: length === null ? null : addDays(first, start + length),
          replaces: replaces.filter((id) => id !== `p${index}`),
        }));
        const covers = (one: RulePack, date: LocalDate): boolean =>
          one.validFrom <= date &&
          (one.validTo === null || date <= one.validTo) &&
          !packs.some((other) => other.replaces.includes(one.id) && other.validFrom <= date);
        const set = buildRulePackSet(packs);
        const days = Array.from({ length: 70 }, (_, day) => addDays(first, day));
        const counts = days.map((date) => packs.filter((one) => covers(one, date)).length);
        const circle = packs.some((one) =>
          packs.some((other) => one.replaces.includes(other.id) && other.replaces.includes(one.id)),
        );
        expect(set.ok).toBe(!circle && Math.max(...counts) <= 1);
        if (!set.ok) return;
        for (const date of days) {
          expect(packInForce(set.value, date)).toBe(packs.find((one) => covers(one, date)) ?? null);
          expect(buildRulePackSet([...packs].reverse())).toMatchObject({ ok: true });
        }
      }),
      { numRuns: 200 },
    );
  });

  it('names everything in a pack that is wrong or ambiguous, with its path', () => {
    const [rate] = base.pkbRates;
    if (rate === undefined) throw new Error('no rates');
    const wrong: RulePack = {
      ...base,
      opsenRate: '66 %',
      pkbRates: [...base.pkbRates, { ...rate, from: on('2026-06-01') }],
      weightFactors: { sedan: '1,025' },
      baseReliefs: [
        { from: on('2026-02-01'), to: on('2026-01-01'), use: 'private', factor: '1', decidedBy: 'paidOn', basis: '' },
      ],
      lateInterest: { perMonth: '.01', capMonths: 1.5 },
      swdkllj: {
        ...base.swdkllj,
        cardFee: -1,
        fineSteps: [
          { fromDay: 1, toDay: null, rate: '0.25' },
          { fromDay: 91, toDay: null, rate: 'x' },
        ],
      },
      subscriptionParking: [...base.subscriptionParking, ...base.subscriptionParking.slice(0, 1)],
      rounding: { unit: 0, mode: 'half-up' },
    };
    const set = buildRulePackSet([wrong]);
    const found = set.ok ? [] : set.error.map(({ code, path }) => `${code} ${path ?? ''}`);
    expect(found.sort()).toEqual([
      'ENDS_BEFORE_START baseReliefs/0',
      'ENTRIES_OVERLAP pkbRates/12',
      'ENTRIES_OVERLAP subscriptionParking/2',
      'ENTRIES_OVERLAP swdkllj/fineSteps',
      'NOT_A_DECIMAL lateInterest/perMonth',
      'NOT_A_DECIMAL opsenRate',
      'NOT_A_DECIMAL swdkllj/fineSteps/1/rate',
      'NOT_A_DECIMAL weightFactors/sedan',
      'NOT_A_WHOLE_NUMBER lateInterest/capMonths',
      'NOT_A_WHOLE_NUMBER rounding/unit',
      'NOT_A_WHOLE_NUMBER swdkllj/cardFee',
    ]);
  });

  it('takes two spans of one rate that share a single day for an overlap, in whatever order they stand', () => {
    const [rate] = base.pkbRates;
    if (rate === undefined) throw new Error('no rates');
    const early = { ...rate, from: on('2026-01-01'), to: on('2026-06-30') };
    const late = { ...rate, from: on('2026-06-30'), to: null };
    const after = { ...rate, from: on('2026-07-01'), to: null };
    const codes = (...pkbRates: RulePack['pkbRates']) => {
      const set = buildRulePackSet([{ ...base, pkbRates }]);
      return set.ok ? [] : set.error.map((problem) => problem.code);
    };
    expect(codes(early, late)).toEqual(['ENTRIES_OVERLAP']);
    expect(codes(late, early)).toEqual(['ENTRIES_OVERLAP']);
    expect(codes(early, after)).toEqual([]);
    expect(codes(after, early)).toEqual([]);
  });

  it('refuses one id twice, a pack that replaces itself, two that replace each other, and an end before the start', () => {
    const code = (...packs: readonly RulePack[]) => {
      const set = buildRulePackSet(packs);
      return set.ok ? [] : set.error.map((problem) => problem.code);
    };
    expect(code(base, base)).toEqual(['DUPLICATE_PACK_ID']);
    expect(code(pack('a', '2025-01-01', null, ['a']))).toEqual(['REPLACES_IN_A_CIRCLE']);
    expect(code(pack('a', '2025-01-01', null, ['b']), pack('b', '2025-01-01', null, ['a']))).toEqual([
      'REPLACES_IN_A_CIRCLE',
    ]);
    expect(code(pack('a', '2025-01-02', '2025-01-01'))).toEqual(['ENDS_BEFORE_START']);
  });
});

describe('the next change of the tariff', () => {
  const packs = shippedPacks();

  it('is the next day on which other figures may apply, with what changes', () => {
    expect(nextTariffChange(packs, on('2025-07-01'))).toEqual({ changesOn: '2025-07-14', what: ['waiver'] });
    expect(nextTariffChange(packs, on('2025-07-14'))).toEqual({ changesOn: '2025-09-01', what: ['waiver'] });
    expect(nextTariffChange(packs, on('2025-12-01'))).toEqual({ changesOn: '2026-01-01', what: ['rule-pack'] });
    expect(nextTariffChange(packs, on('2024-06-01'))).toMatchObject({ changesOn: '2025-01-05' });
    expect(nextTariffChange(packs, on('2026-01-01'))).toBeNull();
  });

  it('leaves out what changes outside the days of its pack, and takes the last day of the calendar for open', () => {
    const waiver = { id: 'w', basis: 'b', where: 'any', effects: [] } as const;
    const change = (from: string, to: string) =>
      nextTariffChange(
        packSet({ ...pack('a', '2026-02-01', '2026-06-30'), waivers: [{ ...waiver, from: on(from), to: on(to) }] }),
        on('2026-02-15'),
      );
    expect(change('2026-01-01', '9999-12-31')).toEqual({ changesOn: '2026-07-01', what: ['rule-pack'] });
    expect(change('2026-06-30', '9999-12-31')).toEqual({ changesOn: '2026-06-30', what: ['waiver'] });
    expect(change('2026-01-01', '2026-06-29')).toEqual({ changesOn: '2026-06-30', what: ['waiver'] });
    expect(change('2026-01-01', '2026-06-30')).toEqual({ changesOn: '2026-07-01', what: ['rule-pack'] });
    const startsTogether = packSet({
      ...pack('a', '2026-02-01', null),
      waivers: [{ ...waiver, from: on('2026-02-01'), to: null }],
    });
    expect(nextTariffChange(startsTogether, on('2026-01-31'))).toMatchObject({ what: ['rule-pack', 'waiver'] });
  });
});
