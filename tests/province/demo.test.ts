import { describe, expect, it } from 'vitest';
import { vehicleRecordSchema } from '../../src/contract/feeds.ts';
import { assess } from '../../src/domain/assessment.ts';
import { addDays, type LocalDate } from '../../src/domain/local-date.ts';
import { isEastJavaNrkb, parseNrkb } from '../../src/domain/nrkb.ts';
import { parseNik } from '../../src/domain/nik.ts';
import { buildRulePackSet } from '../../src/domain/rule-pack.ts';
import { demoOfficers, demoVehicles } from '../../src/province/demo/demo-data.ts';
import { DEFAULT_OUTLET_ID, DEMO_OUTLETS } from '../../src/province/demo/demo-outlets.ts';
import { demoRulePack } from '../../src/province/demo/demo-rules.ts';
import { buildShowVehicles, SHOW_PLATES } from '../../src/province/demo/show-plates.ts';
import { SeededRandom } from '../../src/province/demo/seeded-random.ts';
import { shippedPack, shippedPacks } from '../support/rule-packs.ts';

const TODAY = '2026-11-22' as LocalDate;
const DAYS = [
  '2026-01-01',
  '2026-02-28',
  '2026-05-31',
  '2026-08-17',
  '2026-11-22',
  '2026-12-31',
  '2027-06-30',
  '2028-02-29',
] as LocalDate[];

function rulesOn(today: LocalDate) {
  const pack = demoRulePack(shippedPacks(), today);
  const set = buildRulePackSet([
    shippedPack('jatim-2025'),
    shippedPack('jatim-2026'),
    ...(pack === null ? [] : [pack]),
  ]);
  if (!set.ok) throw new Error(JSON.stringify(set.error));
  return set.value;
}

describe('demo data', () => {
  it('is the same for the same arguments and another for another seed', () => {
    const order = { vehicles: 300, seed: 42, today: TODAY };
    const taken = new Set(SHOW_PLATES.map(({ nrkb }) => nrkb));
    expect(demoVehicles(order, taken)).toEqual(demoVehicles(order, taken));
    expect(demoVehicles({ ...order, seed: 43 }, taken)).not.toEqual(demoVehicles(order, taken));
    expect(demoOfficers(42)).toEqual(demoOfficers(42));
    expect(demoOfficers(42).map(({ pin }) => pin)).not.toEqual(demoOfficers(43).map(({ pin }) => pin));
  });

  it('begins with the same vehicles when more are asked for', () => {
    const some = demoVehicles({ vehicles: 50, seed: 1, today: TODAY }, new Set());
    expect(demoVehicles({ vehicles: 80, seed: 1, today: TODAY }, new Set()).slice(0, 50)).toEqual(some);
  });

  it('is made by a generator whose numbers never change', () => {
    const random = new SeededRandom(1);
    expect(Array.from({ length: 4 }, () => random.next())).toMatchInlineSnapshot(`
      [
        393288148,
        2174103013,
        3814759091,
        2092745082,
      ]
    `);
    expect(new SeededRandom(7).uuid()).toMatchInlineSnapshot(`"0c2aeef3-65a3-4e1b-a8b6-4d03105a337b"`);
  });

  it('has plates of East Java once each, NIKs of real days, and records that the contract takes', () => {
    const records = demoVehicles({ vehicles: 1500, seed: 5, today: TODAY }, new Set());
    expect(new Set(records.map(({ nrkb }) => nrkb)).size).toBe(1500);
    for (const record of records) {
      expect(vehicleRecordSchema.safeParse(record).error).toBeUndefined();
      const nrkb = parseNrkb(record.nrkb);
      expect(nrkb.ok && isEastJavaNrkb(nrkb.value)).toBe(true);
      if (record.ownerNik !== null) expect(parseNik(record.ownerNik).ok, record.ownerNik).toBe(true);
    }
    expect(new Set(records.map(({ nrkb }) => nrkb.split(' ')[0])).size).toBe(8);
    expect(records.some(({ nrkb }) => nrkb.includes('Ø'))).toBe(true);
  });

  it('is payable for the most part, and meets every refusal', () => {
    const records = demoVehicles({ vehicles: 4000, seed: 9, today: TODAY }, new Set());
    const answers = records.map((record) => assess(record.facts, {}, rulesOn(TODAY), TODAY));
    const codes = new Set(answers.flatMap((answer) => (answer.ok ? [] : answer.error.map(({ code }) => code))));
    const payable = answers.filter(({ ok }) => ok).length;
    expect(payable / records.length).toBeGreaterThan(0.6);
    expect([...codes].sort()).toEqual([
      'BLOCKED',
      'DELETED_FROM_REGISTER',
      'NOT_YET_PAYABLE',
      'PAYABLE_AT_SAMSAT_INDUK',
      'RENEWAL_YEAR',
      'VEHICLE_INCOMPLETE',
    ]);
  });

  it('has two officers, a supervisor and an installer at every outlet, with PINs of their length', () => {
    const people = demoOfficers(1);
    for (const { outletId } of DEMO_OUTLETS) {
      const roles = people.filter((person) => person.outletId === outletId).map(({ role }) => role);
      expect(roles).toEqual([
        'officer',
        'officer',
        'supervisor',
        'installer',
        ...(outletId === DEFAULT_OUTLET_ID ? ['auditor'] : []),
      ]);
    }
    expect(people.every(({ role, pin }) => pin.length === (role === 'supervisor' || role === 'auditor' ? 8 : 6))).toBe(
      true,
    );
    expect(DEMO_OUTLETS.find(({ outletId }) => outletId === DEFAULT_OUTLET_ID)?.areas).toHaveLength(8);
  });
});

