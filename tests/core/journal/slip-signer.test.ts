import { describe, expect, it } from 'vitest';
import { RECEIPT_CONTEXT } from '../../../src/contract/receipt-statement.ts';
import { decodeSlipProof } from '../../../src/contract/slip-statement.ts';
import type { LocalDate } from '../../../src/domain/local-date.ts';
import { verifyReceiptProof, verifySlipProof } from '../../../src/main/core/journal/certificates.ts';
import { createSlipSigner } from '../../../src/main/core/journal/slip-signer.ts';
import { keyIdOf } from '../../../src/main/core/journal/signing.ts';
import { paperOf, paperWorld, signingPair } from '../../support/test-receipt.ts';
import { slipOf } from '../../support/test-slip.ts';

const world = paperWorld();
const roots = [world.root.publicKey];
const NOON = Date.UTC(2026, 2, 10, 5);

describe('a signed slip', () => {
  it('is printed as an address that verifies with the root key alone, and the same again when it is printed again', () => {
    const { statement, certificate } = slipOf(world);
    const signer = createSlipSigner(world.device.privateKey, certificate);
    const url = signer.slipUrl('opop.example', statement);
    expect(url).toMatch(/^https:\/\/opop\.example\/t#S1\./);
    const proof = decodeSlipProof(url);
    expect(proof?.statement).toEqual(statement);
    expect(proof === undefined ? undefined : verifySlipProof(proof, roots, NOON)).toMatchObject({ ok: true });
    expect(signer.slipUrl('opop.example', statement)).toBe(url);
  });

  it('is refused with another word on it, under another root, after its certificate, from the future, and revoked', () => {
    const proof = slipOf(world);
    const edited = { ...proof, statement: { ...proof.statement, on: '2026-03-01' as LocalDate } };
    expect(verifySlipProof(edited, roots)).toEqual({ ok: false, error: 'SLIP_FORGED' });
    expect(verifySlipProof(proof, [signingPair().publicKey])).toEqual({ ok: false, error: 'OTHER_ROOT' });
    const ended = slipOf(paperWorld(world.root, Date.UTC(2026, 2, 1)));
    expect(verifySlipProof(ended, roots)).toEqual({ ok: false, error: 'CERTIFICATE_EXPIRED' });
    const later = slipOf(world, { on: '2026-03-13' as LocalDate });
    expect(verifySlipProof(later, roots, NOON)).toEqual({ ok: false, error: 'DATED_LATER' });
    const revoked = new Set([keyIdOf(world.device.publicKey)]);
    expect(verifySlipProof(proof, roots, NOON, revoked)).toEqual({ ok: false, error: 'KEY_REVOKED' });
    const other = slipOf(paperWorld(world.root));
    const stolen = { ...proof, certificate: other.certificate };
    expect(verifySlipProof(stolen, roots)).toEqual({ ok: false, error: 'OTHER_DEVICE' });
  });

  it('never passes for a receipt, and a receipt never for a slip', () => {
    const receipt = paperOf(world);
    const slip = slipOf(world);
    expect(verifyReceiptProof({ ...receipt, receiptSig: slip.slipSig }, roots)).toEqual({
      ok: false,
      error: 'RECEIPT_FORGED',
    });
    expect(verifySlipProof(slipOf(world, {}, RECEIPT_CONTEXT), roots)).toEqual({ ok: false, error: 'SLIP_FORGED' });
    expect(verifySlipProof(slipOf(world, {}, 'opop/entry/1\0'), roots)).toEqual({ ok: false, error: 'SLIP_FORGED' });
  });
});
