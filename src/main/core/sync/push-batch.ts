import type { DamagedItem, PushRequest } from '../../../contract/sync-protocol.ts';
import { validSealingKeys } from '../bundle/sealing-keys.ts';
import type { Db } from '../db/open.ts';
import type { Journal, StoredEntry } from '../journal/journal.ts';
import { sha256 } from '../journal/hash-chain.ts';
import {
  type BatchLimits,
  bodyKeysOf,
  firstFitting,
  partedItems,
  pushRequestOf,
  sendItemsOf,
} from '../journal/push-request.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { ClockPort } from '../ports.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';
import type { SentItem } from './custody.ts';
import { readUnsent } from './delivery-store.ts';

export type BatchDeps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly subjectKeys: SubjectKeys;
  /** The best estimate: keys have an end. */
  readonly clock: ClockPort;
};

/** The next items that fit one push, over a line or in a bundle. */
export type Batch = {
  readonly seqs: readonly number[];
  readonly entries: readonly StoredEntry[];
  readonly damaged: readonly DamagedItem[];
  /** True when body keys belong to it and no valid key of the province is known to seal them. */
  readonly isKeyMissing: boolean;
  /** True when more waited behind it than one push takes. */
  readonly hasMore: boolean;
  /** True when a receipt for one of these items was not believed before. */
  readonly isDoubted: boolean;
  /** Without `voidsFollow`: what is taken back until it leaves is known when it leaves. */
  readonly request: PushRequest;
};

/**
 * The oldest unsent items after `afterSeq` that fit one push, with the body keys that belong to them; undefined when
 * nothing waits. A row that is rotten travels as its bytes, so that it holds up nothing behind it (OPOP-Sync/1 5.6).
 */
export async function nextBatch(deps: BatchDeps, limits: BatchLimits, afterSeq = 0): Promise<Batch | undefined> {
  const { db, journal, subjectKeys, clock } = deps;
  const waiting = await db.read((tx) => readUnsent(tx, limits.maxEntries, afterSeq));
  if (waiting.length === 0) return undefined;
  const places = waiting.map(({ seq, epochN, epochNonce }) => ({ seq, epoch: { n: epochN, nonce: epochNonce } }));
  const items = firstFitting(sendItemsOf(await journal.readForSending(places)), limits);
  const parted = partedItems(items);
  const { keys, sealingKey } = await db.read(async (tx) => ({
    keys: await bodyKeysOf(tx, subjectKeys, parted.entries),
    sealingKey: validSealingKeys(await readProvinceKeys(tx), clock.wallMs())[0],
  }));
  return {
    seqs: items.map((item) => item.seq),
    ...parted,
    isKeyMissing: sealingKey === undefined && keys.length > 0,
    isDoubted: waiting.some(({ lastReason }) => lastReason?.startsWith('CUSTODY_') === true),
    hasMore: waiting.length === limits.maxEntries || items.length < waiting.length,
    request: await pushRequestOf(parted, keys, sealingKey, [], subjectKeys.sealFor),
  };
}

/** The batch's items as verdicts name them: an entry by its hash, damaged bytes by the SHA-256 of `raw`. */
export function sentItemsOf({ entries, damaged }: Pick<Batch, 'entries' | 'damaged'>): readonly SentItem[] {
  return [
    ...entries.map(({ seq, hash }) => ({ seq, hash, isDamaged: false })),
    ...damaged.map(({ seq, raw }) => ({ seq, hash: sha256(raw), isDamaged: true })),
  ];
}
