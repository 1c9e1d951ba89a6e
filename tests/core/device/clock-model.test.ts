import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createTimekeeper,
  type TimeAnchor,
  type Timekeeper,
  type TimeStamp,
} from '../../../src/main/core/device/timekeeper.ts';
import { createFakeClock, type FakeClock, WEDNESDAY_MORNING } from '../../support/fake-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const BACKWARD = 2 * MINUTE;
const FORWARD = 36 * HOUR;

type Event =
  | { readonly event: 'pass' | 'suspend' | 'reboot'; readonly ms: number }
  | { readonly event: 'set-clock'; readonly byMs: number }
  | { readonly event: 'anchor' | 'entry' | 'look' | 'acknowledge' | 'restart-program' };

const jumps = fc.oneof(
  fc.integer({ min: -3 * MINUTE, max: 3 * MINUTE }),
  fc.integer({ min: -40 * HOUR, max: 40 * HOUR }),
  fc.constantFrom(-10 * YEAR, 10 * YEAR),
);
const spans = fc.oneof(fc.integer({ min: 0, max: 10 * MINUTE }), fc.integer({ min: 0, max: 5 * DAY }));
const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Event>({ event: 'entry' }) },
    { weight: 2, arbitrary: fc.constantFrom<Event>({ event: 'look' }, { event: 'acknowledge' }, { event: 'anchor' }) },
    { weight: 1, arbitrary: fc.constant<Event>({ event: 'restart-program' }) },
    {
      weight: 3,
      arbitrary: fc.record({
        event: fc.constantFrom('pass' as const, 'suspend' as const, 'reboot' as const),
        ms: spans,
      }),
    },
    { weight: 2, arbitrary: jumps.map((byMs): Event => ({ event: 'set-clock', byMs })) },
  ),
  { maxLength: 60 },
);

type Moment = { readonly wallMs: number; readonly monoMs: number; readonly bootId: string };

/** A plain model: the last entry, the anchor, and whether the clock has jumped since the last anchor. */
class Model {
  last: Moment | null = null;
  anchor: TimeAnchor | null = null;
  isSuspect = false;
  /** The program was started again since the anchor came. */
  isKept = false;

  now(clock: FakeClock): Moment {
    return { wallMs: clock.wallMs(), monoMs: clock.monoMs(), bootId: clock.bootId() };
  }

  isAnchored(clock: FakeClock): boolean {
    const { anchor } = this;
    if (anchor?.bootId !== clock.bootId()) return false;
    return !this.isKept || anchor.serverTime + clock.monoMs() - anchor.monoMs >= (this.last?.wallMs ?? 0);
  }

  /** ms between the clock and what it should at least show. */
  jump(from: Moment | null, clock: FakeClock): number {
    if (from === null) return 0;
    const passed = clock.monoMs() < from.monoMs ? clock.monoMs() : clock.monoMs() - from.monoMs;
    return clock.wallMs() - (from.wallMs + passed);
  }

  hasJumped(from: Moment | null, clock: FakeClock): boolean {
    const jump = this.jump(from, clock);
    return jump < -BACKWARD || jump > FORWARD;
  }

  see(clock: FakeClock): void {
    if (!this.isAnchored(clock) && this.hasJumped(this.last, clock)) this.isSuspect = true;
  }

  floor(): number {
    return Math.max(this.last?.wallMs ?? 0, this.anchor?.serverTime ?? 0);
  }
}