describe('the show plates', () => {
  const AT_THE_COUNTER = [
    'BLOCKED',
    'DELETED_FROM_REGISTER',
    'NOT_YET_PAYABLE',
    'PAYABLE_AT_SAMSAT_INDUK',
    'RENEWAL_YEAR',
    'VEHICLE_INCOMPLETE',
  ];

  it.each(DAYS)('show what they say on %s', (today) => {
    const rules = rulesOn(today);
    for (const { plate, published, record } of buildShowVehicles(new SeededRandom(3), today)) {
      const counterCopy = published ?? record;
      if (counterCopy === null) throw new Error(plate.nrkb);
      expect(vehicleRecordSchema.safeParse(counterCopy).error, plate.nrkb).toBeUndefined();
      const answer = assess(counterCopy.facts, {}, rules, today);
      const codes = answer.ok ? [] : answer.error.map(({ code }) => code);
      const differsAtProvince = plate.differs !== undefined;
      const expected =
        plate.refusal !== undefined && AT_THE_COUNTER.includes(plate.refusal) && !differsAtProvince
          ? [plate.refusal]
          : [];
      expect(codes, `${plate.nrkb} on ${today}`).toEqual(expected);
    }
  });

  it('can be typed from their table, each with a chassis tail of its own', () => {
    for (const { nrkb } of SHOW_PLATES) expect(parseNrkb(nrkb)).toEqual({ ok: true, value: nrkb });
    expect(new Set(SHOW_PLATES.map(({ nrkb }) => nrkb)).size).toBe(SHOW_PLATES.length);
    expect(new Set(SHOW_PLATES.map(({ chassisTail }) => chassisTail)).size).toBe(SHOW_PLATES.length);
    for (const { plate, record, published } of buildShowVehicles(new SeededRandom(3), TODAY)) {
      expect((record ?? published)?.chassisNumber.endsWith(plate.chassisTail)).toBe(true);
    }
  });

  it('have what their words promise: a long name, one owner of three, a sum over the cap, two periods, a waived fine', () => {
    const shown = buildShowVehicles(new SeededRandom(3), TODAY);
    const recordOf = (nrkb: string) => shown.find(({ plate }) => plate.nrkb === nrkb)?.record;
    const assessed = (nrkb: string) => {
      const answer = assess(recordOf(nrkb)?.facts ?? {}, {}, rulesOn(TODAY), TODAY);
      if (!answer.ok) throw new Error(nrkb);
      return answer.value;
    };
    expect(recordOf('N 2468 LN')?.ownerName).toHaveLength(60);
    expect(new Set(['AG 6001 TA', 'AG 6002 TA', 'AG 1003 TA'].map((nrkb) => recordOf(nrkb)?.ownerNik)).size).toBe(1);
    expect(assessed('L 8 ZZ').total).toBeGreaterThan(10_000_000);
    expect(assessed('N 3838 TP').periods).toHaveLength(2);
    expect(assessed('S 2602 RT').waivedTotal).toBeGreaterThan(0);
    expect(assessed('L 1001 EV').lines.map(({ component }) => component)).toEqual(['swdkllj']);
    expect(assessed('M 2828 BK').lines.find(({ component }) => component === 'subscriptionParking')?.amount).toBe(
      30_000,
    );
    expect(addDays(TODAY, 0)).toBe(TODAY);
  });
});

describe('the demo’s rule pack', () => {
  it('changes no amount of a vehicle that its waiver is not for', () => {
    const records = demoVehicles({ vehicles: 800, seed: 11, today: TODAY }, new Set()).filter(
      ({ facts }) => facts['kind'] !== 'three-wheeler',
    );
    for (const { facts } of records) {
      const [plain, demo] = [assess(facts, {}, shippedPacks(), TODAY), assess(facts, {}, rulesOn(TODAY), TODAY)];
      expect(demo.ok ? demo.value.total : demo.error).toEqual(plain.ok ? plain.value.total : plain.error);
    }
  });

  it('is made once', () => {
    expect(demoRulePack(rulesOn(TODAY), TODAY)).toBeNull();
  });
});
