import type { Selectable } from 'kysely';
import {
  paymentOfferSchema,
  type PaymentOffer,
  type PaymentQuestion,
  type PaymentStatement,
} from '../../contract/payments.ts';
import { emvQrText } from '../../domain/emv-qr.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { rupiah } from '../../domain/rupiah.ts';
import { sha256 } from '../crypto/hashing.ts';
import type { Db, Tx } from '../db/open.ts';
import type { PaymentTables, ProviderState } from '../db/schema-payments.ts';

/** Says of itself that it is no bank: no real provider is vouched for. */
const REFERENCE_PROVIDER = 'Penyedia acuan (bukan bank)';

const OFFER_LIFE_MS = 15 * 60_000;
/** Twelve digits after a prefix that no bank gives out. */
const ACCOUNT_PREFIX = '99880';
const ACCOUNT_DIGITS = 12;

type Row = Selectable<PaymentTables['payment']>;
type Asked = Omit<PaymentQuestion, 'nonce'>;

/** What the provider knows of a payment; the rest of a statement is the question's. */
export type ProviderWord = Pick<
  PaymentStatement,
  'provider' | 'state' | 'offer' | 'expiresAt' | 'paidAt' | 'reference'
>;

/** The same payment has the same reference wherever it is asked for. */
function digestOf(deviceId: string, paymentId: string): string {
  return Buffer.from(sha256(`${deviceId}/${paymentId}`), 'base64url')
    .toString('hex')
    .toUpperCase();
}

const referenceOf = (digest: string): string => `ACUAN${digest.slice(0, 16)}`;

function offerOf({ means, amount }: Asked, digest: string): PaymentOffer {
  if (means === 'qris') {
    const text = emvQrText({
      scheme: 'ID.OPOP.ACUAN',
      merchantId: 'ACUAN000000000',
      merchantName: 'SAMSAT OPOP ACUAN',
      city: 'SURABAYA',
      amount: rupiah(amount),
      reference: referenceOf(digest),
    });
    return { kind: 'qris', text };
  }
  const digits = String(Number.parseInt(digest.slice(0, 12), 16) % 10 ** ACCOUNT_DIGITS);
  return { kind: 'transfer', bank: 'Bank acuan', account: ACCOUNT_PREFIX + digits.padStart(ACCOUNT_DIGITS, '0') };
}

async function find(tx: Db | Tx, deviceId: string, paymentId: string): Promise<Row | undefined> {
  return tx
    .selectFrom('payment')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('payment_id', '=', paymentId)
    .forUpdate()
    .executeTakeFirst();
}

/**
 * Opens it, or says for good that it was never asked for: a first request that comes late opens nothing behind a counter
 * that was told so. Idempotency: constraint payment_once.
 */
async function open(tx: Tx, deviceId: string, asked: Asked, now: number): Promise<void> {
  const digest = digestOf(deviceId, asked.paymentId);
  const isOpened = asked.ask === 'create';
  await tx
    .insertInto('payment')
    .values({
      device_id: deviceId,
      payment_id: asked.paymentId,
      transaction_id: asked.transactionId,
      means: asked.means,
      amount: asked.amount,
      state: isOpened ? 'pending' : 'not-known',
      reference: referenceOf(digest),
      offer: isOpened ? JSON.stringify(offerOf(asked, digest)) : null,
      requested_at: now,
      expires_at: isOpened ? now + OFFER_LIFE_MS : null,
      settled_at: isOpened ? null : now,
    })
    .onConflict((conflict) => conflict.columns(['device_id', 'payment_id']).doNothing())
    .execute();
}

async function settle(tx: Tx, row: Row, state: Exclude<ProviderState, 'pending'>, at: number): Promise<Row> {
  await tx
    .updateTable('payment')
    .set({ state, settled_at: at })
    .where('device_id', '=', row.device_id)
    .where('payment_id', '=', row.payment_id)
    .execute();
  return { ...row, state, settled_at: at };
}

function wordOf(row: Row): ProviderWord {
  const isPaid = row.state === 'confirmed';
  return {
    provider: REFERENCE_PROVIDER,
    state: row.state,
    offer: row.state === 'pending' ? paymentOfferSchema.parse(row.offer) : null,
    expiresAt: row.expires_at,
    paidAt: isPaid ? row.settled_at : null,
    reference: isPaid ? row.reference : null,
  };
}

/**
 * The provider of demonstrations and tests. `payAfterMs`: the citizen of a demonstration pays by himself after that time;
 * null where a person says so (`province payment settle`). The same id with other facts is refused.
 */
export async function askReferenceProvider(
  db: Db,
  deviceId: string,
  asked: Asked,
  moment: { readonly now: number; readonly payAfterMs: number | null },
): Promise<Result<ProviderWord, 'OTHER_PAYMENT'>> {
  const { now, payAfterMs } = moment;
  return db.transaction().execute(async (tx) => {
    await open(tx, deviceId, asked, now);
    const row = await find(tx, deviceId, asked.paymentId);
    if (row === undefined) throw new Error('a payment that was just opened is found');
    const isSame =
      row.transaction_id === asked.transactionId && row.means === asked.means && row.amount === asked.amount;
    if (!isSame) return err('OTHER_PAYMENT');
    if (row.state !== 'pending') return ok(wordOf(row));
    if (payAfterMs !== null && now >= row.requested_at + payAfterMs) {
      return ok(wordOf(await settle(tx, row, 'confirmed', row.requested_at + payAfterMs)));
    }
    if (row.expires_at !== null && now > row.expires_at) return ok(wordOf(await settle(tx, row, 'expired', now)));
    return ok(wordOf(asked.ask === 'cancel' ? await settle(tx, row, 'cancelled', now) : row));
  });
}

/** The citizen pays, or his bank refuses; NOT_PENDING where nobody can pay it any more. */
export async function settleReferencePayment(
  db: Db,
  paymentId: string,
  outcome: 'confirmed' | 'failed',
  now: number,
): Promise<Result<ProviderWord, 'NOT_FOUND' | 'NOT_PENDING'>> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('payment')
      .selectAll()
      .where('payment_id', '=', paymentId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return err('NOT_FOUND');
    const isOver = row.state !== 'pending' || (row.expires_at !== null && now > row.expires_at);
    return isOver ? err('NOT_PENDING') : ok(wordOf(await settle(tx, row, outcome, now)));
  });
}
