import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LimitFacts } from '../../src/domain/delivery-policy.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import {
  type Bill,
  type CashOnTable,
  payableOf,
  priceSale,
  type Quote,
  type SellRequest,
  takeCash,
} from '../../src/domain/transaction.ts';
import { NEW_TRANSACTION } from '../../src/domain/transaction-state.ts';
import { on } from '../support/dates.ts';
import { assessments, sampleAssessment } from '../support/sample-charges.ts';

const assessment = sampleAssessment();
const local: Quote = { source: 'local', assessment, assessedOn: on('2026-03-16') };
const bill: Bill = {
  inquiryId: 'i1',
  lines: assessment.lines,
  validUntilAt: 2_000,
  blocked: null,
  paidElsewhere: false,
};
const province: Quote = { source: 'province', bill };
const limits: Omit<LimitFacts, 'saleAmount'> = {
  drawerCash: 0,
  unconfirmedDeposits: 0,
  oldestUnconfirmedDepositBankDays: 0,
  unsent: 0,
  daysSinceContact: 0,
  rulesAgeDays: 0,
  registryAgeDays: 0,
};

type PayRequest = Omit<SellRequest, 'means'> & CashOnTable;

/** What the counter does with cash: the price first, then the notes. */
const pay = (request: PayRequest) => {
  const priced = priceSale({ ...request, means: 'cash' });
  return priced.ok ? takeCash(priced.value, request) : priced;
};

const request: PayRequest = {
  transactionId: 't1',
  state: { ...NEW_TRANSACTION, business: 'assessed' },
  officer: { personId: 'o1', role: 'officer' },
  quote: local,
  policy: DEFAULT_POLICY,
  session: { cashSessionId: 'c1', officerId: 'o1', openedOn: on('2026-03-16'), state: 'open', float: rupiah(0) },
  limits,
  missingDocuments: [],
  tendered: rupiah(400_000),
  confirmedTendered: null,
  moment: {
    today: on('2026-03-16'),
    nowAt: 1_000,
    rulesFreshUntilAt: 9_000,
    registryFreshUntilAt: 9_000,
    sellingStop: null,
    releaseSellsUntilAt: null,
  },
};

function refusal(change: Partial<PayRequest>): unknown {
  const paid = pay({ ...request, ...change });
  return paid.ok ? 'sold' : paid.error;
}

