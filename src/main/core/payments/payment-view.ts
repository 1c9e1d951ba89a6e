import type { PaymentView } from '../../../contract/views-payments.ts';
import { qrPicture } from '../printing/qr-picture.ts';
import type { Payment } from './payment-store.ts';

/** A payment as screens show it; `paid` is what its sale became. */
export function paymentView(payment: Payment, paid: PaymentView['paid']): PaymentView {
  const { paymentId, transactionId, means, amount, state, outcome, requestedAt, expiresAt } = payment;
  const { nrkb, provider, offer } = payment.content;
  const qr = offer?.kind === 'qris' && state === 'pending' ? qrPicture(offer.text) : null;
  return {
    paymentId,
    transactionId,
    nrkb,
    means,
    amount,
    state,
    outcome,
    provider,
    qr: qr === null ? null : { modules: qr.modules, runs: [...qr.runs] },
    account: offer?.kind === 'transfer' ? { bank: offer.bank, number: offer.account } : null,
    expiresAt,
    requestedAt,
    paid,
  };
}
