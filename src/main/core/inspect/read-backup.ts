import { mkdir, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseBackupFile } from '../../../contract/backup-name.ts';
import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type CounterConfig, DATABASE_FILE } from '../config.ts';
import { fileFault } from '../db/medium-fault.ts';
import { counterMigrations } from '../db/migrations/index.ts';
import { openDatabase } from '../db/open.ts';
import { readCopy } from '../db/read-copy.ts';
import { findEnrolledDevice } from '../device/enrolled-device-store.ts';
import { type DeviceSecrets, loadSecrets } from '../device/key-store.ts';
import { systemRandom } from '../device/system-ports.ts';
import { findMirrorPlace } from '../journal/mirror-settings-store.ts';
import { verifyJournal } from '../journal/verify-journal.ts';
import { type BackupOnMedium, listBackups } from '../backup/backup-folder.ts';
import { digestOf, openInto } from '../backup/sealed-backup.ts';

/** What `loket backup verify` prints: what is wrong with a backup, and what is in it. */
export type BackupReport = {
  readonly ok: boolean;
  readonly file: string;
  readonly deviceId: string | null;
  /** ms UTC, from its name; null where it was renamed. */
  readonly madeAt: number | null;
  readonly entries: number;
  readonly head: string | null;
  readonly problems: readonly string[];
};

/** A backup as a database that can be read, in a folder of its own. */
export type OpenedBackup = { readonly database: string; readonly entries: number; readonly head: string | null };

const refused = (reason: string): Result<never, Refusal<'BACKUP_FAILED'>> =>
  err({ code: 'BACKUP_FAILED', details: { reason } });

/** Chain, signatures and ledger lines of a copy, by the certificate in it. */
async function journalProblems(
  file: string,
): Promise<{ readonly deviceId: string | null; readonly problems: readonly string[] }> {
  const opened = await openDatabase({ file, migrations: counterMigrations, readOnly: true });
  if (!opened.ok) return { deviceId: null, problems: [opened.error.code] };
  try {
    const device = await opened.value.read((tx) => findEnrolledDevice(tx));
    if (device === undefined) return { deviceId: null, problems: ['NO_DEVICE'] };
    const { signingKey: publicKey } = device.certificate.certificate;
    const { problems } = await verifyJournal(opened.value, { deviceId: device.deviceId, publicKey });
    const said = problems.map(({ seq, problem }) => (seq === null ? problem : `${problem} ${String(seq)}`));
    return { deviceId: device.deviceId, problems: said };
  } finally {
    await opened.value.close();
  }
}

/**
 * Opens a backup into a folder that is not there yet, as a database for looking at. It says of itself that it is a copy:
 * a counter that is started on it refuses (OPOP-Sync/1 3.4).
 */
async function openWith(
  file: string,
  to: string,
  { sealingPrivate }: DeviceSecrets,
): Promise<Result<OpenedBackup, Refusal<'BACKUP_FAILED'>>> {
  if (existsSync(to)) return refused('EXISTS');
  try {
    await stat(file);
    await mkdir(to, { recursive: true, mode: 0o700 });
    const database = join(to, DATABASE_FILE);
    const fault = await openInto(file, sealingPrivate, database);
    if (fault !== null) {
      await rm(to, { recursive: true });
      return refused(fault);
    }
    const { entries, head } = readCopy(database);
    return ok({ database, entries, head });
  } catch (error) {
    const fault = fileFault(error);
    if (fault === 'UNKNOWN') throw error;
    return refused(fault);
  }
}

/** Proves a backup: its bytes by its name, its seal by this device's key, its database and its journal by themselves. */
async function verifyWith(
  file: string,
  work: string,
  secrets: DeviceSecrets,
): Promise<Result<BackupReport, Refusal<'BACKUP_FAILED'>>> {
  const name = parseBackupFile(basename(file));
  const report = { file, madeAt: name?.madeAt ?? null };
  await rm(work, { recursive: true, force: true });
  try {
    const bytesDiffer = name !== undefined && existsSync(file) && (await digestOf(file)) !== name.digest;
    const opened = await openWith(file, work, secrets);
    if (!opened.ok) {
      const reason = String(opened.error.details?.['reason']);
      if (reason === 'ENOENT') return opened;
      return ok({ ...report, ok: false, deviceId: null, entries: 0, head: null, problems: [reason] });
    }
    const { database, entries, head } = opened.value;
    const journal = await journalProblems(database);
    const problems = [
      ...(bytesDiffer ? ['DIGEST_DIFFERS'] : []),
      ...(readCopy(database).isWhole ? [] : ['DATABASE_DAMAGED']),
      ...journal.problems,
    ];
    return ok({ ...report, ok: problems.length === 0, deviceId: journal.deviceId, entries, head, problems });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The backups of the counter in a data folder, newest first: on the medium of its second copy, or on the one that is named. */
export async function listDataBackups(
  config: CounterConfig,
  medium: string | null,
): Promise<Result<readonly BackupOnMedium[], Refusal>> {
  const file = join(config.dataDir, DATABASE_FILE);
  if (!existsSync(file)) return err({ code: 'NOT_ENROLLED' });
  const db = await openDatabase({ file, migrations: counterMigrations, readOnly: true });
  if (!db.ok) return db;
  const { device, place } = await db.value.read(async (tx) => ({
    device: await findEnrolledDevice(tx),
    place: await findMirrorPlace(tx),
  }));
  await db.value.close();
  const folder = medium ?? place?.folder;
  if (device === undefined) return err({ code: 'NOT_ENROLLED' });
  if (folder === undefined) return refused('NONE');
  try {
    return ok(await listBackups(folder, device.deviceId));
  } catch (error) {
    const fault = fileFault(error);
    if (fault === 'UNKNOWN') throw error;
    return refused(fault);
  }
}

const secretsIn = (config: CounterConfig) => loadSecrets({ config, keepSecret: undefined, random: systemRandom() });

/** Opens a backup with the keys of a data folder into a new folder; see `openWith`. */
export async function openBackup(
  config: CounterConfig,
  file: string,
  to: string,
): Promise<Result<OpenedBackup, Refusal>> {
  const secrets = await secretsIn(config);
  return secrets.ok ? await openWith(file, to, secrets.value) : secrets;
}

/** Proves a backup with the keys of a data folder, in a folder of work that goes again. */
export async function verifyBackup(config: CounterConfig, file: string): Promise<Result<BackupReport, Refusal>> {
  const secrets = await secretsIn(config);
  const work = join(config.dataDir, '.cadangan-diperiksa');
  return secrets.ok ? await verifyWith(file, work, secrets.value) : secrets;
}
