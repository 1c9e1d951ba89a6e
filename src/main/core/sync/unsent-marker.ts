import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventTopic } from '../../../contract/frames.ts';
import { fileFault } from '../db/medium-fault.ts';
import type { LogPort } from '../ports.ts';

/** Lies in the data folder while money or documents wait, for an uninstaller that cannot read a database. */
export const UNSENT_FILE = 'unsent';

const CHANGES_IT: readonly EventTopic[] = ['outbox', 'transactions', 'cash-session', 'documents'];

/** Keeps the file true: `look` at the start, `heard` with every event. A disk that refuses it is logged; the journal decides anyway. */
export function createUnsentMarker(deps: {
  readonly dataDir: string;
  readonly unsentMoney: () => Promise<number>;
  readonly log: LogPort;
}): { readonly look: () => Promise<void>; readonly heard: (topic: EventTopic) => void } {
  const file = join(deps.dataDir, UNSENT_FILE);
  const turns: { last: Promise<void> } = { last: Promise.resolve() };
  const settle = async (): Promise<void> => {
    try {
      if ((await deps.unsentMoney()) === 0) await rm(file, { force: true });
      else await writeFile(file, '', { mode: 0o600 });
    } catch (error) {
      deps.log.write('warn', 'unsent.marker', { code: fileFault(error) });
    }
  };
  const look = (): Promise<void> => (turns.last = turns.last.then(settle));
  return {
    look,
    heard: (topic) => {
      if (CHANGES_IT.includes(topic)) void look();
    },
  };
}
