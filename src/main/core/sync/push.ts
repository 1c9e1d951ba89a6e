import { LEAN_RECEIPT_QUERY, type PushAnswer, pushAnswerSchema } from '../../../contract/push-answer.ts';
import type { SentPush } from '../../../contract/sync-protocol.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { StorageRefusal } from '../db/open.ts';
import { leanPush } from '../journal/lean-entry.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';
import { findVoidedAfter } from '../transactions/void-store.ts';
import { readCustodyReceipt, type SettledItem, settleItems, verdictsOn } from './custody.ts';
import { declareDamage } from './damage.ts';
import { markSending, noteReason, putSyncState, readUnsent } from './delivery-store.ts';
import { rewindDeliveries } from './settled-store.ts';
import { wholeReceipt } from './lean-receipt.ts';
import type { LineFault, Link } from './link.ts';
import { type Batch, type BatchDeps, nextBatch, sentItemsOf } from './push-batch.ts';

/** What one push brought, per item. */
export type Pushed = {
  readonly items: readonly SettledItem[];
  /** True after GAP: what the province does not know any more waits again, and the next push begins there. */
  readonly rewound: boolean;
};

export type PushDeps = BatchDeps & { readonly link: Link; readonly deviceId: string };

/** How long a push may take; the province's own patience is longer. */
export const PUSH_TIMEOUT_MS = 60_000;
/** Below so many items a receipt is short enough as it is. */
const LEAN_RECEIPT_FROM = 20;
const NOTHING: Pushed = { items: [], rewound: false };

/** Writes on every row of the batch why it is still here. */
async function failed(
  { db }: PushDeps,
  seqs: readonly number[],
  fault: LineFault,
): Promise<Result<never, LineFault | StorageRefusal>> {
  const noted = await db.write(async (tx) => {
    await noteReason(tx, seqs, fault.detail);
    return ok(undefined);
  });
  return noted.ok ? err(fault) : noted;
}

/**
 * "An entry whose predecessor is unknown MUST answer GAP with the common place" (OPOP-Sync/1 5.4): back to the newest
 * place that both sides hold, or a new hello where this counter does not hold the province's.
 */
async function rewind(
  deps: PushDeps,
  seqs: readonly number[],
  common: Extract<PushAnswer, { answer: 'GAP' }>['common'],
): Promise<Result<Pushed, LineFault | StorageRefusal>> {
  const { db, journal } = deps;
  const rewound = await db.write(async (tx) => {
    const ours = common === null ? undefined : await journal.find(tx, common.seq);
    const isHeld = common === null || ours?.hash === common.hash;
    return ok(isHeld ? await rewindDeliveries(tx, common?.seq ?? 0, { whole: true }) : 0);
  });
  if (!rewound.ok) return rewound;
  // Nothing waits before the batch, and yet the province misses something: only a new hello can tell.
  return rewound.value > 0
    ? ok({ items: [], rewound: true })
    : await failed(deps, seqs, { fault: 'refused', detail: 'GAP' });
}

/** Verifies the custody receipt, writes it and every verdict in one commit, and declares what it says is damaged. */
async function settle(
  deps: PushDeps,
  batch: Batch,
  answer: Extract<PushAnswer, { answer: 'STORED' | 'STORED_LEAN' }>,
): Promise<Result<Pushed, LineFault | StorageRefusal>> {
  const { db, clock, deviceId } = deps;
  const sent = sentItemsOf(batch);
  const signed = answer.answer === 'STORED' ? answer.custodyReceipt : wholeReceipt(answer.custodyReceipt, sent);
  if (signed === undefined) return await failed(deps, batch.seqs, { fault: 'invalid', detail: 'CUSTODY_INCOMPLETE' });
  const keys = await db.read((tx) => readProvinceKeys(tx));
  const receipt = readCustodyReceipt(signed, keys, deviceId);
  if (!receipt.ok) return await failed(deps, batch.seqs, { fault: 'invalid', detail: receipt.error });
  const verdicts = verdictsOn(receipt.value, sent);
  if (verdicts.length !== sent.length) {
    return await failed(deps, batch.seqs, { fault: 'invalid', detail: 'CUSTODY_INCOMPLETE' });
  }
  const receivedAt = clock.wallMs();
  const settled = await db.write(async (tx) => {
    const items = await settleItems(tx, { receipt: receipt.value, signed, receivedAt }, verdicts);
    await putSyncState(tx, { lastCustodyAt: receivedAt, lastContactAt: receivedAt });
    return ok(items.map(({ seq, verdict }) => ({ seq, verdict })));
  });
  if (!settled.ok) return settled;
  const declared = await declareDamage(deps);
  if (!declared.ok) return declared;
  // A province that settles nothing of a batch would be asked for ever.
  if (settled.value.length === 0) return await failed(deps, batch.seqs, { fault: 'invalid', detail: 'PENDING' });
  return ok({ items: settled.value, rewound: false });
}

