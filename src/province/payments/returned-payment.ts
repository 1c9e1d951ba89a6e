import { v7 as uuidV7 } from 'uuid';
import { z } from 'zod';
import type { PaymentReturnDecision } from '../../contract/feeds.ts';
import { providerMeansSchema } from '../../contract/payments.ts';
import { amountSchema, uuidSchema } from '../../contract/primitives.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Db, Tx } from '../db/open.ts';
import { appendPage } from '../feeds/feed-pages.ts';
import type { ProvinceContext } from '../province-context.ts';

const factsSchema = z.object({ transactionId: uuidSchema, means: providerMeansSchema, amount: amountSchema });

/** Money that a provider took for what was paid already; whole rupiah, times in ms UTC. */
export type PaidTwice = Readonly<z.infer<typeof factsSchema>> & {
  readonly deviceId: string;
  readonly paymentId: string;
  readonly foundAt: number;
  /** Null while the payer does not have it back. */
  readonly returnedAt: number | null;
  readonly reference: string | null;
};

/** Payments that came twice, the oldest first: all of them, or those that are still owed; `paymentId` for one alone. */
export async function readPaidTwice(
  db: Db | Tx,
  { open, paymentId, limit }: { readonly open: boolean; readonly paymentId?: string; readonly limit: number },
): Promise<readonly PaidTwice[]> {
  let query = db
    .selectFrom('incident')
    .leftJoin('payment_return', (join) =>
      join
        .onRef('payment_return.device_id', '=', 'incident.device_id')
        .on((eb) => eb(eb.cast<string>('payment_return.payment_id', 'text'), '=', eb.ref('incident.evidence'))),
    )
    .select([
      'incident.device_id',
      'incident.evidence',
      'incident.facts',
      'incident.at',
      'payment_return.at as returned_at',
      'payment_return.reference',
    ])
    .where('incident.kind', '=', 'PAID_TWICE')
    .orderBy('incident.incident_no')
    .limit(limit);
  if (open) query = query.where('payment_return.at', 'is', null);
  if (paymentId !== undefined) query = query.where('incident.evidence', '=', paymentId);
  return (await query.execute()).map((row) => ({
    ...factsSchema.parse(row.facts),
    deviceId: uuidSchema.parse(row.device_id),
    paymentId: uuidSchema.parse(row.evidence),
    foundAt: row.at,
    returnedAt: row.returned_at,
    reference: row.reference,
  }));
}

/** Why nothing was written. */
export type ReturnProblem = 'PAYMENT_UNKNOWN' | 'PAYMENT_RETURNED' | 'REFERENCE_MISSING';

/**
 * The provider has given the payer his money back, by its number: kept with who said so, and told to the counter, whose case
 * ends with it (OPOP-Sync/1 16.5). Idempotency: constraint payment_return_once.
 */
export async function returnPayment(
  context: ProvinceContext,
  paymentId: string,
  { reference, saidBy }: { readonly reference: string; readonly saidBy: string },
): Promise<Result<PaymentReturnDecision, ReturnProblem>> {
  if (reference.trim() === '') return err('REFERENCE_MISSING');
  return context.db.transaction().execute(async (tx) => {
    const [twice] = await readPaidTwice(tx, { open: false, paymentId, limit: 1 });
    if (twice === undefined) return err('PAYMENT_UNKNOWN');
    const { deviceId, transactionId, amount } = twice;
    const decidedAt = context.now();
    const written = await tx
      .insertInto('payment_return')
      .values({
        device_id: deviceId,
        payment_id: paymentId,
        transaction_id: transactionId,
        amount,
        reference,
        said_by: saidBy,
        at: decidedAt,
      })
      .onConflict((conflict) => conflict.columns(['device_id', 'payment_id']).doNothing())
      .returning('payment_id')
      .execute();
    if (written.length === 0) return err('PAYMENT_RETURNED');
    const item: PaymentReturnDecision = {
      decisionId: uuidV7({ msecs: decidedAt }),
      paymentId,
      decidedAt,
      payment: 'returned',
      amount,
      reference,
    };
    await appendPage(tx, context, { feed: 'decisions', scope: deviceId, items: [item] });
    context.log('info', 'PAYMENT_RETURNED', { device: deviceId, payment: paymentId });
    return ok(item);
  });
}
