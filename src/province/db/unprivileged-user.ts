import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Who runs PostgreSQL when we are root, because PostgreSQL refuses to be. */
export type UnprivilegedUser = { readonly uid: number; readonly gid: number };

const NOBODY = 65_534;

/** `nobody` of this machine when we are root; undefined when PostgreSQL may run as ourselves. */
export function unprivilegedUser(): UnprivilegedUser | undefined {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid ?? NOBODY), gid: Number(gid ?? NOBODY) };
}

/** Whether anybody may pass through every folder down to this one. */
export function entersFolder(folder: string): boolean {
  const path = resolve(folder);
  const parent = dirname(path);
  const passable = (statSync(path).mode & 0o001) !== 0;
  return passable && (parent === path || entersFolder(parent));
}
