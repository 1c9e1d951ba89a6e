import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { TICKET_FILE } from '../../../src/contract/enrolment-ticket.ts';
import { createOfficer, resetPin, sendOfficerAgain } from '../../../src/province/enrolment/officer-administration.ts';
import { enterAs, openForBusiness, pinOf, sync, wrongPinOf } from '../../support/at-the-counter.ts';
import {
  afterPowerCut,
  copiedCounter,
  enrolledCounter,
  useEnrolledFolder,
  useProvince,
} from '../../support/enrolled-counter.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { feedsOnStick } from '../../support/flashdisk.ts';
import { act, announcedBy, officersOf, readersOf, refusedAct, WORDS } from '../../support/people-of-a-region.ts';
import { load, OUTLET } from '../../support/region-of-a-day.ts';
import { deviceIdOf, supervisorDevice } from '../../support/supervisor-device.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestCounter, type TestCounter } from '../../support/test-counter.ts';
import { TEST_TODAY } from '../../support/test-province.ts';

const OFFICER = 'petugas-1';
const OTHER = 'petugas-2';
const NEW = '593027';
const NEXT = '604138';

const signIn = (counter: TestCounter, pin: string, officerId = OFFICER) =>
  counter.ask('sign-in.begin', { officerId, pin });
const change = (newPin: string, pin = pinOf(OFFICER)) => ({ pin, newPin });

describe('an officer’s own PIN, without a line', () => {
  const folder = useEnrolledFolder();
  const atWork = async (): Promise<TestCounter> => {
    const counter = await copiedCounter(folder());
    await enterAs(counter, OFFICER);
    return counter;
  };

  it('is changed with the old one: at once, for good, and in one entry that holds neither', async () => {
    const counter = await atWork();
    await counter.get('sign-in.change-pin', change(NEW));
    expect(await counter.get('sign-in.current', {})).toMatchObject({ officerId: OFFICER, locked: false });
    await counter.get('sign-in.end', {});
    expect(await signIn(counter, pinOf(OFFICER))).toMatchObject({ ok: false, error: { code: 'PIN_WRONG' } });
    expect(await signIn(counter, NEW)).toMatchObject({ ok: true });
    const [body] = counter.bodies('officer.pin-changed');
    expect(body).toMatchObject({ from: 'pin' });
    expect(body?.verifier?.split('.')).toHaveLength(5);
    const journal = JSON.stringify(counter.rows('SELECT text FROM entry'));
    for (const secret of [NEW, pinOf(OFFICER), 'argon2id']) expect(journal).not.toContain(secret);
  });

  it('is not changed with a wrong one; each try is counted as at the door, and the fifth locks', async () => {
    const counter = await atWork();
    for (let tries = 1; tries < 5; tries += 1) {
      const refused = await counter.refusal('sign-in.change-pin', change(NEW, wrongPinOf(OFFICER)));
      expect(refused).toMatchObject({ code: 'PIN_WRONG', details: { failures: tries } });
    }
    const fifth = await counter.refusal('sign-in.change-pin', change(NEW, wrongPinOf(OFFICER)));
    expect(fifth.code).toBe('OFFICER_LOCKED_OUT');
    expect((await counter.refusal('sign-in.change-pin', change(NEW))).code).toBe('OFFICER_LOCKED_OUT');
    expect(counter.bodies('officer.sign-in-refused')).toHaveLength(5);
    expect(counter.bodies('officer.pin-changed')).toEqual([]);
  });

  it.each([
    ['123456', 'SIMPLE'],
    [pinOf(OFFICER), 'SAME'],
  ])('is never %s', async (pin, reason) => {
    const counter = await atWork();
    const refused = await counter.refusal('sign-in.change-pin', change(pin));
    expect(refused).toMatchObject({ code: 'PIN_TOO_SIMPLE', details: { reason } });
    expect(counter.bodies('officer.pin-changed')).toEqual([]);
    await counter.get('sign-in.end', {});
    expect(await signIn(counter, pinOf(OFFICER))).toMatchObject({ ok: true });
  });

  it('is the old one or the new one after a power cut, and the entry says which', async () => {
    const counter = await atWork();
    const before = await afterPowerCut(counter);
    expect(await signIn(before, pinOf(OFFICER))).toMatchObject({ ok: true });
    await counter.get('sign-in.change-pin', change(NEW));
    const after = await afterPowerCut(counter);
    expect(after.bodies('officer.pin-changed')).toHaveLength(1);
    expect(await signIn(after, pinOf(OFFICER))).toMatchObject({ ok: false });
    expect(await signIn(after, NEW)).toMatchObject({ ok: true });
  });

  it('is nobody’s who is not signed in', async () => {
    const counter = await copiedCounter(folder());
    expect((await counter.refusal('sign-in.change-pin', change(NEW))).code).toBe('NOT_SIGNED_IN');
  });

  it('is not a supervisor’s at a counter that is not his own', async () => {
    const counter = await copiedCounter(folder());
    await enterAs(counter, 'pengawas');
    const asked = { pin: pinOf('pengawas'), newPin: '90210415' };
    expect(await counter.refusal('sign-in.change-pin', asked)).toMatchObject({
      code: 'PIN_NOT_CHANGED_HERE',
      details: { reason: 'SUPERVISOR' },
    });
  });
});

