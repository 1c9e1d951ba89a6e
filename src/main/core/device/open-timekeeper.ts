import type { ClockPort } from '../ports.ts';
import type { Db, ReadTx } from '../db/open.ts';
import { parseEnvelope } from '../journal/entry-text.ts';
import { findEntry, findHead } from '../journal/journal-store.ts';
import { findNewestCustodyTime } from '../sync/custody-store.ts';
import { findProvinceTime, findTimeAnchor } from './time-anchor-store.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { createTimekeeper, type KnownTime, type Timekeeper } from './timekeeper.ts';

/** ms UTC that have certainly passed at the province, by all that it signed and this counter keeps. */
export async function readFeedTime(tx: ReadTx): Promise<number> {
  return Math.max((await findNewestCustodyTime(tx)) ?? 0, await findProvinceTime(tx));
}

/** The timekeeper of a counter that starts: what the journal and the province last knew of the time. */
export async function openTimekeeper(db: Db, clock: ClockPort): Promise<Timekeeper> {
  const limits = await db.read(async (tx) => (await readPolicy(tx)).clock);
  const known = await db.read(async (tx): Promise<KnownTime> => {
    const head = await findHead(tx);
    const entry = head === undefined ? undefined : await findEntry(tx, head.seq);
    const feedMs = await readFeedTime(tx);
    const anchor = await findTimeAnchor(tx);
    const isAnchorNewest = anchor !== null && (head?.seq ?? 0) <= anchor.afterSeq;
    if (entry === undefined) return { lastEntry: null, anchor, isAnchorNewest, feedMs };
    const { wallMs, monoMs, bootId, timeTrust } = parseEnvelope(entry.text);
    return { lastEntry: { wallMs, monoMs, bootId, timeTrust }, anchor, isAnchorNewest, feedMs };
  });
  return createTimekeeper(clock, known, limits);
}
