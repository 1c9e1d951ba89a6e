import type { PaymentQuestion, PaymentStatement } from '../../../contract/payments.ts';
import type { SignedText } from '../../../contract/primitives.ts';

/** A provider's word, with the signature under which it is believed; or a code for why there is none. */
export type PaymentAnswer =
  | { readonly statement: PaymentStatement; readonly signed: SignedText }
  | { readonly silent: string };

/** What is asked of a provider; the nonce is the port's own. */
export type PaymentAsked = Omit<PaymentQuestion, 'ask' | 'nonce'>;

/**
 * Whoever takes money by QRIS or transfer. Every question names the whole payment and may be repeated; an answer that is
 * not signed for this very question is none. Never throws for a dead line.
 */
export type PaymentProvider = {
  /** True while the last contact was answered; a guess, never a promise. */
  readonly hasLine: () => boolean;
  readonly create: (asked: PaymentAsked) => Promise<PaymentAnswer>;
  readonly ask: (asked: PaymentAsked) => Promise<PaymentAnswer>;
  /** A provider that has the money already answers `confirmed`. */
  readonly cancel: (asked: PaymentAsked) => Promise<PaymentAnswer>;
};
