import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { MediumPlace } from '../../../contract/views-roads.ts';

const BUNDLE_FILE = /[.]opop$/i;
const MOUNTS = '/proc/self/mounts';
/** Where desktop systems put flashdisks; other things hardly ever stand there. */
const DESKTOP_ROOTS = ['/media/', '/run/media/'];
/** Where a person mounts by hand, flashdisks and everything else. */
const HAND_ROOT = '/mnt/';
/** File systems of the network and of no disk at all may stand there too: a flashdisk is a device, also where it is locked. */
const DEVICE = /^[/]dev[/](.+)$/;
/** Characters that show nothing, or turn round what stands beside them. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const LONGEST_NAME = 60;
const WINDOWS_DRIVES = 'DEFGHIJKLMNOPQRSTUVWXYZ';

/** What a medium that is pulled meanwhile answers is the same as no medium. */
function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (_pulled) {
    return otherwise;
  }
}

/** The kernel's word on a disk: it can be taken out, or hangs on USB; a partition stands in the folder of its disk. */
function isRemovable(device: string): boolean {
  const folder = attempt(() => realpathSync(join('/sys/class/block', device)), '');
  const flag = (of: string): string => attempt(() => readFileSync(join(of, 'removable'), 'utf8').trim(), '');
  return folder.includes('/usb') || flag(folder) === '1' || flag(dirname(folder)) === '1';
}

/** Mount points are written with blanks, tabs, line ends and backslashes as three octal digits. */
const pointOf = (written: string): string =>
  written.replaceAll(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** The points of a list of mounts at which a medium stands that can be carried away. */
export function removableMounts(mounts: string, removable: (device: string) => boolean): readonly string[] {
  return mounts.split('\n').flatMap((line) => {
    const [source = '', written = ''] = line.split(' ');
    const [, device] = DEVICE.exec(pointOf(source)) ?? [];
    if (device === undefined) return [];
    const point = pointOf(written);
    const isOffered =
      DESKTOP_ROOTS.some((root) => point.startsWith(root)) || (point.startsWith(HAND_ROOT) && removable(device));
    return isOffered ? [point] : [];
  });
}

/** A name out of somebody else's hands as a screen may show it: in one line, nothing hidden in it, not without end. */
export function shownName(name: string): string {
  const plain = name.replaceAll(UNSHOWN, '\uFFFD');
  return plain.length <= LONGEST_NAME ? plain : `${plain.slice(0, LONGEST_NAME - 1)}…`;
}

/** How a folder is called where media are chosen. */
export const placeName = (folder: string): string => shownName(basename(folder) === '' ? folder : basename(folder));

/** Folders at which other media than the system's own disk stand, by the ways of this operating system. */
export function mediaFolders(platform: NodeJS.Platform): readonly string[] {
  if (platform === 'linux') {
    return removableMounts(
      attempt(() => readFileSync(MOUNTS, 'utf8'), ''),
      isRemovable,
    );
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
      ? [{ file, name: shownName(name), bytes: found.size, modifiedAt: Math.max(0, Math.floor(found.mtimeMs)) }]
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
        name: placeName(folder),
        freeBytes: disk === null ? null : disk.bavail * disk.bsize,
        files: bundlesIn(folder).toSorted((left, right) => right.modifiedAt - left.modifiedAt),
      };
    }),
  );
}
