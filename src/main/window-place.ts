import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, win32 } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where an installed window keeps its data unless it is told: on Windows in the common folder that the installer made, with
 * rights of its own, and in which the uninstaller looks for what is unsent; elsewhere in the folder of its user.
 */
export function windowDataDir(
  platform: NodeJS.Platform,
  env: Environment,
  window: { readonly isPackaged: boolean; readonly userData: string },
): string {
  if (platform !== 'win32' || !window.isPackaged) return join(window.userData, 'counter');
  return win32.join(env['ProgramData'] ?? 'C:\\ProgramData', 'Loket OPOP', 'counter');
}

/** Everyone, signed-in and interactive users, users, guests, nobody in particular: by their short and their long names. */
const OTHERS = new Set([
  ...['WD', 'AU', 'IU', 'BU', 'BG', 'AN'],
  ...['S-1-1-0', 'S-1-5-11', 'S-1-5-4', 'S-1-5-32-545', 'S-1-5-32-546', 'S-1-5-7'],
]);

/** Whether people who are not of the counter may open a folder, by its rights as Windows writes them down (SDDL). */
export function isOpenToOthers(sddl: string): boolean {
  const list = /D:(?!NO_ACCESS_CONTROL)[A-Z]*((?:\([^)]*\))*)/u.exec(sddl)?.[1];
  // A folder without a list of rights is open to all.
  if (list === undefined) return true;
  const allowed = [...list.matchAll(/\(X?A;(?:[^;)]*;){4}([^;)]+)/gu)].map(([, who = '']) => who);
  return allowed.some((who) => OTHERS.has(who));
}

/** What is wrong with the common folder of Windows. */
type FolderFault = 'not-made' | 'open' | 'unknown';

/** The rights of the common folder; undefined when Windows did not tell, which is borne where data was kept before. */
export function judgeRights(sddl: string | undefined, hasData: boolean): FolderFault | undefined {
  if (sddl === undefined) return hasData ? undefined : 'unknown';
  return isOpenToOthers(sddl) ? 'open' : undefined;
}

/** Rights of a folder, of Windows' own PowerShell; the folder's name goes through stdin. */
export function readFolderRights(folder: string, powershell = 'powershell.exe'): string | undefined {
  const script = '(Get-Acl -LiteralPath ([Console]::In.ReadToEnd().Trim())).Sddl';
  const args = ['-NoProfile', '-NonInteractive', '-Command', script];
  const end = spawnSync(powershell, args, { input: folder, encoding: 'utf8', timeout: 20_000, windowsHide: true });
  if (end.error !== undefined || end.status !== 0) return undefined;
  const sddl = end.stdout.trim();
  return /^[OGDS]:/u.test(sddl) ? sddl : undefined;
}

const AS_ADMINISTRATOR = 'Jalankan pemasang Loket OPOP lagi sebagai administrator.';

/** What a person reads who started a window whose folder is not as the installer makes it. */
export function folderFaultSentence(fault: FolderFault, folder: string): string {
  const what = {
    'not-made': `folder data ${folder} belum dibuat, atau pengguna ini bukan anggota grup Loket OPOP`,
    open: `folder data ${folder} terbuka bagi pengguna lain`,
    unknown: `hak folder data ${folder} tidak dapat diperiksa`,
  }[fault];
  return `Loket tidak dijalankan: ${what}. Data tidak diubah. ${AS_ADMINISTRATOR}`;
}

/** The folder or, where it is not made yet, what it will lie in. */
function existingPlace(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existingPlace(dirname(folder));
}

/**
 * The minimum of Linux at the first start of a program that nobody installed (AppImage), by the check that the packages
 * carry; the sentences for the person, or undefined when the machine is fit or has data already. `root` is for a test.
 */
export function belowMinimum(check: {
  readonly script: string;
  readonly dataDir: string;
  readonly root?: string;
  readonly path?: string;
}): string | undefined {
  if (existsSync(check.dataDir)) return undefined;
  const { status, stderr } = spawnSync(
    '/bin/sh',
    ['-c', '. "$1"; loket_check_minimum "$2" "$3"', 'sh', check.script, check.root ?? '', existingPlace(check.dataDir)],
    { encoding: 'utf8', env: { PATH: check.path ?? '/usr/bin:/bin', LC_ALL: 'C' } },
  );
  return status === BELOW_MINIMUM ? stderr.trim() : undefined;
}

/** Exit code of the check, and of a program that it keeps from starting. */
export const BELOW_MINIMUM = 3;
