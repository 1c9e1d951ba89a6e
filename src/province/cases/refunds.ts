import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { z } from 'zod';
import { chargeComponentSchema } from '../../contract/charge-parts.ts';
import type { RefundDecision } from '../../contract/feeds.ts';
import { amountSchema, localDateSchema } from '../../contract/primitives.ts';
import { partKey, refundableOf, refundSum, type SaleStanding } from '../../domain/case-ledger.ts';
import { moveRefund, type RefundState } from '../../domain/refund-state.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { rupiah } from '../../domain/rupiah.ts';
import type { SaleInCustody } from '../booking/read-sale.ts';
import type { Db, Tx } from '../db/open.ts';
import { appendPage } from '../feeds/feed-pages.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readHistory, rebalance, standingOf } from './standing.ts';

const partsSchema = z.array(
  z.object({ component: chargeComponentSchema, periodDueOn: localDateSchema, amount: amountSchema }),
);

/** An application for a refund as the province holds it; account and name stay sealed in its entry. */
export type Refund = {
  readonly deviceId: string;
  readonly refundId: string;
  readonly transactionId: string;
  readonly number: string;
  readonly amount: number;
  readonly whole: boolean;
  readonly parts: z.infer<typeof partsSchema>;
  readonly askedBy: string | null;
  readonly requestedAt: number;
  readonly state: RefundState;
  readonly reference: string | null;
  readonly reason: string | null;
  /** ms UTC. */
  readonly movedAt: number;
};

type Row = {
  device_id: string;
  refund_id: string;
  transaction_id: string;
  number: string;
  amount: number;
  whole: boolean;
  parts: unknown;
  asked_by: string | null;
  requested_at: number;
  state: RefundState;
  reference: string | null;
  reason: string | null;
  moved_at: number;
};

const toRefund = (row: Row): Refund => ({
  deviceId: row.device_id,
  refundId: row.refund_id,
  transactionId: row.transaction_id,
  number: row.number,
  amount: row.amount,
  whole: row.whole,
  parts: partsSchema.parse(row.parts),
  askedBy: row.asked_by,
  requestedAt: row.requested_at,
  state: row.state,
  reference: row.reference,
  reason: row.reason,
  movedAt: row.moved_at,
});

/** Applications, those that wait longest first; all of them or those of a state. */
export async function readRefunds(db: Db | Tx, state: RefundState | null, limit: number): Promise<readonly Refund[]> {
  let query = db.selectFrom('refund').selectAll().orderBy('moved_at').limit(limit);
  if (state !== null) query = query.where('state', '=', state);
  return (await query.execute()).map(toRefund);
}

/**
 * Holds the sales of applications until the transaction ends, in one order: the tax office may be asked about one of them
 * right now, and what it answers decides whether its money can be given back.
 */
export async function lockSalesOfRefunds(tx: Tx, refundIds: readonly string[]): Promise<void> {
  if (refundIds.length === 0) return;
  await sql`select 1 from refund r
    join booking_work w on w.device_id = r.device_id and w.transaction_id = r.transaction_id
    where r.refund_id = any(${[...refundIds]}::uuid[])
    order by w.device_id, w.transaction_id for update of w`.execute(tx);
}

/** Holds one application that is to be moved: first its sale, as every work on a case does, then itself. */
export async function lockRefundOfSale(tx: Tx, refundId: string): Promise<Refund | undefined> {
  await lockSalesOfRefunds(tx, [refundId]);
  return lockRefund(tx, refundId);
}

/** Holds one application against other writers until the transaction ends; whoever moves it holds its sale already. */
export async function lockRefund(tx: Tx, refundId: string): Promise<Refund | undefined> {
  const row = await tx
    .selectFrom('refund')
    .selectAll()
    .where('refund_id', '=', refundId)
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : toRefund(row);
}

/** A word about an application; `saidBy` is a name or an officer's id. */
export type RefundWord = {
  readonly state: RefundState;
  readonly saidBy: string;
  readonly reason: string | null;
  readonly reference: string | null;
};

/** Writes where an application stands now: step, state, page of the device's feed. The first word is of its arrival. */
export async function putRefundWord(
  tx: Tx,
  context: ProvinceContext,
  refund: Refund,
  word: RefundWord,
): Promise<RefundDecision> {
  const decidedAt = Math.max(context.now(), refund.movedAt + 1);
  const item: RefundDecision = {
    decisionId: uuidV7({ msecs: decidedAt }),
    refundId: refund.refundId,
    transactionId: refund.transactionId,
    decidedAt,
    refund: word.state,
    amount: rupiah(refund.amount),
    reference: word.reference,
    reason: word.reason,
  };
  const key = { device_id: refund.deviceId, refund_id: refund.refundId };
  await tx
    .insertInto('refund_step')
    .values({
      ...key,
      step_id: item.decisionId,
      at: decidedAt,
      state: word.state,
      said_by: word.saidBy,
      reason: word.reason,
      reference: word.reference,
    })
    .execute();
  await tx
    .updateTable('refund')
    .set({ state: word.state, reason: word.reason, reference: word.reference, moved_at: decidedAt })
    .where('device_id', '=', refund.deviceId)
    .where('refund_id', '=', refund.refundId)
    .execute();
  if (word.state === 'rejected') {
    await tx
      .deleteFrom('refund_part')
      .where('device_id', '=', refund.deviceId)
      .where('transaction_id', '=', refund.transactionId)
      .where('refund_id', '=', refund.refundId)
      .execute();
  }
  await appendPage(tx, context, { feed: 'decisions', scope: refund.deviceId, items: [item] });
  return item;
}

