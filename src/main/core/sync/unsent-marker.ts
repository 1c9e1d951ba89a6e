import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventTopic } from '../../../contract/frames.ts';
import { fileFault } from '../db/medium-fault.ts';
import type { LogPort } from '../ports.ts';

/** Lies in the data folder while money or documents wait, for an uninstaller that cannot read a database. */
export const UNSENT_FILE = 'unsent';

const CHANGES_IT: readonly EventTopic[] = ['outbox', 'transactions', 'cash-session', 'documents'];

/**
 * Keeps the file true: `look` at the start, `heard` with every event. Many events of one step are one look, and a file that
 * is as it should be is left alone. A disk that refuses it is logged; the journal decides anyway.
 */
export function createUnsentMarker(deps: {
  readonly dataDir: string;
  readonly unsentMoney: () => Promise<number>;
  readonly log: LogPort;
}): { readonly look: () => Promise<void>; readonly heard: (topic: EventTopic) => void } {
  const file = join(deps.dataDir, UNSENT_FILE);
  /** `lies`: whether the file is there; undefined before the first look and after a disk that refused. */
  const turns: { last: Promise<void>; isDue: boolean; lies: boolean | undefined } = {
    last: Promise.resolve(),
    isDue: false,
    lies: undefined,
  };
  const settle = async (): Promise<void> => {
    // What is heard from here on may come too late for this look.
    turns.isDue = false;
    try {
      const waits = (await deps.unsentMoney()) > 0;
      if (waits === turns.lies) return;
      turns.lies = undefined;
      if (waits) await writeFile(file, '', { mode: 0o600 });
      else await rm(file, { force: true });
      turns.lies = waits;
    } catch (error) {
      deps.log.write('warn', 'unsent.marker', { code: fileFault(error) });
    }
  };
  const look = (): Promise<void> => {
    // A look that has not begun will see this too.
    if (!turns.isDue) turns.last = turns.last.then(settle);
    turns.isDue = true;
    return turns.last;
  };
  return {
    look,
    heard: (topic) => {
      if (CHANGES_IT.includes(topic)) void look();
    },
  };
}
