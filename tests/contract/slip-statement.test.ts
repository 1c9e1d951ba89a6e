import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReceiptProof, encodeReceiptProof } from '../../src/contract/receipt-statement.ts';
import {
  decodeSlipProof,
  drawerFiguresSchema,
  encodeSlipProof,
  type SlipStatement,
} from '../../src/contract/slip-statement.ts';
import { DENOMINATIONS } from '../../src/domain/cash-session.ts';
import { addDays, type LocalDate } from '../../src/domain/local-date.ts';
import { paperOf, paperWorld } from '../support/test-receipt.ts';
import { slipOf } from '../support/test-slip.ts';

const world = paperWorld();
const FIRST = '2020-01-01' as LocalDate;
const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays(FIRST, days));
const words = (longest: number, least = 0) =>
  fc
    .string({ unit: 'grapheme', minLength: least, maxLength: longest })
    .filter((text) => text.length >= least && text.length <= longest);
const statements: fc.Arbitrary<Partial<SlipStatement>> = fc.record({
  kind: fc.constantFrom('arrival' as const, 'application' as const, 'hand-over' as const, 'ticket' as const),
  seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  number: words(60, 1),
  subject: words(80),
  on: day,
  promisedOn: fc.option(day, { nil: null }),
  timeTrust: fc.constantFrom('anchored' as const, 'rtc' as const, 'clamped' as const, 'suspect' as const),
});

const rupiahs = fc.nat(5_000_000_000);
const drawers = fc.record({
  firstSeq: fc.integer({ min: 1, max: 1_000_000 }),
  lastSeq: fc.integer({ min: 1, max: 1_000_000 }),
  head: fc.constant('A'.repeat(42) + 'E'),
  pieces: fc.array(fc.nat(99_999), { minLength: DENOMINATIONS.length, maxLength: DENOMINATIONS.length }),
  float: rupiahs,
  sales: rupiahs,
  voids: rupiahs.map((amount) => (amount === 0 ? 0 : -amount)),
  refunds: rupiahs.map((amount) => (amount === 0 ? 0 : -amount)),
  rounding: rupiahs,
  expected: fc.integer({ min: -5_000_000, max: 5_000_000_000 }),
  counted: rupiahs,
  toSafe: rupiahs,
});

describe('the text of a drawer’s slip', () => {
  it('says every figure that was signed, and has exactly one spelling', () => {
    fc.assert(
      fc.property(
        drawers,
        fc.constantFrom('cash-close' as const, 'drawer-hand-over' as const, 'cash-inspection' as const),
        (figures, kind) => {
          const drawer = drawerFiguresSchema.parse(figures);
          const proof = slipOf(world, { kind, drawer });
          const text = encodeSlipProof(proof);
          expect(decodeSlipProof(text)).toEqual(proof);
          expect(text).toMatch(/^[A-Za-z0-9._%+-]+$/);
          const parts = text.split('.');
          expect(decodeSlipProof(parts.with(12, `${parts[12] ?? ''}+7`).join('.'))).toBeUndefined();
        },
      ),
    );
  });

  it('has figures where its kind has them, and nowhere else', () => {
    const bare = encodeSlipProof(slipOf(world, { kind: 'courier' }));
    expect(decodeSlipProof(bare)?.statement.kind).toBe('courier');
    // A closing slip without its figures proves nothing.
    expect(decodeSlipProof(bare.split('.').with(5, 'c').join('.'))).toBeUndefined();
  });
});

describe('the text of a slip', () => {
  it('says what was signed, bare and as an address, whatever words stand on it', () => {
    fc.assert(
      fc.property(statements, (over) => {
        const proof = slipOf(world, over);
        const text = encodeSlipProof(proof);
        expect(decodeSlipProof(text)).toEqual(proof);
        expect(decodeSlipProof(` https://opop.example/t#${text}\n`)).toEqual(proof);
        // No character that an address or a QR reader would change.
        expect(text).toMatch(/^[A-Za-z0-9._%+-]+$/);
      }),
    );
  });

  it('has exactly one spelling', () => {
    const parts = encodeSlipProof(slipOf(world, { subject: 'Kartu Keluarga', number: '12' })).split('.');
    const others: readonly (readonly [number, string])[] = [
      [0, 's1'],
      [2, '01'],
      [4, '43.0'],
      [4, '+43'],
      [5, 'A'],
      [7, '1%32'],
      [8, 'Kartu%20Keluarga'],
      [8, 'Kartu Keluarga'],
      [8, '%4bartu_Keluarga'],
      [8, '%4Bartu_Keluarga'],
      [8, '%FF'],
      [9, '20260310'],
      [9, '20260310++'],
      [9, '20260231+'],
      [15, `${parts[15] ?? ''}+7`],
    ];
    for (const [index, spelling] of others) {
      expect(decodeSlipProof(parts.with(index, spelling).join('.')), `${index} ${spelling}`).toBeUndefined();
    }
  });

  it('is never that of a receipt, nor the other way round', () => {
    const [slip, receipt] = [encodeSlipProof(slipOf(world)), encodeReceiptProof(paperOf(world))];
    expect(decodeReceiptProof(slip)).toBeUndefined();
    expect(decodeSlipProof(receipt)).toBeUndefined();
    expect(decodeReceiptProof(slip.replace(/^S1/, '1'))).toBeUndefined();
    expect(decodeSlipProof(receipt.replace(/^1/, 'S1'))).toBeUndefined();
  });

  it('is read from any text without an error', () => {
    const text = encodeSlipProof(slipOf(world));
    fc.assert(
      fc.property(fc.nat(text.length), fc.string(), fc.nat(20), (at, noise, cut) => {
        const damaged = text.slice(0, at) + noise + text.slice(at + cut);
        const read = decodeSlipProof(damaged);
        if (read !== undefined) expect(encodeSlipProof(read)).toBe(damaged.trim().split('#').pop());
      }),
    );
  });
});
