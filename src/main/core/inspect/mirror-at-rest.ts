import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFault } from '../db/medium-fault.ts';
import type { Db } from '../db/open.ts';
import { coverOf } from '../journal/mirror-cover.ts';
import {
  isIntact,
  isMediumThere,
  listSegments,
  type SegmentName,
  segmentFile,
  segmentFolder,
} from '../journal/mirror-folder.ts';
import { findMirrorPlace } from '../journal/mirror-settings-store.ts';

/** The second copy as it lies on its medium; null where no place was chosen. */
export type MirrorAtRest = {
  readonly folder: string;
  /** `behind`: unsent entries have no second copy. `missing`: the medium is not there, or cannot be read. */
  readonly state: 'ok' | 'behind' | 'missing';
  readonly segments: number;
  readonly uncovered: number;
  /** Segments of another history of this device. */
  readonly foreign: readonly string[];
  /** Files that are no segment, or a segment that is not what was written. */
  readonly unreadable: readonly string[];
};

const AGE_FIRST_LINE = Buffer.from('age-encryption.org/v1\n');
/** Header, one recipient, and the smallest sealed text. */
const SHORTEST = 200;

/** Whether a segment is what was written, or with an older name has the form of a sealed file. Only the province can read it. */
async function hasForm(folder: string, deviceId: string, name: SegmentName): Promise<boolean> {
  if (name.digest !== null) return await isIntact(folder, deviceId, name);
  const handle = await open(join(segmentFolder(folder, deviceId), segmentFile(name)), 'r');
  try {
    const first = Buffer.alloc(AGE_FIRST_LINE.length);
    await handle.read(first, 0, first.length, 0);
    return first.equals(AGE_FIRST_LINE) && (await handle.stat()).size >= SHORTEST;
  } finally {
    await handle.close();
  }
}

async function lookAt(db: Pick<Db, 'read'>, folder: string, deviceId: string): Promise<MirrorAtRest> {
  const { segments, others } = await listSegments(folder, deviceId);
  const cover = await db.read((tx) => coverOf(tx, segments));
  const unreadable: string[] = [...others, ...cover.strange.map(segmentFile)];
  const counted = segments.filter((name) => !cover.strange.includes(name));
  for (const name of counted) if (!(await hasForm(folder, deviceId, name))) unreadable.push(segmentFile(name));
  const uncovered = cover.uncovered.flat().length;
  const state = uncovered > 0 ? 'behind' : 'ok';
  return { folder, state, segments: cover.own.length, uncovered, foreign: cover.foreign.map(segmentFile), unreadable };
}

/** Looks at the second copy without writing, beside a running counter too. */
export async function mirrorAtRest(db: Pick<Db, 'read'>, deviceId: string): Promise<MirrorAtRest | null> {
  const place = await db.read((tx) => findMirrorPlace(tx));
  if (place === null) return null;
  const { folder } = place;
  const missing = { folder, state: 'missing', segments: 0, uncovered: 0, foreign: [], unreadable: [] } as const;
  try {
    return (await isMediumThere(folder)) ? await lookAt(db, folder, deviceId) : missing;
  } catch (error) {
    // A medium that breaks while it is read is as good as gone; anything else is a bug.
    if (fileFault(error) === 'UNKNOWN') throw error;
    return missing;
  }
}
