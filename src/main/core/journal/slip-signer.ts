import type { KeyObject } from 'node:crypto';
import type { SignedCertificate } from '../../../contract/receipt-statement.ts';
import { encodeSlipProof, SLIP_CONTEXT, type SlipStatement } from '../../../contract/slip-statement.ts';
import { canonicalJson } from './hash-chain.ts';
import { sign } from './signing.ts';

/** Signs papers that prove a day or a hand-over, under a context of their own: no slip passes for a receipt. */
export type SlipSigner = {
  /** `Ed25519("opop/slip/1\0" || canonical(statement))`; the same statement has the same signature, so a paper can be printed again. */
  readonly signSlip: (statement: SlipStatement) => string;
  /** The whole address in the QR; `host` comes from policy. */
  readonly slipUrl: (host: string, statement: SlipStatement) => string;
};

export function createSlipSigner(signingPrivate: KeyObject, certificate: SignedCertificate): SlipSigner {
  const signSlip = (statement: SlipStatement): string => sign(SLIP_CONTEXT, canonicalJson(statement), signingPrivate);
  return {
    signSlip,
    slipUrl: (host, statement) =>
      `https://${host}/t#${encodeSlipProof({ statement, slipSig: signSlip(statement), certificate })}`,
  };
}
