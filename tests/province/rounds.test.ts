import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Rounds } from '../../src/province/rounds.ts';

const EVERY = { everyMs: 1000, failed: 'ROUND_FAILED' } as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('work in rounds', () => {
  it('goes on after a round that failed, and says which it was', async () => {
    const log = vi.fn();
    const run = vi.fn().mockRejectedValueOnce(new Error('no database')).mockResolvedValue(undefined);
    const rounds = new Rounds({ log }, { ...EVERY, run });
    rounds.start(500);
    await vi.advanceTimersByTimeAsync(499);
    expect(run).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1 + 2000);
    expect(run).toHaveBeenCalledTimes(3);
    expect(log.mock.calls).toEqual([['error', 'ROUND_FAILED', { error: 'Error: no database' }]]);
    await rounds.stop();
  });

  it('ends after the round in hand, and begins none after it', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const run = vi.fn(() => held);
    const rounds = new Rounds({ log: vi.fn() }, { ...EVERY, run });
    rounds.start();
    await vi.advanceTimersByTimeAsync(0);
    const ended = vi.fn();
    const stopping = rounds.stop().then(ended);
    await vi.advanceTimersByTimeAsync(5000);
    expect(ended).not.toHaveBeenCalled();
    release();
    await stopping;
    await vi.advanceTimersByTimeAsync(5000);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
