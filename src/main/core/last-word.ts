import type { Foundation } from './foundation.ts';

/** The answer to whoever asked for the end travels first (ms). */
const LAST_WORD_MS = 300;

/** Ends the program once the page has its answer; an end at once would cut the answer off. */
export function quitAfterAnswer({ wait, shell }: Pick<Foundation, 'wait' | 'shell'>): void {
  void wait(LAST_WORD_MS, new AbortController().signal).then(shell.quit);
}
