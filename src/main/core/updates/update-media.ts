import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_END, signedManifestSchema, updateManifestSchema, type UpdateView } from '../../../contract/update.ts';
import { isNewerVersion } from '../../../domain/version.ts';
import type { Running } from './read-manifest.ts';

const MANIFEST_MAX_BYTES = 16_384;

/** What a medium that is pulled meanwhile answers is the same as no medium. */
function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (_pulled) {
    return otherwise;
  }
}

function headOf(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const block = Buffer.alloc(MANIFEST_MAX_BYTES);
    return block.subarray(0, readSync(handle, block)).toString('utf8');
  } finally {
    closeSync(handle);
  }
}

/** Newer programs for this platform on media; read for a list on the screen, proved only when one is taken. */
export function findUpdates(folders: readonly string[], running: Running): UpdateView['found'] {
  const archives = folders.flatMap((folder) =>
    attempt(() => readdirSync(folder), [])
      .filter((name) => name.endsWith(MANIFEST_END))
      .map((name) => join(folder, name.slice(0, -MANIFEST_END.length))),
  );
  return archives.flatMap((file) => {
    const signed = attempt(() => signedManifestSchema.parse(JSON.parse(headOf(`${file}${MANIFEST_END}`))), undefined);
    if (signed === undefined) return [];
    const manifest = attempt(() => updateManifestSchema.parse(JSON.parse(signed.text)), undefined);
    const isOurs = manifest?.platform === running.platform && isNewerVersion(manifest.version, running.version);
    return manifest !== undefined && isOurs ? [{ file, version: manifest.version, notes: manifest.notes }] : [];
  });
}
