import { ok, type Result } from '../../../domain/result.ts';
import type { Db, ReadTx, StorageRefusal } from '../db/open.ts';
import type { EventsPort, LogPort } from '../ports.ts';
import { bodyOf } from './entry-text.ts';
import type { DeclaredGap, Journal } from './journal.ts';
import { type SegmentName, segmentFile } from './mirror-folder.ts';

type Deps = {
  readonly db: Db;
  readonly journal: Pick<Journal, 'head' | 'readStream' | 'openEpoch'>;
  readonly deviceId: string;
  readonly events: EventsPort;
  readonly log: LogPort;
};

/**
 * The second copy remembers what an older image of the database has forgotten, even when both marks were put back with
 * it: the gap that a new epoch must declare, or null when every segment of another history lies in a declared one.
 * The names of segments are not signed; a forged one costs an epoch and nothing else.
 */
async function undeclaredPast(
  tx: ReadTx,
  { journal, deviceId }: Pick<Deps, 'journal' | 'deviceId'>,
  foreign: readonly SegmentName[],
): Promise<DeclaredGap | null> {
  const head = await journal.head(tx);
  if (foreign.length === 0 || head === undefined) return null;
  const opened = (await journal.readStream(tx, deviceId)).filter((entry) => entry.type === 'epoch.opened');
  const gaps = opened.flatMap((entry) => bodyOf('epoch.opened', entry).declaredGap ?? []);
  const undeclared = foreign.filter(({ toSeq }) => !gaps.some((gap) => gap.fromSeq <= toSeq && toSeq <= gap.toSeq));
  const ends = undeclared.map(({ toSeq }) => toSeq).sort((left, right) => left - right);
  const [lowest, highest] = [ends[0], ends.at(-1)];
  if (lowest === undefined || highest === undefined) return null;
  // From the lowest end on, where places were filled again: else each of the others would call for an epoch of its own.
  return { epoch: head.epoch, fromSeq: Math.min(head.seq + 1, lowest), toSeq: highest };
}

/** Declares what a medium knows beyond the journal, once for each file that says so. */
export function createPast(deps: Deps) {
  const { db, journal, events, log } = deps;
  const known = new Set<string>();
  return {
    /** Opens an epoch where these segments of another history call for one; a refusal of the disk is tried again. */
    declare: async (foreign: readonly SegmentName[]): Promise<Result<unknown, StorageRefusal>> => {
      const names = foreign.map(segmentFile);
      // The declared gaps stand among years of entries: they are read when there is something new to compare.
      if (names.every((name) => known.has(name))) return ok(undefined);
      const gap = await db.read((tx) => undeclaredPast(tx, deps, foreign));
      if (gap !== null) {
        log.write('error', 'mirror.knows-more', { fromSeq: gap.fromSeq, toSeq: gap.toSeq });
        const opened = await journal.openEpoch('mark-mismatch', gap);
        if (!opened.ok) return opened;
        events.publish('device');
      }
      for (const name of names) known.add(name);
      return ok(undefined);
    },
  };
}
