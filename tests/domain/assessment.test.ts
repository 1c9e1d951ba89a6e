import { describe, expect, it } from 'vitest';
import { type Assessment, assess } from '../../src/domain/assessment.ts';
import type { ChargeComponent } from '../../src/domain/charge.ts';
import { REFUSAL_CODES, type Refusal } from '../../src/domain/refusal.ts';
import type { RulePack, RulePackSet } from '../../src/domain/rule-pack.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import type { Claim, VehicleFacts } from '../../src/domain/vehicle.ts';
import { on } from '../support/dates.ts';
import { packSet, shippedPack, shippedPacks } from '../support/rule-packs.ts';

/** Each test quotes the sentence of the assessment rules that it holds. */
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
  dueOn: on('2026-05-20'),
  stnkValidUntil: on('2034-05-20'),
};
const car: VehicleFacts = {
  ...motorcycle,
  kind: 'minibus',
  engineCc: 1500,
  njkb: rupiah(200_000_000),
  weightFactor: null,
};
const shipped = shippedPacks();
const pack2025 = shippedPack('jatim-2025');
const pack2026 = shippedPack('jatim-2026');

/** One open pack from 2020 with other choices: nothing but the named choice decides. */
function withChoices(choices: Partial<RulePack>): RulePackSet {
  const from = on('2020-01-01');
  const pkbRates = pack2026.pkbRates.map((rate) => ({ ...rate, from }));
  return packSet({ ...pack2026, validFrom: from, pkbRates, ...choices });
}

