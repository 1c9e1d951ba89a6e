import type { ProgramCall } from './run-program.ts';

/** How a computer is asked for the name of its boot; each answers null where nothing comes, or not in time. */
export type AskComputer = {
  readonly read: (file: string) => string | null;
  readonly run: (call: ProgramCall) => string | null;
};

const LINUX_FILE = '/proc/sys/kernel/random/boot_id';
const MAC_CALL: ProgramCall = { program: '/usr/sbin/sysctl', args: ['-n', 'kern.bootsessionuuid'] };
/** By its whole path: a program of that name elsewhere would tell what its owner likes. */
const WINDOWS_CALL: ProgramCall = {
  program: 'C:\\Windows\\System32\\reg.exe',
  args: [
    'query',
    'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\\PrefetchParameters',
    '/v',
    'BootId',
  ],
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
const BOOT_COUNT = /^\s*BootId\s+REG_DWORD\s+0x([0-9a-f]{1,8})\s*$/imu;
const MS_PER_HOUR = 3_600_000;

function uuidIn(said: string | null): string | null {
  const name = said?.trim().toLowerCase() ?? '';
  return UUID.test(name) ? name : null;
}

/**
 * What the operating system calls this boot; null where it has no name that can be believed. Never the moment of the boot
 * alone: whoever sets the clock would choose it. Windows counts its boots, but a count may stand still where its services
 * are switched off, and a hybrid start may count or not: the hour of the boot goes beside it. A name that is other than it
 * need be costs an anchor that was kept, and nothing else.
 */
export function bootNameOf(platform: NodeJS.Platform, { read, run }: AskComputer, bootedAtMs: number): string | null {
  if (platform === 'linux') return uuidIn(read(LINUX_FILE));
  if (platform === 'darwin') return uuidIn(run(MAC_CALL));
  if (platform !== 'win32') return null;
  const count = BOOT_COUNT.exec(run(WINDOWS_CALL) ?? '')?.[1];
  if (count === undefined) return null;
  return `windows-${String(Number.parseInt(count, 16))}-${String(Math.round(bootedAtMs / MS_PER_HOUR))}`;
}
