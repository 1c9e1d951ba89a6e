import { err, ok, type Result } from '../../../domain/result.ts';
import { validSealingKeys } from '../bundle/sealing-keys.ts';
import { type ProvinceKey, readProvinceKeys } from '../rules/rules-store.ts';
import { readUnsentBetween, type UnsentPlace } from '../sync/unsent-store.ts';
import { isVoidedAfter } from '../transactions/void-store.ts';
import type { Head } from './entry-text.ts';
import { type Cover, coverOf, unsentOutside } from './mirror-cover.ts';
import {
  isIntact,
  isMediumThere,
  listSegments,
  removeSegments,
  type SegmentName,
  segmentFile,
} from './mirror-folder.ts';
import { NO_SEALING_KEY, type SegmentDeps, writeSegments } from './mirror-segments.ts';
import { findThroughSeq } from './mirror-settings-store.ts';

/** What a medium holds, beside the journal as it stood at that moment. */
export type MediumFacts = {
  /** Every unsent entry up to here has its second copy. */
  readonly throughSeq: number;
  /** Unsent entries without one. */
  readonly uncovered: number;
  /** Segments of another history; left as they are. */
  readonly foreign: readonly SegmentName[];
  /** Files there that no counter of this device wrote; left as they are, and believed in nothing. */
  readonly strange: number;
  readonly hasWritten: boolean;
};

/** What was written does not come back as it was written. */
const UNREADABLE = 'COPY_UNREADABLE';

/** Why a medium does not take the second copy: a code of the file system, or one of these. */
export type MediumFault = 'MEDIUM_GONE' | typeof NO_SEALING_KEY | typeof UNREADABLE;

/** More small files than this are put together into one. */
const MOST_SMALL = 64;
/** A segment of so many places is large: it is not sealed again for what came after it. */
const LARGE = 500;
const MOST_PLACES = 50_000;

const isLarge = ({ fromSeq, toSeq }: SegmentName): boolean => toSeq - fromSeq + 1 >= LARGE;

/** Everything after an entry that is not in custody, oldest first. */
export function unsentAfter({ db }: Pick<SegmentDeps, 'db'>, seq: number): Promise<readonly UnsentPlace[]> {
  return db.read((tx) => readUnsentBetween(tx, seq, Number.MAX_SAFE_INTEGER, MOST_PLACES));
}

async function compare(
  { db, journal, deviceId, now }: SegmentDeps,
  folder: string,
): Promise<{
  readonly cover: Cover;
  readonly strange: number;
  readonly head: Head | undefined;
  readonly keys: readonly ProvinceKey[];
}> {
  const { segments, others } = await listSegments(folder, deviceId);
  // Named almost like ours; what other programs leave in a folder is nobody's concern.
  const alike = others.filter((name) => /^\d.*\.opop$/.test(name)).length;
  return await db.read(async (tx) => {
    const cover = await coverOf(tx, segments);
    const head = await journal.head(tx);
    const keys = validSealingKeys(await readProvinceKeys(tx), now());
    return { cover, strange: cover.strange.length + alike, head, keys };
  });
}

/** Own segments that are large and still wait for custody. */
const largeOf = ({ own, done }: Cover): readonly SegmentName[] =>
  own.filter((segment) => isLarge(segment) && !done.includes(segment));

/**
 * Puts everything that lies outside the kept segments into new ones, in place of the others of this history: these go only
 * when the new ones are durable, and segments of another history never go. The segments that are there then.
 */
async function gather(
  deps: SegmentDeps,
  folder: string,
  {
    own,
    kept,
    keys,
  }: Pick<Cover, 'own'> & {
    readonly kept: readonly SegmentName[];
    readonly keys: readonly ProvinceKey[];
  },
  isSound: (written: readonly SegmentName[]) => Promise<boolean>,
): Promise<Result<readonly SegmentName[], MediumFault>> {
  const runs = await deps.db.read((tx) => unsentOutside(tx, kept, MOST_PLACES));
  const written = await writeSegments(deps, folder, runs, keys);
  if (written === NO_SEALING_KEY) return err(NO_SEALING_KEY);
  if (!(await isSound(written))) return err(UNREADABLE);
  const there = new Set([...kept, ...written].map(segmentFile));
  const replaced = own.filter((segment) => !there.has(segmentFile(segment)));
  await removeSegments(folder, deps.deviceId, replaced);
  return ok([...kept, ...written]);
}

/** What `completeMedium` made sure of; `head` is undefined before the first entry. */
export type Completed = { readonly entries: number; readonly head: Head | undefined };

/**
 * A copy of every unsent entry that was read back: large segments stay when they are what was written and know of each
 * void of their sales; everything else is written anew, as few files. Throws what the file system answers.
 */
export async function completeMedium(deps: SegmentDeps, folder: string): Promise<Result<Completed, MediumFault>> {
  const { db, deviceId } = deps;
  if (!(await isMediumThere(folder))) return err('MEDIUM_GONE');
  const { cover, head, keys } = await compare(deps, folder);
  // A void stands in the session of its sale, and each session's copy was completed: only what came since is news.
  const knowing = await db.read(async (tx) => {
    const since = await findThroughSeq(tx);
    const found: SegmentName[] = [];
    for (const segment of largeOf(cover)) {
      if (!(await isVoidedAfter(tx, segment, Math.max(segment.toSeq, since)))) found.push(segment);
    }
    return found;
  });
  const areIntact = async (segments: readonly SegmentName[]): Promise<readonly SegmentName[]> => {
    const intact: SegmentName[] = [];
    for (const segment of segments) if (await isIntact(folder, deviceId, segment)) intact.push(segment);
    return intact;
  };
  const kept = await areIntact(knowing);
  const gathered = await gather(deps, folder, { own: cover.own, kept, keys }, async (written) => {
    return (await areIntact(written)).length === written.length;
  });
  if (!gathered.ok) return gathered;
  const upTo = (places: readonly UnsentPlace[]): number => places.filter(({ seq }) => seq <= (head?.seq ?? 0)).length;
  const [unsent, outside] = await db.read(async (tx) => [
    await readUnsentBetween(tx, 0, Number.MAX_SAFE_INTEGER, MOST_PLACES),
    (await unsentOutside(tx, gathered.value, MOST_PLACES)).flat(),
  ]);
  return upTo(outside) === 0 ? ok({ entries: upTo(unsent), head }) : err(UNREADABLE);
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
  const { cover, strange, head, keys } = await compare(deps, folder);
  if (keys.length === 0) return err(NO_SEALING_KEY);
  const { foreign } = cover;
  const hasWritten = write && cover.uncovered.length > 0;
  if (hasWritten && (await writeSegments(deps, folder, cover.uncovered, keys)) === NO_SEALING_KEY) {
    return err(NO_SEALING_KEY);
  }
  if (tidy) {
    await removeSegments(folder, deps.deviceId, cover.done);
    const large = largeOf(cover);
    if (cover.own.length - cover.done.length - large.length > MOST_SMALL) {
      const { own } = (await compare(deps, folder)).cover;
      const gathered = await gather(deps, folder, { own, kept: large, keys }, async () => true);
      if (!gathered.ok) return gathered;
    }
  }
  const [open] = write ? [] : cover.uncovered.flat();
  const throughSeq = open === undefined ? (head?.seq ?? 0) : open.seq - 1;
  return ok({ throughSeq, uncovered: write ? 0 : cover.uncovered.flat().length, foreign, strange, hasWritten });
}
