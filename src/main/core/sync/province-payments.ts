import { PAYMENT_CONTEXT, type PaymentQuestion, paymentStatementSchema } from '../../../contract/payments.ts';
import { signedTextSchema } from '../../../contract/primitives.ts';
import { readEmvQr } from '../../../domain/emv-qr.ts';
import type { Db } from '../db/open.ts';
import { verify } from '../journal/signing.ts';
import type { PaymentAnswer, PaymentProvider } from '../payments/payment-provider.ts';
import { findSigningKey, readProvinceKeys } from '../rules/rules-store.ts';
import type { Link } from './link.ts';
import { parseJson } from './parse-json.ts';

/** A citizen with a telephone in his hand waits; after this nobody knows what became of the question. */
const PAYMENT_LIMIT_MS = 5_000;

/** Whether an offer can be shown: a QR must say the very sum that is owed. */
function isOfferSound(answer: Extract<PaymentAnswer, { statement: unknown }>): boolean {
  const { offer, amount } = answer.statement;
  if (offer?.kind !== 'qris') return true;
  const read = readEmvQr(offer.text);
  return read.ok && read.value.amount === amount;
}

/** The province as a provider: a word is believed only when its key signed it for this very question. */
export function createProvincePayments(deps: {
  readonly db: Db;
  readonly link: Link;
  readonly deviceId: string;
  readonly hasLine: () => boolean;
  readonly nonce64: () => string;
}): PaymentProvider {
  const { db, link, deviceId, nonce64 } = deps;

  const put = async (ask: PaymentQuestion['ask'], asked: Omit<PaymentQuestion, 'ask' | 'nonce'>) => {
    if (!link.isOpen()) return { silent: 'NO_LINE' };
    const question: PaymentQuestion = { ...asked, ask, nonce: nonce64() };
    const answer = await link.call({
      method: 'POST',
      path: '/v1/payments',
      body: question,
      schema: signedTextSchema,
      timeoutMs: PAYMENT_LIMIT_MS,
      signal: new AbortController().signal,
    });
    if (!answer.ok) return { silent: answer.error.detail };
    const signed = answer.value;
    const keys = await db.read((tx) => readProvinceKeys(tx));
    const parsed = paymentStatementSchema.safeParse(parseJson(signed.text));
    const key = findSigningKey(keys, signed.keyId, parsed.success ? parsed.data.issuedAt : null);
    if (key === undefined || !verify(PAYMENT_CONTEXT, signed.text, signed.sig, key.publicKey)) {
      return { silent: 'PAYMENT_SIGNATURE' };
    }
    if (!parsed.success) return { silent: 'PAYMENT_SHAPE' };
    const statement = parsed.data;
    const fits =
      statement.deviceId === deviceId &&
      statement.paymentId === question.paymentId &&
      statement.transactionId === question.transactionId &&
      statement.means === question.means &&
      statement.amount === question.amount &&
      statement.nonce === question.nonce &&
      (statement.state !== 'confirmed' || statement.paidAt !== null) &&
      (statement.state !== 'pending' || statement.offer !== null);
    if (!fits) return { silent: 'PAYMENT_OTHER' };
    const believed = { statement, signed };
    return isOfferSound(believed) ? believed : { silent: 'PAYMENT_OFFER' };
  };

  return {
    hasLine: deps.hasLine,
    create: (asked) => put('create', asked),
    ask: (asked) => put('look', asked),
    cancel: (asked) => put('cancel', asked),
  };
}