describe('taking cash', () => {
  it('answers the amounts of the one commit: total, payable, rounding, change, ledger lines', () => {
    const paid = pay(request);
    if (!paid.ok) throw new Error(paid.error.code);
    const { lines, ledgerLines, ...amounts } = paid.value;
    expect(amounts).toEqual({
      transactionId: 't1',
      cashSessionId: 'c1',
      means: 'cash',
      inquiryId: null,
      total: 359_788,
      agentFee: 0,
      payable: 359_700,
      rounding: 88,
      tendered: 400_000,
      change: 40_300,
      warnings: [],
    });
    expect(lines).toBe(assessment.lines);
    expect(ledgerLines.reduce((sum, line) => sum + line.amount, 0)).toBe(0);
  });

  it('names the bill of the province where there is one', () => {
    expect(pay({ ...request, quote: province })).toMatchObject({
      ok: true,
      value: { inquiryId: 'i1', total: 359_788 },
    });
  });

  it('keeps every rupiah: total + fee = payable + rounding, tendered = payable + change, for every sale', () => {
    const policies = fc.record({
      agentFee: fc.integer({ min: 0, max: 5_000 }).map(rupiah),
      cashRounding: fc.record({
        unit: fc.constantFrom(1, 100, 500),
        direction: fc.constantFrom('down', 'nearest', 'up'),
      }),
    });
    const caps = { ...DEFAULT_POLICY.caps, perSale: null, drawerCash: null };
    fc.assert(
      fc.property(assessments, policies, fc.nat(20_000), (figure, choices, extra) => {
        const policy = { ...DEFAULT_POLICY, ...choices, caps };
        const quote: Quote = { source: 'local', assessment: figure, assessedOn: on('2026-03-16') };
        // Change in whole units, as it can be given, and a sum that the officer has looked at twice.
        const { unit } = choices.cashRounding;
        const tendered = rupiah(payableOf(quote, policy).payable + extra * unit);
        const paid = pay({ ...request, quote, policy, tendered, confirmedTendered: tendered });
        if (!paid.ok) throw new Error(paid.error.code);
        const { total, agentFee, payable, rounding, change, ledgerLines } = paid.value;
        expect(total).toBe(figure.total);
        expect(total + agentFee).toBe(payable + rounding);
        expect(tendered).toBe(payable + change);
        expect(change).toBeGreaterThanOrEqual(0);
        expect(ledgerLines.find((line) => line.account === 'cash-drawer')?.amount).toBe(payable);
        expect(ledgerLines.reduce((sum, line) => sum + line.amount, 0)).toBe(0);
      }),
    );
  });

  it('needs an open cash session', () => {
    const { session } = request;
    if (session === null) throw new Error('the sample has one');
    expect(refusal({ session: null })).toEqual({ code: 'NO_OPEN_CASH_SESSION' });
    for (const state of ['counted', 'closed', 'deposited', 'reconciled', 'disputed'] as const) {
      expect(refusal({ session: { ...session, state } })).toEqual({ code: 'NO_OPEN_CASH_SESSION' });
    }
  });

  it('needs enough money, to the rupiah', () => {
    const short = { code: 'TENDERED_TOO_LITTLE', payable: 359_700, short: 1, zeroMissing: false };
    expect(refusal({ tendered: rupiah(359_699) })).toEqual(short);
    expect(refusal({ tendered: rupiah(359_700) })).toBe('sold');
  });

  it('ends with the release where the province has set its end, not a millisecond earlier', () => {
    const { nowAt } = request.moment;
    const until = (at: number | null) => refusal({ moment: { ...request.moment, releaseSellsUntilAt: at } });
    expect(until(nowAt)).toBe('sold');
    expect(until(nowAt - 1)).toEqual({ code: 'RELEASE_ENDED', sellsUntilAt: nowAt - 1 });
  });

  it('needs an assessed transaction, once', () => {
    for (const business of ['draft', 'paid', 'voided'] as const) {
      expect(refusal({ state: { ...NEW_TRANSACTION, business } })).toEqual({ code: 'NOT_ASSESSED' });
    }
  });

  it('is for officers, at a device that may sell', () => {
    expect(refusal({ officer: { personId: 's1', role: 'supervisor' } })).toEqual({ code: 'NOT_PERMITTED' });
    for (const because of ['STOP_SELLING', 'REENROL', 'CLONE', 'CERTIFICATE_ENDED'] as const) {
      expect(refusal({ moment: { ...request.moment, sellingStop: because } })).toEqual({
        code: 'DEVICE_MAY_NOT_SELL',
        because,
      });
    }
  });

  it('under intake-only takes no cash on the local figure, and does on the bill of the province', () => {
    const policy = { ...DEFAULT_POLICY, offlineCash: 'intake-only' } as const;
    expect(refusal({ policy })).toEqual({ code: 'OFFLINE_CASH_NOT_ALLOWED' });
    expect(refusal({ policy, quote: province })).toBe('sold');
  });

  it('with old rules or an old registry sells, warns or only takes in, as the policy says', () => {
    const moment = { ...request.moment, rulesFreshUntilAt: 999, registryFreshUntilAt: null };
    const under = (stale: 'sell' | 'warn' | 'intake-only') =>
      pay({ ...request, moment, policy: { ...DEFAULT_POLICY, staleRules: stale, staleRegistry: stale } });
    expect(under('sell')).toMatchObject({ value: { warnings: [] } });
    expect(under('warn')).toMatchObject({ value: { warnings: ['RULES_OLD', 'REGISTRY_OLD'] } });
    expect(under('intake-only')).toEqual({ ok: false, error: { code: 'RULES_STALE', freshUntilAt: 999 } });
    const lastMoment = { ...request.moment, rulesFreshUntilAt: 1_000, registryFreshUntilAt: 1_000 };
    expect(pay({ ...request, moment: lastMoment })).toMatchObject({ value: { warnings: [] } });
    const registryOnly = { ...DEFAULT_POLICY, staleRegistry: 'intake-only' } as const;
    expect(refusal({ moment, policy: registryOnly })).toEqual({ code: 'REGISTRY_STALE', freshUntilAt: null });
    expect(pay({ ...request, moment, quote: province })).toMatchObject({ value: { warnings: [] } });
  });

  it('does not sell at midnight what was computed yesterday', () => {
    const moment = { ...request.moment, today: on('2026-03-17') };
    expect(refusal({ moment })).toEqual({ code: 'ASSESSMENT_OUTDATED', assessedOn: '2026-03-16' });
  });

  it('obeys the bill: its time, its block, a payment at another channel', () => {
    const with_ = (change: Partial<Bill>): Partial<PayRequest> => ({
      quote: { source: 'province', bill: { ...bill, ...change } },
    });
    expect(refusal(with_({ validUntilAt: 999 }))).toEqual({ code: 'BILL_EXPIRED', validUntilAt: 999 });
    expect(refusal(with_({ validUntilAt: 1_000 }))).toBe('sold');
    expect(refusal(with_({ blocked: 'theft' }))).toEqual({ code: 'BILL_BLOCKED', reason: 'theft' });
    expect(refusal(with_({ paidElsewhere: true }))).toEqual({ code: 'PAID_ELSEWHERE' });
    expect(refusal(with_({ lines: [] }))).toEqual({ code: 'NOTHING_TO_PAY' });
  });

  it('waits for the documents that the checklist requires', () => {
    expect(refusal({ missingDocuments: ['stnk'] })).toEqual({ code: 'DOCUMENTS_MISSING', kinds: ['stnk'] });
  });

  it('stops at a cap and says which', () => {
    const caps = { ...DEFAULT_POLICY.caps, perSale: rupiah(359_699) };
    expect(refusal({ policy: { ...DEFAULT_POLICY, caps } })).toEqual({
      code: 'CAP_REACHED',
      caps: [{ cap: 'perSale', limit: 359_699, used: 359_700, left: -1 }],
    });
  });
});

