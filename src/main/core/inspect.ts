import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Refusal } from '../../contract/errors.ts';
import { decodeSlipProof, type SlipProof } from '../../contract/slip-statement.ts';
import { decodeReceiptProof, type ReceiptProof, type ReceiptStatement } from '../../contract/receipt-statement.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type CounterConfig, DATABASE_FILE } from './config.ts';
import { counterMigrations } from './db/migrations/index.ts';
import { type Db, openDatabase } from './db/open.ts';
import { createColumnCipher } from './device/column-cipher.ts';
import { type Door, findDoor } from './device/data-lock.ts';
import { type EnrolledDevice, findEnrolledDevice } from './device/enrolled-device-store.ts';
import { KEY_FILE, type KeyStoreKind, loadSecrets } from './device/key-store.ts';
import { machineSecret } from './device/machine-secret.ts';
import { systemRandom } from './device/system-ports.ts';
import {
  type ReceiptProblem,
  revokedKeyIds,
  type SlipProblem,
  verifyReceiptProof,
  verifySlipProof,
} from './journal/certificates.ts';
import { type Exported, type ExportFiles, exportJournal, markFilesOf } from './journal/export-journal.ts';
import { type BackupKeys, writeBackup } from './inspect/backup.ts';
import { type MirrorAtRest, mirrorAtRest } from './inspect/mirror-at-rest.ts';
import { countEntries, findEntry, findHead } from './journal/journal-store.ts';
import { createMarks } from './journal/mark.ts';
import { countMissingPages, pageFigures } from './documents/document-store.ts';
import { createPageFiles } from './documents/page-files.ts';
import type { LogPort, ShellPort } from './ports.ts';
import { deskCardPdf } from './printing/desk-card-pdf.ts';
import { readPolicy } from './rules/rules-in-force.ts';
import { outboxFigures, readSyncState } from './sync/delivery-store.ts';
import { findVoidedEntry } from './transactions/voided-receipt-store.ts';
import { type CounterReport, verifyCounter } from './verify-counter.ts';

export { prepareDataFolder } from './device/data-folder.ts';
export { tryUpdate } from './updates/try-update.ts';
export { emergencyBookPdf } from './printing/emergency-book-pdf.ts';

const keyFileSchema = z.object({ kind: z.enum(['operating-system', 'machine', 'passphrase', 'demo']) });

/** Who looks from outside writes nothing into the counter's log. */
const NO_LOG: LogPort = { write: () => undefined };

/** How the secrets in a data folder are kept; null where there are none. */
export function keyStoreKindOf(dataDir: string): KeyStoreKind | null {
  const file = join(dataDir, KEY_FILE);
  if (!existsSync(file)) return null;
  const parsed = keyFileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data.kind : null;
}

/**
 * The best key store that this machine offers without a person: its own, tried with a probe, else the plain file of a
 * demonstration, which a real province refuses.
 */
export async function bestKeyStoreKind(): Promise<'machine' | 'demo'> {
  const machine = machineSecret(process.platform);
  if (machine === undefined) return 'demo';
  const probe = systemRandom().bytes(16);
  try {
    const back = await machine.unwrap(await machine.wrap(probe));
    return Buffer.from(back).equals(Buffer.from(probe)) ? 'machine' : 'demo';
  } catch {
    return 'demo'; // the key store says no: which one is there is exactly what was asked
  }
}

/** The door of the counter that runs on a folder, if one runs. */
export function findRunningCounter(dataDir: string): Door | undefined {
  return findDoor(dataDir);
}

type Opened = { readonly db: Db; readonly device: EnrolledDevice };

async function openToRead(config: CounterConfig): Promise<Result<Opened, Refusal>> {
  const file = join(config.dataDir, DATABASE_FILE);
  if (!existsSync(file)) return err({ code: 'NOT_ENROLLED' });
  const db = await openDatabase({ file, migrations: counterMigrations, readOnly: true });
  if (!db.ok) return db;
  const device = await db.value.read((tx) => findEnrolledDevice(tx));
  if (device !== undefined) return ok({ db: db.value, device });
  await db.value.close();
  return err({ code: 'NOT_ENROLLED' });
}

