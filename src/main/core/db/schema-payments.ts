import type { PaymentState } from '../../../domain/payment-state.ts';

/** States of several sales of one payer. */
export type BasketState = 'open' | 'paying' | 'paid' | 'ended';

/** Tables of baskets and of payments that need a provider. */
export type PaymentTables = {
  basket: {
    basket_id: string;
    officer_id: string;
    state: BasketState;
    /** What was handed over for all of them; bound once. */
    tendered: number | null;
    begun_at: number;
  };
  basket_item: {
    basket_id: string;
    place: number;
    transaction_id: string;
    /** HMAC of the vehicle: the same one is never twice in a basket. */
    vehicle_index: string;
    /** What the payer saw when he put the money on the table. */
    expected_payable: number | null;
    left_at: number | null;
  };
  payment: {
    payment_id: string;
    transaction_id: string;
    nrkb_index: string;
    officer_id: string;
    officer_name: string;
    means: 'qris' | 'transfer';
    amount: number;
    state: PaymentState;
    /** How it ended without money. */
    outcome: string | null;
    requested_at: number;
    expires_at: number | null;
    settled_at: number | null;
    /** JSON of the province's signed word. */
    confirmation: string | null;
    sealed: string;
  };
  /** What the province says of money that came twice: its payer has it back. */
  payment_return: { payment_id: string; returned_at: number; reference: string };
};
