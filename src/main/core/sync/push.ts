import { type PushAnswer, pushAnswerSchema } from '../../../contract/sync-protocol.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { StorageRefusal } from '../db/open.ts';
import { leanPush } from '../journal/lean-entry.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';
import { readCustodyReceipt, type SettledItem, settleItems, verdictsOn } from './custody.ts';
import { declareDamage } from './damage.ts';
import { markSending, noteReason, putSyncState, rewindDeliveries } from './delivery-store.ts';
import type { LineFault, Link } from './link.ts';
import { type Batch, type BatchDeps, nextBatch, sentItemsOf } from './push-batch.ts';

/** What one push brought, per item. */
export type Pushed = {
  readonly items: readonly SettledItem[];
  /** True after GAP: what the province does not know any more waits again, and the next push begins there. */
  readonly rewound: boolean;
};

export type PushDeps = BatchDeps & { readonly link: Link; readonly deviceId: string };

const PUSH_TIMEOUT_MS = 60_000;
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
  signed: Extract<PushAnswer, { answer: 'STORED' }>['custodyReceipt'],
): Promise<Result<Pushed, LineFault | StorageRefusal>> {
  const { db, clock, deviceId } = deps;
  const keys = await db.read((tx) => readProvinceKeys(tx));
  const receipt = readCustodyReceipt(signed, keys, deviceId);
  if (!receipt.ok) return await failed(deps, batch.seqs, { fault: 'invalid', detail: receipt.error });
  const sent = sentItemsOf(batch);
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

/**
 * Pushes one batch: `sending` is committed before the first byte leaves (OPOP-Sync/1 5.1), the verdicts and the custody
 * receipt in one commit afterwards. A fault changes nothing but the reason on the rows. Ok with no items when nothing waits.
 */
export async function pushOnce(
  deps: PushDeps,
  signal: AbortSignal,
): Promise<Result<Pushed, LineFault | StorageRefusal>> {
  const { db, link } = deps;
  const batch = await nextBatch(deps, link.limits());
  if (batch === undefined) return ok(NOTHING);
  // Without its key a sale would lie at the province unreadable; the next hello brings the statements.
  if (batch.isKeyMissing) return await failed(deps, batch.seqs, { fault: 'invalid', detail: 'KEY_MISSING' });
  const marked = await db.write(async (tx) => {
    await markSending(tx, batch.seqs);
    return ok(undefined);
  });
  if (!marked.ok) return marked;
  const answer = await link.call({
    method: 'POST',
    path: '/v1/push',
    body: leanPush(batch.request),
    schema: pushAnswerSchema,
    timeoutMs: PUSH_TIMEOUT_MS,
    signal,
  });
  if (!answer.ok) return await failed(deps, batch.seqs, answer.error);
  return answer.value.answer === 'GAP'
    ? await rewind(deps, batch.seqs, answer.value.common)
    : await settle(deps, batch, answer.value.custodyReceipt);
}