/** What `loket verify` prints: the counter's own data, and the second copy of what is unsent. */
export type DataReport = CounterReport & { readonly mirror: MirrorAtRest | null };

/** Chain, signatures, ledger lines, projections, marks and second copy of a data folder; beside a running counter too, and never writing. */
export async function verifyData(
  config: CounterConfig,
  keepSecret: ShellPort['keepSecret'],
): Promise<Result<DataReport, Refusal>> {
  const opened = await openToRead(config);
  if (!opened.ok) return opened;
  const { db, device } = opened.value;
  const random = systemRandom();
  const secrets = await loadSecrets({ config, keepSecret, random });
  if (!secrets.ok) {
    await db.close();
    return secrets;
  }
  const marks = createMarks({
    dataDir: config.dataDir,
    secondMarkDir: config.secondMarkDir,
    deviceId: device.deviceId,
    secrets: secrets.value,
    log: NO_LOG,
  });
  const cipher = createColumnCipher(secrets.value, random);
  const pageFiles = createPageFiles(config.dataDir, NO_LOG);
  const report = await verifyCounter({ db, device, cipher, marks, pageFiles });
  const mirror = await mirrorAtRest(db, device.deviceId);
  await db.close();
  const unreadable = (mirror?.unreadable ?? []).map((file) => ({ seq: null, problem: `MIRROR_UNREADABLE ${file}` }));
  const problems = [...report.problems, ...unreadable];
  return ok({ ...report, ok: problems.length === 0, problems, mirror });
}

/** The desk card of the outlet that this computer belongs to, as PDF; no key is needed for it. */
export async function deskCardOfData(
  config: CounterConfig,
): Promise<Result<{ readonly outletId: string; readonly pdf: Uint8Array }, Refusal>> {
  const opened = await openToRead(config);
  if (!opened.ok) return opened;
  const { db, device } = opened.value;
  const { complaintPhone } = await db.read((tx) => readPolicy(tx));
  await db.close();
  const { outletId, name } = device.outlet;
  return ok({ outletId, pdf: await deskCardPdf({ outletId, outletName: name, complaintPhone }) });
}

/** What `loket status` prints; no key is needed for it. */
export type DataStatus = {
  readonly deviceId: string;
  readonly outletId: string;
  readonly deviceNo: number;
  readonly provinceUrl: string;
  readonly entries: number;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  readonly unsent: number;
  /** Of these, cash events, sales and pages: what nobody may take away with the program. */
  readonly unsentMoney: number;
  readonly quarantined: number;
  /** Pages of papers that lie here with their bytes, those that the province has not confirmed, and those to be taken again. */
  readonly pages: { readonly heldBytes: number; readonly waiting: number; readonly missing: number };
  readonly lastContactAt: number | null;
  readonly running: boolean;
  readonly mirror: MirrorAtRest | null;
};

export async function statusOfData(config: CounterConfig): Promise<Result<DataStatus, Refusal>> {
  const opened = await openToRead(config);
  if (!opened.ok) return opened;
  const { db, device } = opened.value;
  const mirror = await mirrorAtRest(db, device.deviceId);
  const status = await db.read(async (tx): Promise<DataStatus> => {
    const figures = await outboxFigures(tx);
    const head = await findHead(tx);
    const { heldBytes, waiting } = await pageFigures(tx);
    return {
      deviceId: device.deviceId,
      outletId: device.outlet.outletId,
      deviceNo: device.deviceNo,
      provinceUrl: device.provinceUrl,
      entries: await countEntries(tx),
      head: head === undefined ? null : { seq: head.seq, hash: head.hash },
      unsent: figures.unsent,
      unsentMoney: figures.unsentMoney,
      quarantined: figures.quarantined,
      pages: { heldBytes, waiting, missing: await countMissingPages(tx) },
      lastContactAt: (await readSyncState(tx)).lastContactAt,
      running: findDoor(config.dataDir) !== undefined,
      mirror,
    };
  });
  await db.close();
  return ok(status);
}

