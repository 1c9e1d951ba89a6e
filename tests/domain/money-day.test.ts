import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeCashSession, openCashSession } from '../../src/domain/cash-session.ts';
import type { Beneficiary, ChargeComponent } from '../../src/domain/charge.ts';
import { takenByHand } from '../../src/domain/emergency-paper.ts';
import { type LedgerLine, reversedLedgerLines, saleLedgerLines } from '../../src/domain/ledger-lines.ts';
import { type CashRounding, roundCash, rupiah } from '../../src/domain/rupiah.ts';
import { judgeTender } from '../../src/domain/tender.ts';
import type { SoldCharge } from '../../src/domain/transaction.ts';
import { on } from '../support/dates.ts';

/** 300 days on every run; `npm run money-days -- --runs N --seed S` for the long one. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? '300');
const SEED = process.env['PROPERTY_SEED'];

const TODAY = on('2026-03-10');
const DUE = on('2026-03-15');
const OFFICER = { personId: 'a', role: 'officer' } as const;

/** Whose money a component is, by the text of the law; parking of a regency is kept apart from its opsen. */
const WHOSE: Readonly<Partial<Record<ChargeComponent, readonly [string, Beneficiary]>>> = {
  pkb: ['province', { kind: 'province' }],
  pkbFine: ['province', { kind: 'province' }],
  opsenPkb: ['regency:3516', { kind: 'regency', code: '3516' }],
  opsenPkbFine: ['regency:3516', { kind: 'regency', code: '3516' }],
  swdkllj: ['jasa-raharja', { kind: 'jasa-raharja' }],
  swdklljFine: ['jasa-raharja', { kind: 'jasa-raharja' }],
  subscriptionParking: ['parking:3516', { kind: 'regency', code: '3516' }],
};

type Part = { readonly component: ChargeComponent; readonly amount: number };
type Act = {
  readonly act: 'sell' | 'void' | 'paper' | 'close' | 'open';
  readonly parts: readonly Part[];
  readonly n: number;
};

const parts = fc.uniqueArray(
  fc.record<Part>({
    component: fc.constantFrom(
      'pkb',
      'pkbFine',
      'opsenPkb',
      'opsenPkbFine',
      'swdkllj',
      'swdklljFine',
      'subscriptionParking',
    ),
    amount: fc.integer({ min: 1, max: 4_000_000 }),
  }),
  { selector: ({ component }) => component, minLength: 1, maxLength: 6 },
);
const acts = fc.array(
  fc.record<Act>({
    act: fc.constantFrom('sell', 'sell', 'sell', 'void', 'paper', 'paper', 'close', 'open'),
    parts,
    n: fc.nat(999),
  }),
  { minLength: 3, maxLength: 40 },
);
const policies = fc.record({
  cashRounding: fc.record<CashRounding>({
    unit: fc.constantFrom(1, 100, 500, 1_000),
    direction: fc.constantFrom('down', 'nearest', 'up'),
  }),
  agentFee: fc.constantFrom(0, 0, 2_500, 10_000),
});
type Policy = typeof policies extends fc.Arbitrary<infer P> ? P : never;

/** The day as hands and a pencil keep it: no ledger, no rule of the program. Whole rupiah. */
type Pencil = {
  drawer: number;
  float: number;
  safe: number;
  /** Positive: missing. */
  variance: number;
  /** Given away by rounding, or won by it. */
  rounding: number;
  readonly owed: Map<string, number>;
};

function owe(pencil: Pencil, holder: string, amount: number): void {
  pencil.owed.set(holder, (pencil.owed.get(holder) ?? 0) + amount);
}

const holderOf = (component: ChargeComponent): string => WHOSE[component]?.[0] ?? 'nobody';
const sumOf = (all: readonly Part[]): number => all.reduce((sum, { amount }) => sum + amount, 0);

/** "Cash rounding is policy {unit, direction}": to the unit below, above, or the nearer one. */
function paidInCash(owed: number, { unit, direction }: CashRounding): number {
  if (direction === 'down') return Math.floor(owed / unit) * unit;
  if (direction === 'up') return Math.ceil(owed / unit) * unit;
  return Math.floor(owed / unit + 0.5) * unit;
}

