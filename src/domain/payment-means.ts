/** How a citizen can pay; cash is complete, the others need a line and a provider's signed word. */
export const PAYMENT_MEANS = ['cash', 'qris', 'transfer'] as const;

/** One of them. */
export type PaymentMeans = (typeof PAYMENT_MEANS)[number];

/** The account that holds the money at the moment of the sale: the drawer is touched by cash alone (OPOP-Sync/1 16.1). */
export function accountOfMeans(means: PaymentMeans): 'cash-drawer' | 'provider-clearing' {
  return means === 'cash' ? 'cash-drawer' : 'provider-clearing';
}
