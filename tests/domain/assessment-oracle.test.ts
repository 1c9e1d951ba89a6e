import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessCaseLine } from '../../src/domain/assessment-case.ts';
import { REGENCY_CODES } from '../../src/domain/regency.ts';
import { buildRulePackSet, type RulePack, type RulePackSet } from '../../src/domain/rule-pack.ts';
import {
  BLOCK_REASONS,
  ENERGIES,
  OWNER_KINDS,
  SWDKLLJ_CLASSES,
  VEHICLE_KINDS,
  VEHICLE_USES,
} from '../../src/domain/vehicle.ts';
import { oracle } from '../support/assessment-oracle.ts';
import { shippedPack, shippedPacks } from '../support/rule-packs.ts';

const RUNS = 4_000;

function dateBetween(first: string, last: string): fc.Arbitrary<string> {
  return fc
    .integer({ min: Date.parse(first) / 86_400_000, max: Date.parse(last) / 86_400_000 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
}

/** Days at which something begins, ends or has no twin in other years. */
const edgeDate = fc.constantFrom(
  '2024-02-29',
  '2025-01-04',
  '2025-01-05',
  '2025-02-28',
  '2025-03-31',
  '2025-04-01',
  '2025-06-06',
  '2025-07-13',
  '2025-07-14',
  '2025-08-31',
  '2025-09-01',
  '2025-09-30',
  '2025-10-01',
  '2025-11-30',
  '2025-12-01',
  '2025-12-25',
  '2025-12-31',
  '2026-01-01',
  '2026-01-31',
  '2026-03-20',
  '2026-03-21',
  '2026-03-22',
  '2028-02-29',
  '2028-03-01',
);
const someDate = fc.oneof(
  { weight: 3, arbitrary: dateBetween('2024-06-01', '2029-12-31') },
  { weight: 1, arbitrary: edgeDate },
);
const factor = fc.integer({ min: 0, max: 3_000 }).map((thousandths) => (thousandths / 1000).toFixed(3));
/** A value in one case of `oneIn`, else nothing. */
function seldom<T>(oneIn: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

const vehicle = fc
  .record({
    kind: fc.constantFrom(...VEHICLE_KINDS),
    engineCc: fc.oneof(
      fc.constantFrom(0, 49, 50, 51, 249, 250, 251, 1600, 1601, 2400, 2401),
      fc.integer({ min: 0, max: 9_000 }),
    ),
    use: fc.oneof(
      { weight: 4, arbitrary: fc.constant('private') },
      { weight: 3, arbitrary: fc.constantFrom(...VEHICLE_USES) },
    ),
    ownerKind: fc.constantFrom(...OWNER_KINDS),
    energy: fc.oneof(
      { weight: 5, arbitrary: fc.constant('petrol') },
      { weight: 1, arbitrary: fc.constantFrom(...ENERGIES) },
    ),
    rank: fc.integer({ min: 1, max: 8 }),
    njkb: fc.oneof(
      fc.integer({ min: 0, max: 3_000_000_000 }),
      fc.integer({ min: 0, max: 5_000_000 }).map((n) => n * 100),
    ),
    weightFactor: seldom(2, factor),
    regency: fc.oneof(fc.constantFrom('3516', '3526', '3578'), fc.constantFrom(...REGENCY_CODES)),
    dueOn: someDate,
    stnkValidUntil: fc.oneof({ weight: 4, arbitrary: fc.constant('2034-05-05') }, { weight: 1, arbitrary: someDate }),
    swdklljClass: seldom(5, fc.constantFrom(...SWDKLLJ_CLASSES)),
    blocked: seldom(20, fc.constantFrom(...BLOCK_REASONS)),
    deleted: seldom(10, fc.boolean()),
  })
  .chain((whole) =>
    // One record in ten lacks a fact, in either of the two ways in which JSON can say so.
    seldom(
      10,
      fc.tuple(fc.constantFrom(...(Object.keys(whole) as (keyof typeof whole)[])), fc.constantFrom(null, undefined)),
    ).map((gap) => (gap === undefined ? whole : { ...whole, [gap[0]]: gap[1] })),
  );

const claim = seldom(
  2,
  fc.record({ arrivedOn: seldom(2, someDate), groups: seldom(4, fc.subarray(['dtsen', 'ojol', 'other'])) }),
);

/** Payment near the due date more often than anywhere: most of the rules live within a year of it. */
const caseLine = fc
  .record({ vehicle, claim, paidOn: someDate, near: fc.option(fc.integer({ min: -70, max: 400 }), { freq: 4 }) })
  .map(({ near, ...line }) => {
    const { dueOn } = line.vehicle;
    if (near === null || typeof dueOn !== 'string') return line;
    const paidOn = new Date(Date.parse(dueOn) + near * 86_400_000).toISOString().slice(0, 10);
    return { ...line, paidOn };
  });

/** Compares the two writings; answers whether the case was charged rather than refused. */
function agrees(line: Parameters<typeof oracle>[0], packs: RulePackSet): boolean {
  const answer = assessCaseLine(JSON.parse(JSON.stringify({ id: 'x', ...line })), packs);
  const expected = oracle(line, packs);
  expect(answer).toEqual({ ok: true, value: { id: 'x', ...expected } });
  return 'lines' in expected;
}

describe('assessment beside a second, slow writing of the same rules', () => {
  it('gives the same rupiah and the same refusals under the shipped packs', () => {
    const packs = shippedPacks();
    let charged = 0;
    fc.assert(
      fc.property(caseLine, (line) => {
        if (agrees(line, packs)) charged += 1;
      }),
      { numRuns: RUNS },
    );
    expect(charged).toBeGreaterThan(RUNS / 5); // a comparison of refusals alone would prove nothing about money
  });

  it('reads every choice from the pack: other packs, other figures, still the same as the second writing', () => {
    let charged = 0;
    fc.assert(
      fc.property(packPair, caseLine, (packs, line) => {
        const set = buildRulePackSet(packs);
        if (!set.ok) throw new Error(JSON.stringify(set.error));
        if (agrees(line, set.value)) charged += 1;
      }),
      { numRuns: RUNS },
    );
    expect(charged).toBeGreaterThan(RUNS / 5);
  });
});

const effect = fc.constantFrom('pkb-fine', 'opsen-fine', 'swdkllj-past-fine', 'progressive');
const shortSpan = fc
  .tuple(dateBetween('2024-06-01', '2027-12-31'), fc.option(fc.integer({ min: 0, max: 200 })))
  .map(([from, days]) => ({
    from,
    to: days === null ? null : new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10),
  }));

/** Every choice of a pack moved about: reliefs by either date, wide arrears, other steps, other rounding, a correction half-way. */
const choices = fc.record({
  rounding: fc.record({ unit: fc.constantFrom(1, 100, 500, 1000), mode: fc.constantFrom('half-up', 'up', 'down') }),
  arrears: fc.record({ pkbYears: fc.integer({ min: 0, max: 6 }), swdklljYears: fc.integer({ min: 0, max: 6 }) }),
  channel: fc.record({
    maxDaysLate: fc.constantFrom(0, 365, 4000),
    earliestDaysBeforeDue: fc.integer({ min: 0, max: 400 }),
    renewalYear: fc.boolean(),
  }),
  opsenRate: factor,
  lateInterest: fc.record({
    perMonth: fc.constantFrom('0.01', '0.015', '0.02'),
    capMonths: fc.integer({ min: 0, max: 30 }),
  }),
  baseReliefs: fc.array(
    fc.record({
      span: shortSpan,
      use: fc.constantFrom(...VEHICLE_USES),
      factor,
      decidedBy: fc.constantFrom('paidOn', 'dueOn'),
      basis: fc.constant('b'),
    }),
    { maxLength: 3 },
  ),
  waivers: fc.array(
    fc.record({
      id: fc.constant('w'),
      span: shortSpan,
      basis: fc.constant('b'),
      where: fc.oneof(
        { weight: 6, arbitrary: fc.constant('any') },
        { weight: 1, arbitrary: fc.constant('samsat-induk-only') },
      ),
      groups: seldom(3, fc.subarray(['dtsen', 'ojol'])),
      kinds: seldom(4, fc.subarray([...VEHICLE_KINDS])),
      effects: fc.uniqueArray(effect),
    }),
    { maxLength: 3 },
  ),
  graceDays: fc.array(
    fc.record({
      date: fc.oneof(dateBetween('2025-02-20', '2025-03-10'), someDate),
      regency: fc.option(fc.constantFrom(...REGENCY_CODES)),
      basis: fc.constant('b'),
    }),
    { maxLength: 12 },
  ),
  cardFeePerArrearYear: fc.boolean(),
  fineCap: fc.constantFrom(0, 20_000, 100_000),
  dropRate: seldom(4, fc.integer({ min: 0, max: 11 })),
});

type Choices = typeof choices extends fc.Arbitrary<infer T> ? T : never;

function flat<T extends { span: object }>({ span, ...rest }: T): object {
  return { ...rest, ...span };
}

function withChoices(pack: RulePack, chosen: Choices): RulePack {
  const { cardFeePerArrearYear, fineCap, dropRate, ...others } = chosen;
  const rest = { ...others, baseReliefs: chosen.baseReliefs.map(flat), waivers: chosen.waivers.map(flat) };
  return {
    ...pack,
    ...(rest as unknown as Partial<RulePack>), // dates of the generators are plain texts; a wrong one would fail both writings loudly
    swdkllj: { ...pack.swdkllj, cardFeePerArrearYear, fineCap },
    pkbRates: pack.pkbRates.filter((_, index) => index !== dropRate),
  };
}

const packPair = fc
  .record({ first: choices, second: choices, correctsFrom: seldom(3, dateBetween('2025-01-05', '2025-12-31')) })
  .map(({ first, second, correctsFrom }): readonly RulePack[] => {
    const old = withChoices(shippedPack('jatim-2025'), first);
    const next = withChoices(shippedPack('jatim-2026'), second);
    if (correctsFrom === undefined) return [old, next];
    return [old, { ...next, validFrom: correctsFrom as RulePack['validFrom'], replaces: [old.id] }];
  });