/** "Sum of beneficiaries = cash + rounding"; `sign` is -1 for what is taken back. */
function pencilSale(pencil: Pencil, all: readonly Part[], fee: number, cash: number, sign: 1 | -1): void {
  pencil.drawer += sign * cash;
  pencil.rounding += sign * (sumOf(all) + fee - cash);
  owe(pencil, 'agent-fee', sign * fee);
  for (const { component, amount } of all) owe(pencil, holderOf(component), sign * amount);
}

/** Cash as taken pays the parts in their order; what is left over stands on the first. */
function pencilPaper(
  pencil: Pencil,
  all: readonly Part[] | null,
  taken: number,
  { agentFee, cashRounding }: Policy,
): void {
  if (all === null) {
    pencil.drawer += taken;
    owe(pencil, 'province', taken);
    return;
  }
  const asked = sumOf(all) + agentFee;
  if (taken === asked || taken === paidInCash(asked, cashRounding)) {
    pencilSale(pencil, all, agentFee, taken, 1);
    return;
  }
  let left = taken;
  const shares = all.map((part) => {
    const share = Math.min(part.amount, left);
    left -= share;
    return { ...part, amount: share };
  });
  pencilSale(pencil, shares, 0, taken - left, 1);
  pencil.drawer += left;
  owe(pencil, holderOf(all[0]?.component ?? 'pkb'), left);
}

type Sold = { readonly parts: readonly Part[]; readonly cash: number; readonly lines: readonly LedgerLine[] };
type Day = {
  readonly pencil: Pencil;
  readonly ledger: LedgerLine[];
  isOpen: boolean;
  /** Ledger lines of the open session. */
  sessionFrom: number;
  sales: Sold[];
};

function chargesOf(all: readonly Part[]): readonly SoldCharge[] {
  return all.map(({ component, amount }) => ({
    component,
    periodDueOn: DUE,
    beneficiary: WHOSE[component]?.[1] ?? { kind: 'province' },
    amount: rupiah(amount),
    waived: rupiah(0),
    rule: 'r',
    basis: 'b',
  }));
}

const balanceOf = (lines: readonly LedgerLine[], account: string): number =>
  lines.reduce((sum, line) => (line.account === account ? sum + line.amount : sum), 0);

function sell(day: Day, { parts: all, n }: Act, { agentFee, cashRounding }: Policy): void {
  const owed = sumOf(all) + agentFee;
  const cash = roundCash(rupiah(owed), cashRounding);
  expect(cash.payable, 'what is asked for').toBe(paidInCash(owed, cashRounding));
  const tendered = rupiah(cash.payable + (n % 3) * cashRounding.unit);
  const change = judgeTender({ payable: cash.payable, tendered, confirmed: tendered, unit: cashRounding.unit });
  expect(change, 'tendered, change and net').toEqual({ ok: true, value: tendered - cash.payable });
  const lines = saleLedgerLines({ charges: chargesOf(all), agentFee: rupiah(agentFee), ...cash });
  day.ledger.push(...lines);
  day.sales.push({ parts: all, cash: cash.payable, lines });
  pencilSale(day.pencil, all, agentFee, cash.payable, 1);
}

function takeBack(day: Day, { agentFee }: Policy): void {
  const sale = day.sales.pop();
  if (sale === undefined) return;
  day.ledger.push(...reversedLedgerLines(sale.lines));
  pencilSale(day.pencil, sale.parts, agentFee, sale.cash, -1);
}

/** A sheet of the emergency book: as the rules ask, rounded or not, too little, too much, or of a vehicle nobody knows. */
function paper(day: Day, { parts: all, n }: Act, policy: Policy): void {
  const asked = sumOf(all) + policy.agentFee;
  const known = n % 5 === 4 ? null : all;
  const amount = [asked, paidInCash(asked, policy.cashRounding), Math.max(1, asked - n * 97), asked + n * 101, asked][
    n % 5
  ];
  const taken = rupiah(Math.max(1, amount ?? asked));
  const sale = takenByHand({
    amount: taken,
    charges: known === null ? null : chargesOf(known),
    unassessedDueOn: DUE,
    agentFee: rupiah(policy.agentFee),
    cashRounding: policy.cashRounding,
  });
  expect(sale.payable, 'the amount on the paper').toBe(taken);
  expect(sale.total + sale.agentFee, 'beneficiaries = cash + rounding').toBe(sale.payable + sale.rounding);
  day.ledger.push(...sale.ledgerLines);
  pencilPaper(day.pencil, known, taken, policy);
}

