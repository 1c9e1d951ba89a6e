import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { begun, enterAs, openForBusiness, pinOf, sync, wrongPinOf } from '../../support/at-the-counter.ts';
import {
  afterPowerCut,
  copiedCounter,
  enrolledCounter,
  restarted,
  useEnrolledFolder,
  useProvince,
} from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const OFFICER = 'petugas-1';
const MINUTE = 60_000;

const wrong = (counter: TestCounter, officerId = OFFICER) =>
  counter.refusal('sign-in.begin', { officerId, pin: wrongPinOf(officerId) });
const right = (counter: TestCounter, officerId = OFFICER) =>
  counter.ask('sign-in.begin', { officerId, pin: pinOf(officerId) });

describe('signing in', () => {
  const folder = useEnrolledFolder();
  const open = (): Promise<TestCounter> => copiedCounter(folder());

  it('takes the officer’s PIN, and both ends of the sign-in are entries', async () => {
    const counter = await open();
    expect(await counter.get('sign-in.current', {})).toBeNull();
    const view = await counter.get('sign-in.begin', { officerId: OFFICER, pin: pinOf(OFFICER) });
    expect(view).toMatchObject({ name: 'Siti Aminah', role: 'officer', locked: false, idleLockMinutes: 5 });
    await counter.get('sign-in.end', {});
    expect(await counter.get('sign-in.current', {})).toBeNull();
    expect(counter.bodies('officer.signed-in').at(-1)).toEqual({ role: 'officer' });
    expect(counter.bodies('officer.signed-out').at(-1)).toEqual({ reason: 'asked' });
  });

  it('keeps PINs only as argon2id verifiers under the device’s data key', async () => {
    const counter = await open();
    const stored = counter.rows('SELECT pin_sealed FROM officer').map((row) => String(row['pin_sealed']));
    expect(stored.length).toBeGreaterThan(3);
    for (const sealed of stored) expect(sealed).not.toContain('argon2');
  });

  it('counts a wrong PIN and records it, in one commit', async () => {
    const counter = await open();
    expect(await wrong(counter)).toEqual({ code: 'PIN_WRONG', path: ['pin'], details: { failures: 1 } });
    expect(counter.bodies('officer.sign-in-refused')).toEqual([{ failures: 1, lockedUntil: null }]);
    expect(counter.rows('SELECT failures FROM officer WHERE officer_id = ?', OFFICER)).toEqual([{ failures: 1 }]);
  });

  it('forgets the count after a right PIN', async () => {
    const counter = await open();
    await wrong(counter);
    await right(counter);
    expect(counter.rows('SELECT failures FROM officer WHERE officer_id = ?', OFFICER)).toEqual([{ failures: 0 }]);
  });

  it('locks the officer out at the fifth wrong PIN, and then not even the right one helps', async () => {
    const counter = await open();
    for (let guess = 1; guess < 5; guess += 1) expect(await wrong(counter)).toMatchObject({ code: 'PIN_WRONG' });
    const until = counter.clock.wallMs() + MINUTE;
    expect(await wrong(counter)).toEqual({ code: 'OFFICER_LOCKED_OUT', details: { until } });
    expect(await right(counter)).toMatchObject({ ok: false, error: { code: 'OFFICER_LOCKED_OUT' } });
    const officers = await counter.get('sign-in.officers', {});
    expect(officers.find((one) => one.officerId === OFFICER)?.lockedUntil).toBe(until);
    expect(await right(counter, 'petugas-2')).toMatchObject({ ok: true });
  });

  it('lets him try again after a minute, then after two, four, and so on up to an hour', async () => {
    const counter = await open();
    for (let guess = 1; guess < 5; guess += 1) await wrong(counter);
    const waits: number[] = [];
    for (let lock = 0; lock < 8; lock += 1) {
      const { details } = await wrong(counter);
      const wait = Number(details?.['until']) - counter.clock.wallMs();
      waits.push(wait / MINUTE);
      counter.clock.pass(wait - 1);
      expect(await right(counter)).toMatchObject({ error: { code: 'OFFICER_LOCKED_OUT' } });
      counter.clock.pass(1);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(await right(counter)).toMatchObject({ ok: true });
  });

  it('stays locked out over a restart and over a power cut', async () => {
    const counter = await open();
    for (let guess = 0; guess < 5; guess += 1) await wrong(counter);
    const cut = await afterPowerCut(counter);
    expect(await right(cut)).toMatchObject({ error: { code: 'OFFICER_LOCKED_OUT' } });
    const again = await restarted(counter);
    expect(await right(again)).toMatchObject({ error: { code: 'OFFICER_LOCKED_OUT' } });
  });

  it('is not opened sooner by setting the computer’s clock forward', async () => {
    const counter = await open();
    for (let guess = 0; guess < 5; guess += 1) await wrong(counter);
    counter.clock.setWall(counter.clock.wallMs() + 2 * 3_600_000);
    expect(await right(counter)).toMatchObject({ error: { code: 'OFFICER_LOCKED_OUT' } });
  });

  it('counts ten wrong PINs in one moment as ten, and lets only five be tried', async () => {
    const counter = await open();
    const answers = await Promise.all(Array.from({ length: 10 }, () => wrong(counter)));
    expect(answers.filter((one) => one.code === 'PIN_WRONG')).toHaveLength(4);
    expect(answers.filter((one) => one.code === 'OFFICER_LOCKED_OUT')).toHaveLength(6);
    expect(counter.bodies('officer.sign-in-refused')).toHaveLength(5);
  });

  it('tells nothing about who is an officer and who is not, but that he is unknown', async () => {
    const counter = await open();
    const answer = await counter.refusal('sign-in.begin', { officerId: 'orang-lain', pin: '123456' });
    expect(answer).toEqual({ code: 'OFFICER_UNKNOWN', path: ['officerId'] });
    expect(counter.bodies('officer.sign-in-refused')).toEqual([]);
  });

  it('is for one person at a time', async () => {
    const counter = await open();
    const both = await Promise.all([right(counter), right(counter, 'petugas-2')]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.find((one) => !one.ok)).toMatchObject({ error: { code: 'SIGNED_IN_AS_OTHER' } });
  });
});

describe('the locked screen', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => openForBusiness(await copiedCounter(folder()));

  it('comes after the idle time of the monotonic clock, whatever the wall clock says', async () => {
    const counter = await open();
    counter.clock.setWall(counter.clock.wallMs() + 10 * 3_600_000);
    expect(await counter.get('sign-in.current', {})).toMatchObject({ locked: false });
    counter.clock.pass(5 * MINUTE);
    expect(await counter.get('sign-in.current', {})).toMatchObject({ locked: false });
    counter.clock.pass(1);
    expect(await counter.get('sign-in.current', {})).toMatchObject({ locked: true });
    expect(await counter.refusal('vehicles.find', { text: 'AG 2345 KD' })).toEqual({ code: 'SCREEN_LOCKED' });
  });

  it('does not come while keys are pressed', async () => {
    const counter = await open();
    for (let minute = 0; minute < 12; minute += 1) {
      counter.clock.pass(MINUTE);
      await counter.get('sign-in.touch', {});
    }
    expect(await counter.get('sign-in.current', {})).toMatchObject({ locked: false });
  });

  it('is not opened by a key that is not the PIN', async () => {
    const counter = await open();
    counter.clock.pass(6 * MINUTE);
    await counter.get('sign-in.touch', {});
    expect(await counter.get('sign-in.current', {})).toMatchObject({ locked: true });
  });

  it('keeps the work: after the PIN the same service stands where it stood', async () => {
    const counter = await open();
    const { transactionId } = await begun(counter, 'AG 2345 KD');
    await counter.get('sign-in.lock', {});
    expect(await counter.refusal('transactions.draft', { transactionId })).toEqual({ code: 'SCREEN_LOCKED' });
    const refused = await counter.refusal('sign-in.unlock', { pin: wrongPinOf(OFFICER) });
    expect(refused).toMatchObject({ code: 'PIN_WRONG' });
    await counter.get('sign-in.unlock', { pin: pinOf(OFFICER) });
    expect(await counter.get('transactions.draft', { transactionId })).toMatchObject({ transactionId });
    expect(await counter.get('cash-session.current', {})).toMatchObject({ officerId: OFFICER });
  });

  it('does not keep an officer from signing out, and nobody else gets in over him', async () => {
    const counter = await open();
    await counter.get('sign-in.lock', {});
    expect(await right(counter, 'petugas-2')).toMatchObject({ error: { code: 'SIGNED_IN_AS_OTHER' } });
    await counter.get('sign-in.end', {});
    expect(await right(counter, 'petugas-2')).toMatchObject({ ok: true });
  });

  it('has nothing to unlock when nobody is signed in', async () => {
    const counter = await copiedCounter(folder());
    await counter.get('sign-in.lock', {});
    expect(await counter.refusal('sign-in.unlock', { pin: '123456' })).toEqual({ code: 'OFFICER_UNKNOWN' });
  });

  it('asks for the PIN again after a restart', async () => {
    const again = await restarted(await open());
    expect(await again.get('sign-in.current', {})).toBeNull();
    expect(again.bodies('officer.signed-out').at(-1)).toEqual({ reason: 'shutdown' });
  });
});

