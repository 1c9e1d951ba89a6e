import type { ProvinceContext } from '../province-context.ts';
import { removeErasedBytes } from './erased-bytes.ts';
import { decideMissingPages } from './page-decisions.ts';

/** Often enough that a page which nobody can read is asked for again while its citizen may still be near. */
const ROUND_MS = 60_000;

/** Everything that is due about pages now. */
export async function keepPages(context: ProvinceContext): Promise<void> {
  await decideMissingPages(context);
  await removeErasedBytes(context);
  // The disk's own clock: that of its files.
  await context.pages.store.sweepFragments(Date.now() - context.settings.fragmentMs);
}

/** A worker with a life: each minute it asks for what is missing and sweeps what nobody needs. */
export class PageKeeper {
  readonly #context: ProvinceContext;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(context: ProvinceContext) {
    this.#context = context;
  }

  start(): void {
    this.#stopped = false;
    this.#sleep(0);
  }

  #sleep(ms: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#running = this.#round();
    }, ms);
  }

  async #round(): Promise<void> {
    try {
      await keepPages(this.#context);
    } catch (error) {
      // The database or the disk is away: what is due is still due when it is back.
      this.#context.log('error', 'PAGE_ROUND_FAILED', { error: String(error).slice(0, 200) });
    }
    this.#sleep(ROUND_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
