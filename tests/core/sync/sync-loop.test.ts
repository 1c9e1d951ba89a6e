import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RETRY_CEILING_MS, RETRY_FLOOR_MS } from '../../../src/domain/delivery-policy.ts';
import { err, ok } from '../../../src/domain/result.ts';
import type { LineFault } from '../../../src/main/core/sync/link.ts';
import type { Round } from '../../../src/main/core/sync/round.ts';
import { createSyncLoop } from '../../../src/main/core/sync/sync-loop.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { createGate } from '../../support/test-line.ts';

const POLL_MS = 4000;
const NO_LINE: LineFault = { fault: 'no-line', detail: 'ECONNREFUSED' };
const QUIET: Round = { contact: null, items: [], pulled: new Map(), faults: [], frozen: false };

type Outcome = LineFault | 'ok' | 'bug';

/** A loop whose rounds end as the test says; time is the test's. */
function looped(first: Outcome, fraction = 0.5, pollMs: number | null = POLL_MS) {
  const held = { outcome: first, rounds: 0, fraction, carries: false, brings: false };
  const log = createRecordingLog();
  const clock = createFakeClock();
  const events: string[] = [];
  const loop = createSyncLoop({
    clock,
    random: { bytes: (length) => new Uint8Array(length), fraction: () => held.fraction },
    events: { publish: (topic) => events.push(topic) },
    log,
    ...(pollMs === null ? {} : { pollMs }),
    round: async () => {
      held.rounds += 1;
      if (held.carries) loop.noteItems([{ seq: held.rounds, verdict: 'ACCEPTED' }]);
      if (held.outcome === 'bug') throw new TypeError('a bug');
      const round: Round = held.brings ? { ...QUIET, pulled: new Map([['decisions', 1]]) } : QUIET;
      return held.outcome === 'ok' ? ok(round) : err(held.outcome);
    },
  });
  return { loop, held, log, events, clock };
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('the loop that survives the line', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('runs a round every few seconds while there is a line', async () => {
    const { loop, held } = looped('ok');
    loop.start();
    await pass(0);
    expect(held.rounds).toBe(1);
    await pass(POLL_MS - 1);
    expect(held.rounds).toBe(1);
    await pass(1);
    expect(held.rounds).toBe(2);
    await loop.stop();
  });

  it('waits between one second and a bound that doubles up to a quarter of an hour when there is none', async () => {
    const longest = [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900].map((seconds) => seconds * 1000 - 1);
    for (const [fraction, waits] of [
      [0, longest.map(() => RETRY_FLOOR_MS)],
      [0.999_999_999, longest],
    ] as const) {
      const { loop, held, clock } = looped(NO_LINE, fraction);
      loop.start();
      await pass(0);
      for (const wait of waits) {
        expect((loop.state().nextTryAt ?? 0) - clock.wallMs()).toBe(wait);
        const { rounds } = held;
        await pass(wait - 1);
        expect(held.rounds).toBe(rounds);
        await pass(1);
        expect(held.rounds).toBe(rounds + 1);
      }
      await loop.stop();
    }
    expect(RETRY_CEILING_MS).toBe(900_000);
  });

  it('begins at the floor again after one good round', async () => {
    const { loop, held, clock } = looped(NO_LINE, 0.999_999_999);
    loop.start();
    await pass(20_000);
    held.outcome = 'ok';
    await pass(16_000);
    expect(loop.state().nextTryAt).toBeNull();
    held.outcome = NO_LINE;
    await pass(2_500);
    expect((loop.state().nextTryAt ?? 0) - clock.wallMs()).toBe(1_999);
    await loop.stop();
  });

  it('asks at a slower pace once nothing has come for two minutes, and at the quick one as soon as something is carried', async () => {
    const { loop, held } = looped('ok', 0.5, null);
    loop.start();
    await pass(0);
    for (let round = 2; round <= 30; round += 1) {
      await pass(4_000);
      expect(held.rounds).toBe(round);
    }
    await pass(19_999);
    expect(held.rounds).toBe(30);
    await pass(1);
    expect(held.rounds).toBe(31);
    held.brings = true;
    await pass(20_000);
    held.brings = false;
    expect(held.rounds).toBe(32);
    await pass(4_000);
    expect(held.rounds).toBe(33);
    await loop.stop();
  });

  it('begins at the floor again when something was carried before the line broke', async () => {
    const { loop, held, clock } = looped(NO_LINE, 0.999_999_999);
    const nextWait = (): number => (loop.state().nextTryAt ?? 0) - clock.wallMs();
    loop.start();
    await pass(0);
    for (const seconds of [2, 4, 8, 16]) {
      expect(nextWait()).toBe(seconds * 1000 - 1);
      await pass(seconds * 1000 - 1);
    }
    held.carries = true;
    await pass(32_000 - 1);
    for (let round = 0; round < 5; round += 1) {
      expect(nextWait()).toBe(2_000 - 1);
      await pass(2_000 - 1);
    }
    await loop.stop();
  });

  it('keeps the back-off when a sale wakes it without a line, so that a returning province is not hammered', async () => {
    const { loop, held } = looped(NO_LINE, 0.999_999_9);
    loop.start();
    await pass(2_100);
    expect(held.rounds).toBe(2);
    for (let sale = 0; sale < 20; sale += 1) loop.wake();
    await pass(3_000);
    expect(held.rounds).toBe(2);
    await loop.stop();
  });

  it('sends at once what is sold with a line', async () => {
    const { loop, held } = looped('ok');
    loop.start();
    await pass(1000);
    loop.noteContact();
    loop.wake();
    await pass(0);
    expect(held.rounds).toBe(2);
    await loop.stop();
  });

  it('goes round once more for what was sold while a round was running', async () => {
    const gate = createGate();
    const { rounds } = await (async () => {
      const held = { rounds: 0 };
      const loop = createSyncLoop({
        clock: createFakeClock(),
        random: { bytes: (length) => new Uint8Array(length), fraction: () => 0 },
        events: { publish: () => undefined },
        log: createRecordingLog(),
        pollMs: POLL_MS,
        round: async () => {
          held.rounds += 1;
          if (held.rounds === 1) await gate.opened;
          return ok(QUIET);
        },
      });
      loop.start();
      await pass(0);
      loop.wake();
      gate.open();
      await pass(0);
      await loop.stop();
      return held;
    })();
    expect(rounds).toBe(2);
  });

  it('does not come back to a busy province before it asked for', async () => {
    const { loop, held } = looped({ fault: 'busy', detail: 'BUSY', retryAfterMs: 45_000 }, 0);
    loop.start();
    await pass(44_900);
    expect(held.rounds).toBe(1);
    await pass(200);
    expect(held.rounds).toBe(2);
    await loop.stop();
  });

  it('leaves a busy province alone until then, whatever is sold; a person may ask', async () => {
    const { loop, held } = looped('ok', 0);
    loop.start();
    await pass(0);
    held.outcome = { fault: 'busy', detail: 'BUSY', retryAfterMs: 45_000 };
    await pass(POLL_MS);
    expect(held.rounds).toBe(2);
    for (let sale = 0; sale < 10; sale += 1) {
      await pass(1_000);
      loop.wake();
    }
    await pass(0);
    expect(held.rounds).toBe(2);
    // The officer's own key goes, and what he hears is obeyed anew.
    await loop.runNow();
    expect(held.rounds).toBe(3);
    loop.wake();
    await pass(44_900);
    expect(held.rounds).toBe(3);
    held.outcome = 'ok';
    await pass(200);
    expect(held.rounds).toBe(4);
    loop.wake();
    await pass(0);
    expect(held.rounds).toBe(5);
    await loop.stop();
  });

  it('runs at once when a person asks, whatever the back-off says, and one round at a time', async () => {
    const { loop, held } = looped(NO_LINE, 0.999_999_9);
    loop.start();
    await pass(7_000);
    const { rounds } = held;
    held.outcome = 'ok';
    const [first, second] = await Promise.all([loop.runNow(), loop.runNow()]);
    expect(held.rounds).toBeGreaterThan(rounds);
    expect(first).toBe(second);
    expect(loop.state()).toMatchObject({ online: true, lastError: null });
    await loop.stop();
  });

  it('survives a bug in a round: it is written down and the next round comes in its time', async () => {
    const { loop, held, log } = looped('bug', 0);
    loop.start();
    await pass(0);
    expect(log.lines).toContainEqual({ level: 'error', event: 'sync.threw', facts: { name: 'TypeError' } });
    held.outcome = 'ok';
    await pass(1_100);
    expect(held.rounds).toBe(2);
    expect(loop.state()).toMatchObject({ online: true });
    await loop.stop();
  });

  it('tells the screens when the line goes and comes, and since when', async () => {
    const { loop, held, events } = looped('ok');
    loop.start();
    await pass(0);
    expect(loop.state()).toMatchObject({ online: true, nextTryAt: null });
    events.length = 0;
    held.outcome = NO_LINE;
    await pass(POLL_MS);
    expect(loop.state()).toMatchObject({ online: false, doing: 'waiting', lastError: 'ECONNREFUSED' });
    expect(loop.state().nextTryAt).not.toBeNull();
    expect(events).toContain('status');
    await loop.stop();
  });

  it('ends at once when the counter is closed, in the middle of a wait or of a round', async () => {
    const { loop, held } = looped(NO_LINE, 0.999_999_9);
    loop.start();
    await pass(5_000);
    await loop.stop();
    const { rounds } = held;
    await pass(3_600_000);
    expect(held.rounds).toBe(rounds);
  });
});
