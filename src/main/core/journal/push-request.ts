import {
  type DamagedItem,
  PUSH_MAX_BYTES,
  PUSH_MAX_DAMAGED,
  PUSH_MAX_ENTRIES,
  type PushRequest,
} from '../../../contract/sync-protocol.ts';
import type { ReadTx } from '../db/tx.ts';
import type { StoredEntry } from './entry-text.ts';
import type { ForSending } from './read-for-sending.ts';
import type { SealingKey, SubjectKeys } from './subject-keys.ts';

/** What one push may carry. */
export type BatchLimits = { readonly maxEntries: number; readonly maxBytes: number };

export const WIDEST_BATCH: BatchLimits = { maxEntries: PUSH_MAX_ENTRIES, maxBytes: PUSH_MAX_BYTES };

/** A row as it leaves: proved, or as bytes. */
export type SendItem = { readonly seq: number; readonly bytes: number } & (
  | { readonly entry: StoredEntry }
  | { readonly damaged: DamagedItem }
);

type BodyKey = { readonly subject: string; readonly bodyKey: Uint8Array };
type SealFor = SubjectKeys['sealFor'];

/** Hash, signature and quotes of a row, beside its text. */
const ITEM_FRAME_BYTES = 200;

/** Entries and rotten rows in the order of the chain. */
export function sendItemsOf({ entries, damaged }: ForSending): readonly SendItem[] {
  const items: readonly SendItem[] = [
    ...entries.map((entry) => ({ seq: entry.seq, bytes: Buffer.byteLength(entry.text), entry })),
    ...damaged.map((item) => ({ seq: item.seq, bytes: item.raw.length, damaged: item })),
  ];
  return items.toSorted((left, right) => left.seq - right.seq);
}

/** How many of the first items one push takes: always one, and never more rotten ones than the contract allows. */
function fittingCount(items: readonly SendItem[], limits: BatchLimits): number {
  let [bytes, rotten] = [0, 0];
  const end = items.findIndex((item, index) => {
    bytes += item.bytes + ITEM_FRAME_BYTES;
    if ('damaged' in item) rotten += 1;
    return index >= limits.maxEntries || rotten > PUSH_MAX_DAMAGED || (index > 0 && bytes > limits.maxBytes);
  });
  return end === -1 ? items.length : end;
}

/** The first items that fit one push. */
export function firstFitting(items: readonly SendItem[], limits: BatchLimits): readonly SendItem[] {
  return items.slice(0, fittingCount(items, limits));
}

/** All items, cut so that each part fits one push. */
export function cutToFit(items: readonly SendItem[], limits: BatchLimits): readonly (readonly SendItem[])[] {
  const parts: (readonly SendItem[])[] = [];
  for (let rest = items; rest.length > 0; rest = rest.slice(parts.at(-1)?.length)) {
    parts.push(firstFitting(rest, limits));
  }
  return parts;
}

/** Items as a request names them: what proves itself, and what does not. */
export function partedItems(items: readonly SendItem[]): ForSending {
  return {
    entries: items.flatMap((item) => ('entry' in item ? [item.entry] : [])),
    damaged: items.flatMap((item) => ('damaged' in item ? [item.damaged] : [])),
  };
}

/** The body keys that belong to some entries; an erased person has none. */
export async function bodyKeysOf(
  tx: ReadTx,
  subjectKeys: SubjectKeys,
  entries: readonly StoredEntry[],
): Promise<readonly BodyKey[]> {
  const keys: BodyKey[] = [];
  for (const subject of new Set(entries.map((entry) => entry.stream))) {
    const bodyKey = await subjectKeys.findSubjectKey(tx, subject);
    if (bodyKey !== undefined) keys.push({ subject, bodyKey });
  }
  return keys;
}

/**
 * The push request, the same over a line, in a bundle and in a second copy: entries, the bytes of rotten rows, and the body
 * keys sealed to the province. Without a key of the province the body keys stay here. `voidsFollow` names the sales among
 * them whose void comes in a later one (OPOP-Sync/1 13.6).
 */
export async function pushRequestOf(
  { entries, damaged }: ForSending,
  keys: readonly BodyKey[],
  provinceKey: SealingKey | undefined,
  voidsFollow: readonly string[],
  sealFor: SealFor,
): Promise<PushRequest> {
  const sealed =
    provinceKey === undefined
      ? []
      : keys.map(async ({ subject, bodyKey }) => ({ subject, jwe: await sealFor(provinceKey, subject, bodyKey) }));
  return {
    entries: entries.map(({ text, hash, sig }) => ({ text, hash, sig })),
    subjectKeys: await Promise.all(sealed),
    damaged: [...damaged],
    ...(voidsFollow.length === 0 ? {} : { voidsFollow: [...voidsFollow] }),
  };
}
