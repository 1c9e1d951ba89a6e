import type { SignedCertificate } from '../../../contract/receipt-statement.ts';
import type { Db } from '../db/open.ts';
import { pushBatches } from '../bundle/push-batches.ts';
import { writeBundle } from '../bundle/write-bundle.ts';
import type { ProvinceKey } from '../rules/rules-store.ts';
import type { Journal } from './journal.ts';
import { findHashAt } from './journal-store.ts';
import { headTag, type SegmentName, writeSegment } from './mirror-folder.ts';
import type { SendPlace } from './read-for-sending.ts';
import type { SubjectKeys } from './subject-keys.ts';

/** What a segment is made of. */
export type SegmentDeps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly subjectKeys: SubjectKeys;
  readonly deviceId: string;
  readonly certificate: SignedCertificate;
  readonly appVersion: string;
  /** ms UTC, the best estimate. */
  readonly now: () => number;
  readonly newId: () => string;
};

/**
 * Batches of one segment are at most this long together: a segment goes to the province as one request, whose limit of
 * 4 MiB is of the sealed file.
 */
const MOST_TEXT_BYTES = 3 * 1024 * 1024;

type Gathered = { readonly texts: string[]; fromSeq: number; toSeq: number; count: number; bytes: number };

const nothing = (): Gathered => ({ texts: [], fromSeq: 0, toSeq: 0, count: 0, bytes: 0 });

/** No key to seal to: before the first contact nothing can leave this device. */
export const NO_SEALING_KEY = 'NO_SEALING_KEY';

/** One run of places without a hole that another segment covers: its own segments may claim everything in between. */
async function writeRun(
  deps: SegmentDeps,
  folder: string,
  places: readonly SendPlace[],
  [newest, ...older]: readonly [ProvinceKey, ...ProvinceKey[]],
): Promise<readonly SegmentName[]> {
  const { db, deviceId } = deps;
  const keys = [newest, ...older];
  const written: SegmentName[] = [];
  let gathered = nothing();
  const flush = async (): Promise<void> => {
    const { texts, fromSeq, toSeq, count } = gathered;
    if (texts.length === 0) return;
    const manifest = {
      v: 1 as const,
      kind: 'mirror' as const,
      bundleId: deps.newId(),
      deviceId,
      certificate: deps.certificate,
      appVersion: deps.appVersion,
      madeAt: deps.now(),
      fromSeq,
      toSeq,
      entries: count,
    };
    const bytes = await writeBundle(
      { manifest, batches: texts },
      keys.map((key) => key.publicKey),
    );
    const span = { fromSeq, toSeq, headTag: headTag(await db.read((tx) => findHashAt(tx, toSeq))) };
    written.push(await writeSegment(folder, deviceId, span, bytes));
    gathered = nothing();
  };
  for await (const batch of pushBatches(deps, places, newest)) {
    const bytes = Buffer.byteLength(batch.text);
    if (gathered.bytes + bytes > MOST_TEXT_BYTES) await flush();
    if (gathered.texts.length === 0) gathered.fromSeq = batch.fromSeq;
    gathered.texts.push(batch.text);
    gathered.toSeq = batch.toSeq;
    gathered.count += batch.count;
    gathered.bytes += bytes;
  }
  await flush();
  return written;
}

/**
 * Writes runs of places as segments, oldest first, each durable before the next begins; the segments that were written.
 * `keys` are the province's sealing keys that hold, newest first.
 * Throws what the file system answers; the segments before that stay and count.
 */
export async function writeSegments(
  deps: SegmentDeps,
  folder: string,
  runs: readonly (readonly SendPlace[])[],
  [newest, ...older]: readonly ProvinceKey[],
): Promise<readonly SegmentName[] | typeof NO_SEALING_KEY> {
  if (newest === undefined) return NO_SEALING_KEY;
  const written: SegmentName[] = [];
  for (const places of runs) written.push(...(await writeRun(deps, folder, places, [newest, ...older])));
  return written;
}
