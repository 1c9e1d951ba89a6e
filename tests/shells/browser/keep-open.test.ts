import { describe, expect, it } from 'vitest';
import type { StartedBrowser } from '../../../src/main/shells/browser/browser.ts';
import { keepOpen } from '../../../src/main/shells/browser/keep-open.ts';

/** A browser that a test closes, or that dies as soon as it stands. */
function browser(diesAtOnce = false): StartedBrowser & { readonly wasClosedByUs: () => boolean } {
  const gone = new AbortController();
  const closed = new Promise<void>((resolve) => {
    gone.signal.addEventListener('abort', () => resolve());
    if (diesAtOnce) resolve();
  });
  return { close: () => gone.abort(), closed, wasClosedByUs: () => gone.signal.aborted };
}

describe('the window of a kiosk in the browser host', () => {
  it('stands again when the officer closed it, until the program itself ends', async () => {
    const [first, second] = [browser(), browser()];
    const told: boolean[] = [];
    const close = keepOpen({ first, reopen: async () => second, closed: (again) => told.push(again), pauseMs: 0 });
    first.close();
    await expect.poll(() => told).toEqual([true]);
    expect(second.wasClosedByUs()).toBe(false);
    close();
    expect(second.wasClosedByUs()).toBe(true);
    await second.closed;
    expect(told).toEqual([true]);
  });

  it('is told of, and not opened again, where it is no kiosk', async () => {
    const first = browser();
    const told: boolean[] = [];
    keepOpen({ first, reopen: async () => undefined, closed: (again) => told.push(again), pauseMs: 0 });
    first.close();
    await expect.poll(() => told).toEqual([false]);
  });

  it('is given up when the browser dies at once again and again', async () => {
    const told: boolean[] = [];
    const reopen = async (): Promise<StartedBrowser> => browser(true);
    keepOpen({ first: browser(true), reopen, closed: (again) => told.push(again), pauseMs: 0, nowMs: () => 0 });
    await expect.poll(() => told.at(-1)).toBe(false);
    expect(told).toEqual([true, true, true, true, true, false]);
  });

  it('is not given up for dying now and then over a long day', async () => {
    let now = 0;
    const told: boolean[] = [];
    const close = keepOpen({
      first: browser(true),
      reopen: async () => browser(told.length < 20),
      closed: (again) => told.push(again),
      pauseMs: 0,
      nowMs: () => (now += 40_000),
    });
    await expect.poll(() => told.length).toBe(21);
    expect(told.every(Boolean)).toBe(true);
    close();
  });
});
