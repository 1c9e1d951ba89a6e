import type { ReadTx } from '../db/open.ts';
import { findSpans, readUnsentBetween, type UnsentPlace } from '../sync/unsent-store.ts';
import { WIDEST_GAP } from '../../../contract/journal-entry.ts';
import { findHead } from './journal-store.ts';
import { headTag, type SegmentName } from './mirror-folder.ts';

/** Which of the segments on a medium are of this history, and what they leave uncovered. */
export type Cover = {
  /** Segments whose last entry this journal holds, so that all of their entries are its own. */
  readonly own: readonly SegmentName[];
  /** Segments of another history: a counter that was put back to an older image, or a clone. Never touched. */
  readonly foreign: readonly SegmentName[];
  /** Files of another history that reach so far beyond this one that no counter of this device can have written them. */
  readonly strange: readonly SegmentName[];
  /** Own segments of which every entry is in custody. */
  readonly done: readonly SegmentName[];
  /** Unsent entries that no own segment holds, oldest first; each run lies between two segments. */
  readonly uncovered: readonly (readonly UnsentPlace[])[];
};

/** More are gathered in the next round. */
const MOST_PLACES = 20_000;

/** Ranges of entries that lie in no segment; ends excluded. */
function holes(own: readonly SegmentName[]): readonly { readonly after: number; readonly before: number }[] {
  const found: { after: number; before: number }[] = [];
  let reached = 0;
  for (const { fromSeq, toSeq } of [...own].sort((left, right) => left.fromSeq - right.fromSeq)) {
    if (fromSeq > reached + 1) found.push({ after: reached, before: fromSeq });
    reached = Math.max(reached, toSeq);
  }
  return [...found, { after: reached, before: Number.MAX_SAFE_INTEGER }];
}

/** Unsent entries outside some segments, oldest first, at most `limit`: one run for each hole that has any. */
export async function unsentOutside(
  tx: ReadTx,
  segments: readonly SegmentName[],
  limit: number,
): Promise<readonly (readonly UnsentPlace[])[]> {
  const runs: (readonly UnsentPlace[])[] = [];
  let left = limit;
  for (const { after, before } of holes(segments)) {
    const run = await readUnsentBetween(tx, after, before, left);
    left -= run.length;
    if (run.length > 0) runs.push(run);
  }
  return runs;
}

/** Compares the segments of a medium with the journal. */
export async function coverOf(tx: ReadTx, segments: readonly SegmentName[]): Promise<Cover> {
  const own: SegmentName[] = [];
  const foreign: SegmentName[] = [];
  const strange: SegmentName[] = [];
  const done: SegmentName[] = [];
  const head = (await findHead(tx))?.seq ?? 0;
  const spans = findSpans(tx, segments);
  for (const [place, segment] of segments.entries()) {
    const span = spans[place];
    // The chain makes the last entry speak for all before it; a place without an entry speaks for none.
    const { lastHash = '', waits = true } = span ?? {};
    if (lastHash === '' || headTag(lastHash) !== segment.headTag) {
      // A name is not signed: one that is believed costs an epoch, and the gap of it must be one that the province takes.
      (segment.toSeq - head < WIDEST_GAP ? foreign : strange).push(segment);
      continue;
    }
    own.push(segment);
    if (!waits) done.push(segment);
  }
  return { own, foreign, strange, done, uncovered: await unsentOutside(tx, own, MOST_PLACES) };
}
