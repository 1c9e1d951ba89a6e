import { describe, expect, it } from 'vitest';
import type { QueueItem } from '../../../src/contract/region.ts';
import { pinOf, sellOnline, sync, wrongPinOf, openForBusiness } from '../../support/at-the-counter.ts';
import { enrolledCounter, restarted, useProvince } from '../../support/enrolled-counter.ts';
import {
  closedDay,
  dayOf,
  HIS,
  load,
  ofDay,
  OTHER,
  OUTLET,
  seen,
  signing,
  underBoth,
} from '../../support/region-of-a-day.ts';
import { deviceIdOf, supervisorDevice } from '../../support/supervisor-device.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { provinceError } from '../../support/test-line.ts';
import { closeExactly } from '../../support/drawer.ts';

const all = { offset: 0, limit: 100 } as const;

describe('a supervisor’s region on his own device', () => {
  const province = useProvince();

  it('stays readable without a line and after a restart, with its age; on the disk it is sealed', async () => {
    await closedDay(province(), 'AG 2345 KD');
    const device = await supervisorDevice(province());
    const before = await device.get('region.outlets', { search: '', ...all });
    expect(before).toMatchObject({ loadedAt: null, complete: false, head: null, count: 0 });
    await load(device, { of: 'outlets' });
    await load(device, { of: 'day', ...ofDay() });
    const loadedAt = device.clock.wallMs();
    device.clock.pass(120_000);
    device.line.set('down');
    const refused = await device.refusal('region.load', { question: { of: 'outlets' }, more: false });
    expect(refused.code).toBe('NO_LINE');
    const again = await restarted(device);
    again.line.set('down');
    await again.get('sign-in.begin', { officerId: HIS, pin: pinOf(HIS) });
    const kept = await again.get('region.outlets', { search: 'KEDIRI hikmah', ...all });
    expect(kept).toMatchObject({ complete: true, count: 1 });
    expect(Math.abs((kept.loadedAt ?? 0) - loadedAt)).toBeLessThan(60_000);
    expect(kept.rows[0]).toMatchObject({ outletId: OUTLET, name: 'Gerai Ponpes Al-Hikmah' });
    expect((await again.get('region.outlets', { search: 'malang', ...all })).count).toBe(0);
    expect((await again.get('region.day', ofDay())).day).toMatchObject({ outletId: OUTLET, state: 'submitted' });
    const disk = JSON.stringify(again.rows('SELECT * FROM region_page'));
    expect(disk).not.toContain('Hikmah');
    expect(disk).toContain('"question":"outlets"');
  });

  it('is gone with the appointment: what was kept is dropped, and the refusal says so', async () => {
    const device = await supervisorDevice(province());
    await seen(device);
    const { db } = province().province.context;
    await db.deleteFrom('supervisor_device').where('device_id', '=', deviceIdOf(device)).execute();
    const refused = await device.refusal('region.load', { question: { of: 'outlets' }, more: false });
    expect(refused.code).toBe('REGION_NOT_APPOINTED');
    expect(device.rows('SELECT * FROM region_page')).toEqual([]);
    expect((await device.get('region.outlets', { search: '', ...all })).count).toBe(0);
  });

  it('says what a busy province, one of another scope and one that speaks nonsense mean; what is kept stays', async () => {
    const device = await supervisorDevice(province());
    await load(device, { of: 'outlets' });
    const asked = { question: { of: 'outlets' }, more: false } as const;
    device.line.next('/v1/region', { answer: provinceError(503, 'BUSY') });
    expect((await device.refusal('region.load', asked)).code).toBe('REGION_BUSY');
    device.line.next('/v1/region', { answer: { status: 200, body: '{}', headers: {} } });
    expect((await device.refusal('region.load', asked)).code).toBe('PROVINCE_ANSWER_INVALID');
    const other = { of: 'day', outletId: '3507-012', businessOn: ofDay().businessOn } as const;
    expect((await device.refusal('region.load', { question: other, more: false })).code).toBe('REGION_OUT_OF_SCOPE');
    expect((await device.get('region.outlets', { search: '', ...all })).count).toBeGreaterThan(0);
  });

  it('is nobody else’s: an officer on the same device sees and says nothing', async () => {
    const device = await supervisorDevice(province());
    await seen(device);
    await device.get('sign-in.end', {});
    await device.get('sign-in.begin', { officerId: 'petugas-1', pin: pinOf('petugas-1') });
    expect((await device.refusal('region.outlets', { search: '', ...all })).code).toBe('FORBIDDEN');
    expect((await device.refusal('region.words', {})).code).toBe('FORBIDDEN');
  });
});

