import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountOfCharge,
  assertBalanced,
  floatLedgerLines,
  ledgerBalance,
  openFloatLedgerLines,
  paidTwiceLedgerLines,
  reversedLedgerLines,
  saleLedgerLines,
} from '../../src/domain/ledger-lines.ts';
import { addRupiah, roundCash, rupiah } from '../../src/domain/rupiah.ts';
import { assessments, sampleAssessment } from '../support/sample-charges.ts';

const fees = fc.integer({ min: 0, max: 10_000 }).map(rupiah);
const roundings = fc.record({
  unit: fc.constantFrom(1, 100, 500),
  direction: fc.constantFrom('down', 'nearest', 'up'),
});

describe('the ledger lines of a sale', () => {
  it('sum to zero, for every bill, fee and rounding', () => {
    fc.assert(
      fc.property(assessments, fees, roundings, ({ lines, total }, agentFee, how) => {
        const cash = roundCash(addRupiah(total, agentFee), how);
        const ledger = saleLedgerLines({ charges: lines, agentFee, ...cash });
        expect(ledger.reduce((sum, line) => sum + line.amount, 0)).toBe(0);
        expect(new Set(ledger.map((line) => line.account)).size).toBe(ledger.length);
        expect(ledger.some((line) => line.amount === 0)).toBe(false);
      }),
    );
  });

  it('owe each beneficiary exactly what the bill says: rounding and fee have their own accounts', () => {
    const { lines, total, byBeneficiary } = sampleAssessment();
    const cash = roundCash(addRupiah(total, rupiah(2_500)), { unit: 100, direction: 'down' });
    const ledger = saleLedgerLines({ charges: lines, agentFee: rupiah(2_500), ...cash });
    const of = (account: string) => ledger.find((line) => line.account === account)?.amount ?? 0;
    expect(of('cash-drawer')).toBe(cash.payable);
    expect(of('rounding')).toBe(cash.rounding);
    expect(of('agent-fee')).toBe(-2_500);
    expect(of('parking:3516')).toBe(-15_000);
    const regency = byBeneficiary.find((one) => one.beneficiary.kind === 'regency');
    expect(of('regency:3516') + of('parking:3516')).toBe(-(regency?.amount ?? 0));
    expect(of('province')).toBe(-181_800);
    expect(of('jasa-raharja')).toBe(-43_000);
  });

  it('are refused when payable and rounding do not add up to the bill, which is a bug', () => {
    const { lines } = sampleAssessment();
    const wrong = { charges: lines, agentFee: rupiah(0), payable: rupiah(1), rounding: rupiah(0) };
    expect(() => saleLedgerLines(wrong)).toThrow('do not sum to zero');
  });

  it('are taken back by their opposites', () => {
    fc.assert(
      fc.property(assessments, ({ lines, total }) => {
        const ledger = saleLedgerLines({ charges: lines, agentFee: rupiah(0), payable: total, rounding: rupiah(0) });
        const back = reversedLedgerLines(ledger);
        expect(ledgerBalance(back)).toBe(0);
        expect(
          back.map((line) => line.amount + (ledger.find((one) => one.account === line.account)?.amount ?? 1)),
        ).toEqual(ledger.map(() => 0));
      }),
    );
  });

  it('keep the parking of a regency apart from its opsen', () => {
    const beneficiary = { kind: 'regency', code: '3526' } as const;
    expect(accountOfCharge('opsenPkb', beneficiary)).toBe('regency:3526');
    expect(accountOfCharge('opsenPkbFine', beneficiary)).toBe('regency:3526');
    expect(accountOfCharge('subscriptionParking', beneficiary)).toBe('parking:3526');
  });
});

describe('other entries', () => {
  it('a float is in the drawer and owed as float; none has no lines', () => {
    expect(openFloatLedgerLines(rupiah(200_000))).toEqual([
      { account: 'cash-drawer', amount: 200_000 },
      { account: 'float', amount: -200_000 },
    ]);
    expect(openFloatLedgerLines(rupiah(0))).toEqual([]);
  });

  it('a balance that is not zero never passes', () => {
    expect(() => assertBalanced([{ account: 'variance', amount: rupiah(1) }])).toThrow();
    expect(assertBalanced([])).toEqual([]);
  });
});

describe('money that is not a sale', () => {
  it('change comes into the drawer and is owed to the cooperative, or leaves it', () => {
    expect(floatLedgerLines('in', rupiah(50_000))).toEqual([
      { account: 'cash-drawer', amount: 50_000 },
      { account: 'float', amount: -50_000 },
    ]);
    expect(floatLedgerLines('out', rupiah(50_000))).toEqual([
      { account: 'cash-drawer', amount: -50_000 },
      { account: 'float', amount: 50_000 },
    ]);
  });

  it('what a provider took a second time is owed back to the payer', () => {
    expect(paidTwiceLedgerLines(rupiah(284_000))).toEqual([
      { account: 'provider-clearing', amount: 284_000 },
      { account: 'refund-payable', amount: -284_000 },
    ]);
  });
});
