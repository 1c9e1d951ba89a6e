import type { ClockPort } from '../ports.ts';
import type { Db } from '../db/open.ts';
import { parseEnvelope } from '../journal/entry-text.ts';
import { findEntry, findHead } from '../journal/journal-store.ts';
import { findNewestCustodyTime } from '../sync/custody-store.ts';
import { findTimeAnchor } from './time-anchor-store.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { createTimekeeper, type KnownTime, type Timekeeper } from './timekeeper.ts';

/** The timekeeper of a counter that starts: what the journal and the province last knew of the time. */
export async function openTimekeeper(db: Db, clock: ClockPort): Promise<Timekeeper> {
  const limits = await db.read(async (tx) => (await readPolicy(tx)).clock);
  const known = await db.read(async (tx): Promise<KnownTime> => {
    const head = await findHead(tx);
    const entry = head === undefined ? undefined : await findEntry(tx, head.seq);
    const feedMs = (await findNewestCustodyTime(tx)) ?? 0;
    const anchor = await findTimeAnchor(tx);
    if (entry === undefined) return { lastEntry: null, anchor, feedMs };
    const { wallMs, monoMs, bootId, timeTrust } = parseEnvelope(entry.text);
    return { lastEntry: { wallMs, monoMs, bootId, timeTrust }, anchor, feedMs };
  });
  return createTimekeeper(clock, known, limits);
}
