import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import canonicalize from 'canonicalize';
import { v7 as uuidV7 } from 'uuid';
import {
  CERTIFICATE_CONTEXT,
  type DeviceCertificate,
  decodeReceiptProof,
  RECEIPT_CONTEXT,
  type ReceiptProof,
  type ReceiptStatement,
} from '../../src/contract/receipt-statement.ts';
import type { LocalDate } from '../../src/domain/local-date.ts';
import { localDateAt } from '../../src/domain/local-date.ts';
import { rupiah } from '../../src/domain/rupiah.ts';

type Pair = { readonly publicKey: string; readonly privateKey: KeyObject };
const canonical = (value: unknown): string => canonicalize(value) ?? '';
const rawOf = (key: KeyObject): string => createPublicKey(key).export({ format: 'jwk' }).x ?? '';

export function signingPair(): Pair {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: rawOf(privateKey) };
}

const keyIdOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest().subarray(0, 9).toString('base64url');
const signed = (key: Pair, text: string): string => sign(null, Buffer.from(text), key.privateKey).toString('base64url');

/** A province with one device, as far as paper needs them. */
export type PaperWorld = { readonly root: Pair; readonly device: Pair; readonly certificate: DeviceCertificate };

export function paperWorld(root: Pair = signingPair(), notAfter = Date.UTC(2028, 0, 1)): PaperWorld {
  const device = signingPair();
  return {
    root,
    device,
    certificate: {
      deviceId: uuidV7(),
      outletId: '3506-017',
      signingKey: device.publicKey,
      sealingKey: rawOf(generateKeyPairSync('x25519').privateKey),
      notAfter,
      policyVersion: 1,
    },
  };
}

/** A genuine paper of a world. */
export function paperOf(world: PaperWorld, over: Partial<ReceiptStatement> = {}): ReceiptProof {
  const { root, device, certificate } = world;
  const statement: ReceiptStatement = {
    deviceId: certificate.deviceId,
    epoch: { n: 1, nonce: randomBytes(8).toString('base64url') },
    seq: 42,
    transactionId: uuidV7(),
    nrkb: 'AG 2345 ØD',
    periods: ['2026-03-20' as LocalDate],
    total: rupiah(284_000),
    paidOn: '2026-03-10' as LocalDate,
    timeTrust: 'anchored',
    ...over,
  };
  return {
    statement,
    receiptSig: signed(device, RECEIPT_CONTEXT + canonical(statement)),
    certificate: {
      certificate,
      rootKeyId: keyIdOf(root.publicKey),
      sig: signed(root, CERTIFICATE_CONTEXT + canonical(certificate)),
    },
  };
}

function isSigned(publicKey: string, text: string, sig: string): boolean {
  const bytes = Buffer.from(sig, 'base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return bytes.toString('base64url') === sig && verify(null, Buffer.from(text), key, bytes);
}

/** The verdict by the contract's own reader and Node's own cryptography: what the page must say too. */
export function judgedByNode(text: string, rootKeys: readonly string[]): 'genuine' | 'forged' | 'no-receipt' {
  const proof = decodeReceiptProof(text);
  if (proof === undefined) return 'no-receipt';
  const { statement, receiptSig, certificate: signedCertificate } = proof;
  const { certificate, rootKeyId, sig } = signedCertificate;
  const root = rootKeys.find((key) => keyIdOf(key) === rootKeyId);
  if (root === undefined || !isSigned(root, CERTIFICATE_CONTEXT + canonical(certificate), sig)) return 'forged';
  if (!isSigned(certificate.signingKey, RECEIPT_CONTEXT + canonical(statement), receiptSig)) return 'forged';
  return statement.paidOn > localDateAt(certificate.notAfter) ? 'forged' : 'genuine';
}
