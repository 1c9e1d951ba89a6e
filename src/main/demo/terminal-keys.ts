import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Calls an action per typed line, one after the other; the end of the input is no wish. Answers the function that ends it. */
export function readKeys(input: Readable, actions: Readonly<Record<string, () => Promise<void>>>): () => void {
  const lines = createInterface({ input });
  let last: Promise<void> = Promise.resolve();
  lines.on('line', (line) => {
    const key = line.trim().toLowerCase();
    const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
    if (action !== undefined) last = last.then(action);
  });
  return () => lines.close();
}