function charged(vehicle: VehicleFacts, paidOn: string, packs = shipped, claim: Claim = {}): Assessment {
  const result = assess(vehicle, claim, packs, on(paidOn));
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

function refusals(vehicle: VehicleFacts, paidOn: string, packs = shipped, claim: Claim = {}): readonly Refusal[] {
  const result = assess(vehicle, claim, packs, on(paidOn));
  return result.ok ? [] : result.error;
}

function codes(vehicle: VehicleFacts, paidOn: string, packs = shipped, claim: Claim = {}): readonly string[] {
  return refusals(vehicle, paidOn, packs, claim).map((refusal) => refusal.code);
}

function amount(assessment: Assessment, component: ChargeComponent, dueOn?: string): number | undefined {
  const line = assessment.lines.find((one) => one.component === component && (!dueOn || one.periodDueOn === dueOn));
  return line?.amount;
}

const wideChannel = { maxDaysLate: 10_000, earliestDaysBeforeDue: 60, renewalYear: false };

describe('periods', () => {
  it('"Period k falls due on dueOn plus k years (29 February becomes 28 February in a common year)", and 29 again in a leap year', () => {
    const packs = withChoices({ channel: wideChannel });
    const leapling = { ...motorcycle, dueOn: on('2024-02-29') };
    expect(charged(leapling, '2028-03-01', packs).periods).toEqual([
      '2024-02-29',
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ]);
  });

  it('"A period is payable when its due date is not later than paidOn plus earliestDaysBeforeDue": 60 days before, not 61', () => {
    expect(charged(motorcycle, '2026-03-21').periods).toEqual(['2026-05-20']);
    expect(refusals(motorcycle, '2026-03-20')).toEqual([
      { code: 'NOT_YET_PAYABLE', dueOn: '2026-05-20', daysBeforeDue: 60 },
    ]);
  });

  it('"all payable periods are paid together, oldest first": a late one and the next one that opens early', () => {
    const late = charged({ ...motorcycle, dueOn: on('2025-05-20') }, '2026-04-01');
    expect(late.periods).toEqual(['2025-05-20', '2026-05-20']);
    expect(late.lines.map((line) => `${line.periodDueOn} ${line.component}`)).toEqual([
      '2025-05-20 pkb',
      '2025-05-20 pkbFine',
      '2025-05-20 opsenPkb',
      '2025-05-20 opsenPkbFine',
      '2025-05-20 swdkllj',
      '2025-05-20 swdklljFine',
      '2026-05-20 pkb',
      '2026-05-20 opsenPkb',
      '2026-05-20 swdkllj',
    ]);
  });

  it('"PKB and opsen cover at most 1 + pkbYears of them, SWDKLLJ at most 1 + swdklljYears: the newest ones"', () => {
    const packs = withChoices({ channel: wideChannel });
    const old = charged({ ...motorcycle, dueOn: on('2020-05-20') }, '2026-06-01', packs);
    const years = (component: ChargeComponent) =>
      old.lines.filter((line) => line.component === component).map((line) => line.periodDueOn.slice(0, 4));
    expect(years('pkb')).toEqual(['2021', '2022', '2023', '2024', '2025', '2026']);
    expect(years('opsenPkb')).toEqual(years('pkb'));
    expect(years('swdkllj')).toEqual(['2022', '2023', '2024', '2025', '2026']);
  });

  it('charges SWDKLLJ alone where its years reach further back than those of PKB', () => {
    const packs = withChoices({ channel: wideChannel, arrears: { pkbYears: 0, swdklljYears: 2 } });
    const old = charged({ ...motorcycle, dueOn: on('2020-05-20') }, '2026-06-01', packs);
    expect(old.periods).toEqual(['2024-05-20', '2025-05-20', '2026-05-20']);
    expect(old.lines.filter((line) => line.component === 'pkb')).toHaveLength(1);
    expect(old.lines.filter((line) => line.component === 'swdkllj')).toHaveLength(3);
  });

  it('"pkbRates, weightFactors and opsenRate come from the pack in force on the period\'s due date"', () => {
    const dearer = {
      ...pack2026,
      pkbRates: pack2026.pkbRates.map((rate) => ({ ...rate, rate: '0.02' })),
      weightFactors: { ...pack2026.weightFactors, minibus: '2' },
      opsenRate: '0.5',
    };
    const packs = packSet(pack2025, dearer);
    const early = charged({ ...car, dueOn: on('2026-01-10') }, '2025-12-20', packs);
    // 200.000.000 x 2 (pack of 2026) x 0,753 (relief of the payment date) x 0,02; opsen one half.
    expect(amount(early, 'pkb')).toBe(6_024_000);
    expect(amount(early, 'opsenPkb')).toBe(3_012_000);
    expect(early.rulePackIds).toEqual(['jatim-2025', 'jatim-2026']);
  });

  it('"everything else from the pack in force on paidOn": the premium of the payment date, also for the year before', () => {
    const dearer = {
      ...pack2026,
      swdkllj: { ...pack2026.swdkllj, premiums: { ...pack2026.swdkllj.premiums, C1: 50_000 } },
    };
    const late = charged({ ...motorcycle, dueOn: on('2025-12-20') }, '2026-01-05', packSet(pack2025, dearer));
    expect(amount(late, 'swdkllj')).toBe(53_000);
  });
});

describe('PKB and opsen', () => {
  it('"base = njkb x weightFactor x relief factor": the record\'s own factor goes before the table', () => {
    expect(amount(charged(car, '2026-05-20'), 'pkb')).toBe(2_520_000); // x 1,050 of the table
    expect(amount(charged({ ...car, weightFactor: '1.500' }, '2026-05-20'), 'pkb')).toBe(3_600_000);
  });

  it('the 2025 relief ends with the payment on 31 December 2025 and not with the due date', () => {
    const due = { ...motorcycle, dueOn: on('2026-01-02') };
    expect(amount(charged(due, '2025-12-31'), 'pkb')).toBe(135_540);
    expect(amount(charged(due, '2026-01-02'), 'pkb')).toBe(180_000);
    expect(amount(charged({ ...motorcycle, dueOn: on('2025-12-30') }, '2026-01-02'), 'pkb')).toBe(180_000);
  });

  it('"decidedBy: paidOn (choice, default) or dueOn": the same relief may follow the due date instead', () => {
    const relief = { from: on('2026-01-01'), to: on('2026-06-30'), use: 'private', factor: '0.5', basis: 'b' } as const;
    const due = { ...motorcycle, dueOn: on('2026-07-10') };
    const byPayment = withChoices({ baseReliefs: [{ ...relief, decidedBy: 'paidOn' }] });
    const byDue = withChoices({ baseReliefs: [{ ...relief, decidedBy: 'dueOn' }] });
    expect(amount(charged(due, '2026-06-30', byPayment), 'pkb')).toBe(90_000);
    expect(amount(charged(due, '2026-06-30', byDue), 'pkb')).toBe(180_000);
  });

  it('a relief holds on both of its end days and on no day around them', () => {
    const relief = { from: on('2026-05-18'), to: on('2026-05-20'), use: 'private', factor: '0.5', basis: 'b' } as const;
    const packs = withChoices({ baseReliefs: [{ ...relief, decidedBy: 'paidOn' }] });
    const pkbPaidOn = (paidOn: string) => amount(charged(motorcycle, paidOn, packs), 'pkb');
    expect(['2026-05-17', '2026-05-18', '2026-05-20', '2026-05-21'].map(pkbPaidOn)).toEqual([
      180_000, 90_000, 90_000, 180_000,
    ]);
  });

  it('gives a relief to its use only', () => {
    const publicCar = { ...car, use: 'public', dueOn: on('2025-05-20') } as const;
    expect(amount(charged(publicCar, '2025-05-20'), 'pkb')).toBe(1_050_000);
  });

  it.each([
    [1, 2_520_000],
    [2, 3_570_000],
    [3, 4_620_000],
    [4, 5_670_000],
    [5, 6_720_000],
    [6, 6_720_000],
    [11, 6_720_000],
  ])('charges a private car of rank %i progressively: "5 = fifth and later"', (rank, pkb) => {
    expect(amount(charged({ ...car, rank }, '2026-05-20'), 'pkb')).toBe(pkb);
  });

  it('"Motorcycles and three-wheelers under 250 cc, companies, and every non-private use pay rank 1"', () => {
    const third = (vehicle: VehicleFacts) => amount(charged({ ...vehicle, rank: 3 }, '2026-05-20'), 'pkb');
    expect(third({ ...motorcycle, engineCc: 249 })).toBe(180_000);
    expect(third({ ...motorcycle, engineCc: 250 })).toBe(330_000);
    expect(third({ ...motorcycle, kind: 'three-wheeler', engineCc: 249 })).toBe(180_000);
    expect(third({ ...motorcycle, kind: 'three-wheeler', engineCc: 250 })).toBe(330_000);
    expect(third({ ...car, ownerKind: 'company' })).toBe(2_520_000);
    for (const use of ['public', 'social', 'government'] as const) expect(third({ ...car, use })).toBe(1_050_000);
  });

  it('"A progressive waiver also means rank 1", and the sheet says that it does', () => {
    const waived = charged({ ...car, rank: 4, dueOn: on('2025-10-20') }, '2025-10-20');
    expect(amount(waived, 'pkb')).toBe(1_897_560); // 200 jt x 1,05 x 0,753 x 1,2 %
    expect(waived.lines[0]?.explanation).toMatchObject({
      registeredRank: 4,
      billedRank: 1,
      rankReason: 'progressive-waived',
    });
    expect(amount(charged({ ...car, rank: 4, dueOn: on('2025-12-01') }, '2025-12-01'), 'pkb')).toBe(4_269_510);
    const first = charged({ ...car, dueOn: on('2025-10-20') }, '2025-10-20');
    expect(first.lines[0]?.explanation).toMatchObject({ billedRank: 1, rankReason: 'as-registered' }); // nothing was waived
  });

  it('"opsenPkb = round(rounded pkb x opsenRate)": the second rounding starts from the first', () => {
    const packs = withChoices({ rounding: { unit: 1000, mode: 'half-up' } });
    const odd = charged({ ...motorcycle, njkb: rupiah(15_041_667) }, '2026-05-20', packs);
    expect(amount(odd, 'pkb')).toBe(181_000); // 180.500,004
    expect(amount(odd, 'opsenPkb')).toBe(119_000); // 119.460 from the rounded 181.000, and not 119.130
  });

  it('takes the rate "in force on the period\'s due date", where a pack changes it half-way', () => {
    const [first] = pack2026.pkbRates;
    if (first === undefined) throw new Error('no rates');
    const packs = withChoices({
      pkbRates: [
        { ...first, from: on('2020-01-01'), to: on('2026-05-19'), rate: '0.01' },
        { ...first, from: on('2026-05-20'), to: on('2026-05-20'), rate: '0.02' },
        { ...first, from: on('2026-05-21'), to: null, rate: '0.03' },
      ],
    });
    const pkbDueOn = (dueOn: string) =>
      amount(charged({ ...motorcycle, dueOn: on(dueOn) }, '2026-05-20', packs), 'pkb');
    expect(['2026-05-19', '2026-05-20', '2026-05-21'].map(pkbDueOn)).toEqual([150_000, 300_000, 450_000]);
    const ended = { ...first, from: on('2020-01-01'), to: on('2026-05-19') };
    expect(codes(motorcycle, '2026-05-20', withChoices({ pkbRates: [ended] }))).toEqual(['NO_RULES_FOR_DATE']);
    const begins = { ...first, from: on('2026-05-21'), to: null };
    expect(codes(motorcycle, '2026-05-20', withChoices({ pkbRates: [begins] }))).toEqual(['NO_RULES_FOR_DATE']);
  });

  it("\"Beneficiary: the regency of the owner's address\"; PKB is the province's, SWDKLLJ Jasa Raharja's", () => {
    const bill = charged({ ...motorcycle, regency: '3506' }, '2026-05-20');
    expect(bill.byBeneficiary).toEqual([
      { beneficiary: { kind: 'province' }, amount: 180_000 },
      { beneficiary: { kind: 'regency', code: '3506' }, amount: 118_800 },
      { beneficiary: { kind: 'jasa-raharja' }, amount: 35_000 },
    ]);
  });

  it('"A pure electric vehicle pays no PKB and no opsen; SWDKLLJ still applies", and a hybrid pays', () => {
    const electric = charged({ ...car, energy: 'electric' }, '2026-05-20');
    expect(electric.lines.map((line) => [line.component, line.amount])).toEqual([['swdkllj', 143_000]]);
    expect(amount(charged({ ...car, energy: 'hybrid' }, '2026-05-20'), 'pkb')).toBe(2_520_000);
  });

  it('"exact decimal arithmetic, never a binary float": a half that a double would lose goes up', () => {
    const due = (kind: 'sedan' | 'minibus', njkb: number, rank: number) =>
      amount(charged({ ...car, kind, njkb: rupiah(njkb), rank }, '2026-05-20'), 'pkb');
    expect(due('sedan', 1_005_000, 1)).toBe(12_362); // 12.361,5 exactly; a double has 12.361,499999999998
    expect(due('minibus', 1_365_000, 3)).toBe(31_532); // 31.531,5
  });
});

describe('fines', () => {
  const late = (dueOn: string, paidOn: string, packs = shipped, claim: Claim = {}) =>
    charged({ ...motorcycle, dueOn: on(dueOn) }, paidOn, packs, claim);
  const months = (dueOn: string, paidOn: string, packs = shipped) =>
    (amount(late(dueOn, paidOn, packs), 'pkbFine') ?? 0) / 1800;

  it('"0 on or before the due date"', () => {
    expect(amount(late('2026-05-20', '2026-05-20'), 'pkbFine')).toBeUndefined();
    expect(amount(late('2026-05-20', '2026-04-20'), 'swdklljFine')).toBeUndefined();
  });

  it('"otherwise the smallest m with dueDate + m months >= arrival": a day more is a month more', () => {
    expect(months('2026-05-20', '2026-05-21')).toBe(1);
    expect(months('2026-05-20', '2026-06-20')).toBe(1);
    expect(months('2026-05-20', '2026-06-21')).toBe(2);
  });

  it('"Adding months keeps the day, or takes the last day of a shorter month (31 Jan + 1 month = 28 or 29 Feb)"', () => {
    expect(months('2026-01-31', '2026-02-28')).toBe(1);
    expect(months('2026-01-31', '2026-03-01')).toBe(2);
    expect(months('2026-01-31', '2026-03-31')).toBe(2); // the 31st again, not the 28th carried on
    expect(months('2028-01-31', '2028-02-29')).toBe(1);
    expect(months('2028-01-31', '2028-03-01')).toBe(2);
  });

  it('"months = min(cap, ...)": the interest stops at 24 months', () => {
    const packs = withChoices({ channel: wideChannel, arrears: { pkbYears: 5, swdklljYears: 4 } });
    const bill = late('2023-05-20', '2026-05-21', packs);
    expect(amount(bill, 'pkbFine', '2024-05-20')).toBe(43_200); // 25 months begun
    expect(amount(bill, 'pkbFine', '2023-05-20')).toBe(43_200); // 37 months begun
  });

  it('"opsenPkbFine likewise", as its own line from the opsen', () => {
    expect(amount(late('2026-05-20', '2026-08-21'), 'opsenPkbFine')).toBe(4_752);
  });

  it.each([
    [1, 8_000],
    [90, 8_000],
    [91, 16_000],
    [180, 16_000],
    [181, 24_000],
    [270, 24_000],
    [271, 32_000],
    [365, 32_000],
  ])('"the step chosen by days between due date and arrival": %i days late', (days, fine) => {
    const paidOn = new Date(Date.parse('2026-05-21') + (days - 1) * 86_400_000).toISOString().slice(0, 10);
    const packs = withChoices({ channel: { ...wideChannel, earliestDaysBeforeDue: 0 } });
    const bill = late('2026-05-20', paidOn, packs);
    expect(amount(bill, 'swdklljFine', '2026-05-20')).toBe(fine);
  });

  it('"min(cap, round(premium without card x step rate))"', () => {
    const bill = charged({ ...car, dueOn: on('2026-05-20') }, '2027-01-10');
    expect(amount(bill, 'swdklljFine')).toBe(100_000); // 140.000 x 0,75 = 105.000
    expect(bill.lines.at(-1)?.explanation).toMatchObject({ kind: 'swdkllj-fine', capped: true, premium: 140_000 });
    const premiums = { ...pack2026.swdkllj.premiums, C1: 400_000 };
    const atCap = withChoices({ swdkllj: { ...pack2026.swdkllj, premiums } });
    expect(late('2026-05-20', '2026-05-21', atCap).lines.at(-1)).toMatchObject({
      amount: 100_000, // exactly the cap: nothing was taken off
      explanation: { capped: false },
    });
  });

  it('"a due date on a grace day moves to the next day that is none": over a chain of holidays', () => {
    expect(amount(late('2026-03-20', '2026-03-22'), 'pkbFine')).toBeUndefined(); // 20 and 21 March are grace days
    expect(months('2026-03-20', '2026-03-23')).toBe(1);
    expect(months('2026-03-20', '2026-04-22')).toBe(1); // months run from the moved day
    expect(months('2026-03-20', '2026-04-23')).toBe(2);
  });

  it('"For fines only": lateness over a year and payability keep the real due date', () => {
    const packs = withChoices({ channel: { maxDaysLate: 1, earliestDaysBeforeDue: 0, renewalYear: false } });
    const due = { ...motorcycle, dueOn: on('2026-03-20') };
    expect(codes(due, '2026-03-22', packs)).toEqual(['PAYABLE_AT_SAMSAT_INDUK']);
    expect(codes(due, '2026-03-19', packs)).toEqual(['NOT_YET_PAYABLE']);
  });

  it('a grace day of one regency moves the due dates of that regency alone', () => {
    const graceDays = [{ date: on('2026-05-20'), regency: '3506', basis: 'outage' }] as const;
    const packs = withChoices({ graceDays });
    const there = charged({ ...motorcycle, regency: '3506' }, '2026-05-21', packs);
    expect(amount(there, 'pkbFine')).toBeUndefined();
    expect(amount(charged(motorcycle, '2026-05-21', packs), 'pkbFine')).toBe(1_800);
  });

  it('"fines and lateness are reckoned from arrivedOn, packs, reliefs and waivers from paidOn"', () => {
    const claim = { arrivedOn: on('2025-12-30') };
    const bill = late('2025-12-30', '2026-02-03', shipped, claim);
    expect(amount(bill, 'pkbFine')).toBeUndefined();
    expect(amount(bill, 'pkb')).toBe(180_000); // no relief: paid in 2026
    const tooLate = { ...motorcycle, dueOn: on('2025-02-10') };
    expect(codes(tooLate, '2026-02-11')).toEqual(['PAYABLE_AT_SAMSAT_INDUK']);
    expect(codes(tooLate, '2026-02-11', shipped, { arrivedOn: on('2026-02-10') })).toEqual([]);
  });

  it('"never later than paidOn": a later arrival counts as the payment', () => {
    const claim = { arrivedOn: on('2026-09-01') };
    expect(late('2026-05-20', '2026-05-21', shipped, claim)).toEqual(late('2026-05-20', '2026-05-21'));
  });
});

describe('SWDKLLJ, parking and waivers', () => {
  it('"card fee in the current period only, unless cardFeePerArrearYear"', () => {
    const old = { ...motorcycle, dueOn: on('2025-06-01') };
    const once = charged(old, '2026-05-20');
    expect([amount(once, 'swdkllj', '2025-06-01'), amount(once, 'swdkllj', '2026-06-01')]).toEqual([32_000, 35_000]);
    const yearly = withChoices({ swdkllj: { ...pack2026.swdkllj, cardFeePerArrearYear: true } });
    expect(amount(charged(old, '2026-05-20', yearly), 'swdkllj', '2025-06-01')).toBe(35_000);
  });

  it('"A class named by the registry record wins over the derived one"', () => {
    const own = charged({ ...motorcycle, swdklljClass: 'F' }, '2026-05-20');
    expect(amount(own, 'swdkllj')).toBe(163_000);
    const classFrom = (bill: Assessment) => bill.lines.find((line) => line.component === 'swdkllj')?.explanation;
    expect(classFrom(own)).toMatchObject({ swdklljClass: 'F', classFrom: 'registry' });
    expect(classFrom(charged(motorcycle, '2026-05-20'))).toMatchObject({ swdklljClass: 'C1', classFrom: 'derived' });
  });

  it('class A has no premium: the card alone in the current period, no line at all in a past one', () => {
    const moped = { ...motorcycle, engineCc: 49, dueOn: on('2025-06-01') };
    const bill = charged(moped, '2026-05-20');
    expect(bill.lines.filter((line) => line.component === 'swdkllj').map((line) => line.amount)).toEqual([3_000]);
    expect(bill.lines.some((line) => line.component === 'swdklljFine')).toBe(false);
  });

  it('"Waivers set their lines to zero; the waived amount is kept on the line"', () => {
    const bill = charged({ ...motorcycle, dueOn: on('2025-07-01') }, '2025-08-31');
    const fine = bill.lines.find((line) => line.component === 'pkbFine');
    expect(fine).toMatchObject({ amount: 0, waived: 2_711 });
    expect(fine?.explanation).toMatchObject({ waivedBy: [{ rule: 'jatim-2025/waivers/pemutihan-2025-07' }] });
    expect(bill.waivedTotal).toBe(2_711 + 1_789);
    expect(bill.total).toBe(135_540 + 89_456 + 35_000 + 8_000);
  });

  it('a waiver holds on both of its end days and on no day around them', () => {
    const due = { ...motorcycle, dueOn: on('2025-06-20') };
    const fined = (paidOn: string) => (amount(charged(due, paidOn), 'pkbFine') ?? 0) > 0;
    expect(['2025-07-13', '2025-07-14', '2025-08-31', '2025-09-01'].map(fined)).toEqual([true, false, false, true]);
  });

  it('"swdkllj-past-fine touches past periods only"', () => {
    const bill = charged({ ...motorcycle, dueOn: on('2025-01-10') }, '2025-11-20');
    expect(bill.periods).toEqual(['2025-01-10', '2026-01-10']);
    expect(bill.lines.find((line) => line.component === 'swdklljFine')).toMatchObject({ amount: 0, waived: 32_000 });
    const current = charged({ ...motorcycle, dueOn: on('2025-09-10') }, '2025-10-20');
    expect(amount(current, 'swdklljFine')).toBe(8_000);
  });

  it('"whose groups and kinds fit; empty or absent = all"', () => {
    const waiver = {
      id: 'w',
      from: on('2026-01-01'),
      to: null,
      basis: 'b',
      where: 'any',
      effects: ['pkb-fine'],
    } as const;
    const fine = (limits: object, claim: Claim) => {
      const packs = withChoices({ waivers: [{ ...waiver, ...limits }] });
      return amount(charged(motorcycle, '2026-05-25', packs, claim), 'pkbFine');
    };
    expect(fine({}, {})).toBe(0);
    expect(fine({ groups: [], kinds: [] }, {})).toBe(0);
    expect(fine({ groups: ['ojol'] }, {})).toBe(1_800);
    expect(fine({ groups: ['ojol'] }, { groups: ['dtsen'] })).toBe(1_800);
    expect(fine({ groups: ['ojol', 'dtsen'] }, { groups: ['dtsen'] })).toBe(0);
    expect(fine({ kinds: ['truck'] }, {})).toBe(1_800);
    expect(fine({ groups: ['ojol'], kinds: ['motorcycle'] }, { groups: ['ojol'] })).toBe(0);
  });

  it('"subscriptionParking once, in the current period", only where the pack names the regency', () => {
    const bill = charged({ ...motorcycle, regency: '3526', dueOn: on('2025-06-01') }, '2026-05-20');
    const parking = bill.lines.filter((line) => line.component === 'subscriptionParking');
    expect(parking.map((line) => [line.periodDueOn, line.amount, line.beneficiary])).toEqual([
      ['2026-06-01', 30_000, { kind: 'regency', code: '3526' }],
    ]);
    expect(amount(charged(motorcycle, '2026-05-20'), 'subscriptionParking')).toBeUndefined();
  });

  it('"motorcycle also for three-wheelers, truck also for light trucks, car for all others"', () => {
    const parking = (kind: VehicleFacts['kind']) =>
      amount(charged({ ...motorcycle, kind, regency: '3526' }, '2026-05-20'), 'subscriptionParking');
    expect(
      ['motorcycle', 'three-wheeler', 'truck', 'light-truck', 'sedan', 'bus', 'ambulance', 'pickup'].map((kind) =>
        parking(kind as 'sedan'),
      ),
    ).toEqual([30_000, 30_000, 75_000, 75_000, 50_000, 50_000, 50_000, 50_000]);
  });
});

describe('lines', () => {
  const bill = charged({ ...motorcycle, regency: '3516', dueOn: on('2025-06-01') }, '2026-05-20');

  it('"Every line carries component, periodDueOn, beneficiary, amount, waived, rule (pack id + path), basis (the legal text)"', () => {
    expect(bill.lines[0]).toMatchObject({
      component: 'pkb',
      periodDueOn: '2025-06-01',
      beneficiary: { kind: 'province' },
      amount: 180_000,
      waived: 0,
      rule: 'jatim-2025/pkbRates/0',
      basis: 'Perda Jatim 8/2023',
    });
    for (const line of bill.lines) expect(line.basis).not.toBe('');
    expect(bill.lines.map((line) => line.rule).at(-1)).toBe('jatim-2026/subscriptionParking/0');
  });

  it('"total is the sum of the lines and nothing else", and so are the totals per beneficiary', () => {
    const sum = bill.lines.reduce((total, line) => total + line.amount, 0);
    expect(bill.total).toBe(sum);
    expect(bill.byBeneficiary.reduce((total, one) => total + one.amount, 0)).toBe(sum);
  });

  it('"a line with amount 0 and nothing waived is not listed"', () => {
    const nothing = charged({ ...motorcycle, njkb: rupiah(0) }, '2026-05-25');
    expect(nothing.lines.map((line) => line.component)).toEqual(['swdkllj', 'swdklljFine']);
  });
});

describe('refusals', () => {
  it('"late by more than maxDaysLate counted from the oldest unpaid due date": 365 days are taken, 366 are not', () => {
    const due = { ...motorcycle, dueOn: on('2025-05-20') };
    expect(codes(due, '2026-05-20')).toEqual([]);
    expect(refusals(due, '2026-05-21')).toEqual([
      { code: 'PAYABLE_AT_SAMSAT_INDUK', dueOn: '2025-05-20', tooLate: { days: 366, maxDaysLate: 365 }, waiverIds: [] },
    ]);
  });

  it('"or a waiver in force with where: samsat-induk-only fits the vehicle and the claim"', () => {
    const due = { ...motorcycle, dueOn: on('2025-07-20') };
    const ojol = { groups: ['ojol'] };
    expect(refusals(due, '2025-07-20', shipped, ojol)).toEqual([
      { code: 'PAYABLE_AT_SAMSAT_INDUK', dueOn: '2025-07-20', tooLate: null, waiverIds: ['arrears-special-2025-07'] },
    ]);
    expect(codes({ ...due, kind: 'three-wheeler' }, '2025-07-20', shipped, ojol)).toEqual([]);
    expect(codes({ ...due, kind: 'three-wheeler', dueOn: on('2025-10-20') }, '2025-10-20', shipped, ojol)).toEqual([
      'PAYABLE_AT_SAMSAT_INDUK',
    ]);
    expect(codes(due, '2025-09-01', shipped, ojol)).toEqual([]);
    expect(codes(due, '2025-07-20')).toEqual([]);
  });

  it('RENEWAL_YEAR: "stnkValidUntil on or before the current period\'s due date"', () => {
    expect(refusals({ ...motorcycle, stnkValidUntil: on('2026-05-20') }, '2026-05-20')).toEqual([
      { code: 'RENEWAL_YEAR', stnkValidUntil: '2026-05-20', periodDueOn: '2026-05-20' },
    ]);
    expect(codes({ ...motorcycle, stnkValidUntil: on('2026-05-21') }, '2026-05-20')).toEqual([]);
    const renewing = withChoices({ channel: { ...wideChannel, renewalYear: true } });
    expect(codes({ ...motorcycle, stnkValidUntil: on('2026-05-20') }, '2026-05-20', renewing)).toEqual([]);
  });

  it('BLOCKED "with the reason", DELETED_FROM_REGISTER', () => {
    expect(refusals({ ...motorcycle, blocked: 'hit-and-run' }, '2026-05-20')).toEqual([
      { code: 'BLOCKED', reason: 'hit-and-run' },
    ]);
    expect(codes({ ...motorcycle, deleted: true }, '2026-05-20')).toEqual(['DELETED_FROM_REGISTER']);
    expect(codes({ ...motorcycle, deleted: false }, '2026-05-20')).toEqual([]);
  });

  it('VEHICLE_INCOMPLETE "names the missing fact", each of the ten', () => {
    const required = [
      'kind',
      'engineCc',
      'use',
      'ownerKind',
      'energy',
      'rank',
      'njkb',
      'regency',
      'dueOn',
      'stnkValidUntil',
    ];
    for (const fact of required) {
      expect(refusals({ ...motorcycle, [fact]: undefined }, '2026-05-20')).toEqual([
        { code: 'VEHICLE_INCOMPLETE', missing: [fact] },
      ]);
    }
    expect(refusals({}, '2026-05-20')).toEqual([{ code: 'VEHICLE_INCOMPLETE', missing: required }]);
  });

  it('a kind outside the weight table needs a factor of its own, except where no PKB is charged', () => {
    const ambulance = { ...car, kind: 'ambulance' } as const;
    expect(refusals(ambulance, '2026-05-20')).toEqual([{ code: 'VEHICLE_INCOMPLETE', missing: ['weightFactor'] }]);
    expect(codes({ ...ambulance, weightFactor: '1.000' }, '2026-05-20')).toEqual([]);
    expect(codes({ ...ambulance, energy: 'electric' }, '2026-05-20')).toEqual([]);
  });

  it('"Without a pack on paidOn: NO_RULES_FOR_DATE, alone"', () => {
    const worst = { blocked: 'theft', deleted: true } as const;
    expect(refusals(worst, '2025-01-04')).toEqual([{ code: 'NO_RULES_FOR_DATE', dates: ['2025-01-04'] }]);
  });

  it('"When only a charged period lacks its pack, it is returned only if no other refusal applies"', () => {
    const old = { ...motorcycle, dueOn: on('2024-12-20') };
    expect(refusals(old, '2025-03-01')).toEqual([{ code: 'NO_RULES_FOR_DATE', dates: ['2024-12-20'] }]);
    expect(codes({ ...old, blocked: 'sold' }, '2025-03-01')).toEqual(['BLOCKED']);
    expect(codes({ ...old, rank: null }, '2025-03-01')).toEqual(['VEHICLE_INCOMPLETE']);
    expect(codes(old, '2026-02-01')).toEqual(['PAYABLE_AT_SAMSAT_INDUK']);
  });

  it('"a charged period lacks its pack": also where only SWDKLLJ is charged, which takes nothing from it', () => {
    const electric = { ...motorcycle, dueOn: on('2024-12-20'), energy: 'electric' } as const;
    expect(codes(electric, '2025-03-01')).toEqual(['NO_RULES_FOR_DATE']);
    expect(codes({ ...electric, blocked: 'sold' }, '2025-03-01')).toEqual(['BLOCKED']);
  });

  it('a pack that has no rate for this owner on the due date has no rules for it either', () => {
    const packs = withChoices({ pkbRates: pack2026.pkbRates.filter((rate) => rate.rank === 1) });
    expect(refusals({ ...car, rank: 2 }, '2026-05-20', packs)).toEqual([
      { code: 'NO_RULES_FOR_DATE', dates: ['2026-05-20'] },
    ]);
    expect(codes({ ...car, rank: 2, deleted: true }, '2026-05-20', packs)).toEqual(['DELETED_FROM_REGISTER']);
  });

  it('"When several apply, all are returned, sorted; the year checks are silent beside NOT_YET_PAYABLE"', () => {
    const all = {
      ...car,
      kind: 'crane',
      blocked: 'sold',
      deleted: true,
      dueOn: on('2025-05-20'),
      stnkValidUntil: on('2025-01-01'),
    } as const;
    expect(codes(all, '2026-05-21')).toEqual([
      'BLOCKED',
      'DELETED_FROM_REGISTER',
      'PAYABLE_AT_SAMSAT_INDUK',
      'RENEWAL_YEAR',
      'VEHICLE_INCOMPLETE',
    ]);
    expect(codes({ ...all, dueOn: on('2027-05-20') }, '2026-05-21')).toEqual([
      'BLOCKED',
      'DELETED_FROM_REGISTER',
      'NOT_YET_PAYABLE',
    ]);
  });
});

describe('the codes of refusals', () => {
  it('are seven, listed in the order in which they are answered', () => {
    expect([...REFUSAL_CODES].sort()).toEqual(REFUSAL_CODES);
    expect(REFUSAL_CODES).toHaveLength(7);
  });
});

describe('purity', () => {
  it('gives the same answer to the same question and changes nothing of what it was given', () => {
    const frozen = Object.freeze({ ...car });
    expect(charged(frozen, '2026-06-20')).toEqual(charged(frozen, '2026-06-20'));
  });
});