describe('the idle time', () => {
  const province = useProvince();

  it('is the province’s: a new policy holds from the next PIN on', async () => {
    const counter = await enrolledCounter(province());
    await changePolicy(province(), 'idleLockMinutes=2');
    await sync(counter);
    await enterAs(counter, OFFICER);
    expect(await counter.get('sign-in.current', {})).toMatchObject({ idleLockMinutes: 2 });
    counter.clock.pass(2 * MINUTE + 1);
    expect(await counter.get('sign-in.current', {})).toMatchObject({ locked: true });
  });
});

describe('an officer whom the province suspends', () => {
  const province = useProvince();
  const suspend = async (officerId: string, active: boolean): Promise<void> => {
    const { db } = province().province.context;
    const change = { active, change_no: sql<number>`nextval('officer_change')` };
    await db.updateTable('officer').set(change).where('officer_id', '=', officerId).execute();
  };

  it('is no longer offered and cannot sign in', async () => {
    const counter = await enrolledCounter(province());
    await suspend('petugas-2', false);
    await sync(counter);
    const officers = await counter.get('sign-in.officers', {});
    expect(officers.map((one) => one.officerId)).not.toContain('petugas-2');
    expect(await right(counter, 'petugas-2')).toMatchObject({ error: { code: 'OFFICER_SUSPENDED' } });
    await enterAs(counter, OFFICER);
    await suspend('petugas-2', true);
  });

  it('finds his screen locked in the middle of his work, and the PIN does not open it', async () => {
    const counter = await enrolledCounter(province());
    await enterAs(counter, 'petugas-2');
    await suspend('petugas-2', false);
    await sync(counter);
    expect(await counter.refusal('vehicles.find', { text: 'AG 2345 KD' })).toEqual({ code: 'SCREEN_LOCKED' });
    expect(await counter.refusal('sign-in.unlock', { pin: pinOf('petugas-2') })).toEqual({ code: 'OFFICER_SUSPENDED' });
    await counter.get('sign-in.end', {});
    await enterAs(counter, OFFICER);
    await suspend('petugas-2', true);
  });
});
