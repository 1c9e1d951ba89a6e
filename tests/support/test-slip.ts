import { createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import { v7 as uuidV7 } from 'uuid';
import { CERTIFICATE_CONTEXT } from '../../src/contract/receipt-statement.ts';
import {
  decodeSlipProof,
  SLIP_CONTEXT,
  type SlipProof,
  type SlipStatement,
} from '../../src/contract/slip-statement.ts';
import { type LocalDate, localDateAt } from '../../src/domain/local-date.ts';
import { keyIdOf } from '../../src/main/core/journal/signing.ts';
import { type PaperWorld, paperOf } from './test-receipt.ts';

const canonical = (value: unknown): string => canonicalize(value) ?? '';

/** A genuine slip of a world; `context` is that of a slip unless a forger takes another. */
export function slipOf(world: PaperWorld, over: Partial<SlipStatement> = {}, context = SLIP_CONTEXT): SlipProof {
  const { deviceId } = world.certificate;
  const statement: SlipStatement = {
    kind: 'arrival',
    deviceId,
    epoch: { n: 1, nonce: randomBytes(8).toString('base64url') },
    seq: 43,
    subjectId: uuidV7(),
    number: '3506-017-01-1SR-000043-XQ',
    subject: 'AG 2345 ØD',
    on: '2026-03-10' as LocalDate,
    promisedOn: null,
    timeTrust: 'anchored',
    ...over,
  };
  const slipSig = sign(null, Buffer.from(context + canonical(statement)), world.device.privateKey).toString(
    'base64url',
  );
  return { statement, slipSig, certificate: paperOf(world).certificate };
}

function isSigned(publicKey: string, text: string, sig: string): boolean {
  const bytes = Buffer.from(sig, 'base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return bytes.toString('base64url') === sig && verify(null, Buffer.from(text), key, bytes);
}

/** The verdict by the contract's own reader and Node's own cryptography: what the page must say too. */
export function slipJudgedByNode(text: string, rootKeys: readonly string[]): 'genuine' | 'forged' | 'no-slip' {
  const proof = decodeSlipProof(text);
  if (proof === undefined) return 'no-slip';
  const { statement, slipSig, certificate: signed } = proof;
  const root = rootKeys.find((key) => keyIdOf(key) === signed.rootKeyId);
  if (root === undefined || !isSigned(root, CERTIFICATE_CONTEXT + canonical(signed.certificate), signed.sig)) {
    return 'forged';
  }
  if (!isSigned(signed.certificate.signingKey, SLIP_CONTEXT + canonical(statement), slipSig)) return 'forged';
  return statement.on > localDateAt(signed.certificate.notAfter) ? 'forged' : 'genuine';
}
