import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Refusal } from '../../../contract/errors.ts';
import { type SignedCertificate, signedCertificateSchema } from '../../../contract/receipt-statement.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { validSealingKeys } from '../bundle/sealing-keys.ts';
import { writeBundle } from '../bundle/write-bundle.ts';
import { type CounterConfig, DATABASE_FILE } from '../config.ts';
import { COPY_MARK } from '../db/backup-keys.ts';
import { counterMigrations } from '../db/migrations/index.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { type DamagedFile, openDamagedFile } from '../db/salvage-file.ts';
import { lockData } from '../device/data-lock.ts';
import { type EnrolledDevice, findEnrolledDevice } from '../device/enrolled-device-store.ts';
import { type DeviceSecrets, KEY_FILE, loadSecrets } from '../device/key-store.ts';
import { openTimekeeper } from '../device/open-timekeeper.ts';
import { systemClock, systemRandom } from '../device/system-ports.ts';
import { uuidV7 } from '../device/uuid.ts';
import type { StoredEntry } from '../journal/entry-text.ts';
import { createJournal, type DeclaredGap } from '../journal/journal.ts';
import { createMarks, type Mark, newestMark } from '../journal/mark.ts';
import { headTag, writeSegment } from '../journal/mirror-folder.ts';
import { publicKeyFrom } from '../journal/signing.ts';
import { createSubjectKeys, sealKeyFor } from '../journal/subject-keys.ts';
import type { LogPort, ShellPort } from '../ports.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';
import { isTrainingDevice } from '../training/training.ts';
import { type CopiedTables, copyProved } from './salvage-copy.ts';
import { provedEntries } from './proved-entries.ts';

/** What was saved of a damaged database. */
export type SalvageReport = CopiedTables & {
  readonly deviceId: string;
  /** Entries that go on as this device's journal. */
  readonly entries: number;
  /** Entries behind the first rotten place: they prove themselves, and lie in a file for the province. */
  readonly carried: number;
  readonly declaredGap: DeclaredGap | null;
  readonly epoch: number;
};

const QUIET: LogPort = { write: () => undefined };
const WORK = 'salvage';
/** Few enough that a file is far below what one request to the province may carry. */
const PER_FILE = 100;

type Salvaging = {
  readonly config: CounterConfig;
  readonly target: CounterConfig;
  readonly secrets: DeviceSecrets;
  readonly file: DamagedFile;
};

/** The newest of the marks that the damaged counter left, in its own two places. */
async function markOf({ config, secrets }: Salvaging, deviceId: string): Promise<Mark | undefined> {
  const { dataDir, secondMarkDir } = config;
  return newestMark(await createMarks({ dataDir, secondMarkDir, deviceId, secrets, log: QUIET }).read());
}

/** From the first place that is not proved to the newest that anybody knows of. */
function gapOf(
  chain: readonly StoredEntry[],
  beyond: readonly StoredEntry[],
  mark: Mark | undefined,
): DeclaredGap | null {
  const last = beyond.at(-1);
  const fromSeq = (chain.at(-1)?.seq ?? 0) + 1;
  const ends = [mark, last].flatMap((end) => (end === undefined ? [] : [{ epoch: end.epoch, seq: end.seq }]));
  const end = ends.toSorted((left, right) => right.seq - left.seq)[0];
  return end === undefined || end.seq < fromSeq ? null : { epoch: end.epoch, fromSeq, toSeq: end.seq };
}

/** Sales among some entries whose void comes in a later file (OPOP-Sync/1 13.6), by what proves itself: no table is asked. */
function voidedLater(some: readonly StoredEntry[], voids: readonly StoredEntry[], lastSeq: number): readonly string[] {
  const sold = new Set(some.flatMap(({ type, stream }) => (type === 'transaction.paid' ? [stream] : [])));
  return voids.flatMap(({ seq, stream }) => (seq > lastSeq && sold.has(stream) ? [stream] : []));
}

/** Entries that prove themselves behind a rotten place cannot continue the chain here; they go to the province as a file. */
async function writeBeyond(
  { target, secrets }: Salvaging,
  db: Db,
  device: EnrolledDevice,
  beyond: readonly StoredEntry[],
): Promise<number> {
  const random = systemRandom();
  const clock = systemClock();
  const subjectKeys = createSubjectKeys(secrets, random);
  const keys = validSealingKeys(await db.read((tx) => readProvinceKeys(tx)), clock.wallMs());
  const [newest] = keys;
  if (newest === undefined) return 0;
  const voids = beyond.filter(({ type }) => type === 'transaction.voided');
  let carried = 0;
  for (let at = 0; at < beyond.length; at += PER_FILE) {
    const some = beyond.slice(at, at + PER_FILE);
    const [first, last] = [some[0], some.at(-1)];
    if (first === undefined || last === undefined) break;
    const sealed: { subject: string; jwe: string }[] = [];
    for (const subject of new Set(some.map((entry) => entry.stream))) {
      const bodyKey = await db.read((tx) => subjectKeys.findSubjectKey(tx, subject));
      if (bodyKey !== undefined) sealed.push({ subject, jwe: await sealKeyFor(newest, bodyKey) });
    }
    const entries = some.map(({ text, hash, sig }) => ({ text, hash, sig }));
    const manifest = {
      v: 1 as const,
      kind: 'mirror' as const,
      bundleId: uuidV7(clock.wallMs(), random.bytes(16)),
      deviceId: device.deviceId,
      certificate: device.certificate,
      appVersion: target.appVersion,
      madeAt: clock.wallMs(),
      fromSeq: first.seq,
      toSeq: last.seq,
      entries: some.length,
    };
    const voidsFollow = voidedLater(some, voids, last.seq);
    const batches = [JSON.stringify({ entries, subjectKeys: sealed, damaged: [], voidsFollow })];
    const bytes = await writeBundle(
      { manifest, batches },
      keys.map((key) => key.publicKey),
    );
    const span = { fromSeq: first.seq, toSeq: last.seq, headTag: headTag(last.hash) };
    await writeSegment(target.dataDir, device.deviceId, span, bytes);
    carried += some.length;
  }
  return carried;
}

