import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessCaseLine } from '../../src/domain/assessment-case.ts';
import type { RulePack } from '../../src/domain/rule-pack.ts';
import { on } from '../support/dates.ts';
import { packSet, shippedPack, shippedPacks } from '../support/rule-packs.ts';

interface GoldenCase {
  readonly id: string;
  readonly note: string;
  readonly vehicle: Record<string, unknown>;
  readonly paidOn: string;
  readonly expect: { readonly lines: Record<string, number>; readonly total: number };
}

const golden = JSON.parse(readFileSync(new URL('../support/golden-cases.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly GoldenCase[];
};
const packs = shippedPacks();
const [first] = golden.cases;
if (first === undefined) throw new Error('no golden cases');
const { vehicle } = first;
const line = { id: 'x', vehicle, paidOn: '2025-03-15' };

describe('the worked cases', () => {
  it.each(golden.cases)(
    '$id is charged as worked out by hand: $note',
    ({ id, vehicle: record, paidOn, expect: worked }) => {
      expect(assessCaseLine({ id, vehicle: record, paidOn }, packs)).toEqual({ ok: true, value: { id, ...worked } });
    },
  );

  it('holds six cases, so that a lost file cannot pass for success', () => {
    expect(golden.cases).toHaveLength(6);
  });
});

describe('a line of `loket assess`', () => {
  it('answers refusals as sorted codes', () => {
    const record = { ...vehicle, blocked: 'theft', deleted: true, stnkValidUntil: '2025-03-15' };
    expect(assessCaseLine({ ...line, vehicle: record }, packs)).toEqual({
      ok: true,
      value: { id: 'x', refusals: ['BLOCKED', 'DELETED_FROM_REGISTER', 'RENEWAL_YEAR'] },
    });
  });

  it('takes a fact that is null or absent as missing, not as a bad line', () => {
    for (const njkb of [null, undefined]) {
      expect(assessCaseLine({ ...line, vehicle: { ...vehicle, njkb } }, packs)).toEqual({
        ok: true,
        value: { id: 'x', refusals: ['VEHICLE_INCOMPLETE'] },
      });
    }
  });

  it('carries a claim beside vehicle and date', () => {
    const claim = { arrivedOn: '2025-03-15', groups: ['dtsen'] };
    expect(assessCaseLine({ ...line, paidOn: '2025-06-13', claim }, packs)).toMatchObject({
      value: { total: 259_996 },
    });
  });

  it('leaves a waived component out, because nothing is due of it', () => {
    const late = { ...line, vehicle: { ...vehicle, dueOn: '2025-07-01' }, paidOn: '2025-07-20' };
    expect(assessCaseLine(late, packs)).toMatchObject({
      value: { lines: { pkb: 135_540, opsenPkb: 89_456, swdkllj: 35_000, swdklljFine: 8_000 }, total: 267_996 },
    });
  });

  it('gives the id back as it came, a text or a number', () => {
    for (const id of ['', 'E1', 0, 17]) expect(assessCaseLine({ ...line, id }, packs)).toMatchObject({ value: { id } });
    expect(assessCaseLine({ ...line, id: true }, packs)).toEqual({
      ok: false,
      error: { code: 'NOT_A_TEXT', path: 'id' },
    });
  });

  it('takes zero for a capacity and a value: it is a figure, not a gap', () => {
    const record = { ...vehicle, kind: 'forklift', engineCc: 0, njkb: 0 };
    expect(assessCaseLine({ ...line, vehicle: record }, packs)).toMatchObject({
      value: { lines: { swdkllj: 23_000 } },
    });
  });

  const bad: readonly (readonly [why: string, line: unknown, code: string, path: string])[] = [
    ['a line that is no object', 'text', 'NOT_AN_OBJECT', ''],
    ['a list', [], 'NOT_AN_OBJECT', ''],
    ['no id', { ...line, id: undefined }, 'NOT_A_TEXT', 'id'],
    ['no vehicle', { id: 'x', paidOn: '2025-03-15' }, 'NOT_AN_OBJECT', 'vehicle'],
    ['a date that does not exist', { ...line, paidOn: '2025-02-29' }, 'NOT_A_DATE', 'paidOn'],
    ['an unknown kind', { ...line, vehicle: { ...vehicle, kind: 'boat' } }, 'UNKNOWN_VALUE', 'vehicle.kind'],
    ['an unknown use', { ...line, vehicle: { ...vehicle, use: 'x' } }, 'UNKNOWN_VALUE', 'vehicle.use'],
    ['an unknown owner kind', { ...line, vehicle: { ...vehicle, ownerKind: 1 } }, 'UNKNOWN_VALUE', 'vehicle.ownerKind'],
    ['an unknown energy', { ...line, vehicle: { ...vehicle, energy: 'coal' } }, 'UNKNOWN_VALUE', 'vehicle.energy'],
    [
      'an inherited name for a kind',
      { ...line, vehicle: { ...vehicle, kind: 'constructor' } },
      'UNKNOWN_VALUE',
      'vehicle.kind',
    ],
    [
      'a regency outside the province',
      { ...line, vehicle: { ...vehicle, regency: '3374' } },
      'UNKNOWN_VALUE',
      'vehicle.regency',
    ],
    ['a negative value', { ...line, vehicle: { ...vehicle, njkb: -1 } }, 'NOT_RUPIAH', 'vehicle.njkb'],
    ['a value with cents', { ...line, vehicle: { ...vehicle, njkb: 1.5 } }, 'NOT_RUPIAH', 'vehicle.njkb'],
    ['a value as text', { ...line, vehicle: { ...vehicle, njkb: '1' } }, 'NOT_RUPIAH', 'vehicle.njkb'],
    [
      'a factor as a binary float',
      { ...line, vehicle: { ...vehicle, weightFactor: 1.4 } },
      'NOT_A_DECIMAL',
      'vehicle.weightFactor',
    ],
    [
      'a signed factor',
      { ...line, vehicle: { ...vehicle, weightFactor: '-1' } },
      'NOT_A_DECIMAL',
      'vehicle.weightFactor',
    ],
    ['rank zero', { ...line, vehicle: { ...vehicle, rank: 0 } }, 'NOT_A_NUMBER', 'vehicle.rank'],
    ['half a rank', { ...line, vehicle: { ...vehicle, rank: 1.5 } }, 'NOT_A_NUMBER', 'vehicle.rank'],
    ['a negative capacity', { ...line, vehicle: { ...vehicle, engineCc: -1 } }, 'NOT_A_NUMBER', 'vehicle.engineCc'],
    ['a bad due date', { ...line, vehicle: { ...vehicle, dueOn: '15-03-2025' } }, 'NOT_A_DATE', 'vehicle.dueOn'],
    [
      'a bad end of the STNK',
      { ...line, vehicle: { ...vehicle, stnkValidUntil: '' } },
      'NOT_A_DATE',
      'vehicle.stnkValidUntil',
    ],
    [
      'an unknown class',
      { ...line, vehicle: { ...vehicle, swdklljClass: 'C' } },
      'UNKNOWN_VALUE',
      'vehicle.swdklljClass',
    ],
    ['an unknown block', { ...line, vehicle: { ...vehicle, blocked: 'x' } }, 'UNKNOWN_VALUE', 'vehicle.blocked'],
    [
      'a deletion that is no yes or no',
      { ...line, vehicle: { ...vehicle, deleted: 'yes' } },
      'NOT_A_BOOLEAN',
      'vehicle.deleted',
    ],
    ['a claim that is no object', { ...line, claim: 'ojol' }, 'NOT_AN_OBJECT', 'claim'],
    ['a bad arrival', { ...line, claim: { arrivedOn: 'yesterday' } }, 'NOT_A_DATE', 'claim.arrivedOn'],
    ['groups that are no list', { ...line, claim: { groups: 'ojol' } }, 'NOT_A_LIST', 'claim.groups'],
    ['a group that is no text', { ...line, claim: { groups: ['ojol', 7] } }, 'NOT_A_TEXT', 'claim.groups.1'],
    ['a first group that is no text', { ...line, claim: { groups: [7] } }, 'NOT_A_TEXT', 'claim.groups.0'],
    [
      'a value that would leave the safe integers',
      { ...line, vehicle: { ...vehicle, njkb: Number.MAX_SAFE_INTEGER, weightFactor: '999999' } },
      'AMOUNT_TOO_LARGE',
      'vehicle.njkb',
    ],
  ];

  it.each(bad)('%s is an error with its code and path, never a figure', (_why, input, code, path) => {
    expect(assessCaseLine(input, packs)).toEqual({ ok: false, error: { code, path } });
  });

  it('charges the largest value that a record can hold to the last rupiah', () => {
    const njkb = Number.MAX_SAFE_INTEGER; // 9.007.199.254.740.991 x 0,012, half up, by hand: 108.086.391.056.891,892
    const record = { ...vehicle, njkb, dueOn: '2026-03-15' };
    expect(assessCaseLine({ ...line, vehicle: record, paidOn: '2026-03-15' }, packs)).toMatchObject({
      value: { lines: { pkb: 108_086_391_056_892 } },
    });
  });

  it('never computes beyond the safe integers, whatever the record and the packs: it answers or refuses the line', () => {
    const [rate] = shippedPack('jatim-2026').pkbRates;
    if (rate === undefined) throw new Error('no rates');
    const decimals = fc.integer({ min: 0, max: 9_000 }).map((thousandths) => String(thousandths / 1_000));
    const choices = fc.record({
      rate: decimals,
      opsenRate: decimals,
      perMonth: decimals,
      factor: decimals,
      weight: decimals,
      pkbYears: fc.integer({ min: 0, max: 9 }),
    });
    const packOf = (base: RulePack, chosen: typeof choices extends fc.Arbitrary<infer T> ? T : never): RulePack => ({
      ...base,
      pkbRates: [{ ...rate, from: on('2020-01-01'), rate: chosen.rate }],
      opsenRate: chosen.opsenRate,
      lateInterest: { perMonth: chosen.perMonth, capMonths: 24 },
      weightFactors: { motorcycle: chosen.weight },
      baseReliefs: [1, 2].map(() => ({
        from: on('2020-01-01'),
        to: null,
        use: 'private',
        factor: chosen.factor,
        decidedBy: 'paidOn',
        basis: 'b',
      })),
      arrears: { pkbYears: chosen.pkbYears, swdklljYears: 4 },
      channel: { maxDaysLate: 9_999, earliestDaysBeforeDue: 60, renewalYear: true },
    });
    // From a real value to the edge: the exponent is what is drawn evenly.
    const value = fc.double({ min: 3, max: 15.95, noNaN: true }).map((exponent) => Math.floor(10 ** exponent));
    const factor = fc.option(fc.constantFrom('0', '0.5', '1.000', '1.4', '250', '999999.999999999'), {
      nil: undefined,
    });
    let [charged, refused] = [0, 0];
    fc.assert(
      fc.property(choices, choices, value, factor, (first, second, njkb, weightFactor) => {
        const old: RulePack = { ...packOf(shippedPack('jatim-2025'), first), validFrom: on('2020-01-01') };
        const set = packSet(old, packOf(shippedPack('jatim-2026'), second));
        const record = { ...vehicle, weightFactor, njkb, dueOn: '2020-03-15' };
        const answer = assessCaseLine({ ...line, vehicle: record, paidOn: '2026-03-16' }, set);
        if (!answer.ok) {
          expect(answer.error).toEqual({ code: 'AMOUNT_TOO_LARGE', path: 'vehicle.njkb' });
          refused += 1;
        } else if ('total' in answer.value) {
          expect(Number.isSafeInteger(answer.value.total)).toBe(true);
          charged += 1;
        }
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(charged, refused)).toBeGreaterThan(200);
  });

  it('works with a single pack, and with none refuses every date', () => {
    const old = assessCaseLine({ ...line, paidOn: '2026-03-15' }, packSet());
    expect(old).toEqual({ ok: true, value: { id: 'x', refusals: ['NO_RULES_FOR_DATE'] } });
    expect(shippedPack('jatim-2026').replaces).toEqual([]);
  });
});
