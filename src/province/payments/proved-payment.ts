import { PAYMENT_CONTEXT, paymentStatementSchema } from '../../contract/payments.ts';
import type { EntryBody } from '../../contract/journal-entry.ts';
import { isOurSignature } from '../restore/own-signature.ts';

type Proof = Parameters<typeof isOurSignature>[0];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Whether our own word stands behind a sale that was not paid in cash: signed by us, `confirmed`, for this device, this
 * sale, these means and this very sum (OPOP-Sync/1 16.3). True for cash.
 */
export async function isPaymentProved(
  proof: Proof,
  deviceId: string,
  { transactionId, payable, paidBy }: Pick<EntryBody<'transaction.paid'>, 'transactionId' | 'payable' | 'paidBy'>,
): Promise<boolean> {
  if (paidBy === undefined) return true;
  if (!(await isOurSignature(proof, PAYMENT_CONTEXT, paidBy.confirmation))) return false;
  const statement = paymentStatementSchema.safeParse(parsed(paidBy.confirmation.text));
  if (!statement.success) return false;
  const { data } = statement;
  return (
    data.state === 'confirmed' &&
    data.deviceId === deviceId &&
    data.transactionId === transactionId &&
    data.paymentId === paidBy.paymentId &&
    data.means === paidBy.means &&
    data.amount === payable
  );
}
