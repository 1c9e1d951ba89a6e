import { err, ok, type Result } from '../../../domain/result.ts';
import type { Db, ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import { putTimeAnchor } from '../device/time-anchor-store.ts';
import type { TimeAnchor } from '../device/timekeeper.ts';
import type { Append, Head, Journal } from '../journal/journal.ts';
import type { ClockPort } from '../ports.ts';
import { putProvinceKey } from '../rules/rules-store.ts';
import { findNewestCustodyReceipt } from './custody-store.ts';
import { findNewestAcknowledged, outboxFigures, putSyncState, readSyncState } from './delivery-store.ts';
import type { Contact, HelloFacts, LineFault, Link } from './link.ts';
import { findProvinceWord, putProvinceWord } from './province-word.ts';
import { applySecondWords } from './second-word-store.ts';
import { rewindDeliveries, rewindQuarantined } from './settled-store.ts';

export type GreetDeps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly link: Link;
  readonly clock: ClockPort;
  readonly deviceId: string;
  /** What the hello brought of the time; kept for a restart of the program. */
  readonly anchor: () => TimeAnchor | null;
};

/** Entry hashes at distance 0 to 8 from the head, then doubling (OPOP-Sync/1 4.2). */
async function locatorOf(
  tx: ReadTx,
  journal: Journal,
  head: Head,
  acknowledged: number,
): Promise<HelloFacts['locator']> {
  const distances = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  for (let distance = 16; distance < head.seq; distance *= 2) distances.push(distance);
  // The last entry in custody: a province that still has it is asked for nothing twice.
  if (acknowledged > 0 && acknowledged <= head.seq) distances.push(head.seq - acknowledged);
  const seqs = [...new Set(distances)].map((distance) => head.seq - distance).filter((seq) => seq >= 1);
  const places = await journal.places(tx, seqs);
  return places.toSorted((left, right) => right.seq - left.seq);
}

async function helloFacts({ db, journal }: GreetDeps): Promise<HelloFacts | undefined> {
  return await db.read(async (tx) => {
    const head = await journal.head(tx);
    if (head === undefined) return undefined;
    const figures = await outboxFigures(tx);
    return {
      epoch: head.epoch,
      seq: head.seq,
      head: head.hash,
      locator: await locatorOf(tx, journal, head, (await findNewestAcknowledged(tx)) ?? 0),
      lastCustodyReceipt: (await findNewestCustodyReceipt(tx))?.signed ?? null,
      outbox: { unsent: figures.unsent, quarantined: figures.quarantined },
    };
  });
}

/**
 * What the province has lost is pushed again: the counter holds the whole chain (OPOP-Sync/1 7.1). It is a rollback when
 * the incarnation is another one, or when the province does not know what it had settled; the journal says so once.
 */
async function noticeRollback(
  tx: WriteTx,
  append: Append,
  { deviceId, clock }: GreetDeps,
  { incarnation, common }: Contact,
): Promise<void> {
  const commonSeq = common?.seq ?? 0;
  const before = (await readSyncState(tx)).incarnation;
  const acknowledged = (await findNewestAcknowledged(tx)) ?? 0;
  const isRestored = before !== null && before !== incarnation;
  const isBehind = acknowledged > commonSeq;
  if (!isRestored && !isBehind) return;
  const rewound = await rewindDeliveries(tx, commonSeq, { whole: true });
  if (isRestored) await rewindQuarantined(tx);
  if (!isRestored && rewound === 0) return;
  const { seq } = append({
    type: 'province.rolled-back',
    stream: deviceId,
    officerId: null,
    cashSessionId: null,
    body: { incarnationBefore: before, incarnation, commonSeq },
  });
  await putProvinceWord(tx, { rolledBack: { seq, atMs: clock.wallMs() } });
}

/** A refused hello is a state that a screen shows, and the next round asks again: nothing is lost meanwhile. */
async function refused({ db, clock }: GreetDeps, fault: LineFault): Promise<Result<never, LineFault | StorageRefusal>> {
  if (fault.fault !== 'refused') return err(fault);
  const isUnsupported = fault.detail === 'PROTOCOL_UNSUPPORTED';
  const noted = await db.write(async (tx) => {
    const since = (await findProvinceWord(tx)).protocolUnsupportedSince ?? clock.wallMs();
    await putProvinceWord(tx, { protocolUnsupportedSince: isUnsupported ? since : null });
    return ok(undefined);
  });
  return noted.ok ? err(fault) : noted;
}

/**
 * "The province holds more of this epoch than the counter, or a later epoch: ROTATE" (OPOP-Sync/1 4.3): a new epoch declares
 * everything between this counter's head and the newest place there, once for each such place. Answers whether one opened.
 */
async function rotate(deps: GreetDeps, { action, ahead }: Contact): Promise<Result<boolean, StorageRefusal>> {
  const { db, journal } = deps;
  if (action !== 'ROTATE' || ahead === null) return ok(false);
  const known = await db.read(async (tx) => ({ word: await findProvinceWord(tx), head: await journal.head(tx) }));
  if (known.head === undefined || known.word.rotatedFor === ahead.hash) return ok(false);
  const { epoch, seq: toSeq } = ahead;
  const opened = await journal.openEpoch('rotate', { epoch, fromSeq: Math.min(known.head.seq + 1, toSeq), toSeq });
  if (!opened.ok) return opened;
  return await db.write(async (tx) => {
    await putProvinceWord(tx, { rotatedFor: ahead.hash });
    return ok(true);
  });
}

/** Epochs that one contact may open; a province that asks for more of them will not be talked into it. */
const MOST_ROTATIONS = 3;

/**
 * Challenge, hello, and what they change here: the keys, the time of contact, the province's word, and what it has lost. A
 * new epoch is told in a new hello before any entry leaves: the province may hold a later one than that which it named.
 */
export async function greet(
  deps: GreetDeps,
  signal: AbortSignal,
): Promise<Result<Contact, LineFault | StorageRefusal>> {
  for (let rotations = 0; ; rotations += 1) {
    const met = await greetOnce(deps, signal);
    if (!met.ok) return met;
    const rotated = await rotate(deps, met.value);
    if (!rotated.ok) return rotated;
    if (!rotated.value || rotations === MOST_ROTATIONS) return met;
    deps.link.drop();
  }
}

async function greetOnce(deps: GreetDeps, signal: AbortSignal): Promise<Result<Contact, LineFault | StorageRefusal>> {
  const facts = await helloFacts(deps);
  if (facts === undefined) return err({ fault: 'refused', detail: 'NO_EPOCH' });
  const contact = await deps.link.connect(facts, signal);
  if (!contact.ok) return await refused(deps, contact.error);
  const { keys, incarnation, action, feedsFrozen } = contact.value;
  const atMs = deps.clock.wallMs();
  const written = await deps.journal.record(async (tx, append) => {
    for (const key of keys) await putProvinceKey(tx, key);
    await noticeRollback(tx, append, deps, contact.value);
    const anchor = deps.anchor();
    if (anchor !== null) await putTimeAnchor(tx, anchor);
    const { feedsFrozenSince } = await findProvinceWord(tx);
    await putProvinceWord(tx, {
      action,
      feedsFrozenSince: feedsFrozen ? (feedsFrozenSince ?? atMs) : null,
      protocolUnsupportedSince: null,
    });
    await putSyncState(tx, { incarnation, lastContactAt: atMs });
    // Words that a program from before them took, and words about a rotten row that was declared since.
    await applySecondWords(tx);
    return ok(undefined);
  });
  return written.ok ? contact : written;
}
