import type { ProvinceContext } from './province-context.ts';

/** Work that comes back: how often, and under which name a round that failed is logged. */
export type Round = {
  /** ms between the end of a round and the next. */
  readonly everyMs: number;
  readonly failed: string;
  readonly run: () => Promise<unknown>;
};

/**
 * Runs rounds one after the other from `start` to `stop`. One that fails is logged and comes back: the database or the disk is
 * away, and what was due is still due when it is back.
 */
export class Rounds {
  readonly #log: ProvinceContext['log'];
  readonly #round: Round;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor({ log }: Pick<ProvinceContext, 'log'>, round: Round) {
    this.#log = log;
    this.#round = round;
  }

  /** `firstAfterMs`: until the first round. */
  start(firstAfterMs = 0): void {
    this.#stopped = false;
    this.#sleep(firstAfterMs);
  }

  #sleep(ms: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#running = this.#runOnce();
    }, ms);
  }

  async #runOnce(): Promise<void> {
    try {
      await this.#round.run();
    } catch (error) {
      this.#log('error', this.#round.failed, { error: String(error).slice(0, 200) });
    }
    this.#sleep(this.#round.everyMs);
  }

  /** Ends after the round in hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