/** A batch as it will leave, made while the one before it was on its way or kept from a push that broke off. */
type Ready = { readonly batch: Batch; readonly body: SentPush };

async function makeReady(deps: PushDeps, afterSeq: number): Promise<Ready | undefined> {
  const batch = await nextBatch(deps, deps.link.limits(), afterSeq);
  return batch === undefined ? undefined : { batch, body: leanPush(batch.request) };
}

/** Whether a batch that was made earlier still begins with the oldest item that waits. */
async function isNext({ db }: PushDeps, { batch }: Ready): Promise<boolean> {
  const [oldest] = await db.read((tx) => readUnsent(tx, 1));
  return oldest !== undefined && oldest.seq === batch.seqs[0];
}

/**
 * `sending` is committed before the first byte leaves (OPOP-Sync/1 5.1), and the same commit finds the sales of the batch
 * that were taken back since it was made (13.6): a sale is voided while it is `queued`, so after it none can be.
 */
async function markLeaving(
  { db }: PushDeps,
  { batch, body }: Ready,
): Promise<Result<Pick<Ready, 'body'>, StorageRefusal>> {
  return await db.write(async (tx) => {
    await markSending(tx, batch.seqs);
    const voidsFollow = await findVoidedAfter(tx, batch.seqs, batch.seqs.at(-1) ?? 0);
    return ok({ body: voidsFollow.length === 0 ? body : { ...body, voidsFollow: [...voidsFollow] } });
  });
}

/** Sends one batch and, where more wait behind it, makes the next one meanwhile. */
async function send(deps: PushDeps, { batch, body }: Ready, signal: AbortSignal) {
  const lastSeq = batch.seqs.at(-1);
  // What was not believed once is asked for whole.
  const isLean = batch.seqs.length >= LEAN_RECEIPT_FROM && !batch.isDoubted;
  const following = batch.hasMore && lastSeq !== undefined ? makeReady(deps, lastSeq) : undefined;
  const asked = deps.link.call({
    method: 'POST',
    path: isLean ? `/v1/push?${LEAN_RECEIPT_QUERY}` : '/v1/push',
    body,
    schema: pushAnswerSchema,
    timeoutMs: PUSH_TIMEOUT_MS,
    signal,
  });
  const [answer, next] = await Promise.all([asked, following]);
  return { answer, next };
}

/** Pushes batch after batch over one link. */
export type Pusher = {
  /**
   * Pushes one batch: `sending` is committed before the first byte leaves, the verdicts and the custody
   * receipt in one commit afterwards. A fault changes nothing but the reason on the rows. Ok with no items when nothing waits.
   */
  readonly push: (signal: AbortSignal) => Promise<Result<Pushed, LineFault | StorageRefusal>>;
};

/** A pusher lives as long as one exchange: what it has made ready holds for the link's limits and keys of today. */
export function createPusher(deps: PushDeps): Pusher {
  const held: { ready: Ready | undefined } = { ready: undefined };

  const take = async (): Promise<Ready | undefined> => {
    const { ready } = held;
    held.ready = undefined;
    return ready !== undefined && (await isNext(deps, ready)) ? ready : await makeReady(deps, 0);
  };

  const push: Pusher['push'] = async (signal) => {
    const ready = await take();
    if (ready === undefined) return ok(NOTHING);
    const { batch } = ready;
    // Without its key a sale would lie at the province unreadable; the next hello brings the statements.
    if (batch.isKeyMissing) return await failed(deps, batch.seqs, { fault: 'invalid', detail: 'KEY_MISSING' });
    const leaving = await markLeaving(deps, ready);
    if (!leaving.ok) return leaving;
    const { answer, next } = await send(deps, { batch, body: leaving.value.body }, signal);
    if (!answer.ok) {
      // A line that broke off gets the same bytes again; whatever else went wrong is looked at anew.
      if (answer.error.fault === 'no-line') held.ready = ready;
      return await failed(deps, batch.seqs, answer.error);
    }
    if (answer.value.answer === 'GAP') return await rewind(deps, batch.seqs, answer.value.common);
    const settled = await settle(deps, batch, answer.value);
    if (settled.ok) held.ready = next;
    return settled;
  };
  return { push };
}
