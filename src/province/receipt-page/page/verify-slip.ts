import { faultOf, type ProofFault } from './judge-proof.ts';
import { readSlipText, type SlipText } from './slip-text.ts';

export type SlipVerdict =
  | { readonly verdict: 'genuine'; readonly slip: SlipText }
  | { readonly verdict: 'forged'; readonly reason: ProofFault }
  | { readonly verdict: 'no-slip' };

const CONTEXT = 'opop/slip/1\0';

/** The verdict on the text of a slip's QR with nothing but the province's root keys; `now` is ms UTC. */
export function verifySlipText(
  text: string,
  rootKeys: readonly string[],
  now?: number,
  revokedKeys: readonly string[] = [],
): SlipVerdict {
  const slip = readSlipText(text);
  if (slip === null) return { verdict: 'no-slip' };
  const { statement, slipSig } = slip;
  const signed = { context: CONTEXT, statement, sig: slipSig, on: statement.on };
  const fault = faultOf(slip, signed, { rootKeys, now, revokedKeys });
  return fault === null ? { verdict: 'genuine', slip } : { verdict: 'forged', reason: fault };
}
