import { PAYMENT_CONTEXT, type PaymentQuestion, type PaymentStatement } from '../../contract/payments.ts';
import type { SignedText } from '../../contract/primitives.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { signedBy } from '../keys/key-ring.ts';
import type { ProvinceContext } from '../province-context.ts';
import { askReferenceProvider } from './reference-provider.ts';

/** What the provider says of a payment, signed for this very question (OPOP-Sync/1 16.2). */
export async function answerPayment(
  context: ProvinceContext,
  device: KnownDevice,
  question: PaymentQuestion,
): Promise<Result<SignedText, 'OTHER_PAYMENT'>> {
  const now = context.now();
  const { nonce, ...asked } = question;
  const payAfterMs = context.settings.referencePaymentMs;
  const word = await askReferenceProvider(context.db, device.deviceId, asked, { now, payAfterMs });
  if (!word.ok) return word;
  const { paymentId, transactionId, means, amount } = asked;
  const facts = { deviceId: device.deviceId, paymentId, transactionId, means, amount, nonce };
  const statement: PaymentStatement = { ...facts, ...word.value, issuedAt: now };
  return ok(signedBy(context.keys.signing, PAYMENT_CONTEXT, statement));
}
