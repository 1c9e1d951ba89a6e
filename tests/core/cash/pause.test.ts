import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, sellOffline, unlock } from '../../support/at-the-counter.ts';
import { currentId, FLOAT, notes, signInAs } from '../../support/drawer.ts';
import { afterPowerCut, copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const folder = useEnrolledFolder();
const MINUTE = 60_000;
const NOTE = 'Kembali pukul 10.30';
const working = async (): Promise<TestCounter> => await openForBusiness(await copiedCounter(folder()));

describe('Jeda', () => {
  it('locks the screen and keeps the session; the note is for the door and in no entry', async () => {
    const counter = await working();
    const cashSessionId = await currentId(counter);
    expect(await counter.get('cash-session.pause', { note: NOTE })).toMatchObject({ note: NOTE });
    expect(await counter.get('sign-in.current', {})).toMatchObject({ officerId: 'petugas-1', locked: true });
    // Anyone at the door may read it, nobody may sell.
    expect(await counter.get('cash-session.door-note', {})).toMatchObject({ note: NOTE, officerName: 'Siti Aminah' });
    expect(await counter.refusal('vehicles.find', { text: 'AG 2345 KD' })).toMatchObject({ code: 'SCREEN_LOCKED' });
    counter.clock.pass(17 * MINUTE + 30_000);
    await unlock(counter);
    expect(await counter.get('cash-session.door-note', {})).toBeNull();
    expect(await counter.get('cash-session.current', {})).toMatchObject({ cashSessionId, pausedAt: null });
    expect(counter.bodies('cash-session.paused')).toEqual([{ cashSessionId, noted: true }]);
    expect(counter.bodies('cash-session.resumed')).toEqual([{ cashSessionId, minutes: 17, takenOver: false }]);
    const texts = counter.rows('SELECT text FROM entry').map((row) => String(row['text']));
    expect(texts.some((text) => text.includes(NOTE))).toBe(false);
    await sellOffline(counter, 'AG 2345 KD');
  });

  it('is one pause however often the key is pressed, outlives a power cut, and its note can be printed', async () => {
    const counter = await working();
    await counter.get('cash-session.pause', { note: NOTE, print: true });
    await expect.poll(() => counter.printers.papers.map(({ text }) => text).join()).toContain(NOTE);
    const again = await afterPowerCut(counter);
    expect(await again.get('cash-session.door-note', {})).toMatchObject({ note: NOTE });
    await enterAs(again, 'petugas-1');
    expect(again.bodies('cash-session.paused')).toHaveLength(1);
    expect(again.bodies('cash-session.resumed')).toHaveLength(1);
  });

  it('is ended by its own officer, or by a supervisor who takes the drawer over, and by nobody else', async () => {
    const counter = await working();
    const cashSessionId = await currentId(counter);
    await counter.get('cash-session.pause', {});
    await signInAs(counter, 'petugas-2');
    expect(await counter.get('cash-session.current', {})).toMatchObject({ pausedAt: counter.clock.wallMs() });
    expect(await counter.refusal('cash-session.pause', {})).toMatchObject({ code: 'CASH_SESSION_OF_OTHER' });
    await signInAs(counter, 'pengawas');
    const asked = { cashSessionId, counts: notes(FLOAT), reason: 'petugas tidak kembali' };
    expect(await counter.get('cash-session.close-forgotten', asked)).toMatchObject({ state: 'closed', variance: 0 });
    expect(counter.bodies('cash-session.resumed')).toEqual([{ cashSessionId, minutes: 0, takenOver: true }]);
  });

  it('counts no minutes below zero when the clock was set back meanwhile', async () => {
    const counter = await working();
    await counter.get('cash-session.pause', {});
    counter.clock.setWall(counter.clock.wallMs() - 60 * MINUTE);
    await unlock(counter);
    const [resumed] = counter.bodies('cash-session.resumed');
    expect(resumed?.minutes).toBe(0);
  });

  it('and a count that was saved outlive the power, midnight and a clock that was set back: the close is the same', async () => {
    const counter = await working();
    const cashSessionId = await currentId(counter);
    await counter.get('cash-session.pause', {});
    await unlock(counter);
    await counter.get('cash-session.count', { cashSessionId, counts: notes(FLOAT - 500) });
    const cut = await afterPowerCut(counter);
    cut.clock.pass(20 * 60 * MINUTE);
    cut.clock.setWall(cut.clock.wallMs() - 3 * MINUTE);
    await enterAs(cut, 'petugas-1');
    await cut.get('cash-session.pause', {});
    await unlock(cut);
    const closed = await cut.get('cash-session.close', { cashSessionId });
    expect(closed).toMatchObject({ counted: FLOAT - 500, variance: -500 });
    expect(await cut.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('needs a session of one’s own', async () => {
    const counter = await copiedCounter(folder());
    await enterAs(counter, 'petugas-1');
    expect(await counter.refusal('cash-session.pause', {})).toMatchObject({ code: 'CASH_SESSION_CLOSED' });
    expect(await counter.get('cash-session.door-note', {})).toBeNull();
  });
});
