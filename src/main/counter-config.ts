import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { localDateAt } from '../domain/local-date.ts';
import type { CounterConfig } from './core/config.ts';
import { readInstallation } from './installed/installation.ts';

const packageSchema = z.object({ version: z.string() });

const PROGRAM_FOLDER = join(import.meta.dirname, '..', '..');

/** Version of this program, from its package file. */
function appVersion(): string {
  const file = join(PROGRAM_FOLDER, 'package.json');
  return packageSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/**
 * The settings of a counter on a data folder. The second mark lies beside the folder, not in it: whoever puts an old
 * copy of the folder back does not put the mark back too.
 */
export function counterConfig(
  wish: Pick<CounterConfig, 'dataDir' | 'mode' | 'keyStoreKind'> & Partial<CounterConfig>,
): CounterConfig {
  const dataDir = resolve(wish.dataDir);
  return {
    secondMarkDir: join(dirname(dataDir), `${basename(dataDir)}.tanda`),
    // A demonstration shows the second copy working; at a real counter an installer chooses the medium.
    firstMirrorDir: wish.mode === 'demo' ? join(dirname(dataDir), `${basename(dataDir)}.salinan`) : null,
    appVersion: appVersion(),
    installation: readInstallation(PROGRAM_FOLDER),
    passphrase: null,
    syncLoop: true,
    ...wish,
    dataDir,
  };
}

/**
 * The settings of a training beside the folder of a counter, which is never opened: a folder of the day, so that what is due
 * and what is late stays so, with plain keys that are worth nothing, and no part in updates.
 */
export function trainingConfig(dataDir: string): CounterConfig {
  const own = join(`${resolve(dataDir)}.latihan`, localDateAt(Date.now()));
  const wish = { dataDir: own, mode: 'training', keyStoreKind: 'demo' } as const;
  const places = { firstMirrorDir: `${own}.salinan`, resourceDir: join(PROGRAM_FOLDER, 'resources') };
  return { ...counterConfig({ ...wish, ...places }), installation: undefined };
}