function open(day: Day, n: number): void {
  const opened = openCashSession({
    cashSessionId: 's',
    officer: OFFICER,
    float: rupiah(n * 1_000),
    today: TODAY,
    unclosed: null,
  });
  if (!opened.ok) throw new Error('nothing is open');
  day.isOpen = true;
  day.sessionFrom = day.ledger.length;
  day.sales = [];
  day.ledger.push(...opened.value.ledgerLines);
  day.pencil.drawer += n * 1_000;
  day.pencil.float += n * 1_000;
}

function close(day: Day, n: number): void {
  const expected = balanceOf(day.ledger.slice(day.sessionFrom), 'cash-drawer');
  expect(expected, 'expected cash').toBe(day.pencil.drawer);
  const counted = Math.max(0, expected + (n % 4 === 0 ? (n - 500) * 100 : 0));
  const float = rupiah(day.pencil.float);
  const closed = closeCashSession({ state: 'counted', float, counted: rupiah(counted), expected: rupiah(expected) });
  if (!closed.ok) throw new Error('a counted session closes');
  expect(closed.value.variance, 'variance').toBe(counted - expected);
  day.ledger.push(...closed.value.ledgerLines);
  day.isOpen = false;
  // The float goes back first; what is missing is missing from what must be deposited.
  const back = Math.min(day.pencil.float, counted);
  day.pencil.variance += expected - counted;
  day.pencil.float -= back;
  day.pencil.safe += counted - back;
  day.pencil.drawer = 0;
  // What the cooperative did not get back of its float it is still owed.
  owe(day.pencil, 'float', day.pencil.float);
  day.pencil.float = 0;
}

/** Every account beside what the pencil says. */
function compare({ ledger, pencil }: Day): void {
  expect(balanceOf(ledger, 'cash-drawer'), 'drawer').toBe(pencil.drawer);
  expect(balanceOf(ledger, 'safe-or-courier'), 'safe').toBe(pencil.safe);
  expect(balanceOf(ledger, 'variance'), 'variance').toBe(pencil.variance);
  expect(balanceOf(ledger, 'rounding'), 'rounding').toBe(pencil.rounding);
  const owed = new Map(pencil.owed).set('float', (pencil.owed.get('float') ?? 0) + pencil.float);
  for (const [holder, amount] of owed) expect(balanceOf(ledger, holder) + amount, holder).toBe(0);
  const known = new Set(['cash-drawer', 'safe-or-courier', 'variance', 'rounding', ...owed.keys()]);
  expect(ledger.filter(({ account }) => !known.has(account))).toEqual([]);
  expect(
    ledger.reduce((sum, { amount }) => sum + amount, 0),
    'all accounts',
  ).toBe(0);
}

function live(all: readonly Act[], policy: Policy): void {
  const pencil = { drawer: 0, float: 0, safe: 0, variance: 0, rounding: 0, owed: new Map<string, number>() };
  const day: Day = { pencil, ledger: [], isOpen: false, sessionFrom: 0, sales: [] };
  for (const one of all) {
    if (one.act === 'open' && !day.isOpen) open(day, one.n);
    if (!day.isOpen) continue;
    if (one.act === 'sell') sell(day, one, policy);
    if (one.act === 'void') takeBack(day, policy);
    if (one.act === 'paper') paper(day, one, policy);
    if (one.act === 'close') close(day, one.n);
  }
  compare(day);
}

describe('any day of sales, voids and emergency receipts', () => {
  it('leaves in every account what a pencil says: cash, variance, rounding, fee, and each beneficiary', () => {
    fc.assert(
      fc.property(acts, policies, (all, policy) => live(all, policy)),
      { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
    );
  }, 3_600_000);
});
