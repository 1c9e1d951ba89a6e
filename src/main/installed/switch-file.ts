import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isNewerVersion } from '../../domain/version.ts';
import { type Installation, readInstallation } from './installation.ts';

const SWITCH_FILE = 'switch.json';

/** Starts of a new program that may fail before the old one is put back. */
export const MOST_TRIALS = 3;

const switchSchema = z.object({
  /** The program that is to run. */
  version: z.string(),
  /** The one that runs again when this one does not stand. */
  previous: z.string(),
  /** `trial` until the new program has stood once; `returned` when it did not and the old one runs again. */
  state: z.enum(['trial', 'confirmed', 'returned']),
  /** Starts since the switch. */
  starts: z.int().nonnegative(),
});
export type Switch = Readonly<z.infer<typeof switchSchema>>;

/** Undefined before the first update, and when it cannot be read: then the program runs that was installed. */
export function readSwitch(versionsFolder: string): Switch | undefined {
  const file = join(versionsFolder, SWITCH_FILE);
  if (!existsSync(file)) return undefined;
  try {
    return switchSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch (_torn) {
    return undefined;
  }
}

/** One rename is the moment at which a program takes the other's place. Throws what the file system answers. */
export function writeSwitch(versionsFolder: string, state: Switch): void {
  const file = join(versionsFolder, SWITCH_FILE);
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, JSON.stringify(state), { mode: 0o600 });
  const handle = openSync(unfinished, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(unfinished, file);
}

/** The folder of one newer program. */
export const versionFolder = (versionsFolder: string, version: string): string => join(versionsFolder, version);

/** The whole program of a version that lies beside the installed one. */
function findProgram({ versionsFolder }: Installation, version: string): Installation | undefined {
  const found = readInstallation(versionFolder(versionsFolder, version));
  return found?.version === version ? found : undefined;
}

/**
 * Which program is to run: the one the switch names when it is newer than the installed one and whole, else the installed
 * one. A start of a program on trial is counted; after too many the switch goes back for good. `isStart` is false for
 * commands that only look: they count no start.
 */
export function chooseProgram(installed: Installation, isStart: boolean): Installation {
  const state = readSwitch(installed.versionsFolder);
  if (state === undefined) return installed;
  const named = isNewerVersion(state.version, installed.version) ? findProgram(installed, state.version) : undefined;
  const isOver = state.state === 'trial' && (named === undefined || state.starts >= MOST_TRIALS);
  if (isStart && isOver) {
    const back: Switch = { ...state, version: state.previous, previous: state.version, state: 'returned' };
    writeSwitch(installed.versionsFolder, back);
    return findProgram(installed, state.previous) ?? installed;
  }
  if (isStart && state.state === 'trial') {
    writeSwitch(installed.versionsFolder, { ...state, starts: state.starts + 1 });
  }
  if (named !== undefined) return named;
  // After a return the other one is the program that did not stand.
  return (state.state === 'returned' ? undefined : findProgram(installed, state.previous)) ?? installed;
}

/** Whether another program than the running one is to run from the next start on. */
export function isReplaced(running: Installation | undefined): boolean {
  const state = running === undefined ? undefined : readSwitch(running.versionsFolder);
  return state !== undefined && state.version !== running?.version && state.state !== 'returned';
}
