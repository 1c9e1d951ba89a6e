import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { PaymentReturnDecision } from '../../../contract/feeds.ts';
import { soldLineSchema } from '../../../contract/journal-entry.ts';
import { paymentOfferSchema } from '../../../contract/payments.ts';
import { amountSchema, type SignedText, signedTextSchema } from '../../../contract/primitives.ts';
import type { PaymentState } from '../../../domain/payment-state.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import type { PaymentTables } from '../db/schema-payments.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';

const CONTEXT = 'payment';
const LONGEST_LIST = 200;

/** Word by word the conditions of the partial indexes. */
const IS_OPEN = sql<boolean>`state IN ('unknown', 'pending', 'confirmed')`;
const IS_WORTH_ASKING = sql<boolean>`state IN ('unknown', 'pending', 'confirmed', 'released')`;
const IS_PAID_TWICE = sql<boolean>`state = 'paid-twice'`;

const IS_SOLD = sql<boolean>`state = 'sold'`;

const contentSchema = z.object({
  nrkb: z.string(),
  provider: z.string().nullable(),
  offer: paymentOfferSchema.nullable(),
  /** ms UTC at which the provider took the money. */
  paidAt: z.int().nullable(),
  /** The sale as it was decided when the citizen was asked to pay: this, and nothing else, is what he pays. */
  sale: z.object({
    figure: z.enum(['perkiraan', 'penetapan']),
    inquiryId: z.string().nullable(),
    lines: z.array(soldLineSchema),
    total: amountSchema,
    agentFee: amountSchema,
  }),
});

/** What only this counter needs to know of a payment. */
export type PaymentContent = Readonly<z.infer<typeof contentSchema>>;

/** A payment by QRIS or transfer. */
export type Payment = {
  readonly paymentId: string;
  readonly transactionId: string;
  readonly nrkbIndex: string;
  readonly officerId: string;
  readonly officerName: string;
  readonly means: 'qris' | 'transfer';
  readonly amount: Rupiah;
  readonly state: PaymentState;
  /** How it ended without money. */
  readonly outcome: string | null;
  readonly requestedAt: number;
  readonly expiresAt: number | null;
  /** When it left the states that somebody waits in. */
  readonly settledAt: number | null;
  /** The province's signed word that the money is there. */
  readonly confirmation: SignedText | null;
  readonly content: PaymentContent;
};

const toPayment = (cipher: ColumnCipher, row: Selectable<PaymentTables['payment']>): Payment => ({
  paymentId: row.payment_id,
  transactionId: row.transaction_id,
  nrkbIndex: row.nrkb_index,
  officerId: row.officer_id,
  officerName: row.officer_name,
  means: row.means,
  amount: rupiah(row.amount),
  state: row.state,
  outcome: row.outcome,
  requestedAt: row.requested_at,
  expiresAt: row.expires_at,
  settledAt: row.settled_at,
  confirmation: row.confirmation === null ? null : signedTextSchema.parse(JSON.parse(row.confirmation)),
  content: contentSchema.parse(JSON.parse(cipher.open(row.sealed, CONTEXT))),
});

export async function insertPayment(tx: WriteTx, cipher: ColumnCipher, payment: Payment): Promise<void> {
  await tx
    .insertInto('payment')
    .values({
      payment_id: payment.paymentId,
      transaction_id: payment.transactionId,
      nrkb_index: payment.nrkbIndex,
      officer_id: payment.officerId,
      officer_name: payment.officerName,
      means: payment.means,
      amount: payment.amount,
      state: payment.state,
      outcome: payment.outcome,
      requested_at: payment.requestedAt,
      expires_at: payment.expiresAt,
      settled_at: payment.settledAt,
      confirmation: null,
      sealed: cipher.seal(JSON.stringify(payment.content), CONTEXT),
    })
    .execute();
}

/** Writes what was learned of a payment; the database refuses to undo a settled one. */
export async function putPayment(tx: WriteTx, cipher: ColumnCipher, payment: Payment): Promise<void> {
  await tx
    .updateTable('payment')
    .set({
      state: payment.state,
      outcome: payment.outcome,
      expires_at: payment.expiresAt,
      settled_at: payment.settledAt,
      confirmation: payment.confirmation === null ? null : JSON.stringify(payment.confirmation),
      sealed: cipher.seal(JSON.stringify(payment.content), CONTEXT),
    })
    .where('payment_id', '=', payment.paymentId)
    .execute();
}

