import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Refusal } from '../../../contract/errors.ts';
import { BUNDLE_UPLOAD_MAX_BYTES, type BundleImport, bundleImportSchema } from '../../../contract/carried.ts';
import type { RecoveredFile } from '../../../contract/views-custody.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { fileFault } from '../db/medium-fault.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import { coverOf } from '../journal/mirror-cover.ts';
import { devicesIn, listSegments, segmentFile, segmentFolder } from '../journal/mirror-folder.ts';
import type { LineFault, Link } from '../sync/link.ts';

export type RecoverDeps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly deviceId: string;
  readonly link: Pick<Link, 'call' | 'isOpen'>;
  /** Greets the province where the link is not open. */
  readonly greet: () => Promise<unknown>;
};

export type RecoverRefusal = Refusal<'NO_LINE' | 'NOT_FOUND'> | StorageRefusal;

/** Carries what lies on the medium of a dead, lost or stolen counter to the province. */
export type RecoverMirror = (
  folder: string,
  officerId: string | null,
) => Promise<Result<readonly RecoveredFile[], RecoverRefusal>>;

type Carried = { readonly fromDeviceId: string; readonly file: string };

/** A segment of up to 4 MiB over a slow line; the province's own patience is longer. */
export const RECOVER_TIMEOUT_MS = 120_000;
const NOTHING = { entries: 0, accepted: 0, duplicate: 0, pending: 0, quarantined: 0 };

/** Segments of other devices, and those of this device's own past that its journal does not hold. */
async function carriedFiles({ db, deviceId }: RecoverDeps, folder: string): Promise<readonly Carried[]> {
  const found: Carried[] = [];
  for (const fromDeviceId of await devicesIn(folder)) {
    const { segments } = await listSegments(folder, fromDeviceId);
    const wanted = fromDeviceId === deviceId ? (await db.read((tx) => coverOf(tx, segments))).foreign : segments;
    found.push(...wanted.map((segment) => ({ fromDeviceId, file: segmentFile(segment) })));
  }
  return found;
}

function storedFile(carried: Carried, imported: BundleImport): RecoveredFile {
  const [problem] = imported.problems;
  const sum = (of: keyof typeof NOTHING): number => imported.devices.reduce((total, device) => total + device[of], 0);
  return {
    ...carried,
    outcome: imported.devices.length > 0 ? 'stored' : 'refused',
    reason: problem?.reason ?? null,
    entries: sum('entries'),
    accepted: sum('accepted'),
    duplicate: sum('duplicate'),
    pending: sum('pending'),
    quarantined: sum('quarantined'),
  };
}

const notStored = (carried: Carried, reason: string): RecoveredFile => ({
  ...carried,
  outcome: 'refused',
  reason,
  ...NOTHING,
});

/** One file through `POST /v1/bundle`; a token that ended is renewed once. */
async function carry(
  deps: RecoverDeps,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<Result<BundleImport, LineFault>> {
  const once = (): Promise<Result<BundleImport, LineFault>> =>
    deps.link.call({
      method: 'POST',
      path: '/v1/bundle',
      body: { bundle: Buffer.from(bytes).toString('base64url') },
      schema: bundleImportSchema,
      timeoutMs: RECOVER_TIMEOUT_MS,
      signal,
    });
  const first = await once();
  if (first.ok || first.error.detail !== 'BAD_TOKEN') return first;
  await deps.greet();
  return await once();
}

async function recoverFile(
  deps: RecoverDeps,
  folder: string,
  carried: Carried,
  signal: AbortSignal,
): Promise<Result<RecoveredFile, LineFault>> {
  const path = join(segmentFolder(folder, carried.fromDeviceId), carried.file);
  let bytes: Uint8Array;
  try {
    if ((await stat(path)).size > BUNDLE_UPLOAD_MAX_BYTES) return ok(notStored(carried, 'TOO_LARGE'));
    bytes = await readFile(path);
  } catch (error) {
    return ok(notStored(carried, fileFault(error)));
  }
  const imported = await carry(deps, bytes, signal);
  if (imported.ok) return ok(storedFile(carried, imported.value));
  const { fault, detail } = imported.error;
  // The province spoke and refused this one file; without a line there is no use in trying the next.
  return fault === 'refused' || fault === 'invalid' ? ok(notStored(carried, detail)) : err(imported.error);
}

/** One entry per dead counter whose files the province took. */
async function noteRecovered(
  { journal, deviceId }: RecoverDeps,
  files: readonly RecoveredFile[],
  officerId: string | null,
): Promise<Result<unknown, StorageRefusal>> {
  const stored = files.filter((file) => file.outcome === 'stored');
  const devices = [...new Set(stored.map((file) => file.fromDeviceId))];
  return await journal.record(async (_tx, append) => {
    for (const fromDeviceId of devices) {
      const own = stored.filter((file) => file.fromDeviceId === fromDeviceId);
      const entries = own.reduce((total, file) => total + file.entries, 0);
      append({
        type: 'mirror.recovered',
        stream: deviceId,
        officerId,
        cashSessionId: null,
        body: { fromDeviceId, files: own.length, entries },
      });
    }
    return ok(undefined);
  });
}

/**
 * "A dead or stolen counter's unsent entries are recovered from it by a new device and end at the province exactly
 * once": the files go as they are, sealed to the province; a second time they are all duplicates. Files stay.
 */
export function createRecoverMirror(deps: RecoverDeps): RecoverMirror {
  return async (folder, officerId) => {
    const { signal } = new AbortController();
    const carried = await carriedFiles(deps, folder).catch(() => undefined); // a medium that cannot be read is not found
    if (carried === undefined || carried.length === 0) return err({ code: 'NOT_FOUND' });
    if (!deps.link.isOpen()) await deps.greet();
    const files: RecoveredFile[] = [];
    let silence: LineFault | null = null;
    for (const one of carried) {
      const recovered = await recoverFile(deps, folder, one, signal);
      if (!recovered.ok) {
        silence = recovered.error;
        break;
      }
      files.push(recovered.value);
    }
    const noted = await noteRecovered(deps, files, officerId);
    if (!noted.ok) return noted;
    // What arrived stays arrived; the whole is asked again.
    return silence === null ? ok(files) : err({ code: 'NO_LINE', details: { reason: silence.detail } });
  };
}