/** The certificate alone says which key signed; without it nothing can be proved. */
function certificateOf(file: DamagedFile): SignedCertificate | undefined {
  const text = file.row('SELECT certificate FROM device')?.['certificate'];
  if (typeof text !== 'string') return undefined;
  try {
    return signedCertificateSchema.safeParse(JSON.parse(text)).data;
  } catch (_notJson) {
    return undefined; // the caller says so
  }
}

/** Opens the new epoch, which declares what could not be saved. */
async function openSalvaged(
  { target, secrets }: Salvaging,
  db: Db,
  device: EnrolledDevice,
  gap: DeclaredGap | null,
): Promise<number> {
  const { deviceId } = device;
  const { dataDir, secondMarkDir, appVersion } = target;
  const journal = createJournal({
    db,
    secrets,
    device: {
      deviceId,
      outletId: device.outlet.outletId,
      keyStoreKind: device.keyStoreKind,
      appVersion,
      training: isTrainingDevice(device),
    },
    timekeeper: await openTimekeeper(db, systemClock()),
    marks: createMarks({ dataDir, secondMarkDir, deviceId, secrets, log: QUIET }),
    random: systemRandom(),
    events: { publish: () => undefined },
    log: QUIET,
  });
  const opened = await journal.openEpoch('salvage', gap ?? undefined);
  if (!opened.ok) throw new Error(`the new database was not written: ${opened.error.code}`);
  return opened.value.epoch.n;
}

async function salvageInto(salvaging: Salvaging): Promise<Result<SalvageReport, Refusal>> {
  const { target, file } = salvaging;
  const certificate = certificateOf(file);
  const key = certificate && publicKeyFrom('signing', certificate.certificate.signingKey);
  if (certificate === undefined || key === undefined) {
    return err({ code: 'DATABASE_DAMAGED', details: { reason: 'NO_CERTIFICATE' } });
  }
  const mark = await markOf(salvaging, certificate.certificate.deviceId);
  const { chain, beyond } = provedEntries(file, key, mark?.seq ?? 0);
  const opened = await openDatabase({ file: join(target.dataDir, DATABASE_FILE), migrations: counterMigrations });
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const { isWhole } = createSubjectKeys(salvaging.secrets, systemRandom());
    const declaredGap = gapOf(chain, beyond, mark);
    const copied = await copyProved(db, file, chain, { isWholeKey: isWhole, isAll: declaredGap === null });
    const device = await db.read((tx) => findEnrolledDevice(tx));
    if (device === undefined) return err({ code: 'DATABASE_DAMAGED', details: { reason: 'NO_DEVICE' } });
    const carried = await writeBeyond(salvaging, db, device, beyond);
    const epoch = await openSalvaged(salvaging, db, device, declaredGap);
    return ok({ ...copied, deviceId: device.deviceId, entries: chain.length, carried, declaredGap, epoch });
  } finally {
    await db.close();
  }
}

/**
 * `loket salvage`: copies what a damaged database still proves into a new data folder and opens an epoch that declares
 * the rest. The damaged files are only read; the new folder must not exist.
 */
export async function salvageData(
  config: CounterConfig,
  target: CounterConfig,
  keepSecret: ShellPort['keepSecret'],
): Promise<Result<SalvageReport, Refusal>> {
  if (!existsSync(join(config.dataDir, DATABASE_FILE))) return err({ code: 'NOT_ENROLLED' });
  if (existsSync(target.dataDir)) return err({ code: 'EXPORT_FAILED', details: { reason: 'EXISTS' } });
  const lock = lockData(config.dataDir);
  if (!lock.ok) return lock;
  try {
    const secrets = await loadSecrets({ config, keepSecret, random: systemRandom() });
    if (!secrets.ok) return secrets;
    // The copy may be mended and changed by SQLite; the damaged file stays as it is.
    const work = join(target.dataDir, WORK);
    mkdirSync(work, { recursive: true });
    for (const ending of ['', '-wal']) {
      const from = join(config.dataDir, `${DATABASE_FILE}${ending}`);
      if (existsSync(from)) copyFileSync(from, join(work, `${basename(DATABASE_FILE)}${ending}`));
    }
    copyFileSync(join(config.dataDir, KEY_FILE), join(target.dataDir, KEY_FILE));
    mkdirSync(dirname(target.secondMarkDir), { recursive: true });
    const file = openDamagedFile(join(work, DATABASE_FILE));
    if (file === undefined) return err({ code: 'DATABASE_DAMAGED', details: { reason: 'UNREADABLE' } });
    try {
      // What is for reading is not made a counter by another name either.
      if (file.row(`SELECT value FROM setting WHERE key = '${COPY_MARK}'`) !== undefined)
        return err({ code: 'DATA_IS_COPY' });
      return await salvageInto({ config, target, secrets: secrets.value, file });
    } finally {
      file.close();
      rmSync(work, { recursive: true });
    }
  } finally {
    lock.value.release();
  }
}
