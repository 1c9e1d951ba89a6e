import { sql } from 'kysely';
import type { FeedPage } from '../../../contract/feeds.ts';
import type { SecondWord } from '../../../contract/feeds-second-words.ts';
import type { EndedAside } from '../../../contract/views-custody.ts';
import { deliveryStatesBefore } from '../../../domain/transaction-state.ts';
import { anyOf } from '../db/any-of.ts';
import type { ReadTx, WriteTx } from '../db/tx.ts';
import { DAMAGED, type Delivery } from './delivery-store.ts';
import { wasSetAside } from './settled-store.ts';

/** Whether a word ends an item; the others say anew why it is set aside. */
export const isEnding = (word: SecondWord['word']): boolean => word !== 'QUARANTINED' && word !== 'CONFLICT';

/** A word about one of this counter's own entries that is set aside now. */
type Fitting = Pick<SecondWord, 'seq' | 'word' | 'reason' | 'at'>;

/**
 * The newest word about each entry that is set aside, named by place and hash: a twin of this computer hears the same feed.
 * A rotten row is known by its place alone, and only once an epoch has declared it. A word from before the province was
 * restored counts no more; what it still knows it says again.
 */
async function fittingWords(tx: WriteTx): Promise<readonly Fitting[]> {
  const rows = await tx
    .selectFrom('second_word as w')
    // Few words against a long journal: asked in this order.
    .crossJoin('delivery as d')
    .leftJoin('entry as e', (join) => join.onRef('e.seq', '=', 'w.seq').onRef('e.hash', '=', 'w.hash'))
    .select(['w.seq', 'w.word', 'w.reason', 'w.at'])
    .whereRef('d.seq', '=', 'w.seq')
    .where('d.state', 'in', [...deliveryStatesBefore('release')])
    .where((eb) =>
      eb.or([
        eb.and([eb('d.verdict', '=', DAMAGED), eb('d.declared_at', 'is not', null)]),
        eb.and([eb('d.verdict', '<>', DAMAGED), eb('e.hash', 'is not', null)]),
      ]),
    )
    .where(sql<boolean>`w.incarnation >= coalesce((SELECT incarnation FROM sync_state), '')`)
    .orderBy(sql`w.rowid`)
    .execute();
  return [...new Map(rows.map((row) => [row.seq, row])).values()];
}

/**
 * Releases what the province has accepted or ended since it set it aside, and keeps the newest reason of the rest. The same
 * end whichever came first, the custody receipt or the word; twice changes nothing (OPOP-Sync/1 11.6).
 */
export async function applySecondWords(tx: WriteTx): Promise<void> {
  for (const { seq, word, reason, at } of await fittingWords(tx)) {
    const change = isEnding(word)
      ? { ...wasSetAside, state: 'acknowledged' as const, verdict: word, settled_at: at }
      : { verdict: reason === null ? word : `${word}:${reason}` };
    await tx
      .updateTable('delivery')
      .set(change)
      .where('seq', '=', seq)
      .where('state', 'in', [...deliveryStatesBefore('release')])
      .execute();
  }
}

/** Keeps the words of a page and applies them; a word that is told again belongs to the newest incarnation. */
export async function takeSecondWords(tx: WriteTx, { secondWords, incarnation }: FeedPage): Promise<void> {
  for (const { seq, hash, word, reason, note, at } of secondWords ?? []) {
    await tx
      .insertInto('second_word')
      .values({ seq, hash, word, reason, note, at, incarnation })
      .onConflict((conflict) =>
        conflict.columns(['seq', 'hash', 'at', 'word']).doUpdateSet((eb) => ({
          incarnation: eb.fn<string>('max', ['excluded.incarnation', 'second_word.incarnation']),
        })),
      )
      .execute();
  }
  await applySecondWords(tx);
}

function howEnded(verdict: string | null): EndedAside['ended'] {
  if (verdict === 'SETTLED') return 'settled';
  return verdict === 'REFUSED' ? 'refused' : 'accepted';
}

/** Of these entries the ones that were set aside and are not any more, by place. */
export async function findEndedAside(
  tx: ReadTx,
  deliveries: readonly Delivery[],
): Promise<ReadonlyMap<number, EndedAside>> {
  const ended = deliveries.filter(({ state, aside }) => state === 'acknowledged' && aside !== null);
  if (ended.length === 0) return new Map();
  const rows = await tx
    .selectFrom('second_word')
    .select(['seq', 'note'])
    .where('note', 'is not', null)
    .where('seq', 'in', anyOf(ended.map(({ seq }) => seq)))
    .orderBy(sql`rowid`)
    .execute();
  const notes = new Map(rows.map(({ seq, note }) => [seq, note]));
  return new Map(
    ended.flatMap(({ seq, verdict, settledAt, recordedAt, aside }) => {
      if (aside === null) return [];
      const until = settledAt ?? recordedAt;
      const how = howEnded(verdict);
      const note = how === 'accepted' ? null : (notes.get(seq) ?? null);
      return [[seq, { verdict: aside.verdict, from: aside.at, until, ended: how, note }] as const];
    }),
  );
}
