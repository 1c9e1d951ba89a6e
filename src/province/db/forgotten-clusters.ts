import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';

const ORIGIN_NAME = 'origin';

/** Notes in a cluster that lies elsewhere for which data folder it was made. */
export function rememberOrigin(cluster: string, dataFolder: string): void {
  writeFileSync(join(cluster, ORIGIN_NAME), dataFolder);
}

/**
 * Removes clusters of data folders that were temporary and are gone: a root that tests in a folder of its own leaves one
 * each time. A data folder anywhere else may be on a disk that is not mounted now, so its cluster is never removed.
 */
export function removeForgottenClusters(parent: string): void {
  for (const name of readdirSync(parent)) {
    const origin = join(parent, name, ORIGIN_NAME);
    const madeFor = existsSync(origin) ? readFileSync(origin, 'utf8') : '';
    const isTemporary = madeFor.startsWith(`${tmpdir()}${sep}`);
    const isLive = existsSync(join(parent, name, 'pgdata', 'postmaster.pid'));
    if (isTemporary && !existsSync(madeFor) && !isLive) rmSync(join(parent, name), { recursive: true, force: true });
  }
}