describe('a payment that is not cash', () => {
  const rounding = { unit: 1_000, direction: 'down' } as const;
  const policy = { ...DEFAULT_POLICY, cashRounding: rounding, agentFee: rupiah(2_501) };
  const qris = { ...request, policy, means: 'qris' } as const;

  it('is to the rupiah: only cash is rounded', () => {
    const owed = assessment.total + 2_501;
    expect(payableOf(local, policy, 'qris')).toEqual({ total: assessment.total, payable: owed, rounding: 0 });
    expect(payableOf(local, policy)).toMatchObject({ payable: owed - (owed % 1_000), rounding: owed % 1_000 });
    const priced = priceSale(qris);
    expect(priced).toMatchObject({ ok: true, value: { means: 'qris', payable: owed, tendered: owed, change: 0 } });
    expect(priced.ok ? priced.value.ledgerLines[0] : null).toEqual({ account: 'provider-clearing', amount: owed });
  });

  it('is not held back by the cap of the drawer, in which it never lies; every other cap holds', () => {
    const caps = { ...policy.caps, drawerCash: rupiah(1), perSale: rupiah(100_000_000) };
    const full = { ...policy, caps };
    expect(priceSale({ ...qris, policy: full }).ok).toBe(true);
    expect(priceSale({ ...qris, means: 'cash', policy: full })).toMatchObject({
      ok: false,
      error: { code: 'CAP_REACHED' },
    });
    const small = { ...full, caps: { ...caps, perSale: rupiah(1) } };
    expect(priceSale({ ...qris, policy: small })).toMatchObject({ ok: false, error: { code: 'CAP_REACHED' } });
  });
});
