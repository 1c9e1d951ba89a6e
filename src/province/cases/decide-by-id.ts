import { v7 as uuidV7 } from 'uuid';
import { type RefundPersonal, refundPersonalSchema } from '../../contract/entry-bodies-cases.ts';
import type { RefundDecision } from '../../contract/feeds.ts';
import { entryBodySchemas, entryEnvelopeSchema } from '../../contract/journal-entry.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { findSale, openUnder, type PersonalProblem } from '../booking/read-sale.ts';
import type { ProvinceContext } from '../province-context.ts';
import { decideRefund, lockRefund, lockRefundOfSale, type RefundProblem, type SaidOfRefund } from './refunds.ts';

/** A word of an administrator about one application, in a transaction of its own. */
export async function decideRefundById(
  context: ProvinceContext,
  refundId: string,
  said: SaidOfRefund,
): Promise<Result<RefundDecision, RefundProblem>> {
  return context.db.transaction().execute(async (tx) => {
    const refund = await lockRefundOfSale(tx, refundId);
    if (refund === undefined) return err('REFUND_UNKNOWN');
    const sale = await findSale(tx, refund.deviceId, refund.transactionId);
    return sale === undefined ? err('SALE_UNKNOWN') : decideRefund(tx, context, sale, refund, said);
  });
}

/** Account and name of who gets the money; the look is a step of the application, with who looked. */
export async function showRefundAccount(
  context: ProvinceContext,
  refundId: string,
  lookedBy: string,
): Promise<Result<RefundPersonal, 'REFUND_UNKNOWN' | PersonalProblem>> {
  return context.db.transaction().execute(async (tx) => {
    const refund = await lockRefund(tx, refundId);
    const row = await tx
      .selectFrom('refund')
      .innerJoin('entry', (join) =>
        join.onRef('entry.device_id', '=', 'refund.device_id').onRef('entry.hash', '=', 'refund.hash'),
      )
      .select('entry.text')
      .where('refund.refund_id', '=', refundId)
      .executeTakeFirst();
    if (refund === undefined || row === undefined) return err('REFUND_UNKNOWN');
    const { sealed } = entryBodySchemas['refund.requested'].parse(entryEnvelopeSchema.parse(JSON.parse(row.text)).body);
    const opened = await openUnder(tx, context.keys, refund.deviceId, sealed, refundPersonalSchema);
    if (!opened.ok) return opened;
    await tx
      .insertInto('refund_step')
      .values({
        device_id: refund.deviceId,
        refund_id: refundId,
        step_id: uuidV7({ msecs: context.now() }),
        at: context.now(),
        state: refund.state,
        said_by: lookedBy,
        reason: 'ACCOUNT_SHOWN',
        reference: null,
      })
      .execute();
    return ok(opened.value);
  });
}
