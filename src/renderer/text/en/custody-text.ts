import { count } from '../format.ts';

export const CUSTODY_TEXT = {
  title: 'Second copy',
  why: 'Each transaction is copied, sealed for Bapenda, to this folder or flashdisk before its receipt is printed.',
  state: 'State',
  folder: 'Place',
  noFolder: 'not chosen yet',
  medium: 'Kind',
  mediums: { folder: 'folder on a disk', removable: 'flashdisk' },
  through: 'Copied up to',
  throughSeq: (seq: number): string => `entry ${count(seq)}`,
  lastWritten: 'Last written',
  never: 'never',
  foreign: (files: number): string =>
    `${count(files)} files there are of another past of this computer; they are left alone and not deleted.`,
  strange: (files: number): string =>
    `${count(files)} files there were not made by this counter and are not believed; tell a supervisor.`,
  newFolder: 'Folder or flashdisk',
  setFolder: 'Use this place',
  complete: 'Complete the copy',
  completed: (entries: number): string => `Complete: ${count(entries)} unsent entries are on the second copy.`,
  completeMeans:
    'Once completed, the transactions on this flashdisk count as sent: they can no longer be taken back at this counter.',
  unplug: 'Take the flashdisk out, keep it apart from the computer.',
  arrange: 'Set up the second copy',
  backup: 'Backup of the data',
  backupWhy:
    'All of the counter’s data, sealed for Bapenda, each time the cash is closed. For reading and proof, not for work.',
  backupNow: 'Back up now',
  backupMaking: 'Copying and reading back; leave the flashdisk in …',
  backupLast: 'Last',
  backupHolds: 'It holds',
  backupEntries: (entries: number, size: string): string => `${count(entries)} entries, ${size}`,
  backupKept: 'Kept',
  backupDays: (kept: number): string => `the last ${count(kept)} days`,
};

export const REASONS = {
  MEDIUM_GONE: 'the flashdisk or folder is not there',
  TOO_SLOW: 'the flashdisk is too slow',
  NO_SEALING_KEY: 'Bapenda’s key is not here yet',
  COPY_UNREADABLE: 'the flashdisk is damaged: what was just written does not read back',
  NONE: 'no place for a second copy is chosen',
  ENOSPC: 'the flashdisk is full',
  EROFS: 'the flashdisk is write-protected',
  EACCES: 'the folder may not be written',
  EIO: 'the flashdisk is damaged',
  NO_ROOM: 'there is not enough room on the flashdisk',
  DATA_DISK_FULL: 'the disk of this computer is full',
  DATA_DAMAGED: 'the data on this computer is damaged; call the installer',
};
