import { describe, expect, it } from 'vitest';
import { encodeReceiptProof, type ReceiptProof } from '../../../src/contract/receipt-statement.ts';
import { encodeSlipProof, type SlipStatement } from '../../../src/contract/slip-statement.ts';
import { localDate } from '../../../src/domain/local-date.ts';
import { rupiah } from '../../../src/domain/rupiah.ts';
import { meaningOf } from '../../../src/renderer/app/scan-meaning.ts';

const deviceId = '01a20101-cc18-7631-8eef-d6daf4d6779e';
const transactionId = '01a20102-0000-7000-8000-000000000001';
const proof: ReceiptProof = {
  statement: {
    deviceId,
    epoch: { n: 1, nonce: 'abcdefghijk' },
    seq: 12,
    transactionId,
    nrkb: 'AG 4321 ED',
    periods: [localDate({ year: 2026, month: 11, day: 15 })],
    total: rupiah(344_788),
    paidOn: localDate({ year: 2026, month: 11, day: 21 }),
    timeTrust: 'anchored',
  },
  receiptSig: 'A'.repeat(86),
  certificate: {
    certificate: {
      deviceId,
      outletId: '3506-017',
      signingKey: 'B'.repeat(43),
      sealingKey: 'C'.repeat(43),
      notAfter: 1_900_000_000_000,
      policyVersion: 1,
    },
    rootKeyId: 'D'.repeat(12),
    sig: 'E'.repeat(86),
  },
};

describe('a scan goes to the place that it is good for', () => {
  it('opens the transaction of a receipt QR in Riwayat', () => {
    const text = `https://opop.example/t#${encodeReceiptProof(proof)}`;
    expect(meaningOf(text)).toEqual({ kind: 'receipt', transactionId });
  });

  it('serves the plate of an arrival with the day that its slip proves, and finds an application among its like', () => {
    const statement: SlipStatement = {
      kind: 'arrival',
      deviceId,
      epoch: { n: 1, nonce: 'abcdefghijk' },
      seq: 13,
      subjectId: transactionId,
      number: '3506-017-01-14K-000013-MX',
      subject: 'AG 4321 EØ',
      on: localDate({ year: 2026, month: 11, day: 21 }),
      promisedOn: null,
      timeTrust: 'anchored',
    };
    const textOf = (over: Partial<SlipStatement>): string =>
      `https://opop.example/t#${encodeSlipProof({ statement: { ...statement, ...over }, slipSig: proof.receiptSig, certificate: proof.certificate })}`;
    expect(meaningOf(textOf({}))).toEqual({ kind: 'arrival', text: 'AG 4321 EØ', arrivalId: transactionId });
    expect(meaningOf(textOf({ kind: 'application' }))).toEqual({ kind: 'application' });
    for (const kind of ['ticket', 'hand-over'] as const)
      expect(meaningOf(textOf({ kind }))).toEqual({ kind: 'unknown' });
  });

  it('finds a receipt number in Riwayat', () => {
    expect(meaningOf('3506-017-01-14K-000012-MX')).toEqual({
      kind: 'receipt-number',
      text: '3506-017-01-14K-000012-MX',
    });
  });

  it.each(['AG 4321 ED', 'ag4321ed', 'L 8 ZZ', 'AG-5678-ØB', '3506123456780001', 'MHYMKH5K2CU410020'])(
    'serves the vehicle that %s names',
    (text) => {
      expect(meaningOf(text).kind).toBe('vehicle');
    },
  );

  it.each(['350000', '12345', '', 'Selamat pagi', 'https://example.org/x'])(
    'leaves %s where it was typed, because it may be money or anything',
    (text) => {
      expect(meaningOf(text)).toEqual({ kind: 'unknown' });
    },
  );
});
