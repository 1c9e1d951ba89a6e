import { mkdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { backupFile } from '../../../contract/backup-name.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { BackupView } from '../../../contract/views-custody.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { validSealingKeys } from '../bundle/sealing-keys.ts';
import { fsyncFolderOf } from '../db/durable-file.ts';
import { fileFault } from '../db/medium-fault.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import { readCopy } from '../db/read-copy.ts';
import { storageRefusalOf } from '../db/storage-refusal.ts';
import type { DeviceSecrets } from '../device/key-store.ts';
import { writeBackup } from '../inspect/backup.ts';
import { keepSealedKeys } from '../inspect/sealed-keys.ts';
import { isMediumThere } from '../journal/mirror-folder.ts';
import { findMirrorPlace } from '../journal/mirror-settings-store.ts';
import type { EventsPort, LogPort } from '../ports.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';
import { backupFolder, type BackupOnMedium, listBackups, removeBackups } from './backup-folder.ts';
import { backupView, putLastBackup, putMissedBackup } from './backup-state.ts';
import { digestOf, openInto, sealInto } from './sealed-backup.ts';

/** Whole copies of this counter's data on the medium of its second copy: for reading and proof, never for work. */
export type BackupService = {
  readonly view: () => Promise<BackupView>;
  /**
   * Makes a backup, reads it back and opens it, and only then lets the oldest go. Whatever the medium does, the counter
   * stays as it was. Those who ask while one is being made share it.
   */
  readonly make: () => Promise<Result<BackupView, Refusal<'BACKUP_FAILED'> | StorageRefusal>>;
  /** Makes one behind the counter's back: nobody waits for a flashdisk, and `view` tells what came of it. */
  readonly begin: () => void;
  /** When none is being made any more. */
  readonly settled: () => Promise<void>;
};

type Deps = {
  readonly db: Db;
  readonly secrets: DeviceSecrets;
  readonly deviceId: string;
  readonly dataDir: string;
  readonly now: () => number;
  readonly events: EventsPort;
  readonly log: LogPort;
};

/** Days of which the newest backup is kept. */
const MOST_DAYS = 7;
/** Room that backups never take: the second copy of unsent money lies on the same medium. */
const RESERVE_BYTES = 64 * 1024 * 1024;

/** Why there is no backup: a code of the file system, or one of ours. */
class Missed extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * In the order in which they are worth keeping: the one just made, then the newest first. What is dated ahead of now was
 * named by a clock that was wrong, or by a hand: it comes last, or seven of them would push out each new one for ever.
 */
function inWorth(
  backups: readonly BackupOnMedium[],
  { nowMs, made }: { readonly nowMs: number; readonly made?: string },
): readonly BackupOnMedium[] {
  const rank = ({ file, madeAt }: BackupOnMedium): number => (file === made ? 0 : madeAt > nowMs ? 2 : 1);
  return backups.toSorted((left, right) => rank(left) - rank(right));
}

/** Of those that are worth most the first of each day; the rest may go. */
function tooMany(backups: readonly BackupOnMedium[]): readonly BackupOnMedium[] {
  const days = new Set<string>();
  return backups.filter(({ madeAt }) => {
    const day = localDateAt(madeAt);
    if (days.has(day) || days.size === MOST_DAYS) return true;
    days.add(day);
    return false;
  });
}

/** Makes room for so many bytes by letting the oldest backups go, but never the newest. */
async function makeRoom({ deviceId, now }: Deps, medium: string, bytes: number): Promise<void> {
  const older = inWorth(await listBackups(medium, deviceId), { nowMs: now() }).slice(1);
  for (;;) {
    const { bavail, bsize } = await statfs(medium);
    if (bavail * bsize >= bytes + RESERVE_BYTES) return;
    const oldest = older.pop();
    if (oldest === undefined) throw new Missed('NO_ROOM');
    await removeBackups([oldest]);
  }
}

/** Reads back what was written: every sealed byte is authentic, and its plain text is what was copied. */
async function prove(
  file: string,
  plain: { readonly file: string; readonly digest: string },
  { sealingPrivate }: DeviceSecrets,
): Promise<void> {
  const fault = await openInto(file, sealingPrivate, plain.file);
  if (fault !== null || (await digestOf(plain.file)) !== plain.digest) throw new Missed('COPY_UNREADABLE');
}

/** The copy as it is sealed and proved under its unfinished name, then named for what it is. */
async function writeTo(
  deps: Deps,
  medium: string,
): Promise<{ readonly file: string; readonly bytes: number; readonly entries: number }> {
  const { db, secrets, deviceId, dataDir } = deps;
  const keys = validSealingKeys(await db.read((tx) => readProvinceKeys(tx)), deps.now());
  // Sealed to this device alone nobody could open it once this device is dead.
  const [newest] = keys;
  if (newest === undefined) throw new Missed('NO_SEALING_KEY');
  const kept = await keepSealedKeys(db, secrets, newest);
  if (!kept.ok) throw new Missed(kept.error.code === 'DISK_FULL' ? 'DATA_DISK_FULL' : kept.error.code);
  const [copy, opened] = [join(dataDir, '.cadangan.sqlite'), join(dataDir, '.cadangan-dibaca.sqlite')];
  const unfinished = join(backupFolder(medium, deviceId), 'cadangan.unfinished');
  try {
    await rm(copy, { force: true });
    await writeBackup(db, copy, secrets);
    const { isWhole, entries, lastSeq } = readCopy(copy);
    if (!isWhole) throw new Missed('DATA_DAMAGED');
    const { size } = await stat(copy);
    await mkdir(backupFolder(medium, deviceId), { recursive: true });
    await makeRoom(deps, medium, size);
    const digest = await sealInto(copy, unfinished, [secrets.sealingPublic, ...keys.map(({ publicKey }) => publicKey)]);
    await prove(unfinished, { file: opened, digest: await digestOf(copy) }, secrets);
    const file = join(backupFolder(medium, deviceId), backupFile({ madeAt: deps.now(), throughSeq: lastSeq, digest }));
    await rename(unfinished, file);
    fsyncFolderOf(file);
    return { file, bytes: (await stat(file)).size, entries };
  } finally {
    for (const file of [copy, opened]) await rm(file, { force: true });
    // A medium that was pulled out keeps it; the next try begins with a new one.
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

/** The reason of what went wrong; a bug flies on. */
function reasonOf(error: unknown): string {
  if (error instanceof Missed) return error.reason;
  const fault = fileFault(error);
  if (fault === 'UNKNOWN') throw error;
  // SQLite's own codes speak of the disk of the data, those of files of the medium.
  return fault.startsWith('SQLITE_') && storageRefusalOf(error)?.code === 'DISK_FULL' ? 'DATA_DISK_FULL' : fault;
}

/** Puts the backups of one device together. */
export function createBackupService(deps: Deps): BackupService {
  const { db, deviceId, events, log } = deps;
  const turns: { running: ReturnType<BackupService['make']> | null } = { running: null };
  const placeOf = async (): Promise<string | null> => (await db.read((tx) => findMirrorPlace(tx)))?.folder ?? null;
  const view = async (): Promise<BackupView> => {
    const medium = await placeOf();
    return await db.read((tx) => backupView(tx, medium, { nowMs: deps.now(), making: turns.running !== null }));
  };

  const missed = async (reason: string): ReturnType<BackupService['make']> => {
    log.write('warn', 'backup.missed', { reason });
    const noted = await db.write(async (tx) => ok(await putMissedBackup(tx, reason)));
    return noted.ok ? err({ code: 'BACKUP_FAILED', details: { reason } }) : noted;
  };

  const make = async (): ReturnType<BackupService['make']> => {
    const medium = await placeOf();
    if (medium === null) return err({ code: 'BACKUP_FAILED', details: { reason: 'NONE' } });
    try {
      if (!(await isMediumThere(medium))) return await missed('MEDIUM_GONE');
      const { file: made, bytes, entries } = await writeTo(deps, medium);
      await removeBackups(tooMany(inWorth(await listBackups(medium, deviceId), { nowMs: deps.now(), made })));
      const kept = (await listBackups(medium, deviceId)).length;
      const last = { at: deps.now(), folder: medium, bytes, entries, kept };
      const noted = await db.write(async (tx) => ok(await putLastBackup(tx, last)));
      if (!noted.ok) return noted;
      log.write('info', 'backup.made', { bytes, entries, kept });
      return ok({ ...(await view()), making: false });
    } catch (error) {
      return await missed(reasonOf(error));
    }
  };

  const share = (): ReturnType<BackupService['make']> => {
    turns.running ??= make().finally(() => {
      turns.running = null;
      events.publish('device');
    });
    return turns.running;
  };

  const settled = async (): Promise<void> => {
    // What it refused is noted already, and a bug was thrown at whoever asked.
    await turns.running?.catch(() => undefined);
  };

  return {
    view,
    make: share,
    begin: () => {
      share().catch((fault: unknown) => {
        log.write('error', 'backup.broken', { reason: String(fault).slice(0, 200) });
      });
      events.publish('device');
    },
    settled,
  };
}
