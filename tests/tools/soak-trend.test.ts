import { describe, expect, it } from 'vitest';
import { afterWarmUp, growthPerHour, type Sample } from '../../bench/soak/trend.ts';

const MB = 1024 ** 2;
const MINUTES = 20;
/** A look every five seconds, over twenty minutes. */
const looks = (bytesAt: (minute: number) => number): readonly Sample[] =>
  Array.from({ length: MINUTES * 12 }, (_none, n) => ({ atMs: n * 5_000, bytes: bytesAt(n / 12) }));

describe('the trend of a memory', () => {
  it('of one that stands still is none, whatever the collector leaves', () => {
    expect(growthPerHour(looks(() => 80 * MB))).toBe(0);
    const teeth = looks((minute) => 80 * MB + ((minute * 7) % 3) * MB);
    expect(Math.abs(growthPerHour(teeth))).toBeLessThan(MB);
  });

  it('of one that leaks a little is what leaks, under teeth that are larger', () => {
    const leaking = looks((minute) => 80 * MB + ((minute * 7) % 3) * MB + minute * (MB / 4));
    expect(growthPerHour(leaking) / MB).toBeCloseTo(15, 0);
  });

  it('is not bent by a burst that goes again', () => {
    const burst = looks((minute) => (minute > 12 && minute < 14 ? 300 : 80) * MB);
    expect(growthPerHour(burst)).toBe(0);
  });

  it('begins after the warm-up', () => {
    const warming = looks((minute) => Math.min(80, 40 + minute * 10) * MB);
    expect(growthPerHour(warming)).toBeGreaterThanOrEqual(0);
    const warm = afterWarmUp(warming, 0.3);
    expect(warm[0]?.atMs).toBeGreaterThanOrEqual(0.3 * (warming.at(-1)?.atMs ?? 0));
    expect(growthPerHour(warm)).toBe(0);
  });

  it('of two looks is none that can be told', () => {
    expect(() => growthPerHour([{ atMs: 0, bytes: 1 }])).toThrow('too few');
  });
});
