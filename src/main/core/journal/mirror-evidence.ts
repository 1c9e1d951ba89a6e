import type { ReadTx } from '../db/open.ts';
import { bodyOf } from './entry-text.ts';
import type { DeclaredGap, Journal } from './journal.ts';
import type { SegmentName } from './mirror-folder.ts';

/**
 * The second copy remembers what an older image of the database has forgotten, even when both marks were put back with
 * it: the gap that a new epoch must declare, or null when every segment of another history lies in a declared one.
 * The names of segments are not signed; a forged one costs an epoch and nothing else.
 */
export async function undeclaredPast(
  tx: ReadTx,
  { journal, deviceId }: { readonly journal: Pick<Journal, 'head' | 'readStream'>; readonly deviceId: string },
  foreign: readonly SegmentName[],
): Promise<DeclaredGap | null> {
  const head = await journal.head(tx);
  if (foreign.length === 0 || head === undefined) return null;
  const opened = (await journal.readStream(tx, deviceId)).filter((entry) => entry.type === 'epoch.opened');
  const gaps = opened.flatMap((entry) => bodyOf('epoch.opened', entry).declaredGap ?? []);
  const undeclared = foreign.filter(({ toSeq }) => !gaps.some((gap) => gap.fromSeq <= toSeq && toSeq <= gap.toSeq));
  const toSeq = undeclared.reduce((most, segment) => Math.max(most, segment.toSeq), 0);
  return toSeq === 0 ? null : { epoch: head.epoch, fromSeq: Math.min(head.seq + 1, toSeq), toSeq };
}
