import { sql } from 'kysely';
import { deliveryStatesBefore } from '../../../domain/transaction-state.ts';
import { anyOf } from '../db/any-of.ts';
import type { WriteTx } from '../db/tx.ts';

/** Of a row that is set aside: why and since when, kept when that ends; the first time stays. */
export const wasSetAside = {
  aside_verdict: sql<string | null>`iif(state = 'quarantined', coalesce(aside_verdict, verdict), aside_verdict)`,
  aside_at: sql<number | null>`iif(state = 'quarantined', coalesce(aside_at, settled_at), aside_at)`,
} as const;

/**
 * Writes the province's signed verdict on some items. The first one stays: the same word again, by whatever road, changes
 * nothing, and only what was quarantined can still become accepted. Answers the items whose row changed.
 */
export async function settleDeliveries(
  tx: WriteTx,
  settled: {
    readonly seqs: readonly number[];
    readonly state: 'acknowledged' | 'quarantined';
    readonly verdict: string;
    readonly atMs: number;
  },
): Promise<ReadonlySet<number>> {
  const { seqs, state, verdict, atMs } = settled;
  const open =
    state === 'acknowledged'
      ? [...deliveryStatesBefore('acknowledge'), ...deliveryStatesBefore('release')]
      : deliveryStatesBefore('quarantine');
  const rows = await tx
    .updateTable('delivery')
    .set({ ...wasSetAside, state, verdict, last_reason: null, settled_at: atMs })
    .where('seq', 'in', anyOf(seqs))
    .where('state', 'in', [...open])
    .returning('seq')
    .execute();
  return new Set(rows.map(({ seq }) => seq));
}

/**
 * The province knows nothing past `seq`: what it had settled and lost is pushed again. The custody receipts stay as proof
 * that it once had it. Answers how many items that are. `whole` takes the quarantined ones along, which a province that
 * was restored has lost like the others.
 */
export async function rewindDeliveries(
  tx: WriteTx,
  seq: number,
  { whole }: { readonly whole: boolean },
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('delivery')
    .set({ ...wasSetAside, state: 'sending', last_reason: 'GAP' })
    .where('seq', '>', seq)
    .where('state', 'in', whole ? ['acknowledged', 'quarantined'] : ['acknowledged'])
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/**
 * A restored province has lost what it had set aside too, also before the newest entry that both sides know: a fork or an
 * unreadable item is given again. What it still has is answered DUPLICATE with the verdict that counts there, also of what
 * it had released: its second word may be lost.
 */
export async function rewindQuarantined(tx: WriteTx): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('delivery')
    .set({ ...wasSetAside, state: 'sending', last_reason: 'GAP' })
    .where((eb) =>
      eb.or([
        eb('state', '=', 'quarantined'),
        eb.and([eb('state', '=', 'acknowledged'), eb('aside_at', 'is not', null)]),
      ]),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
