import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimekeeper, type KnownTime } from '../../../src/main/core/device/timekeeper.ts';
import type { ClockPort } from '../../../src/main/core/ports.ts';
import { createFakeClock, WEDNESDAY_MORNING } from '../../support/fake-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOTHING: KnownTime = { lastEntry: null, anchor: null, isAnchorNewest: false, feedMs: 0 };
const ANCHOR = { nonce: 'AAAAAAAAAAA', serverTime: WEDNESDAY_MORNING, radiusMs: 300 };

const lastEntry = (wallMs: number, monoMs = 50_000, bootId = 'boot-1', timeTrust: 'rtc' | 'suspect' = 'rtc') => ({
  wallMs,
  monoMs,
  bootId,
  timeTrust,
});

describe('the time of an entry', () => {
  it('is the computer clock, and says so, while nothing better is known', () => {
    const clock = createFakeClock();
    const keeper = createTimekeeper(clock, NOTHING);
    expect(keeper.stamp()).toEqual({
      wallMs: WEDNESDAY_MORNING,
      monoMs: 60_000,
      bootId: 'boot-1',
      anchorId: null,
      timeTrust: 'rtc',
    });
  });

  it('is anchored inside one boot: the time of the province plus what has passed, whatever the clock says', () => {
    const clock = createFakeClock(WEDNESDAY_MORNING - 3 * DAY);
    const keeper = createTimekeeper(clock, NOTHING);
    keeper.accept(ANCHOR);
    clock.pass(HOUR);
    clock.setWall(0);
    expect(keeper.stamp()).toMatchObject({
      wallMs: WEDNESDAY_MORNING + HOUR,
      anchorId: ANCHOR.nonce,
      timeTrust: 'anchored',
    });
  });

  it('takes the moment at which the anchor arrived, not the moment at which it was looked at', () => {
    const clock = createFakeClock();
    const keeper = createTimekeeper(clock, NOTHING);
    const receivedAt = { monoMs: clock.monoMs(), bootId: clock.bootId() };
    clock.pass(5_000);
    keeper.accept(ANCHOR, receivedAt);
    expect(keeper.stamp().wallMs).toBe(WEDNESDAY_MORNING + 5_000);
  });

  it('loses its anchor with a restart of the computer, and keeps it through a restart of the program', () => {
    const clock = createFakeClock();
    const before = createTimekeeper(clock, NOTHING);
    before.accept(ANCHOR);
    clock.pass(MINUTE);
    const again = createTimekeeper(clock, { ...NOTHING, anchor: before.anchor() });
    expect(again.stamp()).toMatchObject({ timeTrust: 'anchored', wallMs: WEDNESDAY_MORNING + MINUTE });
    clock.reboot(2 * HOUR);
    const rebooted = createTimekeeper(clock, { ...NOTHING, anchor: before.anchor() });
    expect(rebooted.stamp()).toMatchObject({ timeTrust: 'rtc', anchorId: null });
  });

  it('is clamped to the last entry, the anchor and the feed when the clock is a little behind them', () => {
    const minuteAhead = WEDNESDAY_MORNING + MINUTE;
    const byEntry = createTimekeeper(createFakeClock(), { ...NOTHING, lastEntry: lastEntry(minuteAhead, 60_000) });
    expect(byEntry.stamp()).toMatchObject({ timeTrust: 'clamped', wallMs: minuteAhead });
    const byFeed = createTimekeeper(createFakeClock(), { ...NOTHING, feedMs: minuteAhead });
    expect(byFeed.stamp()).toMatchObject({ timeTrust: 'clamped', wallMs: minuteAhead });
    const anchor = { ...ANCHOR, serverTime: minuteAhead, bootId: 'boot-0', monoMs: 0 };
    const byAnchor = createTimekeeper(createFakeClock(), { ...NOTHING, anchor });
    expect(byAnchor.stamp()).toMatchObject({ timeTrust: 'clamped', wallMs: minuteAhead });
  });

  it('is not before a word of the province that came without an anchor, and an older word takes nothing back', () => {
    const keeper = createTimekeeper(createFakeClock(), NOTHING);
    keeper.notBefore(WEDNESDAY_MORNING + DAY);
    keeper.notBefore(WEDNESDAY_MORNING - DAY);
    expect(keeper.stamp()).toMatchObject({ timeTrust: 'clamped', wallMs: WEDNESDAY_MORNING + DAY });
    keeper.accept(ANCHOR);
    expect(keeper.stamp()).toMatchObject({ timeTrust: 'anchored', wallMs: WEDNESDAY_MORNING });
  });

  it.each([
    ['is set back by three minutes', -3 * MINUTE, 'suspect'],
    ['is set back by one minute', -1 * MINUTE, 'clamped'],
    ['is set forward by 37 hours', 37 * HOUR, 'suspect'],
    ['is set forward by 35 hours', 35 * HOUR, 'rtc'],
  ])('when the clock %s', (_what, jump, trust) => {
    const clock = createFakeClock();
    const keeper = createTimekeeper(clock, NOTHING);
    keeper.stamp();
    clock.pass(1_000);
    clock.setWall(WEDNESDAY_MORNING + 1_000 + jump);
    const stamp = keeper.stamp();
    expect(stamp.timeTrust).toBe(trust);
    expect(keeper.state().jumpMs).toBe(trust === 'suspect' ? jump : null);
    if (jump < 0) expect(stamp.wallMs).toBe(WEDNESDAY_MORNING + 1_000);
  });

  it('is suspect when the clock stands in 1970 after a night without a battery, and time still goes on', () => {
    const clock = createFakeClock();
    const keeper = createTimekeeper(clock, NOTHING);
    const evening = keeper.stamp();
    clock.reboot(14 * HOUR);
    clock.setWall(0);
    const known: KnownTime = { ...NOTHING, lastEntry: evening };
    const morning = createTimekeeper(clock, known);
    const first = morning.stamp();
    clock.pass(HOUR);
    const second = morning.stamp();
    expect(first.timeTrust).toBe('suspect');
    expect(first.wallMs).toBeGreaterThanOrEqual(evening.wallMs);
    expect(second.wallMs - first.wallMs).toBe(HOUR);
  });

  it('is suspect when the counter was closed for longer than 36 hours and nobody told it the time', () => {
    const clock = createFakeClock();
    const friday = createTimekeeper(clock, NOTHING).stamp();
    clock.reboot(65 * HOUR);
    const keeper = createTimekeeper(clock, { ...NOTHING, lastEntry: friday });
    expect(keeper.state()).toMatchObject({ timeTrust: 'suspect', needsAcknowledgement: true });
    clock.reboot(-65 * HOUR + 30 * HOUR);
    const overnight = createTimekeeper(clock, { ...NOTHING, lastEntry: friday });
    expect(overnight.state()).toMatchObject({ timeTrust: 'rtc', needsAcknowledgement: false });
  });

  it('stays suspect, with its flag, until an anchor comes; the officer acknowledges once', () => {
    const clock = createFakeClock();
    const keeper = createTimekeeper(clock, NOTHING);
    keeper.stamp();
    clock.setWall(WEDNESDAY_MORNING + 40 * HOUR);
    expect(keeper.stamp().timeTrust).toBe('suspect');
    expect(keeper.state().needsAcknowledgement).toBe(true);
    keeper.acknowledge();
    expect(keeper.state()).toMatchObject({ timeTrust: 'suspect', needsAcknowledgement: false });
    clock.pass(HOUR);
    const flagged = keeper.stamp();
    expect(flagged.timeTrust).toBe('suspect');
    // Also through a restart of the program: the last entry says so.
    const again = createTimekeeper(clock, { ...NOTHING, lastEntry: flagged });
    expect(again.stamp().timeTrust).toBe('suspect');
    keeper.accept(ANCHOR);
    expect(keeper.stamp()).toMatchObject({ timeTrust: 'anchored', wallMs: WEDNESDAY_MORNING });
  });

  it('follows the limits of the policy', () => {
    const clock = createFakeClock();
    const keeper = createTimekeeper(clock, NOTHING);
    keeper.setLimits({ backwardMinutes: 10, forwardHours: 100 });
    keeper.stamp();
    clock.setWall(WEDNESDAY_MORNING - 5 * MINUTE);
    expect(keeper.stamp().timeTrust).toBe('clamped');
    clock.setWall(WEDNESDAY_MORNING + 90 * HOUR);
    expect(keeper.stamp().timeTrust).toBe('rtc');
  });

  it('never goes back from entry to entry without an anchor, whatever is done to the clock', () => {
    const step = fc.record({
      pass: fc.nat(10 * HOUR),
      jump: fc.option(fc.integer({ min: -400 * DAY, max: 400 * DAY })),
      reboot: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const clock = createFakeClock();
        let keeper = createTimekeeper(clock, NOTHING);
        let last = keeper.stamp();
        for (const { pass, jump, reboot } of steps) {
          clock.pass(pass);
          if (jump !== null) clock.setWall(Math.max(0, clock.wallMs() + jump));
          if (reboot) {
            clock.reboot(0);
            keeper = createTimekeeper(clock, { ...NOTHING, lastEntry: last });
          }
          const next = keeper.stamp();
          expect(next.wallMs).toBeGreaterThanOrEqual(last.wallMs);
          last = next;
        }
      }),
    );
  });
});