export async function findPayment(tx: ReadTx, cipher: ColumnCipher, paymentId: string): Promise<Payment | undefined> {
  const row = await tx.selectFrom('payment').selectAll().where('payment_id', '=', paymentId).executeTakeFirst();
  return row === undefined ? undefined : toPayment(cipher, row);
}

const selectOpenOf = prepared<{ nrkbIndex: string }>()((from, of) =>
  from.selectFrom('payment').selectAll().where('nrkb_index', '=', of('nrkbIndex')).where(IS_OPEN),
);

/** What is under way for a vehicle, whichever service asked for it. */
export async function findOpenPaymentOf(
  tx: ReadTx,
  cipher: ColumnCipher,
  nrkbIndex: string,
): Promise<Payment | undefined> {
  const [row] = selectOpenOf(tx, { nrkbIndex });
  return row === undefined ? undefined : toPayment(cipher, row);
}

/** Whether a service waits for a payment. */
export async function hasOpenPayment(tx: ReadTx, transactionId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('payment')
    .select('payment_id')
    .where('transaction_id', '=', transactionId)
    .where(IS_OPEN)
    .executeTakeFirst();
  return row !== undefined;
}

/** Payments that somebody waits for, oldest first. */
export async function readOpenPayments(tx: ReadTx, cipher: ColumnCipher): Promise<readonly Payment[]> {
  const rows = await tx
    .selectFrom('payment')
    .selectAll()
    .where(IS_OPEN)
    .orderBy('requested_at')
    .limit(LONGEST_LIST)
    .execute();
  return rows.map((row) => toPayment(cipher, row));
}

const selectWorthAsking = prepared<{ sinceMs: number }>()((from, of) =>
  from
    .selectFrom('payment')
    .selectAll()
    .where(IS_WORTH_ASKING)
    .where((eb) => eb.or([eb('state', '<>', 'released'), eb('requested_at', '>=', of('sinceMs'))]))
    .orderBy('requested_at')
    .limit(LONGEST_LIST),
);

/** Payments of which the provider may still tell something new, asked for since `sinceMs`. */
export async function readWorthAsking(tx: ReadTx, cipher: ColumnCipher, sinceMs: number): Promise<readonly Payment[]> {
  const rows = selectWorthAsking(tx, { sinceMs });
  return rows.map((row) => toPayment(cipher, row));
}

/** Money that came since `sinceMs` for what was paid already: it is the payer's, and waits for a person. */
export async function readPaidTwice(tx: ReadTx, cipher: ColumnCipher, sinceMs: number): Promise<readonly Payment[]> {
  const rows = await tx
    .selectFrom('payment')
    .selectAll()
    .where(IS_PAID_TWICE)
    .where('requested_at', '>=', sinceMs)
    .where('payment_id', 'not in', (eb) => eb.selectFrom('payment_return').select('payment_return.payment_id'))
    .orderBy('requested_at')
    .limit(LONGEST_LIST)
    .execute();
  return rows.map((row) => toPayment(cipher, row));
}

/** Keeps that money which came twice went back to its payer. Idempotent: the first word stands. */
export async function insertPaymentReturn(tx: WriteTx, decision: PaymentReturnDecision): Promise<void> {
  const { paymentId, decidedAt, reference } = decision;
  await tx
    .insertInto('payment_return')
    .values({ payment_id: paymentId, returned_at: decidedAt, reference })
    .onConflict((conflict) => conflict.column('payment_id').doNothing())
    .execute();
}

const selectSoldWithoutPaper = prepared<{ sinceMs: number }>()((from, of) =>
  from
    .selectFrom('payment')
    .select('transaction_id')
    .where(IS_SOLD)
    .where('settled_at', '>=', of('sinceMs'))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('print_job').select('job_id').whereRef('print_job.stream', '=', 'payment.transaction_id'),
        ),
      ),
    )
    .orderBy('settled_at')
    .limit(LONGEST_LIST),
);

/** Sales that a provider's word made since `sinceMs` and that no paper was ever asked for, oldest first. */
export async function readSoldWithoutPaper(tx: ReadTx, sinceMs: number): Promise<readonly string[]> {
  return selectSoldWithoutPaper(tx, { sinceMs }).map((row) => row.transaction_id);
}