describe('a supervisor’s word', () => {
  const province = useProvince();

  it('is an entry under a fresh sign-in: a wrong PIN says nothing, the right one signs, and the outcome is told', async () => {
    await closedDay(province(), 'AG 2345 KD');
    const device = await supervisorDevice(province());
    const asked = await signing(device);
    expect(asked.days).toHaveLength(1);
    expect((await device.refusal('region.sign', { ...asked, pin: wrongPinOf(HIS) })).code).toBe('PIN_WRONG');
    expect(device.bodies('day.close-signed')).toEqual([]);
    const signIns = device.bodies('officer.signed-in').length;
    const { group, words } = await device.get('region.sign', asked);
    expect(words).toBe(1);
    expect(device.bodies('officer.signed-in')).toHaveLength(signIns + 1);
    expect(device.bodies('day.close-signed')).toMatchObject([
      { outletId: OUTLET, part: 0, itemsHash: asked.days[0]?.itemsHash, delegationId: null, note: null },
    ]);
    expect((await device.refusal('region.sign', asked)).code).toBe('REGION_ALREADY_SAID');
    expect(await device.get('region.words', {})).toMatchObject({ waiting: 1, words: [{ group, state: 'unsent' }] });
    await sync(device);
    expect(await device.get('region.words', {})).toMatchObject({ waiting: 0, words: [{ group, state: 'applied' }] });
    expect(await dayOf(device)).toMatchObject({ state: 'approved', parts: [{ close: { officerId: HIS } }] });
  });

  it('keeps the figures of the province and not those of the page: what was not shown so is not signed', async () => {
    await closedDay(province(), 'W 1919 SH');
    const device = await supervisorDevice(province());
    const asked = await signing(device);
    const [first] = asked.days;
    if (first === undefined) throw new Error('a day waits');
    const bent = { ...asked, days: [{ ...first, itemsHash: 'A'.repeat(43) }] };
    expect((await device.refusal('region.sign', bent)).code).toBe('REGION_CHANGED');
    const never = { ...asked, days: [{ ...first, businessOn: '2026-03-01' }] };
    expect((await device.refusal('region.sign', never)).code).toBe('REGION_NOT_LOADED');
    expect(device.bodies('day.close-signed')).toEqual([]);
  });

  it('of two supervisors one is first, and the other is told who and why', async () => {
    await closedDay(province(), 'AG 3456 EF');
    await underBoth(province());
    const [own, other] = [await supervisorDevice(province()), await supervisorDevice(province(), OTHER)];
    const [mine, his] = [await signing(own), await signing(other, OTHER)];
    await own.get('region.sign', mine);
    await other.get('region.sign', his);
    await sync(own);
    await sync(other);
    const told = await other.get('region.words', {});
    expect(told.words[0]).toMatchObject({
      state: 'not-applied',
      refusal: expect.stringMatching(/^(ALREADY_SIGNED|PART_UNKNOWN|ITEMS_CHANGED)$/),
      firstBy: { officerId: HIS },
    });
    expect((await own.get('region.words', {})).words[0]?.state).toBe('applied');
  });

  it('waits in Kotak Kirim without a line; one whose answer was lost is known after the next contact, and counts once', async () => {
    await closedDay(province(), 'AE 1234 UB');
    const device = await supervisorDevice(province());
    const asked = await signing(device);
    device.line.set('down');
    await device.get('region.sign', asked);
    await device.refusal('outbox.send-now', {});
    expect((await device.get('region.words', {})).words[0]?.state).toBe('unsent');
    device.line.set('pass');
    device.line.next('/v1/push', 'lose-answer');
    await device.ask('outbox.send-now', {});
    expect((await device.get('region.words', {})).waiting).toBe(1);
    await sync(device);
    expect(await device.get('region.words', {})).toMatchObject({ waiting: 0, words: [{ state: 'applied' }] });
    const { decisions } = await dayOf(device);
    const part = asked.days[0]?.part;
    expect(decisions.filter((one) => one.type === 'day.close-signed' && one.part === part)).toHaveLength(1);
  });

  it('sets one item apart and puts it back while the rest of the day goes on', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sellOnline(counter, 'L 1001 EV');
    await closeExactly(counter);
    await sync(counter);
    const device = await supervisorDevice(province());
    await seen(device);
    await dayOf(device);
    await load(device, { of: 'entries', ...ofDay(), type: 'transaction.paid' });
    const { rows } = await device.get('region.entries', { ...ofDay(), type: 'transaction.paid', ...all });
    const item = rows.at(-1)?.entryHash ?? '';
    const word = { ...ofDay(), item, reason: 'foto STNK tidak terbaca', pin: pinOf(HIS) };
    expect((await device.refusal('region.set-apart', { ...word, act: 'settle' })).code).toBe('REGION_CHANGED');
    await device.get('region.set-apart', { ...word, act: 'return' });
    await sync(device);
    expect((await dayOf(device)).apart).toEqual([
      { item, type: 'transaction.paid', standing: 'returned', reason: 'foto STNK tidak terbaca' },
    ]);
    await device.get('region.set-apart', { ...word, act: 'settle', reason: 'foto baru sudah jelas' });
    await sync(device);
    expect((await dayOf(device)).apart).toEqual([]);
    expect((await device.get('region.words', {})).words.map(({ state }) => state)).toEqual(['applied', 'applied']);
  });

  it('of another reaches him with the next contact, without his asking: who, what and when, until he takes note of it', async () => {
    // What was said in the last half minute is told again: the tests before this one are long over.
    province().clock.now += 60_000;
    const short = 60_000;
    await closedDay(province(), 'AG 1111 HI', short);
    await underBoth(province());
    const [own, other] = [await supervisorDevice(province()), await supervisorDevice(province(), OTHER)];
    const waiting = async (device: TestCounter, kind: QueueItem['kind']) => {
      await seen(device);
      await load(device, { of: 'queue', kind });
      const { rows } = await device.get('region.queue', { kind, ...all });
      const item = rows.findLast(({ amount, mayNot }) => mayNot === null && Math.abs(amount ?? short) === short);
      if (item === undefined) throw new Error(`no ${kind} waits`);
      return item;
    };
    const [mine, his] = [await waiting(own, 'variance'), await waiting(other, 'variance')];
    // From where on he is told is settled by the first contact after something was loaded.
    await sync(other);
    expect((await other.get('region.words', {})).others).toEqual([]);
    const said = (device: TestCounter, { kind, subject, outletId, evidence }: QueueItem, pin: string) => {
      const word = { kind, subject, outletId, evidence, decision: 'approved', note: 'sudah jelas' } as const;
      return device.get('region.decide', { ...word, pin });
    };
    await said(own, mine, pinOf(HIS));
    // A new counter never stood in the other's list: what is said of it is no news to him.
    await said(own, await waiting(own, 'device'), pinOf(HIS));
    await own.get('region.sign', { ...(await signing(own)), note: 'selisih dijelaskan' });
    await sync(own);
    // The one who comes second has said his word without knowing; the other device was never asked anything.
    await said(other, his, pinOf(OTHER));
    await sync(other);
    const told = await other.get('region.words', {});
    expect(told.words[0]).toMatchObject({
      state: 'not-applied',
      refusal: 'ALREADY_DECIDED',
      firstBy: { officerId: HIS },
    });
    const [signed, decided] = told.others;
    expect(decided).toMatchObject({
      ...{ kind: 'variance', subject: mine.subject, decision: 'approved', outletId: OUTLET, by: { officerId: HIS } },
      waited: { amount: his.amount, evidence: his.evidence },
    });
    expect(signed).toMatchObject({ type: 'day.close-signed', ...ofDay(), waited: null, by: { officerId: HIS } });
    expect(told.others).toHaveLength(2);
    expect(JSON.stringify(other.rows('SELECT * FROM region_page'))).not.toContain(mine.subject);
    // Whoever decided is told nothing of himself, and what was told once is not told again.
    await sync(own);
    expect((await own.get('region.words', {})).others).toEqual([]);
    await other.get('region.understood', { hashes: [decided?.hash ?? ''] });
    await sync(other);
    const again = await restarted(other);
    await again.get('sign-in.begin', { officerId: OTHER, pin: pinOf(OTHER) });
    expect((await again.get('region.words', {})).others.map(({ hash }) => hash)).toEqual([signed?.hash]);
  });
});
