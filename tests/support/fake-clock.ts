import type { ClockPort } from '../../src/main/core/ports.ts';

/** A clock that the test turns by hand. */
export type FakeClock = ClockPort & {
  /** Time passes: both clocks go on. */
  readonly pass: (ms: number) => void;
  /** Someone sets the computer's clock; the monotonic clock does not care. */
  readonly setWall: (wallMs: number) => void;
  /** The computer was off for `offMs`; the new boot has its own id and starts counting. */
  readonly reboot: (offMs: number) => void;
};

/** Wednesday 18 November 2026, 09:00 in Kediri. */
export const WEDNESDAY_MORNING = Date.UTC(2026, 10, 18, 2, 0, 0);

export function createFakeClock(wallMs = WEDNESDAY_MORNING): FakeClock {
  const now = { wallMs, monoMs: 60_000, boot: 1 };
  return {
    wallMs: () => now.wallMs,
    monoMs: () => now.monoMs,
    bootId: () => `boot-${now.boot}`,
    pass: (ms) => {
      now.wallMs += ms;
      now.monoMs += ms;
    },
    setWall: (next) => {
      now.wallMs = next;
    },
    reboot: (offMs) => {
      now.wallMs += offMs;
      now.monoMs = 20_000;
      now.boot += 1;
    },
  };
}
