import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assessment.ts';
import { addDays } from '../../src/domain/local-date.ts';
import { packInForce } from '../../src/domain/rule-pack.ts';
import { SHOW_PLATES } from '../../src/province/demo/show-plates.ts';
import { publishedRules, publishRules } from '../../src/province/feeds/published-rules.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';

let world: TestProvince;
let device: TestDevice;
beforeAll(async () => {
  world = await openTestProvince();
  device = await TestDevice.enrol(world.server, await world.code());
});
afterAll(() => world.close());

const ask = async (nrkb: string, over: Readonly<Record<string, unknown>> = {}) => {
  const record = await world.vehicle(nrkb);
  return device.inquire(record, [String(record.facts['dueOn'])], over);
};

describe('an inquiry', () => {
  it('is answered by a signed bill that equals the assessment, valid for ten minutes', async () => {
    const record = await world.vehicle('AG 1111 HI');
    const bill = await ask('AG 1111 HI');
    const assessed = assess(record.facts, {}, world.rules, TEST_TODAY);
    if (!assessed.ok) throw new Error('not payable');
    expect(bill.state).toBe('payable');
    expect(bill.total).toBe(assessed.value.total);
    expect(bill.lines).toEqual(assessed.value.lines.map(({ explanation: _explanation, ...line }) => line));
    expect(bill.validUntil - bill.issuedAt).toBe(600_000);
  });

  it('gives the register’s own amount where the counter’s copy is older', async () => {
    const local = assess((await world.vehicle('W 1919 SH')).facts, {}, world.rules, TEST_TODAY);
    const bill = await ask('W 1919 SH');
    expect(bill.total).toBeGreaterThan(local.ok ? local.value.total : 0);
  });

  it('says the refusal that each show plate promises', async () => {
    const codes = [
      'BLOCKED',
      'DELETED_FROM_REGISTER',
      'NOT_YET_PAYABLE',
      'PAYABLE_AT_SAMSAT_INDUK',
      'RENEWAL_YEAR',
      'VEHICLE_INCOMPLETE',
    ];
    const refused = SHOW_PLATES.filter(({ refusal }) => refusal !== undefined && codes.includes(refusal));
    expect(new Set(refused.map(({ refusal }) => refusal))).toEqual(new Set(codes));
    for (const { nrkb, refusal } of refused) {
      const bill = await ask(nrkb);
      expect(bill, nrkb).toMatchObject({ state: 'refused', lines: [], total: 0 });
      expect(
        bill.refusals.map(({ code }) => code),
        nrkb,
      ).toContain(refusal);
    }
  });

  it('names every reason for which a register entry may be blocked', async () => {
    const details: unknown[] = [];
    for (const { nrkb, facts } of SHOW_PLATES.filter((plate) => plate.facts.blocked !== undefined)) {
      const bill = await ask(nrkb);
      expect(bill.refusals).toEqual([{ code: 'BLOCKED', detail: facts.blocked }]);
      details.push(facts.blocked);
    }
    expect(details.sort()).toEqual(['creditor', 'hit-and-run', 'sold', 'theft', 'traffic-fine']);
  });

  it('refuses before the cash is taken what would come back as a case', async () => {
    expect(await ask('N 4040 DB')).toMatchObject({
      state: 'already-paid',
      paidElsewhere: [{ channel: 'SIGNAL', paidOn: addDays(TEST_TODAY, -2) }],
    });
    expect(await ask('AE 3333 HD')).toMatchObject({ state: 'refused', refusals: [{ code: 'BLOCKED' }] });
    expect(await ask('S 4444 RJ')).toMatchObject({ state: 'unknown-vehicle', lines: [] });
  });

  it('tells nothing of a vehicle whose chassis tail is wrong, as if it did not exist', async () => {
    const { inquiryId: _one, ...wrong } = await ask('AG 1111 HI', { chassisTail: '99999' });
    const { inquiryId: _other, ...nobody } = await ask('AG 1111 HI', { nrkb: 'AG 9 QQQ' });
    expect(wrong).toEqual({ ...nobody, nrkb: 'AG 1111 HI' });
    expect(wrong).toMatchObject({ state: 'unknown-vehicle', total: 0, paidElsewhere: [] });
  });

  it('reckons fines from a claimed arrival and waivers from the groups', async () => {
    const now = await ask('AG 3456 EF');
    const arrived = await ask('AG 3456 EF', { arrivedOn: addDays(TEST_TODAY, -45) });
    expect(now.lines.some(({ component }) => component === 'pkbFine')).toBe(true);
    expect(arrived.lines.some(({ component }) => component === 'pkbFine')).toBe(false);
    const waived = await ask('S 2602 RT');
    expect(
      waived.lines
        .filter(({ waived: off }) => off > 0)
        .map(({ component }) => component)
        .sort(),
    ).toEqual(['opsenPkbFine', 'pkbFine']);
  });

  it('keeps the twins AG 5678 ØB and AG 5678 OB apart', async () => {
    const [slashed, plain] = [await ask('AG 5678 ØB'), await ask('AG 5678 OB')];
    expect(slashed.nrkb).toBe('AG 5678 ØB');
    expect(plain.total).not.toBe(slashed.total);
    const crossed = await ask('AG 5678 ØB', { nrkb: 'AG 5678 OB' });
    expect(crossed.state).toBe('unknown-vehicle');
  });

  it('is refused when it is no inquiry', async () => {
    const answer = await device.request('POST', '/v1/inquiry', { nrkb: 'AG 1 A', periods: ['2026-02-30'] });
    expect(answer).toMatchObject({ status: 400, json: { error: { code: 'BAD_REQUEST' } } });
  });

  // Last: the rules of this province are others from here on.
  it('is answered by the rules that were published a moment ago', async () => {
    const { context } = world.province;
    const before = await ask('AG 1111 HI');
    const inForce = packInForce(await publishedRules(context.db), TEST_TODAY);
    if (inForce === null) throw new Error('the test province has rules for today');
    const corrected = { ...inForce, id: 'corrected', issuedOn: TEST_TODAY, replaces: [inForce.id], opsenRate: '0.5' };
    expect(await publishRules(context, [corrected])).toMatchObject({ ok: true, value: { published: ['corrected'] } });
    const after = await ask('AG 1111 HI');
    expect(after.total).toBeLessThan(before.total);
    expect(after.lines.find(({ component }) => component === 'opsenPkb')?.rule).toContain('corrected');
  });
});