describe('the name of a boot that does not tell all', () => {
  const MONDAY_OPENING = Date.UTC(2026, 10, 16, 0, 32);
  const TUESDAY_AFTERNOON = Date.UTC(2026, 10, 17, 8, 30);
  const at = (wallMs: number, monoMs: number, bootId: string): ClockPort => ({
    wallMs: () => wallMs,
    monoMs: () => monoMs,
    bootId: () => bootId,
  });
  const kept = { ...ANCHOR, serverTime: MONDAY_OPENING, bootId: 'boot-monday', monoMs: 3 * MINUTE };

  it.each([
    ['in another boot', lastEntry(TUESDAY_AFTERNOON, 8 * HOUR, 'boot-tuesday')],
    ['in the same boot', lastEntry(TUESDAY_AFTERNOON, 32 * HOUR, 'boot-monday')],
  ])('takes no entry behind the last one, made %s, by an anchor that was kept', (_where, known) => {
    // On Wednesday the computer says that this is Monday's boot again, three minutes after the anchor came.
    const keeper = createTimekeeper(at(MONDAY_OPENING + 3 * MINUTE, 6 * MINUTE, 'boot-monday'), {
      ...NOTHING,
      lastEntry: known,
      anchor: kept,
    });
    const stamp = keeper.stamp();
    expect(stamp).toMatchObject({ anchorId: null, timeTrust: 'suspect' });
    expect(stamp.wallMs).toBeGreaterThanOrEqual(TUESDAY_AFTERNOON);
    expect(keeper.state().needsAcknowledgement).toBe(true);
  });

  it('takes no entry behind what the province signed since by an anchor that was kept', () => {
    const word = { ...NOTHING, anchor: kept, feedMs: TUESDAY_AFTERNOON };
    const keeper = createTimekeeper(at(MONDAY_OPENING + 3 * MINUTE, 6 * MINUTE, 'boot-monday'), word);
    expect(keeper.stamp()).toMatchObject({ wallMs: TUESDAY_AFTERNOON, anchorId: null, timeTrust: 'clamped' });
  });

  it('believes an anchor that comes now, also where it lies behind what was stamped by a clock that was ahead', () => {
    const ahead = lastEntry(TUESDAY_AFTERNOON, 8 * HOUR, 'boot-tuesday');
    const keeper = createTimekeeper(at(0, 6 * MINUTE, 'boot-now'), { ...NOTHING, lastEntry: ahead });
    keeper.accept({ ...ANCHOR, serverTime: MONDAY_OPENING });
    expect(keeper.stamp()).toMatchObject({ wallMs: MONDAY_OPENING, timeTrust: 'anchored' });
  });

  it('believes it through a restart of the program too, as long as nothing was written since it came', () => {
    const ahead = lastEntry(TUESDAY_AFTERNOON, 5 * MINUTE, 'boot-monday');
    const clock = at(TUESDAY_AFTERNOON, 6 * MINUTE, 'boot-monday');
    const known = { ...NOTHING, lastEntry: ahead, anchor: kept };
    expect(createTimekeeper(clock, { ...known, isAnchorNewest: true }).stamp()).toMatchObject({
      wallMs: kept.serverTime + (6 * MINUTE - kept.monoMs),
      timeTrust: 'anchored',
    });
    expect(createTimekeeper(clock, known).stamp()).toMatchObject({ anchorId: null });
  });

  it('never adds the days since the boot to the last entry, when the program alone was started again', () => {
    const last = lastEntry(WEDNESDAY_MORNING, 3 * DAY, 'start-1');
    const setBack = at(WEDNESDAY_MORNING + MINUTE - 8 * MINUTE, 3 * DAY + MINUTE, 'start-2');
    const keeper = createTimekeeper(setBack, { ...NOTHING, lastEntry: last });
    expect(keeper.stamp()).toMatchObject({ wallMs: WEDNESDAY_MORNING + MINUTE, timeTrust: 'suspect' });
    expect(createTimekeeper(setBack, { ...NOTHING, lastEntry: last }).state().jumpMs).toBe(-8 * MINUTE);
  });

  it('takes a correction by six seconds for what it is, when the program was started again', () => {
    const last = lastEntry(WEDNESDAY_MORNING, 3 * DAY, 'start-1');
    for (const correction of [-6_000, 6_000]) {
      const corrected = at(WEDNESDAY_MORNING + MINUTE + correction, 3 * DAY + MINUTE, 'start-2');
      const keeper = createTimekeeper(corrected, { ...NOTHING, lastEntry: last });
      expect(keeper.state()).toEqual({ timeTrust: 'rtc', jumpMs: null, needsAcknowledgement: false });
      expect(keeper.stamp().wallMs).toBe(corrected.wallMs());
    }
  });
});

describe('the business date', () => {
  it('is the date in Asia/Jakarta, also in the hours when it is another day in Greenwich', () => {
    const evening = createFakeClock(Date.UTC(2026, 10, 18, 16, 59, 59));
    const keeper = createTimekeeper(evening, NOTHING);
    expect(keeper.today()).toBe('2026-11-18');
    evening.pass(1_000);
    expect(keeper.today()).toBe('2026-11-19');
  });
});
