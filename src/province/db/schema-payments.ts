import type { ColumnType } from 'kysely';

/** What a provider can say of a payment. */
export type ProviderState = 'pending' | 'confirmed' | 'failed' | 'cancelled' | 'expired' | 'not-known';

/** Tables of payments by QRIS and transfer. */
export type PaymentTables = {
  payment: {
    device_id: string;
    payment_id: string;
    transaction_id: string;
    means: 'qris' | 'transfer';
    amount: number;
    state: ProviderState;
    /** The provider's number for it. */
    reference: string;
    /** What was offered to the payer; null where nothing was. */
    offer: ColumnType<unknown, string | null, string | null>;
    requested_at: number;
    expires_at: number | null;
    settled_at: number | null;
  };
  /** Money that came twice and that its payer has back. */
  payment_return: {
    device_id: string;
    payment_id: string;
    transaction_id: string;
    amount: number;
    reference: string;
    said_by: string;
    at: number;
  };
};
