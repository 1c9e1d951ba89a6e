import type { Page, Route } from '@playwright/test';

/** What becomes of a method on its way: it comes later, as on a busy disk, or its answer is cut off. */
export async function onTheWay(page: Page, method: string, hold: (route: Route) => Promise<void>): Promise<void> {
  await page.route('**/rpc', async (route) => {
    if (route.request().postData()?.includes(`"${method}"`) === true) await hold(route);
    else await route.fallback();
  });
}

/** Holds a request back, by its method or another text in it, until the answer of this is called. */
export async function holdBack(page: Page, word: string): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await onTheWay(page, word, async (route) => {
    await released;
    await route.continue();
  });
  return () => release();
}
