import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLanePace } from '../../../src/main/core/sync/lane-pace.ts';

const KIB = 1024;

function paced() {
  const clock = { now: 1_000_000 };
  return { clock, pace: createLanePace(() => clock.now) };
}

describe('the pace of the pages', () => {
  it('makes pieces that the line carries in two seconds, never above 64 KiB and never below 8', () => {
    const { clock, pace } = paced();
    expect(pace.pieceBytes(null)).toBe(64 * KIB);
    clock.now += 4_000;
    pace.notePiece(64 * KIB, 4_000);
    expect(pace.pieceBytes(null)).toBe(32 * KIB);
    for (let piece = 0; piece < 20; piece += 1) pace.notePiece(8 * KIB, 60_000);
    expect(pace.pieceBytes(null)).toBe(8 * KIB);
    expect(paced().pace.pieceBytes(10_000)).toBe(20_000);
  });

  it('lets no more through than the cap, over any time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 1_000_000 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 64 * KIB }), fc.nat({ max: 3_000 })), {
          minLength: 2,
          maxLength: 60,
        }),
        (cap, pieces) => {
          const { clock, pace } = paced();
          const began = clock.now;
          let [sent, last] = [0, 0];
          for (const [bytes, pauseMs] of pieces) {
            clock.now += pauseMs + pace.waitFor(bytes, cap);
            // Everything before this piece is paid for by the time that has passed.
            expect(sent).toBeLessThanOrEqual(((clock.now - began) * cap) / 1000 + 1);
            sent += bytes;
            last = bytes;
          }
          expect(last).toBeGreaterThan(0);
        },
      ),
    );
    expect(paced().pace.waitFor(1_000_000, null)).toBe(0);
  });

  it('shows the speed of the last minute, and none where nothing moved', () => {
    const { clock, pace } = paced();
    expect(pace.speed()).toBeNull();
    for (let piece = 0; piece < 10; piece += 1) {
      clock.now += 1_000;
      pace.notePiece(20_000, 1_000);
    }
    expect(pace.speed()).toBe(20_000);
    clock.now += 61_000;
    expect(pace.speed()).toBeNull();
  });
});
