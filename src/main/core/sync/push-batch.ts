import {
  type DamagedItem,
  PUSH_MAX_BYTES,
  PUSH_MAX_ENTRIES,
  type PushRequest,
} from '../../../contract/sync-protocol.ts';
import { validSealingKeys } from '../bundle/sealing-keys.ts';
import type { Db, ReadTx } from '../db/open.ts';
import type { Journal, StoredEntry } from '../journal/journal.ts';
import { sha256 } from '../journal/hash-chain.ts';
import { sealKeyFor, type SubjectKeys } from '../journal/subject-keys.ts';
import type { ClockPort } from '../ports.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';
import type { SentItem } from './custody.ts';
import { type Delivery, readUnsent } from './delivery-store.ts';

/** What one push may carry. */
export type BatchLimits = { readonly maxEntries: number; readonly maxBytes: number };

export const WIDEST_BATCH: BatchLimits = { maxEntries: PUSH_MAX_ENTRIES, maxBytes: PUSH_MAX_BYTES };

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
  readonly request: PushRequest;
};

/** Bytes of an item beside its text: hash, signature, JSON. */
const ITEM_OVERHEAD = 200;

async function bodyKeysOf(
  tx: ReadTx,
  subjectKeys: SubjectKeys,
  entries: readonly StoredEntry[],
): Promise<readonly { readonly subject: string; readonly bodyKey: Uint8Array }[]> {
  const keys: { subject: string; bodyKey: Uint8Array }[] = [];
  for (const stream of new Set(entries.map((entry) => entry.stream))) {
    const bodyKey = await subjectKeys.findSubjectKey(tx, stream);
    if (bodyKey !== undefined) keys.push({ subject: stream, bodyKey });
  }
  return keys;
}

/** The first items that the limits allow, in the order of the chain; always at least one. */
function fitting<T extends { readonly bytes: number }>(items: readonly T[], limits: BatchLimits): readonly T[] {
  let bytes = 0;
  const end = items.findIndex((item, index) => {
    bytes += item.bytes + ITEM_OVERHEAD;
    return index >= limits.maxEntries || (index > 0 && bytes > limits.maxBytes);
  });
  return end === -1 ? items : items.slice(0, end);
}

type Item = { readonly seq: number; readonly bytes: number } & (
  | { readonly entry: StoredEntry }
  | { readonly damaged: DamagedItem }
);

/** A push carries at most this many rows that cannot be read; the contract's limit. */
const MAX_DAMAGED = 20;

/** Every place as an item, in the order of the chain; rotten ones beyond the contract's limit wait for the next push. */
async function itemsOf(journal: Journal, waiting: readonly Delivery[]): Promise<readonly Item[]> {
  const places = waiting.map(({ seq, epochN, epochNonce }) => ({ seq, epoch: { n: epochN, nonce: epochNonce } }));
  const { entries, damaged } = await journal.readForSending(places);
  const items: Item[] = [
    ...entries.map((entry) => ({ seq: entry.seq, bytes: Buffer.byteLength(entry.text), entry })),
    ...damaged.map((item) => ({ seq: item.seq, bytes: item.raw.length, damaged: item })),
  ];
  const inOrder = items.toSorted((left, right) => left.seq - right.seq);
  const tooMany = inOrder.filter((item) => 'damaged' in item)[MAX_DAMAGED];
  return tooMany === undefined ? inOrder : inOrder.filter((item) => item.seq < tooMany.seq);
}

/**
 * The oldest unsent items after `afterSeq` that fit one push, with the body keys that belong to them; undefined when
 * nothing waits. A row that is rotten travels as its bytes, so that it holds up nothing behind it (OPOP-Sync/1 5.6).
 */
export async function nextBatch(deps: BatchDeps, limits: BatchLimits, afterSeq = 0): Promise<Batch | undefined> {
  const { db, journal, subjectKeys, clock } = deps;
  const waiting = await db.read((tx) => readUnsent(tx, limits.maxEntries, afterSeq));
  if (waiting.length === 0) return undefined;
  const items = fitting(await itemsOf(journal, waiting), limits);
  const entries = items.flatMap((item) => ('entry' in item ? [item.entry] : []));
  const damaged = items.flatMap((item) => ('damaged' in item ? [item.damaged] : []));
  const { keys, sealingKey } = await db.read(async (tx) => ({
    keys: await bodyKeysOf(tx, subjectKeys, entries),
    sealingKey: validSealingKeys(await readProvinceKeys(tx), clock.wallMs())[0],
  }));
  const sealed =
    sealingKey === undefined
      ? []
      : await Promise.all(
          keys.map(async ({ subject, bodyKey }) => ({ subject, jwe: await sealKeyFor(sealingKey, bodyKey) })),
        );
  return {
    seqs: items.map((item) => item.seq),
    entries,
    damaged,
    isKeyMissing: sealingKey === undefined && keys.length > 0,
    request: {
      entries: entries.map(({ text, hash, sig }) => ({ text, hash, sig })),
      subjectKeys: sealed,
      damaged,
    },
  };
}

/** The batch's items as verdicts name them: an entry by its hash, damaged bytes by the SHA-256 of `raw`. */
export function sentItemsOf({ entries, damaged }: Pick<Batch, 'entries' | 'damaged'>): readonly SentItem[] {
  return [
    ...entries.map(({ seq, hash }) => ({ seq, hash })),
    ...damaged.map(({ seq, raw }) => ({ seq, hash: sha256(raw) })),
  ];
}
