import { err, ok, type Result } from '../../../domain/result.ts';
import { validSealingKeys } from '../bundle/sealing-keys.ts';
import { type ProvinceKey, readProvinceKeys } from '../rules/rules-store.ts';
import { readUnsentBetween, type UnsentPlace } from '../sync/unsent-store.ts';
import type { Head } from './entry-text.ts';
import { type Cover, coverOf } from './mirror-cover.ts';
import { isMediumThere, listSegments, removeSegments, type SegmentName, segmentFile } from './mirror-folder.ts';
import { NO_SEALING_KEY, type SegmentDeps, writeSegments } from './mirror-segments.ts';

/** What a medium holds, beside the journal as it stood at that moment. */
export type MediumFacts = {
  /** Every unsent entry up to here has its second copy. */
  readonly throughSeq: number;
  /** Unsent entries without one. */
  readonly uncovered: number;
  /** Segments of another history; left as they are. */
  readonly foreign: readonly SegmentName[];
  readonly hasWritten: boolean;
};

/** Why a medium does not take the second copy: a code of the file system, or one of these. */
export type MediumFault = 'MEDIUM_GONE' | typeof NO_SEALING_KEY;

/** More small files than this are put together into one. */
const MOST_SEGMENTS = 64;
const MOST_PLACES = 50_000;

/** Everything after an entry that is not in custody, oldest first. */
export function unsentAfter({ db }: Pick<SegmentDeps, 'db'>, seq: number): Promise<readonly UnsentPlace[]> {
  return db.read((tx) => readUnsentBetween(tx, seq, Number.MAX_SAFE_INTEGER, MOST_PLACES));
}

async function compare(
  { db, journal, deviceId, now }: SegmentDeps,
  folder: string,
): Promise<{ readonly cover: Cover; readonly head: Head | undefined; readonly keys: readonly ProvinceKey[] }> {
  const { segments } = await listSegments(folder, deviceId);
  return await db.read(async (tx) => ({
    cover: await coverOf(tx, segments),
    head: await journal.head(tx),
    keys: validSealingKeys(await readProvinceKeys(tx), now()),
  }));
}

/** What `rewriteMedium` put on the medium; `head` is undefined before the first entry. */
export type Rewritten = { readonly entries: number; readonly head: Head | undefined };

/**
 * One copy of every unsent entry in place of the older segments: these go only when the new ones are durable, and
 * segments of another history never go. Throws what the file system answers.
 */
export async function rewriteMedium(deps: SegmentDeps, folder: string): Promise<Result<Rewritten, MediumFault>> {
  if (!(await isMediumThere(folder))) return err('MEDIUM_GONE');
  const { cover, head, keys } = await compare(deps, folder);
  const places = (await unsentAfter(deps, 0)).filter((place) => place.seq <= (head?.seq ?? 0));
  const written = await writeSegments(deps, folder, places, keys);
  if (written === NO_SEALING_KEY) return err(NO_SEALING_KEY);
  const kept = new Set(written.map(segmentFile));
  const replaced = cover.own.filter((segment) => !kept.has(segmentFile(segment)));
  await removeSegments(folder, deps.deviceId, replaced);
  return ok({ entries: places.length, head });
}

/**
 * Brings a medium up to the journal: writes what has no second copy (`write`), and removes what is in custody (`tidy`;
 * "removed only after its custody receipt is committed"). Twice gives the same. Throws what the file system answers.
 */
export async function copyToMedium(
  deps: SegmentDeps,
  folder: string,
  { write, tidy }: { readonly write: boolean; readonly tidy: boolean },
): Promise<Result<MediumFacts, MediumFault>> {
  if (!(await isMediumThere(folder))) return err('MEDIUM_GONE');
  const { cover, head, keys } = await compare(deps, folder);
  if (keys.length === 0) return err(NO_SEALING_KEY);
  const { foreign } = cover;
  const hasWritten = write && cover.uncovered.length > 0;
  if (hasWritten && (await writeSegments(deps, folder, cover.uncovered, keys)) === NO_SEALING_KEY) {
    return err(NO_SEALING_KEY);
  }
  if (tidy) {
    await removeSegments(folder, deps.deviceId, cover.done);
    if (cover.own.length - cover.done.length > MOST_SEGMENTS) {
      const rewritten = await rewriteMedium(deps, folder);
      if (!rewritten.ok) return rewritten;
    }
  }
  const [open] = write ? [] : cover.uncovered;
  const throughSeq = open === undefined ? (head?.seq ?? 0) : open.seq - 1;
  return ok({ throughSeq, uncovered: write ? 0 : cover.uncovered.length, foreign, hasWritten });
}