/** A world with a true time that only the province knows. */
function run(
  script: readonly Event[],
  check: (at: { model: Model; clock: FakeClock; stamp: TimeStamp }) => void,
): void {
  const clock = createFakeClock();
  const model = new Model();
  const truth = { now: WEDNESDAY_MORNING };
  let keeper: Timekeeper = createTimekeeper(clock, { lastEntry: null, anchor: null, isAnchorNewest: false, feedMs: 0 });
  let lastStamp: TimeStamp | null = null;
  let nonce = 0;
  for (const event of script) {
    switch (event.event) {
      case 'pass':
      case 'suspend':
        // The monotonic clock counts sleep.
        clock.pass(event.ms);
        truth.now += event.ms;
        break;
      case 'reboot':
        clock.reboot(event.ms);
        truth.now += event.ms;
        break;
      case 'set-clock':
        clock.setWall(Math.max(0, clock.wallMs() + event.byMs));
        break;
      case 'anchor': {
        nonce += 1;
        keeper.accept({ nonce: String(nonce).padStart(11, 'A'), serverTime: truth.now, radiusMs: 100 });
        model.anchor = keeper.anchor();
        model.isKept = false;
        model.isSuspect = false;
        break;
      }
      case 'restart-program':
        keeper = createTimekeeper(clock, {
          lastEntry: lastStamp,
          anchor: keeper.anchor(),
          isAnchorNewest: false,
          feedMs: 0,
        });
        // The flag stands in the entries; what was seen and never written is seen again.
        model.isSuspect = lastStamp?.timeTrust === 'suspect';
        model.isKept = true;
        break;
      case 'look':
        model.see(clock);
        expect(keeper.state().timeTrust === 'suspect').toBe(model.isSuspect && !model.isAnchored(clock));
        break;
      case 'acknowledge':
        model.see(clock);
        keeper.acknowledge();
        expect(keeper.state().needsAcknowledgement).toBe(false);
        break;
      case 'entry': {
        model.see(clock);
        const stamp = keeper.stamp();
        check({ model, clock, stamp });
        if (stamp.timeTrust === 'anchored') expect(stamp.wallMs).toBe(truth.now);
        model.last = { wallMs: stamp.wallMs, monoMs: stamp.monoMs, bootId: stamp.bootId };
        lastStamp = stamp;
        break;
      }
      default:
        throw new Error('a new event');
    }
  }
}

describe('the clock under jumps of ten years, sleep, restarts and anchors', () => {
  it('never makes an entry with an anchor of this boot suspect, and never moves its time', () => {
    fc.assert(
      fc.property(events, (script) => {
        run(script, ({ model, clock, stamp }) => {
          expect(stamp.timeTrust === 'anchored').toBe(model.isAnchored(clock));
          if (model.isAnchored(clock)) expect(stamp.anchorId).toBe(model.anchor?.nonce);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('never goes back behind the last entry or the anchor while there is none of this boot', () => {
    fc.assert(
      fc.property(events, (script) => {
        run(script, ({ model, clock, stamp }) => {
          if (!model.isAnchored(clock)) expect(stamp.wallMs).toBeGreaterThanOrEqual(model.floor());
        });
      }),
      { numRuns: 400 },
    );
  });

  it('is suspect exactly when it jumped back by two minutes or on by 36 hours since the last anchor', () => {
    fc.assert(
      fc.property(events, (script) => {
        run(script, ({ model, clock, stamp }) => {
          if (model.isAnchored(clock)) return;
          expect(stamp.timeTrust === 'suspect').toBe(model.isSuspect);
          // A clock that is believed is the computer's own, unless it is a little behind.
          if (stamp.timeTrust === 'rtc') expect(stamp.wallMs).toBe(clock.wallMs());
          if (stamp.timeTrust === 'clamped') expect(clock.wallMs()).toBeLessThan(model.floor());
        });
      }),
      { numRuns: 400 },
    );
  });

  it.each([-10 * YEAR, 10 * YEAR])('asks again when a clock that was acknowledged jumps by %i ms', (byMs) => {
    const clock = createFakeClock();
    const keeper = createTimekeeper(clock, { lastEntry: null, anchor: null, isAnchorNewest: false, feedMs: 0 });
    keeper.stamp();
    clock.setWall(clock.wallMs() + 3 * DAY);
    expect(keeper.state()).toEqual({ timeTrust: 'suspect', jumpMs: 3 * DAY, needsAcknowledgement: true });
    keeper.acknowledge();
    clock.pass(HOUR);
    keeper.stamp();
    expect(keeper.state()).toMatchObject({ timeTrust: 'suspect', needsAcknowledgement: false });
    clock.setWall(clock.wallMs() + byMs);
    expect(keeper.state()).toMatchObject({ jumpMs: byMs, needsAcknowledgement: true });
    keeper.accept({ nonce: 'AAAAAAAAAAA', serverTime: WEDNESDAY_MORNING, radiusMs: 1 });
    expect(keeper.state()).toEqual({ timeTrust: 'anchored', jumpMs: null, needsAcknowledgement: false });
  });
});
