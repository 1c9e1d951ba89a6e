import type { KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { BUNDLE_MAX_BYTES } from '../../../contract/bundle.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { ImportedAnswer } from '../../../contract/views-roads.ts';
import type { SignedText } from '../../../contract/primitives.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type AnswerPart, readAnswer } from '../bundle/read-answer.ts';
import { fileFault } from '../db/medium-fault.ts';
import type { StorageRefusal } from '../db/open.ts';
import { readFeedTime } from '../device/open-timekeeper.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { Journal } from '../journal/journal.ts';
import { putProvinceKey, readProvinceKeys } from '../rules/rules-store.ts';
import { applyPage, type ApplyPageDeps, type FollowedFeed } from './apply-page.ts';
import { readCustodyReceipt, type SentItem, settleItems, verdictsOn } from './custody.ts';
import { declareDamage } from './damage.ts';
import { findDeliveries, outboxFigures, putSyncState, readSyncState } from './delivery-store.ts';
import { verifiedKeys } from './link.ts';
import { readPageReceipt, settlePage } from './page-receipt.ts';
import { isFrozenFor } from './province-word.ts';
import { sentItemsOf } from './push-batch.ts';

export type ImportDeps = ApplyPageDeps & {
  readonly journal: Journal;
  readonly timekeeper: Pick<Timekeeper, 'notBefore'>;
  readonly deviceId: string;
  readonly sealingPrivate: KeyObject;
  readonly feeds: readonly FollowedFeed[];
};

export type ImportRefusal = Refusal<'ANSWER_REFUSED'> | StorageRefusal;

type Tally = { closed: number; quarantined: number; custodyReceipts: number; pages: number; documents: number };
type Problem = { readonly problem: string };

const refused = (reason: string): { readonly ok: false; readonly error: Refusal<'ANSWER_REFUSED'> } =>
  err({ code: 'ANSWER_REFUSED', details: { reason } });

/** The items of this journal at the places that a receipt names: by hash, or as the bytes that were sent of a rotten row. */
async function itemsAt({ db, journal }: ImportDeps, seqs: readonly number[]): Promise<readonly SentItem[]> {
  const rows = await db.read((tx) => findDeliveries(tx, seqs));
  const places = [...rows.values()].map(({ seq, epochN, epochNonce }) => ({
    seq,
    epoch: { n: epochN, nonce: epochNonce },
  }));
  return sentItemsOf(await journal.readForSending(places));
}

/** Settles what one custody receipt names, exactly as a push does; what it says of anything else changes nothing. */
async function takeReceipt(
  deps: ImportDeps,
  signed: SignedText,
  tally: Tally,
): Promise<Result<void, Problem | StorageRefusal>> {
  const { db, clock, deviceId } = deps;
  const receipt = readCustodyReceipt(signed, await db.read((tx) => readProvinceKeys(tx)), deviceId);
  if (!receipt.ok) return err({ problem: receipt.error });
  const named = receipt.value.verdicts.map(({ seq }) => seq);
  const verdicts = verdictsOn(receipt.value, await itemsAt(deps, named));
  const receivedAt = clock.wallMs();
  const settled = await db.write(async (tx) => {
    // A receipt of a later life of the province ends the standstill of the feeds behind it.
    await isFrozenFor(tx, receipt.value.incarnation);
    const items = await settleItems(tx, { receipt: receipt.value, signed, receivedAt }, verdicts);
    const { lastContactAt } = await readSyncState(tx);
    // The stick was at the province when it signed: that is the contact.
    const contactAt = Math.min(receivedAt, receipt.value.serverTime);
    await putSyncState(tx, { lastCustodyAt: receivedAt, lastContactAt: Math.max(lastContactAt ?? 0, contactAt) });
    return ok(items);
  });
  if (!settled.ok) return settled;
  tally.custodyReceipts += 1;
  const news = settled.value.filter(({ isNew }) => isNew);
  tally.closed += news.filter(({ state }) => state === 'acknowledged').length;
  tally.quarantined += news.filter(({ state }) => state === 'quarantined').length;
  return await declareDamage(deps);
}

/** Keeps the province's word about one page of a paper, exactly as over a line. */
async function takePageReceipt(
  { db, clock, deviceId }: ImportDeps,
  signed: SignedText,
  tally: Tally,
): Promise<Result<void, Problem | StorageRefusal>> {
  const receipt = readPageReceipt(signed, await db.read((tx) => readProvinceKeys(tx)), deviceId);
  if (!receipt.ok) return err({ problem: receipt.error });
  tally.documents += 1;
  return await db.write(async (tx) => {
    await settlePage(tx, receipt.value, signed, clock.wallMs());
    return ok(undefined);
  });
}

const quarantinedOf = async ({ db }: ImportDeps): Promise<number> =>
  (await db.read((tx) => outboxFigures(tx))).quarantined;

async function takePart(
  deps: ImportDeps,
  part: AnswerPart,
  tally: Tally,
): Promise<Result<void, Problem | StorageRefusal>> {
  if (part.part === 'custody-receipt') return await takeReceipt(deps, part.signed, tally);
  if (part.part === 'document-receipt') return await takePageReceipt(deps, part.signed, tally);
  if (part.part === 'key-statements') {
    const keys = verifiedKeys(part.statements, deps.rootKey);
    return await deps.db.write(async (tx) => {
      for (const key of keys) await putProvinceKey(tx, key);
      return ok(undefined);
    });
  }
  if (part.part === 'manifest')
    return part.manifest.deviceId === deps.deviceId ? ok(undefined) : err({ problem: 'OTHER_DEVICE' });
  const { feed, scope, page } = part.carried;
  const followed = deps.feeds.find((one) => one.feed === feed && one.scope === scope);
  if (followed === undefined) return err({ problem: 'OTHER_FEED' });
  const before = feed === 'decisions' ? await quarantinedOf(deps) : 0;
  const applied = await applyPage(deps, followed, page, 'stick');
  if (applied.ok) {
    tally.pages += 1;
    // A page may say that what was set aside counts now.
    if (before > 0) tally.closed += before - (await quarantinedOf(deps));
    return ok(undefined);
  }
  const { error } = applied;
  if (!('page' in error)) return err(error);
  // A page that was applied before is no news and no mistake.
  return error.page === 'PAGE_OLDER' ? ok(undefined) : err({ problem: error.page });
}

/** A file on a medium that may go away while it is read: then it ends there, as one that was cut. */
type Source = { readonly pieces: AsyncIterable<Uint8Array>; readonly isBroken: () => boolean };

function sourceOf(file: string): Source {
  const held = { isBroken: false };
  const read = async function* (): AsyncGenerator<Uint8Array> {
    const stream: AsyncIterable<Uint8Array> = createReadStream(file);
    try {
      yield* stream;
    } catch (error) {
      if (fileFault(error) === 'UNKNOWN') throw error;
      held.isBroken = true;
    }
  };
  return { pieces: read(), isBroken: () => held.isBroken };
}

/** Bytes of a file in pieces, or why there are none. */
async function openSource(file: string): Promise<Result<Source, Refusal<'ANSWER_REFUSED'>>> {
  const found = await stat(file).catch(() => undefined); // what cannot be looked at is not there
  if (found?.isFile() !== true) return refused('NOT_THERE');
  return found.size > BUNDLE_MAX_BYTES ? refused('FILE_TOO_LONG') : ok(sourceOf(file));
}

/**
 * Takes what the province answered on a stick: custody receipts, key statements, pages, each by its own signature.
 * "Any order, any number of times, cut at any byte: the same end state for the frames that verify" (OPOP-Sync/1 12.1).
 */
export async function importAnswer(
  deps: ImportDeps,
  asked: { readonly file: string; readonly officerId: string | null },
): Promise<Result<ImportedAnswer, ImportRefusal>> {
  const source = await openSource(asked.file);
  if (!source.ok) return source;
  const tally: Tally = { closed: 0, quarantined: 0, custodyReceipts: 0, pages: 0, documents: 0 };
  const problems: { frame: number; reason: string }[] = [];
  const state: { frame: number; bundleId: string | null; stopped: StorageRefusal | null } = {
    frame: -1,
    bundleId: null,
    stopped: null,
  };
  const end = await readAnswer(source.value.pieces, deps.sealingPrivate, async (part) => {
    state.frame += 1;
    const taken = await takePart(deps, part, tally);
    if (taken.ok) {
      if (part.part === 'manifest') state.bundleId = part.manifest.bundleId;
      return true;
    }
    if ('problem' in taken.error) problems.push({ frame: state.frame, reason: taken.error.problem });
    else state.stopped = taken.error;
    // One frame that does not verify does not take the others with it; a manifest that is not ours does.
    return state.stopped === null && state.bundleId !== null;
  });
  // A stick brings no anchor, but nothing from here on is older than what was signed for it.
  deps.timekeeper.notBefore(await deps.db.read((tx) => readFeedTime(tx)));
  if (state.stopped !== null) return err(state.stopped);
  const { bundleId } = state;
  if (bundleId === null && source.value.isBroken()) return refused('NOT_READABLE');
  if (bundleId === null) return refused(problems[0]?.reason ?? end.problems[0]?.reason ?? 'NOT_AN_ANSWER');
  const noted = await note(deps, { bundleId, officerId: asked.officerId }, tally);
  if (!noted.ok) return noted;
  const { unsent } = await deps.db.read((tx) => outboxFigures(tx));
  const all = [...problems, ...end.problems.map(({ frame, reason }) => ({ frame, reason }))];
  return ok({ bundleId, ...tally, unsent, complete: end.complete, problems: all });
}

/** The journal says what came; an answer that brought nothing new leaves no entry. */
async function note(
  { journal, deviceId }: ImportDeps,
  { bundleId, officerId }: { readonly bundleId: string; readonly officerId: string | null },
  { closed, quarantined, custodyReceipts, pages, documents }: Tally,
): Promise<Result<void, StorageRefusal>> {
  if (closed + quarantined + pages + documents === 0) return ok(undefined);
  return await journal.record(async (_tx, append) => {
    append({
      type: 'answer.imported',
      stream: deviceId,
      officerId,
      cashSessionId: null,
      body: { bundleId, custodyReceipts, pages },
    });
    return ok(undefined);
  });
}
