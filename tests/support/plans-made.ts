import { vi } from 'vitest';

/**
 * Runs `work` and answers how often the driver made the shape of a row, by a function of its own: once for each plan that
 * SQLite made and that brought a row.
 */
export async function plansMadeIn(work: () => Promise<unknown>): Promise<number> {
  let made = 0;
  const counting = new Proxy(globalThis.Function, {
    apply: (target, self, parts: string[]) => {
      made += 1;
      return Reflect.apply(target, self, parts) as unknown;
    },
  });
  vi.stubGlobal('Function', counting);
  try {
    await work();
  } finally {
    vi.unstubAllGlobals();
  }
  return made;
}