/** Why an application asks for what is not owed; null when it may go on. */
function problemOf(refund: Refund, standing: SaleStanding): string | null {
  if (standing.cashReturned) return 'Uangnya sudah dikembalikan tunai di gerai.';
  const parts = refund.parts.map((asked) => {
    const part = standing.parts.find((one) => partKey(one) === partKey(asked));
    return part !== undefined && refundableOf(part) === asked.amount && asked.amount > 0 ? part : undefined;
  });
  const known = parts.filter((part) => part !== undefined);
  const isDistinct = new Set(refund.parts.map(partKey)).size === refund.parts.length;
  if (known.length !== parts.length || !isDistinct) return 'Rincian tidak sesuai dengan catatan Bapenda.';
  const paid = standing.parts.filter((part) => part.taken > part.waived);
  if (refund.whole && known.length !== paid.length) return 'Rincian tidak sesuai dengan catatan Bapenda.';
  const sum = refundSum(known, refund.whole ? standing : null);
  return sum === refund.amount ? null : 'Jumlahnya tidak sesuai dengan catatan Bapenda.';
}

/** Holds a new application against the sale, takes its parts, and says so: asked for, or rejected with the reason. */
export async function receiveRefund(
  tx: Tx,
  context: ProvinceContext,
  sale: SaleInCustody,
  refund: Refund,
): Promise<void> {
  const said = await tx
    .selectFrom('refund_step')
    .select('step_id')
    .where('device_id', '=', refund.deviceId)
    .where('refund_id', '=', refund.refundId)
    .executeTakeFirst();
  if (said !== undefined) return;
  const word = { saidBy: refund.askedBy ?? 'counter', reference: null };
  const problem = problemOf(refund, standingOf(sale, await readHistory(tx, sale)));
  if (problem !== null) {
    await putRefundWord(tx, context, refund, { ...word, state: 'rejected', saidBy: 'province', reason: problem });
    return;
  }
  const taken = await tx
    .insertInto('refund_part')
    .values(
      refund.parts.map(({ component, periodDueOn }) => ({
        device_id: refund.deviceId,
        transaction_id: refund.transactionId,
        component,
        period_due_on: periodDueOn,
        refund_id: refund.refundId,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('component')
    .execute();
  if (taken.length === refund.parts.length) {
    await putRefundWord(tx, context, refund, { ...word, state: 'requested', reason: null });
    return;
  }
  const reason = 'Sudah ada permohonan lain untuk rincian yang sama.';
  await putRefundWord(tx, context, refund, { ...word, state: 'rejected', saidBy: 'province', reason });
}

/** Why a word changes nothing. */
export type RefundProblem =
  | 'REFUND_UNKNOWN'
  | 'REFUND_NOT_NOW'
  | 'REFUND_OWN'
  | 'REFUND_OUTDATED'
  | 'REASON_MISSING'
  | 'REFERENCE_MISSING'
  | 'REVERSAL_MISSING'
  | 'SALE_UNKNOWN';

/** What a person at the province, or a supervisor at a counter, says; `reversal` is the office's own number of unbooking. */
export type SaidOfRefund = RefundWord & { readonly reversal: string | null };

/**
 * Moves an application by one word, with the money, in the transaction of a caller who holds its sale and itself.
 * Approved by another person than asked; what is booked goes back only with the number under which the tax office took it
 * out of its books.
 */
export async function decideRefund(
  tx: Tx,
  context: ProvinceContext,
  sale: SaleInCustody,
  refund: Refund,
  said: SaidOfRefund,
): Promise<Result<RefundDecision, RefundProblem>> {
  const moved = moveRefund(refund.state, said.state);
  if (!moved.ok) return err('REFUND_NOT_NOW');
  if (said.state === 'approved' && said.saidBy === refund.askedBy) return err('REFUND_OWN');
  if (said.state === 'rejected' && (said.reason ?? '').trim() === '') return err('REASON_MISSING');
  if (said.state === 'paid' && (said.reference ?? '').trim() === '') return err('REFERENCE_MISSING');
  if (said.state === 'approved') {
    const standing = standingOf(sale, await readHistory(tx, sale));
    if (problemOf(refund, standing) !== null) return err('REFUND_OUTDATED');
    const asked = new Set(refund.parts.map(partKey));
    const isUnbooked = standing.parts.some((part) => part.state === 'booked' && asked.has(partKey(part)));
    if (isUnbooked && said.reversal === null) return err('REVERSAL_MISSING');
  }
  // The number of the reversal stays readable while nobody fetched the money.
  const kept = said.state === 'unclaimed' ? refund.reference : null;
  const reference = said.reference ?? said.reversal ?? kept;
  const item = await putRefundWord(tx, context, refund, { ...said, reference });
  await rebalance(tx, sale, item.decisionId, context.now());
  context.log('info', 'REFUND', { device: refund.deviceId, refund: refund.refundId, state: said.state });
  return ok(item);
}
