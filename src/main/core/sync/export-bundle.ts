import { rm, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { Refusal } from '../../../contract/errors.ts';
import type { ExportedBundle } from '../../../contract/views-roads.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { pushBatches } from '../bundle/push-batches.ts';
import { validSealingKeys } from '../bundle/sealing-keys.ts';
import { writeBundle } from '../bundle/write-bundle.ts';
import { writeDurably } from '../db/durable-file.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { EnrolledDevice } from '../device/enrolled-device-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';
import { markExported, readUnsent } from './delivery-store.ts';
import { type CarriedPageDeps, carriedPages, pagesToCarry } from './carried-pages.ts';
import { mediumReason } from '../db/medium-fault.ts';
import { markPagesExported } from './page-lane-store.ts';

export type ExportDeps = CarriedPageDeps & {
  readonly db: Db;
  readonly journal: Journal;
  readonly subjectKeys: SubjectKeys;
  readonly device: EnrolledDevice;
  readonly appVersion: string;
  /** ms UTC, the best estimate. */
  readonly now: () => number;
  readonly newId: () => string;
};

export type ExportRefusal = Refusal<'EXPORT_FAILED' | 'NOTHING_TO_SEND'> | StorageRefusal;

type Place = { readonly seq: number; readonly epoch: { readonly n: number; readonly nonce: string } };
type Range = { readonly fromSeq: number; readonly toSeq: number };

const failed = (reason: string): { readonly ok: false; readonly error: Refusal<'EXPORT_FAILED'> } =>
  err({ code: 'EXPORT_FAILED', details: { reason } });

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false, // what cannot be looked at is no folder to write to
  );
}

/**
 * The file to write: inside `to` where that is a folder, else `to` itself, a `*.opop` in a folder that is there. Another
 * name is the folder of a stick that was pulled out: a file of that name would stay on the computer's own disk.
 */
async function targetOf(to: string, { device }: ExportDeps, { fromSeq, toSeq }: Range): Promise<string | undefined> {
  if (!(await isFolder(to))) return extname(to) === '.opop' && (await isFolder(dirname(to))) ? to : undefined;
  const deviceNo = String(device.deviceNo).padStart(2, '0');
  return join(to, `${device.outlet.outletId}-${deviceNo}-${String(fromSeq)}-${String(toSeq)}.opop`);
}

/** "`sending` (or `exported`) MUST be committed before the first byte leaves" (OPOP-Sync/1 5.1). */
async function commitExport(
  { journal, device, now }: ExportDeps,
  bundle: Range & { readonly bundleId: string; readonly entries: number },
  documentIds: readonly string[],
  officerId: string | null,
): Promise<Result<void, StorageRefusal>> {
  const { fromSeq, toSeq } = bundle;
  return await journal.record(async (tx, append) => {
    append({
      type: 'bundle.exported',
      stream: device.deviceId,
      officerId,
      cashSessionId: null,
      body: { bundleId: bundle.bundleId, fromSeq, toSeq, entries: bundle.entries },
    });
    if (bundle.entries > 0) await markExported(tx, fromSeq, toSeq);
    await markPagesExported(tx, documentIds, now());
    return ok(undefined);
  });
}

/** Writes the file whole or not at all; what a pulled or full stick leaves behind is taken away where that is possible. */
async function write(file: string, bytes: Uint8Array): Promise<Result<void, Refusal<'EXPORT_FAILED'>>> {
  try {
    await writeDurably(file, bytes);
    return ok(undefined);
  } catch (error) {
    const reason = mediumReason(error);
    return await rm(`${file}.unfinished`, { force: true }).then(
      () => failed(reason),
      () => failed(reason), // a stick that is gone takes its half file with it
    );
  }
}

/**
 * Everything that waits as one `*.opop` file, sealed to the province (OPOP-Sync/1 5.1). When the medium fails after
 * the commit the rows stay `exported`, because bytes may have left, and can be exported or sent again as often as needed.
 */
export async function exportBundle(
  deps: ExportDeps,
  asked: { readonly to: string; readonly officerId: string | null },
): Promise<Result<ExportedBundle, ExportRefusal>> {
  const { db, device, appVersion, now, newId } = deps;
  const { waiting, pages, head, keys } = await db.read(async (tx) => ({
    waiting: await readUnsent(tx, Number.MAX_SAFE_INTEGER),
    pages: await pagesToCarry(tx),
    head: await deps.journal.head(tx),
    keys: validSealingKeys(await readProvinceKeys(tx), now()),
  }));
  const places = waiting.map(
    ({ seq, epochN, epochNonce }): Place => ({ seq, epoch: { n: epochN, nonce: epochNonce } }),
  );
  // A file that carries pages alone names the newest entry, so that its name tells when it was made.
  const [first, last] = [places[0] ?? head, places.at(-1) ?? head];
  const isEmpty = places.length + pages.length === 0;
  if (isEmpty || first === undefined || last === undefined) return err({ code: 'NOTHING_TO_SEND' });
  const [provinceKey] = keys;
  if (provinceKey === undefined) return failed('KEY_MISSING');
  const bundle = { bundleId: newId(), fromSeq: first.seq, toSeq: last.seq, entries: places.length };
  const file = await targetOf(asked.to, deps, bundle);
  if (file === undefined) return failed('NOT_THERE');
  const carried = await carriedPages(deps, pages);
  const documentIds = carried.map(({ documentId }) => documentId);
  const committed = await commitExport(deps, bundle, documentIds, asked.officerId);
  if (!committed.ok) return committed;
  const batches: string[] = [];
  for await (const batch of pushBatches(deps, places, provinceKey)) batches.push(batch.text);
  const manifest = {
    v: 1,
    kind: 'bundle',
    deviceId: device.deviceId,
    certificate: device.certificate,
    appVersion,
    madeAt: Math.floor(now()),
    ...bundle,
  } as const;
  const bytes = await writeBundle(
    { manifest, batches, pages: carried.map(({ page }) => page) },
    keys.map(({ publicKey }) => publicKey),
  );
  const written = await write(file, bytes);
  return written.ok ? ok({ ...bundle, documents: carried.length, file, bytes: bytes.length }) : written;
}
