import { sql } from 'kysely';
import type { Epoch } from '../../../contract/primitives.ts';
import { prepared } from '../db/prepared.ts';
import { type ReadTx, readNow, runNow, type WriteTx } from '../db/tx.ts';

/** An entry that no custody receipt of the province covers yet. */
export type UnsentPlace = { readonly seq: number; readonly epoch: Epoch; readonly lane: 'money' | 'audit' };

const UNSENT = ['queued', 'sending', 'exported'] as const;

const selectUnsent = prepared<{ after: number; before: number; limit: number }>()((from, of) =>
  from
    .selectFrom('delivery')
    // Word by word the condition of the partial index, as SQLite wants it.
    .where('state', '<>', sql.lit<'acknowledged'>('acknowledged'))
    .where('state', 'in', [...UNSENT])
    .where('seq', '>', of('after'))
    .where('seq', '<', of('before'))
    .select(['seq', 'epoch_n', 'epoch_nonce', 'lane'])
    .orderBy('seq')
    .limit(of('limit')),
);

/** Places strictly between two entries that are not in custody, oldest first, at most `limit`. */
export async function readUnsentBetween(
  tx: ReadTx,
  after: number,
  before: number,
  limit: number,
): Promise<readonly UnsentPlace[]> {
  const rows = selectUnsent(tx, { after, before, limit });
  return rows.map((row) => ({ seq: row.seq, lane: row.lane, epoch: { n: row.epoch_n, nonce: row.epoch_nonce } }));
}

/** Entries that are not in custody, by the partial index `delivery_unsettled`. */
const waiting = (tx: ReadTx) =>
  tx
    .selectFrom('delivery')
    .where('state', '<>', sql.lit<'acknowledged'>('acknowledged'))
    .where('state', 'in', [...UNSENT]);

/** The money that has waited longest, with when it was recorded, ms UTC; undefined while none waits. */
export async function findOldestUnsentMoney(
  tx: ReadTx,
): Promise<{ readonly seq: number; readonly recordedAt: number } | undefined> {
  const row = await waiting(tx)
    .select(['seq', 'recorded_at'])
    .where('lane', '=', 'money')
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : { seq: row.seq, recordedAt: row.recorded_at };
}

/** How many entries up to a place are not in custody. */
export async function countUnsentUpTo(tx: ReadTx, seq: number): Promise<number> {
  const row = await waiting(tx)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('seq', '<=', seq)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** What the journal and the outbox say of a run of entries. */
export type Span = {
  /** Hash of its last entry; empty when the journal has no such entry. */
  readonly lastHash: string;
  /** Whether any of its entries is not in custody. */
  readonly waits: boolean;
};

/** One question for any number of runs; the condition on `state` is that of the partial index, word by word. */
const SELECT_SPANS = `SELECT
    coalesce((SELECT hash FROM entry WHERE seq = asked.value ->> 'toSeq'), '') AS lastHash,
    EXISTS (SELECT 1 FROM delivery WHERE state <> 'acknowledged' AND state IN ('queued', 'sending', 'exported')
      AND seq BETWEEN asked.value ->> 'fromSeq' AND asked.value ->> 'toSeq') AS waits
  FROM json_each(?) AS asked ORDER BY asked.key`;

/** Answers for runs of entries, both ends included, in the order asked. */
export function findSpans(
  tx: ReadTx,
  asked: readonly { readonly fromSeq: number; readonly toSeq: number }[],
): readonly Span[] {
  // The columns of SELECT_SPANS.
  const rows = readNow(tx, SELECT_SPANS, [JSON.stringify(asked)]) as readonly { lastHash: string; waits: number }[];
  return rows.map(({ lastHash, waits }) => ({ lastHash, waits: waits === 1 }));
}

/**
 * What a damaged database still says of an entry's way: only that the province has it is taken, everything else is sent
 * again, which changes nothing there.
 */
export function putDeliveryStateNow(tx: WriteTx, row: Readonly<Record<string, unknown>>): void {
  const { seq, state, verdict, settled_at, aside_verdict, aside_at } = row;
  if (state !== 'acknowledged' && state !== 'quarantined') return;
  const kept = [state, verdict ?? null, settled_at ?? null, aside_verdict ?? null, aside_at ?? null, seq];
  const set = 'state = ?, verdict = ?, settled_at = ?, aside_verdict = ?, aside_at = ?';
  runNow(tx, `UPDATE delivery SET ${set} WHERE seq = ?`, kept);
}
