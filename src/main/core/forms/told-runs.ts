import type { WriteTx } from '../db/open.ts';
import { bodyOf, type StoredEntry } from '../journal/entry-text.ts';
import { isTold, putRun, type ToldRun } from './form-store.ts';

/** What an entry says of forms; undefined for every other entry. */
function toldBy(entry: StoredEntry): ToldRun | undefined {
  const begunAt = entry.wallMs;
  if (entry.type === 'form.used') {
    const { form, series, serial } = bodyOf(entry.type, entry);
    return { form, series, from: serial, to: serial, state: 'used', begunAt };
  }
  if (entry.type === 'form.spoiled') {
    const { form, series, serial } = bodyOf(entry.type, entry);
    return { form, series, from: serial, to: serial, state: 'spoiled', begunAt };
  }
  if (entry.type !== 'form.missing') return undefined;
  const { form, series, from, to } = bodyOf(entry.type, entry);
  return { form, series, from, to, state: 'missing', begunAt };
}

/** Makes the runs anew out of a proved chain; what was said of a serial first stands. */
export async function rebuildRuns(tx: WriteTx, chain: readonly StoredEntry[]): Promise<void> {
  for (const entry of chain) {
    const run = toldBy(entry);
    if (run !== undefined && !(await isTold(tx, run, run))) await putRun(tx, run);
  }
}
