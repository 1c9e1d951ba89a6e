import { faultOf, type ProofFault } from './judge-proof.ts';
import { payloadParts } from './proof-parts.ts';
import { type ReceiptText, readReceiptText } from './receipt-text.ts';

/** Why a paper that looks like a receipt is not the province's. */
export type Forgery = Exclude<ProofFault, 'STATEMENT_FORGED' | 'DATED_LATER'> | 'RECEIPT_FORGED' | 'PAID_LATER';

export type ReceiptVerdict =
  | { readonly verdict: 'genuine'; readonly receipt: ReceiptText }
  | { readonly verdict: 'forged'; readonly reason: Forgery }
  /** Printed by the training mode: nobody paid anything. */
  | { readonly verdict: 'training' }
  | { readonly verdict: 'no-receipt' };

const CONTEXT = 'opop/receipt/1\0';

function forgeryOf(fault: ProofFault): Forgery {
  if (fault === 'STATEMENT_FORGED') return 'RECEIPT_FORGED';
  return fault === 'DATED_LATER' ? 'PAID_LATER' : fault;
}

/** The verdict on the text of a receipt's QR with nothing but the province's root keys; `now` is ms UTC. */
export function verifyReceiptText(
  text: string,
  rootKeys: readonly string[],
  now?: number,
  revokedKeys: readonly string[] = [],
): ReceiptVerdict {
  if (payloadParts(text)[0] === 'LATIHAN') return { verdict: 'training' };
  const receipt = readReceiptText(text);
  if (receipt === null) return { verdict: 'no-receipt' };
  const { statement, receiptSig } = receipt;
  const signed = { context: CONTEXT, statement, sig: receiptSig, on: statement.paidOn };
  const fault = faultOf(receipt, signed, { rootKeys, now, revokedKeys });
  return fault === null ? { verdict: 'genuine', receipt } : { verdict: 'forged', reason: forgeryOf(fault) };
}
