import { ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import type { ClockPort } from '../ports.ts';
import { type Delivery, noteDeclared, readUndeclared } from './delivery-store.ts';

/** Places that follow each other in one epoch. */
type Run = { readonly epoch: { readonly n: number; readonly nonce: string }; readonly fromSeq: number; toSeq: number };

function runsOf(rows: readonly Delivery[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { seq, epochN, epochNonce } of rows) {
    const last = runs.at(-1);
    if (last?.toSeq === seq - 1 && last.epoch.nonce === epochNonce) last.toSeq = seq;
    else runs.push({ epoch: { n: epochN, nonce: epochNonce }, fromSeq: seq, toSeq: seq });
  }
  return runs;
}

/**
 * "A row whose hash or signature fails twice is sent once as `damaged`; a new epoch declares the gap" (OPOP-Sync/1 5.6):
 * one epoch for each run of rotten rows whose bytes are in custody. A crash in between declares a gap twice, never not.
 */
export async function declareDamage(deps: {
  readonly db: Db;
  readonly journal: Journal;
  readonly clock: ClockPort;
}): Promise<Result<void, StorageRefusal>> {
  const { db, journal, clock } = deps;
  for (const { epoch, fromSeq, toSeq } of runsOf(await db.read((tx) => readUndeclared(tx)))) {
    const opened = await journal.openEpoch('damaged', { epoch, fromSeq, toSeq });
    if (!opened.ok) return opened;
    const noted = await db.write(async (tx) => {
      await noteDeclared(tx, fromSeq, toSeq, clock.wallMs());
      return ok(undefined);
    });
    if (!noted.ok) return noted;
  }
  return ok(undefined);
}
