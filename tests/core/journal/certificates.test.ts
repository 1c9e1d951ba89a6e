import { describe, expect, it } from 'vitest';
import {
  CERTIFICATE_CONTEXT,
  type DeviceCertificate,
  decodeReceiptProof,
  encodeReceiptProof,
  RECEIPT_CONTEXT,
  type ReceiptProof,
  type ReceiptStatement,
  type SignedCertificate,
} from '../../../src/contract/receipt-statement.ts';
import type { LocalDate } from '../../../src/domain/local-date.ts';
import { rupiah } from '../../../src/domain/rupiah.ts';
import { createSecrets } from '../../../src/main/core/device/key-store.ts';
import { verifyCertificate, verifyReceiptProof } from '../../../src/main/core/journal/certificates.ts';
import { canonicalJson } from '../../../src/main/core/journal/hash-chain.ts';
import { keyIdOf, sign } from '../../../src/main/core/journal/signing.ts';
import { errorOf, valueOf } from '../../support/opened-database.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { TEST_DEVICE_ID } from '../../support/test-journal.ts';

const root = createSecrets(createSeededRandom('root'));
const device = createSecrets(createSeededRandom('device'));
const stranger = createSecrets(createSeededRandom('stranger'));
const OTHER_DEVICE = '0192f000-0000-7000-8000-00000000d002';
const day = (text: string): LocalDate => text as LocalDate; // fixed days of this test

const certificate: DeviceCertificate = {
  deviceId: TEST_DEVICE_ID,
  outletId: '3506-017',
  signingKey: device.signingPublic,
  sealingKey: device.sealingPublic,
  notAfter: Date.UTC(2027, 11, 31),
  policyVersion: 3,
};

const certify = (value: DeviceCertificate, by = root): SignedCertificate => ({
  certificate: value,
  rootKeyId: keyIdOf(by.signingPublic),
  sig: sign(CERTIFICATE_CONTEXT, canonicalJson(value), by.signingPrivate),
});

const statement: ReceiptStatement = {
  deviceId: TEST_DEVICE_ID,
  epoch: { n: 1, nonce: 'AAAAAAAAAAA' },
  seq: 42,
  transactionId: '0192f000-0000-7000-8000-000000000042',
  nrkb: 'AG 1234 XØ',
  periods: [day('2025-11-18'), day('2026-11-18')],
  total: rupiah(259_996),
  paidOn: day('2026-11-18'),
  timeTrust: 'anchored',
};

const prove = (of: ReceiptStatement, signed = certify(certificate), by = device): ReceiptProof => ({
  statement: of,
  receiptSig: sign(RECEIPT_CONTEXT, canonicalJson(of), by.signingPrivate),
  certificate: signed,
});

describe('a device certificate', () => {
  it('is believed when the pinned root key signed exactly these fields', () => {
    expect(valueOf(verifyCertificate(certify(certificate), root.signingPublic))).toEqual(certificate);
    expect(errorOf(verifyCertificate(certify(certificate, stranger), root.signingPublic))).toBe('OTHER_ROOT');
    const changed = { ...certify(certificate), certificate: { ...certificate, outletId: '3578-001' } };
    expect(errorOf(verifyCertificate(changed, root.signingPublic))).toBe('CERTIFICATE_FORGED');
  });
});

describe('a paper receipt', () => {
  it('is genuine by the root key alone, also after its way through the QR', () => {
    const proof = prove(statement);
    expect(valueOf(verifyReceiptProof(proof, [root.signingPublic]))).toEqual(certificate);
    const read = decodeReceiptProof(`https://opop.example/t#${encodeReceiptProof(proof)}`);
    if (read === undefined) throw new Error('the QR is readable');
    expect(valueOf(verifyReceiptProof(read, [stranger.signingPublic, root.signingPublic]))).toEqual(certificate);
  });

  it.each([
    ['another amount', { total: rupiah(1_000) }],
    ['another plate', { nrkb: 'AG 1234 XO' }],
    ['another period', { periods: [day('2026-11-18')] }],
    ['another day', { paidOn: day('2026-11-19') }],
    ['another place in the journal', { seq: 43 }],
    ['another trust in the time', { timeTrust: 'suspect' as const }],
  ])('is not genuine with %s', (_what, change) => {
    const proof = prove(statement);
    const forged = { ...proof, statement: { ...statement, ...change } };
    expect(errorOf(verifyReceiptProof(forged, [root.signingPublic]))).toBe('RECEIPT_FORGED');
  });

  it('is not genuine under another root, another device, another key, or a changed certificate', () => {
    const refuse = (proof: ReceiptProof) => errorOf(verifyReceiptProof(proof, [root.signingPublic]));
    expect(refuse(prove(statement, certify(certificate, stranger)))).toBe('OTHER_ROOT');
    expect(refuse(prove(statement, certify({ ...certificate, deviceId: OTHER_DEVICE })))).toBe('OTHER_DEVICE');
    expect(refuse(prove(statement, certify(certificate), stranger))).toBe('RECEIPT_FORGED');
    const changed = { ...certify(certificate), certificate: { ...certificate, signingKey: stranger.signingPublic } };
    expect(refuse(prove(statement, changed, stranger))).toBe('CERTIFICATE_FORGED');
    expect(errorOf(verifyReceiptProof(prove(statement), []))).toBe('OTHER_ROOT');
  });

  it('is not genuine when it was made after its device might sell, or in the future', () => {
    const late = { ...statement, paidOn: day('2028-01-02') };
    expect(errorOf(verifyReceiptProof(prove(late), [root.signingPublic]))).toBe('CERTIFICATE_EXPIRED');
    const now = Date.UTC(2026, 10, 16);
    expect(errorOf(verifyReceiptProof(prove(statement), [root.signingPublic], now))).toBe('PAID_LATER');
    expect(verifyReceiptProof(prove(statement), [root.signingPublic], now + 86_400_000).ok).toBe(true);
  });
});
