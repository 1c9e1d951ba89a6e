import { join } from 'node:path';

/** Whether Electron's window can be opened from this checkout; `reason` is said aloud when it cannot. */
export type ElectronBinary =
  | { readonly ok: true; readonly program: string }
  | { readonly ok: false; readonly reason: string };

/**
 * The package brings no binary (it is downloaded on first use, where that is allowed): looked for where the package puts
 * it, and never downloaded by us.
 */
export function findElectron(
  programFolder: string,
  exists: (file: string) => boolean,
  readText: (file: string) => string,
): ElectronBinary {
  const folder = join(programFolder, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const program = exists(pathFile) ? join(folder, 'dist', readText(pathFile).trim()) : undefined;
  if (program !== undefined && exists(program)) return { ok: true, program };
  return { ok: false, reason: 'program Electron belum diunduh di komputer ini' };
}