describe('what the province makes of a PIN that was chosen at a counter', () => {
  const province = useProvince();
  const context = () => province().province.context;
  const inTx = <T>(work: Parameters<ReturnType<ReturnType<typeof context>['db']['transaction']>['execute']>[0]) =>
    context().db.transaction().execute(work) as Promise<T>;
  const newOfficer = async (officerId: string): Promise<string> => {
    const of = { officerId, name: 'Dewi Lestari', outletId: '3506-017' };
    const made = await inTx<Awaited<ReturnType<typeof createOfficer>>>((tx) => createOfficer(tx, context().now(), of));
    if (!made.ok) throw new Error(made.error);
    return made.value.code;
  };
  const setBack = (officerId: string) =>
    inTx<Awaited<ReturnType<typeof resetPin>>>((tx) => resetPin(tx, context().now(), officerId));

  it('takes it, and the other counter of the outlet has it from its next contact on', async () => {
    const [one, other] = [await enrolledCounter(province()), await enrolledCounter(province())];
    await sync(other);
    await enterAs(one, OTHER);
    await one.get('sign-in.change-pin', change(NEW, pinOf(OTHER)));
    await sync(one);
    await sync(other);
    expect(await signIn(other, pinOf(OTHER), OTHER)).toMatchObject({ ok: false, error: { code: 'PIN_WRONG' } });
    expect(await signIn(other, NEW, OTHER)).toMatchObject({ ok: true });
    // A second change over the first: the province knows the first one by now.
    await other.get('sign-in.change-pin', change(NEXT, NEW));
    await sync(other);
    await sync(one);
    await one.get('sign-in.end', {});
    expect(await signIn(one, NEXT, OTHER)).toMatchObject({ ok: true });
  });

  it('lets the first of two counters win that changed the same PIN without a line, and tells the second', async () => {
    const officerId = 'petugas-balapan';
    const code = await newOfficer(officerId);
    const [one, other] = [await enrolledCounter(province()), await enrolledCounter(province())];
    for (const counter of [one, other]) await sync(counter);
    await one.get('sign-in.choose-pin', { officerId, code, newPin: NEW });
    await other.get('sign-in.choose-pin', { officerId, code, newPin: NEXT });
    await sync(one);
    await sync(other);
    await other.get('sign-in.end', {});
    expect(await signIn(other, NEXT, officerId)).toMatchObject({ ok: false, error: { code: 'PIN_WRONG' } });
    expect(await signIn(other, NEW, officerId)).toMatchObject({ ok: true });
  });

  it('keeps the new PIN here when a page with the old one comes late', async () => {
    const officerId = 'petugas-lambat';
    const code = await newOfficer(officerId);
    const counter = await enrolledCounter(province());
    await sync(counter);
    await counter.get('sign-in.choose-pin', { officerId, code, newPin: NEW });
    await context().db.updateTable('officer').set({ name: 'Dewi L.' }).where('officer_id', '=', officerId).execute();
    await sendOfficerAgain(context().db, officerId);
    // On a flashdisk, so before his PIN has arrived: the page still has the start code.
    const file = await feedsOnStick(province(), deviceIdOf(counter), temporaryFolder());
    await counter.get('answer.import', { file });
    const named = counter.rows('SELECT name, starts_until FROM officer WHERE officer_id = ?', officerId);
    expect(named).toEqual([{ name: 'Dewi L.', starts_until: null }]);
    await counter.get('sign-in.end', {});
    expect(await signIn(counter, NEW, officerId)).toMatchObject({ ok: true });
    await sync(counter);
    await sync(counter);
    await counter.get('sign-in.end', {});
    expect(await signIn(counter, NEW, officerId)).toMatchObject({ ok: true });
  });

  it('lets nobody in with a start code but to choose a PIN of his own, once, and only for its days', async () => {
    const officerId = 'petugas-baru';
    const code = await newOfficer(officerId);
    const counter = await enrolledCounter(province());
    expect(await counter.refusal('sign-in.begin', { officerId, pin: code })).toMatchObject({ code: 'PIN_TO_CHOOSE' });
    const simple = await counter.refusal('sign-in.choose-pin', { officerId, code, newPin: '111111' });
    expect(simple.code).toBe('PIN_TOO_SIMPLE');
    const wrong = await counter.refusal('sign-in.choose-pin', { officerId, code: '00000000', newPin: NEW });
    expect(wrong).toMatchObject({ code: 'PIN_WRONG' });
    const view = await counter.get('sign-in.choose-pin', { officerId, code, newPin: NEW });
    expect(view).toMatchObject({ officerId, name: 'Dewi Lestari', locked: false });
    expect(counter.bodies('officer.pin-changed')).toMatchObject([{ from: 'start-code' }]);
    await counter.get('sign-in.end', {});
    const again = await counter.refusal('sign-in.choose-pin', { officerId, code, newPin: NEXT });
    expect(again.code).toBe('PIN_WRONG');
    expect(await signIn(counter, NEW, officerId)).toMatchObject({ ok: true });
  });

  it('ends a start code with its week, and a new one begins anew', async () => {
    const officerId = 'petugas-terlambat';
    const code = await newOfficer(officerId);
    const counter = await enrolledCounter(province());
    counter.clock.pass(8 * 86_400_000);
    const late = await counter.refusal('sign-in.choose-pin', { officerId, code, newPin: NEW });
    expect(late.code).toBe('START_CODE_EXPIRED');
    expect(counter.bodies('officer.pin-changed')).toEqual([]);
  });

  describe('what a supervisor does about people', () => {
    it('puts a new officer at an outlet, who signs in with a PIN of his own; the code is told once', async () => {
      const device = await supervisorDevice(province());
      const counter = await enrolledCounter(province());
      const officerId = 'nip-198706112010';
      const asked = { act: 'create', officerId, name: 'Rahmat Hidayat', outletId: OUTLET } as const;
      const done = await act(device, asked);
      expect(done).toMatchObject({ repeated: false, ticket: null, session: null });
      expect(done.code).toMatch(/^\d{8}$/);
      const [row] = await officersOf(device, 'rahmat');
      expect(row).toMatchObject({
        officerId,
        active: true,
        lastSignInAt: null,
        mayNot: null,
        outlet: { outletId: OUTLET },
      });
      expect(row?.startsUntil).toBe(done.expiresAt);
      expect(await refusedAct(device, asked)).toMatchObject({
        code: 'PEOPLE_REFUSED',
        details: { reason: 'OFFICER_KNOWN' },
      });
      await sync(counter);
      await counter.get('sign-in.choose-pin', { officerId, code: done.code ?? '', newPin: NEW });
      await sync(counter);
      const [after] = await officersOf(device, officerId);
      expect(after).toMatchObject({ startsUntil: null });
      expect(after?.lastSignInAt).not.toBeNull();
      const kept = JSON.stringify(device.rows('SELECT * FROM region_page'));
      expect(kept).not.toContain('Rahmat');
    });

    it('does an act once whose answer was lost, and then has no code to show', async () => {
      const device = await supervisorDevice(province());
      const officerId = 'petugas-hilang-jawaban';
      const asked = { act: 'create', officerId, name: 'Nur Aini', outletId: OUTLET } as const;
      device.line.next('/v1/people/act', 'lose-answer');
      expect((await refusedAct(device, asked)).code).toBe('NO_LINE');
      expect(await act(device, asked)).toMatchObject({ repeated: true, code: null });
      const { rows } = await sql`select act from people_act where officer_id = ${officerId}`.execute(context().db);
      expect(rows).toEqual([{ act: 'create' }]);
      const again = await act(device, { act: 'reset-pin', officerId });
      expect(again.code).toMatch(/^\d{8}$/);
    });

    it('does nothing with a wrong PIN, which is counted', async () => {
      const device = await supervisorDevice(province());
      const asked = { act: 'reset-pin', officerId: OTHER } as const;
      const refused = await device.refusal('people.act', { asked, pin: wrongPinOf('pengawas') });
      expect(refused.code).toBe('PIN_WRONG');
      expect(device.bodies('officer.sign-in-refused')).toHaveLength(1);
      const { rows } = await sql`select 1 from people_act where officer_id = ${OTHER}`.execute(context().db);
      expect(rows).toEqual([]);
    });

    it('suspends somebody at work: named with his open session, out at the next contact, in again when reinstated', async () => {
      const device = await supervisorDevice(province());
      const counter = await enrolledCounter(province());
      await counter.get('sign-in.begin', { officerId: OTHER, pin: NEXT });
      await counter.get('cash-session.open', { float: [] });
      await sync(counter);
      const done = await act(device, { act: 'suspend', officerId: OTHER, reason: 'selisih kas belum dijelaskan' });
      expect(done.session).toMatchObject({ outletId: OUTLET, openedOn: TEST_TODAY });
      await sync(counter);
      expect(await counter.get('sign-in.current', {})).toMatchObject({ locked: true });
      expect((await counter.refusal('sign-in.unlock', { pin: NEXT })).code).toBe('OFFICER_SUSPENDED');
      const [row] = await officersOf(device, OTHER);
      expect(row).toMatchObject({
        active: false,
        reason: 'selisih kas belum dijelaskan',
        session: { outletId: OUTLET },
      });
      expect(await refusedAct(device, { act: 'suspend', officerId: OTHER, reason: 'lagi' })).toMatchObject({
        details: { reason: 'ALREADY_SO' },
      });
      await act(device, { act: 'reinstate', officerId: OTHER, reason: 'sudah dijelaskan' });
      await sync(counter);
      await counter.get('sign-in.unlock', { pin: NEXT });
    });

    it('acts neither on himself nor on anybody but officers', async () => {
      const device = await supervisorDevice(province());
      expect(await refusedAct(device, { act: 'reset-pin', officerId: 'pengawas' })).toMatchObject({
        details: { reason: 'SELF' },
      });
      expect(await refusedAct(device, { act: 'suspend', officerId: 'pemasang', reason: 'coba' })).toMatchObject({
        details: { reason: 'NOT_AN_OFFICER' },
      });
      const marks = await officersOf(device);
      expect(marks.find(({ officerId }) => officerId === 'pengawas')?.mayNot).toBe('SELF');
      expect(marks.find(({ officerId }) => officerId === 'pemasang')?.mayNot).toBe('NOT_AN_OFFICER');
    });

    it('issues an enrolment code as a ticket that enrols, and one that is revoked does not', async () => {
      const device = await supervisorDevice(province());
      const stick = temporaryFolder();
      const { code, ticket } = await act(device, { act: 'issue-code', outletId: OUTLET });
      const codeId = (code ?? '').replaceAll('-', '').slice(0, 8);
      const { file } = await device.get('people.save-ticket', { folder: stick, codeId });
      expect(readFileSync(file, 'utf8')).toBe(`${ticket}\n`);
      expect(file).toMatch(TICKET_FILE);
      expect((await device.refusal('people.save-ticket', { folder: stick, codeId: 'AAAAAAAA' })).code).toBe(
        'NOT_FOUND',
      );
      const gone = await device.refusal('people.save-ticket', { folder: join(stick, 'gone'), codeId });
      expect(gone).toMatchObject({ code: 'EXPORT_FAILED', details: { reason: 'NOT_THERE' } });
      await act(device, { act: 'revoke-code', codeId });
      const fresh = await startTestCounter({ clock: createFakeClock(province().clock.now) });
      fresh.line.plug(province().server);
      const refused = await fresh.refusal('enrolment.enrol', {
        provinceUrl: 'http://province.example',
        code: code ?? '',
      });
      expect(refused).toMatchObject({ code: 'ENROLMENT_REFUSED' });
      const second = await act(device, { act: 'issue-code', outletId: OUTLET });
      await fresh.get('enrolment.enrol', { provinceUrl: 'http://province.example', code: second.code ?? '' });
      await load(device, { of: 'codes' });
      const { rows } = await device.get('people.codes', { offset: 0, limit: 100 });
      expect(rows.find((row) => row.codeId === codeId)).toMatchObject({
        state: 'revoked',
        issuedBy: expect.any(String),
      });
      expect(rows.filter(({ state, issuedBy }) => state === 'used' && issuedBy !== null)).toHaveLength(1);
      expect(await refusedAct(device, { act: 'revoke-code', codeId })).toMatchObject({
        details: { reason: 'CODE_OVER' },
      });
    });
  });

  describe('an announcement', () => {
    it('is shown until each officer has read it, also without a line; the mark goes back once', async () => {
      const device = await supervisorDevice(province());
      const counter = await enrolledCounter(province());
      await act(device, WORDS);
      await sync(counter);
      counter.line.set('down');
      const [shown] = await counter.get('announcements.current', {});
      expect(shown).toMatchObject({ title: WORDS.title, text: WORDS.text, readBy: [] });
      const announcementId = shown?.announcementId ?? '';
      expect((await counter.refusal('announcements.read', { announcementId })).code).toBe('NOT_SIGNED_IN');
      await counter.get('sign-in.begin', { officerId: OTHER, pin: NEXT });
      await counter.get('announcements.read', { announcementId });
      await Promise.all([1, 2, 3].map(() => counter.get('announcements.read', { announcementId })));
      expect(counter.bodies('announcement.read')).toEqual([{ announcementId }]);
      expect((await counter.get('announcements.current', {}))[0]?.readBy).toEqual([OTHER]);
      const none = '019cd5af-0000-7000-8000-000000000000';
      expect((await counter.refusal('announcements.read', { announcementId: none })).code).toBe('NOT_FOUND');
      counter.line.set('pass');
      await sync(counter);
      const [announced] = await announcedBy(device);
      expect(announced).toMatchObject({ announcementId, read: 1, withdrawnAt: null });
      const [outlet] = (await readersOf(device, announcementId)).filter((one) => one.outletId === OUTLET);
      expect(outlet?.people.filter(({ readAt }) => readAt !== null)).toMatchObject([{ officerId: OTHER }]);
      expect(outlet?.people.length).toBeGreaterThan(1);
    });

    it('is gone after its last day, and at the next contact once it was taken back', async () => {
      const device = await supervisorDevice(province());
      const counter = await enrolledCounter(province());
      await act(device, { ...WORDS, title: 'Hari ini saja', untilOn: TEST_TODAY });
      await sync(counter);
      const announced = (await announcedBy(device)).find(({ title }) => title === 'Hari ini saja');
      expect((await counter.get('announcements.current', {})).map(({ title }) => title)).toContain('Hari ini saja');
      await act(device, { act: 'withdraw', announcementId: announced?.announcementId ?? '' });
      await sync(counter);
      expect((await counter.get('announcements.current', {})).map(({ title }) => title)).not.toContain('Hari ini saja');
      expect((await counter.get('announcements.current', {})).map(({ title }) => title)).toContain(WORDS.title);
      counter.clock.pass(31 * 86_400_000);
      expect(await counter.get('announcements.current', {})).toEqual([]);
    });
  });

  it('takes a supervisor’s new PIN from his own device, and tells his counters', async () => {
    const device = await supervisorDevice(province());
    const counter = await enrolledCounter(province());
    await sync(counter);
    const short = await counter.ask('sign-in.begin', { officerId: 'pengawas', pin: pinOf('pengawas') });
    expect(short.ok).toBe(true);
    await counter.get('sign-in.end', {});
    const seven = await device.refusal('sign-in.change-pin', { pin: pinOf('pengawas'), newPin: NEW });
    expect(seven).toMatchObject({ code: 'PIN_TOO_SIMPLE', details: { reason: 'SHORT' } });
    await device.get('sign-in.change-pin', { pin: pinOf('pengawas'), newPin: '90210415' });
    await sync(device);
    await sync(counter);
    expect(await signIn(counter, '90210415', 'pengawas')).toMatchObject({ ok: true });
  });

  it('ends the PIN of somebody at work when a supervisor sets it back: his screen locks, and opens with a new one', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sync(counter);
    const { code } = await setBack(OFFICER);
    await sync(counter);
    expect(await counter.get('sign-in.current', {})).toMatchObject({ locked: true });
    expect(await counter.refusal('sign-in.unlock', { pin: pinOf(OFFICER) })).toMatchObject({ code: 'PIN_WRONG' });
    expect(await counter.refusal('sign-in.unlock', { pin: code })).toMatchObject({ code: 'PIN_TO_CHOOSE' });
    const asOther = { officerId: OTHER, code, newPin: NEW };
    expect((await counter.refusal('sign-in.choose-pin', asOther)).code).toBe('SIGNED_IN_AS_OTHER');
    await counter.get('sign-in.choose-pin', { officerId: OFFICER, code, newPin: NEW });
    expect(await counter.get('cash-session.current', {})).toMatchObject({ state: 'open' });
    await sync(counter);
    await sync(counter);
    await counter.get('sign-in.end', {});
    expect(await signIn(counter, NEW)).toMatchObject({ ok: true });
  });
});
