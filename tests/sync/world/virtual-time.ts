import type { ClockPort } from '../../../src/main/core/ports.ts';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

/** Midnight of 10 March 2026 in Jakarta: the first day of every world. */
export const FIRST_MIDNIGHT = Date.UTC(2026, 2, 9, 17);

/** The one time of a world, ms UTC; it never goes back. The province's clock is this one. */
export type WorldTime = { now: number };

export function createWorldTime(): WorldTime {
  return { now: FIRST_MIDNIGHT };
}

/** Time passes while something is done. */
export function pass(time: WorldTime, ms: number): void {
  time.now += ms;
}

/** A computer's clock: what it believes differs from the world's time by `offsetMs`, which somebody may change. */
export type ComputerClock = ClockPort & {
  readonly setOffset: (offsetMs: number) => void;
  readonly offset: () => number;
  readonly reboot: () => void;
};

export function createComputerClock(time: WorldTime, name: string): ComputerClock {
  const own = { offsetMs: 0, bootedAt: time.now - MINUTE_MS, boots: 1 };
  return {
    wallMs: () => Math.max(0, time.now + own.offsetMs),
    monoMs: () => time.now - own.bootedAt,
    bootId: () => `${name}-boot-${String(own.boots)}`,
    setOffset: (offsetMs) => {
      own.offsetMs = offsetMs;
    },
    offset: () => own.offsetMs,
    reboot: () => {
      own.boots += 1;
      // The computer has been on for a moment when the program starts.
      own.bootedAt = time.now - 20_000;
    },
  };
}
