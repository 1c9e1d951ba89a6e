import { PUSH_MAX_ENTRIES } from '../../../contract/sync-protocol.ts';
import type { Db } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import {
  bodyKeysOf,
  cutToFit,
  partedItems,
  pushRequestOf,
  sendItemsOf,
  WIDEST_BATCH,
} from '../journal/push-request.ts';
import type { SendPlace } from '../journal/read-for-sending.ts';
import type { SealingKey, SubjectKeys } from '../journal/subject-keys.ts';
import { findVoidedAfter } from '../transactions/void-store.ts';

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

/** Cuts places so that each part fits one request by number. */
function parts(places: readonly SendPlace[]): readonly (readonly SendPlace[])[] {
  const count = Math.ceil(places.length / PUSH_MAX_ENTRIES);
  return Array.from({ length: count }, (_one, index) =>
    places.slice(index * PUSH_MAX_ENTRIES, (index + 1) * PUSH_MAX_ENTRIES),
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
    for (const items of cutToFit(sendItemsOf(await deps.journal.readForSending(part)), WIDEST_BATCH)) {
      const [first, last] = [items[0], items.at(-1)];
      if (first === undefined || last === undefined) throw new Error('a part of rows has a row');
      const parted = partedItems(items);
      const { keys, voidsFollow } = await deps.db.read(async (tx) => ({
        keys: await bodyKeysOf(tx, deps.subjectKeys, parted.entries),
        voidsFollow: await findVoidedAfter(
          tx,
          parted.entries.map(({ seq }) => seq),
          last.seq,
        ),
      }));
      const { sealFor } = deps.subjectKeys;
      const text = JSON.stringify(await pushRequestOf(parted, keys, provinceKey, voidsFollow, sealFor));
      yield { text, fromSeq: first.seq, toSeq: last.seq, count: items.length };
    }
  }
}
