import {
  type DamagedItem,
  PUSH_MAX_BYTES,
  PUSH_MAX_ENTRIES,
  type PushRequest,
} from '../../../contract/sync-protocol.ts';
import type { Db } from '../db/open.ts';
import type { Journal, StoredEntry } from '../journal/journal.ts';
import type { ForSending, SendPlace } from '../journal/read-for-sending.ts';
import { type SealingKey, sealKeyFor, type SubjectKeys } from '../journal/subject-keys.ts';

/** One push request as text, and which rows are in it. */
export type PushBatch = {
  /** Byte for byte what a line would carry. */
  readonly text: string;
  readonly fromSeq: number;
  readonly toSeq: number;
  /** Entries and rotten rows. */
  readonly count: number;
};

type Deps = { readonly db: Db; readonly journal: Journal; readonly subjectKeys: SubjectKeys };

/** The contract takes twenty rotten rows per request. */
const MOST_DAMAGED = 20;
/** Hash, signature and quotes of a row, beside its text. */
const ITEM_FRAME_BYTES = 200;

/** Cuts places so that each part fits one request by number. */
function parts(places: readonly SendPlace[]): readonly (readonly SendPlace[])[] {
  const count = Math.ceil(places.length / PUSH_MAX_ENTRIES);
  return Array.from({ length: count }, (_one, index) =>
    places.slice(index * PUSH_MAX_ENTRIES, (index + 1) * PUSH_MAX_ENTRIES),
  );
}

/** A row as it leaves: proved, or as bytes. */
type Item = { readonly seq: number; readonly entry: StoredEntry | null; readonly damaged: DamagedItem | null };

function itemsOf({ entries, damaged }: ForSending): readonly Item[] {
  const items: readonly Item[] = [
    ...entries.map((entry) => ({ seq: entry.seq, entry, damaged: null })),
    ...damaged.map((item) => ({ seq: item.seq, entry: null, damaged: item })),
  ];
  return items.toSorted((left, right) => left.seq - right.seq);
}

const bytesOf = ({ entry, damaged }: Item): number =>
  ITEM_FRAME_BYTES + Buffer.byteLength(entry?.text ?? damaged?.raw ?? '');

/** Cuts rows, in order, so that each part fits one request by bytes; one row always fits. */
function bySize(items: readonly Item[]): readonly (readonly Item[])[] {
  const cut: Item[][] = [];
  let [bytes, rotten] = [Number.POSITIVE_INFINITY, 0];
  for (const item of items) {
    const more = bytesOf(item);
    if (bytes + more > PUSH_MAX_BYTES || rotten >= MOST_DAMAGED) {
      cut.push([]);
      [bytes, rotten] = [0, 0];
    }
    cut.at(-1)?.push(item);
    bytes += more;
    if (item.damaged !== null) rotten += 1;
  }
  return cut;
}

/** The body keys that belong to some entries, sealed to the province; an erased person has none. */
async function sealedKeys(
  { db, subjectKeys }: Deps,
  entries: readonly StoredEntry[],
  provinceKey: SealingKey,
): Promise<PushRequest['subjectKeys']> {
  const keys = await db.read(async (tx) => {
    const found: { readonly subject: string; readonly bodyKey: Uint8Array }[] = [];
    for (const subject of new Set(entries.map((entry) => entry.stream))) {
      const bodyKey = await subjectKeys.findSubjectKey(tx, subject);
      if (bodyKey !== undefined) found.push({ subject, bodyKey });
    }
    return found;
  });
  return await Promise.all(
    keys.map(async ({ subject, bodyKey }) => ({ subject, jwe: await sealKeyFor(provinceKey, bodyKey) })),
  );
}

/**
 * The push requests for these places, oldest first, as a bundle or a mirror carries them: verified entries, the bytes of
 * rotten rows, and the body keys sealed to the province. Yields one at a time: a long backlog is never held whole.
 */
export async function* pushBatches(
  deps: Deps,
  places: readonly SendPlace[],
  provinceKey: SealingKey,
): AsyncGenerator<PushBatch> {
  for (const part of parts(places)) {
    for (const items of bySize(itemsOf(await deps.journal.readForSending(part)))) {
      const entries = items.flatMap((item) => item.entry ?? []);
      const request: PushRequest = {
        entries: entries.map(({ text, hash, sig }) => ({ text, hash, sig })),
        subjectKeys: await sealedKeys(deps, entries, provinceKey),
        damaged: items.flatMap((item) => item.damaged ?? []),
      };
      const [first, last] = [items[0], items.at(-1)];
      if (first === undefined || last === undefined) throw new Error('a part of rows has a row');
      yield { text: JSON.stringify(request), fromSeq: first.seq, toSeq: last.seq, count: items.length };
    }
  }
}