/** A copy of everything committed so far; the target must not exist. */
export async function backupData(
  config: CounterConfig,
  out: string,
  keepSecret: ShellPort['keepSecret'],
): Promise<Result<BackupKeys, Refusal>> {
  if (existsSync(out)) return err({ code: 'EXPORT_FAILED', details: { reason: 'EXISTS' } });
  const opened = await openToRead(config);
  if (!opened.ok) return opened;
  const secrets = await loadSecrets({ config, keepSecret, random: systemRandom() });
  try {
    return ok(await writeBackup(opened.value.db, out, secrets.ok ? secrets.value : null));
  } finally {
    await opened.value.db.close();
  }
}

/** Writes journal, custody receipts and key statements for `tools/verify`; the files must not exist. */
export async function exportData(config: CounterConfig, files: ExportFiles): Promise<Result<Exported, Refusal>> {
  const isThere = [files.journal, files.custody, files.keys].some((file) => file !== null && existsSync(file));
  if (isThere) return err({ code: 'EXPORT_FAILED', details: { reason: 'EXISTS' } });
  const opened = await openToRead(config);
  if (!opened.ok) return opened;
  const { db, device } = opened.value;
  const { certificate, deviceId } = device;
  try {
    return ok(await exportJournal(db, files, { certificate, markFiles: markFilesOf(config, deviceId) }));
  } catch (error) {
    // What the disk refuses is an answer; anything else is a bug.
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return err({ code: 'EXPORT_FAILED', details: { reason: String(error.code) } });
  } finally {
    await db.close();
  }
}

/** Root keys of the province that this folder was enrolled at. */
export async function rootKeysOf(config: CounterConfig): Promise<Result<readonly string[], Refusal>> {
  const opened = await openToRead(config);
  if (!opened.ok) return opened;
  await opened.value.db.close();
  return ok([opened.value.device.rootKey]);
}

/**
 * Whether the feed of voided papers, as this folder has it, names the entry behind a paper: by its hash where the journal
 * of this folder holds that entry, else by the transaction that the paper names.
 */
export async function isVoidedHere(
  config: CounterConfig,
  { deviceId, epoch, seq, transactionId }: ReceiptStatement,
): Promise<Result<boolean, Refusal>> {
  const opened = await openToRead(config);
  if (!opened.ok) return opened;
  const { db, device } = opened.value;
  const { voided, own } = await db.read(async (tx) => ({
    voided: await findVoidedEntry(tx, transactionId),
    own: device.deviceId === deviceId ? await findEntry(tx, seq) : undefined,
  }));
  await db.close();
  const isOwn = own?.epoch.n === epoch.n && own.epoch.nonce === epoch.nonce;
  return ok(voided !== undefined && (!isOwn || own.hash === voided));
}

/** Checks the text of a receipt's QR with public keys alone; `revocations` are signed statements about device keys. */
export function checkReceipt(
  text: string,
  rootKeys: readonly string[],
  revocations: readonly { readonly text: string; readonly sig: string }[] = [],
): Result<ReceiptProof, ReceiptProblem | 'NOT_A_RECEIPT'> {
  const proof = decodeReceiptProof(text);
  if (proof === undefined) return err('NOT_A_RECEIPT');
  if (proof.certificate.certificate.environment !== undefined) return err('TRAINING');
  const verified = verifyReceiptProof(proof, rootKeys, undefined, revokedKeyIds(revocations, rootKeys));
  return verified.ok ? ok(proof) : verified;
}

/** The same for a slip. */
export function checkSlip(
  text: string,
  rootKeys: readonly string[],
  revocations: readonly { readonly text: string; readonly sig: string }[] = [],
): Result<SlipProof, SlipProblem | 'NOT_A_SLIP'> {
  const proof = decodeSlipProof(text);
  if (proof === undefined) return err('NOT_A_SLIP');
  if (proof.certificate.certificate.environment !== undefined) return err('TRAINING');
  const verified = verifySlipProof(proof, rootKeys, undefined, revokedKeyIds(revocations, rootKeys));
  return verified.ok ? ok(proof) : verified;
}
