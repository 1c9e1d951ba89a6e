import type { Incident } from './incidents.ts';
import type { ReadBody } from './typed-body.ts';

/** Money that came for what was paid already is a person's to give back: an incident, once for each payment (OPOP-Sync/1 16.5). */
export function addPayment(incidents: Incident[], { read }: { readonly read: ReadBody }): void {
  if (read.type !== 'payment.paid-twice') return;
  const { paymentId, transactionId, means, amount } = read.body;
  incidents.push({ kind: 'PAID_TWICE', evidence: paymentId, facts: { transactionId, means, amount } });
}
