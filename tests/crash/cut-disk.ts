import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type DiskKind = 'ext4' | 'xfs';

/** A file system in a file, whose power can be cut: what was not synced is gone. */
export type CutDisk = {
  readonly folder: string;
  /** Ends the file system at once; neither data nor its own log are flushed. Programs on it meet EIO from here on. */
  readonly cut: () => void;
  /** Takes the dead file system away and mounts what the disk really has. */
  readonly powerOn: () => void;
  readonly remove: () => void;
};

const MIB = 1024 * 1024;
/** XFS is not made smaller than 300 MiB; the file is sparse. */
const SIZES: Readonly<Record<DiskKind, number>> = { ext4: 96 * MIB, xfs: 320 * MIB };
const MAKERS: Readonly<Record<DiskKind, readonly string[]>> = {
  ext4: ['mkfs.ext4', '-q', '-F', '-E', 'lazy_itable_init=1,lazy_journal_init=1'],
  xfs: ['mkfs.xfs', '-q', '-f'],
};
/** EXT4_IOC_SHUTDOWN and XFS_IOC_GOINGDOWN are one number; 2 is NOLOGFLUSH. */
const SHUTDOWN = 'sysopen(F, $ARGV[0], 0) or die $!; my $how = pack("L", 2); ioctl(F, 0x8004587d, $how) or die $!;';

const run = (command: string, ...args: readonly string[]): void => {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PATH: WIDE_PATH } });
};
const WIDE_PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
const has = (command: string): boolean => WIDE_PATH.split(':').some((folder) => existsSync(join(folder, command)));

/** Makes and mounts such a disk; needs root, a loop device and the tools of the file system. */
export function makeCutDisk(kind: DiskKind): CutDisk {
  const home = mkdtempSync(join(tmpdir(), `loket-cut-${kind}-`));
  const image = join(home, 'disk.img');
  const folder = join(home, 'disk');
  mkdirSync(folder);
  writeFileSync(image, '');
  truncateSync(image, SIZES[kind]);
  const [maker = '', ...options] = MAKERS[kind];
  const mount = (): void => run('mount', '-o', 'loop', '-t', kind, image, folder);
  const unmount = (): void => run('umount', folder);
  try {
    run(maker, ...options, image);
    mount();
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
  return {
    folder,
    cut: () => run('perl', '-e', SHUTDOWN, folder),
    powerOn: () => {
      unmount();
      mount();
    },
    remove: () => {
      run('umount', '--lazy', folder);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Why no power can be cut on this machine, or null when it can; tried for real, with one disk. */
export function obstacleToCuts(kind: DiskKind): string | null {
  if (process.platform !== 'linux') return 'only Linux can end a file system without flushing';
  if (process.getuid?.() !== 0) return 'mounting needs root';
  const missing = [MAKERS[kind][0] ?? '', 'mount', 'umount', 'perl'].find((command) => !has(command));
  if (missing !== undefined) return `${missing} is not on this machine`;
  let disk: CutDisk | undefined;
  try {
    disk = makeCutDisk(kind);
    disk.cut();
    disk.powerOn();
    return null;
  } catch (error) {
    return `a loop-mounted ${kind} could not be cut here: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    disk?.remove();
  }
}
