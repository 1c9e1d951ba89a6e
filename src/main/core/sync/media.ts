import { readdirSync, readFileSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { MediumPlace } from '../../../contract/views-roads.ts';

const BUNDLE_FILE = /[.]opop$/i;
const MOUNTS = '/proc/self/mounts';
/** Where desktop systems put flashdisks. */
const MOUNT_ROOTS = ['/media/', '/run/media/', '/mnt/'];
const WINDOWS_DRIVES = 'DEFGHIJKLMNOPQRSTUVWXYZ';

/** What a medium that is pulled meanwhile answers is the same as no medium. */
function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (_pulled) {
    return otherwise;
  }
}

/** Folders at which other media than the system's own disk stand, by the ways of this operating system. */
export function mediaFolders(platform: NodeJS.Platform): readonly string[] {
  if (platform === 'linux') {
    const lines = attempt(() => readFileSync(MOUNTS, 'utf8'), '').split('\n');
    // Blanks in a mount point are written as \040.
    const points = lines.map((line) => (line.split(' ')[1] ?? '').replaceAll('\\040', ' '));
    return points.filter((point) => MOUNT_ROOTS.some((root) => point.startsWith(root)));
  }
  if (platform === 'darwin') return attempt(() => readdirSync('/Volumes'), []).map((name) => join('/Volumes', name));
  const drives = [...WINDOWS_DRIVES].map((letter) => `${letter}:\\`);
  return drives.filter((drive) => attempt(() => statSync(drive).isDirectory(), false));
}

/** Files of a folder whose names fit, with the folder before them; none where the medium is gone. */
export function filesIn(folder: string, name: RegExp): readonly string[] {
  return attempt(() => readdirSync(folder), [])
    .filter((each) => name.test(each))
    .map((each) => join(folder, each));
}

function bundlesIn(folder: string): MediumPlace['files'] {
  const names = attempt(() => readdirSync(folder), []).filter((name) => BUNDLE_FILE.test(name));
  return names.flatMap((name) => {
    const file = join(folder, name);
    const found = attempt(() => statSync(file), undefined);
    return found?.isFile() === true
      ? [{ file, name, bytes: found.size, modifiedAt: Math.max(0, Math.floor(found.mtimeMs)) }]
      : [];
  });
}

/** The media that may take a bundle, each with the `*.opop` files on it, newest first. */
export async function mediumPlaces(folders: readonly string[]): Promise<MediumPlace[]> {
  return await Promise.all(
    folders.map(async (folder) => {
      const disk = await statfs(folder).catch(() => null); // a figure for the screen: unknown is an answer
      return {
        folder,
        name: basename(folder) === '' ? folder : basename(folder),
        freeBytes: disk === null ? null : disk.bavail * disk.bsize,
        files: bundlesIn(folder).toSorted((left, right) => right.modifiedAt - left.modifiedAt),
      };
    }),
  );
}
