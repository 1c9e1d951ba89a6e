import { describe, expect, it } from 'vitest';
import { type Assessment, assess } from '../../src/domain/assessment.ts';
import { totalsByBeneficiary } from '../../src/domain/charge.ts';
import { findWeight } from '../../src/domain/pkb.ts';
import { compiledPackInForce } from '../../src/domain/rule-pack.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import type { VehicleFacts } from '../../src/domain/vehicle.ts';
import { on } from '../support/dates.ts';
import { shippedPacks } from '../support/rule-packs.ts';

/** Every field of every line, reckoned by hand: what stands on paper, and why. */
const motorcycle: VehicleFacts = {
  kind: 'motorcycle',
  engineCc: 110,
  use: 'private',
  ownerKind: 'person',
  energy: 'petrol',
  rank: 1,
  njkb: rupiah(15_000_000),
  weightFactor: '1.000',
  regency: '3578',
  dueOn: on('2025-11-20'),
  stnkValidUntil: on('2034-05-20'),
};
const car: VehicleFacts = {
  ...motorcycle,
  kind: 'minibus',
  engineCc: 1500,
  njkb: rupiah(200_000_000),
  weightFactor: null,
};
const packs = shippedPacks();

function charged(vehicle: VehicleFacts, paidOn: string): Assessment {
  const result = assess(vehicle, {}, packs, on(paidOn));
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
const pkbOf = (vehicle: VehicleFacts, paidOn = '2026-05-19') =>
  charged(vehicle, paidOn).lines.find(({ component }) => component === 'pkb');

describe('the lines of a sale', () => {
  it('of a motorcycle 110 days late name rule, basis and every figure behind the amount', () => {
    const province = { kind: 'province' };
    const surabaya = { kind: 'regency', code: '3578' };
    const jasaRaharja = { kind: 'jasa-raharja' };
    const of = { periodDueOn: '2025-11-20', waived: 0 };
    const late = { movedDueOn: '2025-11-20', arrivedOn: '2026-03-10', waivedBy: [] };
    // Four months begun at 1 %, of the tax and of its opsen alike.
    const interest = { kind: 'late-interest', perMonth: '0.01', months: 4, capMonths: 24, ...late };
    const byLaw = { rule: 'jatim-2026/lateInterest', basis: 'PP 35/2023 Pasal 59(7)' };
    const bill = charged(motorcycle, '2026-03-10');
    expect(bill.lines).toEqual([
      {
        ...of,
        component: 'pkb',
        beneficiary: province,
        amount: 180_000,
        rule: 'jatim-2025/pkbRates/0',
        basis: 'Perda Jatim 8/2023',
        explanation: {
          kind: 'pkb',
          njkb: 15_000_000,
          weightFactor: '1.000',
          weightFactorFrom: 'registry',
          reliefs: [],
          rate: '0.012',
          registeredRank: 1,
          billedRank: 1,
          rankReason: 'small-engine',
        },
      },
      {
        ...of,
        ...byLaw,
        component: 'pkbFine',
        beneficiary: province,
        amount: 7_200,
        explanation: { ...interest, principal: 180_000 },
      },
      {
        ...of,
        component: 'opsenPkb',
        beneficiary: surabaya,
        amount: 118_800,
        rule: 'jatim-2025/opsenRate',
        basis: 'UU 1/2022',
        explanation: { kind: 'opsen', pkb: 180_000, rate: '0.66' },
      },
      {
        ...of,
        ...byLaw,
        component: 'opsenPkbFine',
        beneficiary: surabaya,
        amount: 4_752,
        explanation: { ...interest, principal: 118_800 },
      },
      {
        ...of,
        component: 'swdkllj',
        beneficiary: jasaRaharja,
        amount: 35_000,
        rule: 'jatim-2026/swdkllj/premiums/C1',
        basis: 'PMK 16/PMK.010/2017',
        explanation: { kind: 'swdkllj', swdklljClass: 'C1', classFrom: 'derived', premium: 32_000, cardFee: 3_000 },
      },
      {
        ...of,
        component: 'swdklljFine',
        beneficiary: jasaRaharja,
        amount: 16_000,
        rule: 'jatim-2026/swdkllj/fineSteps/1',
        basis: 'PMK 16/PMK.010/2017',
        explanation: {
          kind: 'swdkllj-fine',
          swdklljClass: 'C1',
          premium: 32_000,
          days: 110,
          step: { fromDay: 91, toDay: 180, rate: '0.50' },
          cap: 100_000,
          capped: false,
          ...late,
        },
      },
    ]);
    expect(bill.byBeneficiary).toEqual([
      { beneficiary: province, amount: 187_200 },
      { beneficiary: surabaya, amount: 123_552 },
      { beneficiary: jasaRaharja, amount: 51_000 },
    ]);
    // The older pack gave the rate and the newer one everything else; sorted, whichever was used first.
    expect(bill.rulePackIds).toEqual(['jatim-2025', 'jatim-2026']);
  });

  it('say why another rank is billed than the registered one, and where the weight came from', () => {
    const reasonOf = (over: Partial<VehicleFacts>) => pkbOf({ ...car, rank: 3, ...over })?.explanation;
    const byTable = { weightFactor: '1.050', weightFactorFrom: 'rule-pack', registeredRank: 3 };
    expect(reasonOf({})).toMatchObject({ ...byTable, billedRank: 3, rankReason: 'as-registered' });
    expect(reasonOf({ ownerKind: 'company' })).toMatchObject({ ...byTable, billedRank: 1, rankReason: 'company' });
    expect(reasonOf({ use: 'public' })).toMatchObject({ ...byTable, billedRank: 1, rankReason: 'not-private' });
  });

  it('name the relief that lowered the base, with its factor and its decree', () => {
    const line = pkbOf({ ...motorcycle, dueOn: on('2025-12-20') }, '2025-12-01');
    // 15,000,000 x 0.753 x 1.2 %.
    expect(line).toMatchObject({ amount: 135_540, rule: 'jatim-2025/pkbRates/0' });
    expect(line?.explanation).toMatchObject({
      reliefs: [{ rule: 'jatim-2025/baseReliefs/0', basis: 'Kepgub 100.3.3.1/400/013/2025', factor: '0.753' }],
    });
  });

  it('say by which tariff parking is taken, and from which regulation', () => {
    const parking = charged({ ...motorcycle, regency: '3516' }, '2026-03-10').lines.find(
      ({ component }) => component === 'subscriptionParking',
    );
    expect(parking).toEqual({
      component: 'subscriptionParking',
      periodDueOn: '2025-11-20',
      beneficiary: { kind: 'regency', code: '3516' },
      amount: 15_000,
      waived: 0,
      rule: 'jatim-2026/subscriptionParking/0',
      basis: 'Kab. Mojokerto, 2022 tariff, to be confirmed',
      explanation: { kind: 'parking', tariff: 'motorcycle' },
    });
  });

  it('reckon lateness from the day after a holiday, and say which day that is', () => {
    const lines = charged({ ...motorcycle, dueOn: on('2026-01-01') }, '2026-01-05').lines;
    const fines = lines.flatMap(({ explanation }) => ('movedDueOn' in explanation ? [explanation.movedDueOn] : []));
    expect(fines.length).toBeGreaterThan(1);
    expect(new Set(fines)).toEqual(new Set(['2026-01-02']));
  });

  it('of an electric car name the one pack that was used', () => {
    const bill = charged({ ...car, energy: 'electric', dueOn: on('2026-05-20') }, '2026-05-20');
    expect(bill.rulePackIds).toEqual(['jatim-2026']);
    expect(bill.periods).toEqual(['2026-05-20']);
  });
});

describe('sums and tables', () => {
  it('keep two regencies apart, and the same one together', () => {
    const of = (code: '3578' | '3516', amount: number) => ({
      beneficiary: { kind: 'regency' as const, code },
      amount: rupiah(amount),
    });
    expect(totalsByBeneficiary([of('3578', 1), of('3516', 10), of('3578', 100)])).toEqual([
      of('3578', 101),
      of('3516', 10),
    ]);
  });

  it('take no weight that is not a decimal: the record was parsed before', () => {
    const rules = compiledPackInForce(packs, on('2026-05-20'));
    if (rules === null) throw new Error('a pack is in force');
    expect(() => findWeight({ weightFactor: '1,05', kind: 'minibus' }, rules)).toThrow(
      'a weight factor that is not a decimal passed the border',
    );
  });
});
