import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bookGaps,
  mayConfirmSheet,
  mayEnterSheet,
  nextSheet,
  type SheetState,
  takenByHand,
  UNASSESSED_RULE,
} from '../../src/domain/emergency-paper.ts';
import { accountOfCharge, ledgerBalance, type LedgerLine } from '../../src/domain/ledger-lines.ts';
import { roundCash, rupiah, ZERO_RUPIAH } from '../../src/domain/rupiah.ts';
import { on } from '../support/dates.ts';
import { assessments, sampleAssessment } from '../support/sample-charges.ts';

const unassessedDueOn = on('2026-03-15');
const cashRounding = { unit: 100, direction: 'down' } as const;
const { lines, total } = sampleAssessment();
const base = { charges: lines, unassessedDueOn, agentFee: ZERO_RUPIAH, cashRounding };
const of = (ledger: readonly LedgerLine[], account: string) =>
  ledger.find((line) => line.account === account)?.amount ?? 0;

describe('the amount on an emergency receipt', () => {
  it('stands on a line whose rule says that no rule explains it', () => {
    expect(UNASSESSED_RULE).toBe('emergency-paper/unassessed');
  });

  it('that is what the rules of its day ask is the ordinary sale, rounded as cash is or to the rupiah', () => {
    const rounded = roundCash(total, cashRounding);
    expect(rounded.rounding).toBeGreaterThan(0);
    const usual = takenByHand({ ...base, amount: rounded.payable });
    expect(usual).toMatchObject({ figure: 'agrees', asked: total, total, lines, ...rounded, agentFee: 0 });
    const exact = takenByHand({ ...base, amount: total });
    expect(exact).toMatchObject({ figure: 'agrees', asked: total, total, lines, payable: total, rounding: 0 });
    expect(of(exact.ledgerLines, 'rounding')).toBe(0);
  });

  it('holds the fee of the agent only where it is what the rules ask', () => {
    const agentFee = rupiah(2_500);
    const asked = rupiah(total + agentFee);
    const full = takenByHand({ ...base, agentFee, amount: asked });
    expect(full).toMatchObject({ figure: 'agrees', asked, total, agentFee, payable: asked });
    expect(of(full.ledgerLines, 'agent-fee')).toBe(-agentFee);
    const without = takenByHand({ ...base, agentFee, amount: total });
    expect(without).toMatchObject({ figure: 'short', asked, total, agentFee: 0, payable: total, lines });
  });

  it('that is too little pays the lines in their order, and names none that got nothing', () => {
    const first = lines[0]?.amount ?? ZERO_RUPIAH;
    const short = takenByHand({ ...base, amount: rupiah(first + 1) });
    expect(short.figure).toBe('short');
    expect(short.lines.map((line) => [line.component, line.amount])).toEqual([
      ['pkb', first],
      [lines[1]?.component, 1],
    ]);
    expect(takenByHand({ ...base, amount: rupiah(1) }).lines).toHaveLength(1);
  });

  it('that is too much stands on the first line, where the province finds it', () => {
    const over = takenByHand({ ...base, amount: rupiah(total + 10_000) });
    expect(over.figure).toBe('over');
    expect(
      over.lines.map((line) => line.amount - (lines.find((one) => one.component === line.component)?.amount ?? 0)),
    ).toEqual([10_000, ...lines.slice(1).map(() => 0)]);
  });

  it('without a figure stands whole on one line of the province', () => {
    for (const charges of [null, [], lines.map((line) => ({ ...line, amount: ZERO_RUPIAH }))]) {
      const taken = takenByHand({ ...base, charges, agentFee: rupiah(2_500), amount: rupiah(350_000) });
      expect(taken).toEqual({
        figure: 'unassessed',
        asked: null,
        total: 350_000,
        agentFee: 0,
        payable: 350_000,
        rounding: 0,
        lines: [
          {
            component: 'pkb',
            periodDueOn: unassessedDueOn,
            beneficiary: { kind: 'province' },
            amount: 350_000,
            waived: 0,
            rule: UNASSESSED_RULE,
            basis: '',
          },
        ],
        ledgerLines: [
          { account: 'cash-drawer', amount: 350_000 },
          { account: 'province', amount: -350_000 },
        ],
      });
    }
  });

  it('is never corrected: the drawer gets what the paper says, every line follows, and the sum is zero', () => {
    const amounts = fc.oneof(fc.integer({ min: 1, max: 3_000_000 }), fc.integer({ min: 1, max: 2_000_000_000 }));
    fc.assert(
      fc.property(assessments, amounts, fc.integer({ min: 0, max: 5_000 }), (assessed, sum, fee) => {
        const [amount, agentFee] = [rupiah(sum), rupiah(fee)];
        const taken = takenByHand({ ...base, charges: assessed.lines, agentFee, amount });
        expect(of(taken.ledgerLines, 'cash-drawer')).toBe(sum);
        expect(taken.payable).toBe(sum);
        expect(taken.total + taken.agentFee).toBe(taken.payable + taken.rounding);
        expect(taken.lines.reduce((all, line) => all + line.amount, 0)).toBe(taken.total);
        expect(taken.lines.every((line) => line.amount > 0)).toBe(true);
        expect(ledgerBalance(taken.ledgerLines)).toBe(0);
        for (const account of new Set(taken.lines.map((one) => accountOfCharge(one.component, one.beneficiary)))) {
          const own = taken.lines.filter((one) => accountOfCharge(one.component, one.beneficiary) === account);
          expect(of(taken.ledgerLines, account)).toBe(-own.reduce((all, one) => all + one.amount, 0));
        }
      }),
    );
  });

  it('is positive, or a bug', () => {
    for (const amount of [0, -1])
      expect(() => takenByHand({ ...base, amount: rupiah(amount) })).toThrow(`not an amount that was taken: ${amount}`);
  });
});

describe('a sheet of the book', () => {
  const entered = {
    amount: rupiah(1),
    paperOn: on('2026-03-10'),
    today: on('2026-03-10'),
    isClockBelieved: true,
    isInBook: true,
    told: null,
  };

  it('is taken in whatever the caps, the rules and the line are: they are not even asked', () => {
    expect(mayEnterSheet(entered)).toEqual({ ok: true, value: null });
    expect(mayEnterSheet({ ...entered, paperOn: on('2025-12-31') }).ok).toBe(true);
  });

  it('is one of a registered book, told once, with an amount', () => {
    expect(mayEnterSheet({ ...entered, isInBook: false })).toEqual({ ok: false, error: { code: 'NUMBER_UNKNOWN' } });
    const states: readonly SheetState[] = ['open', 'confirmed', 'spoiled', 'missing'];
    for (const told of states) {
      expect(mayEnterSheet({ ...entered, told })).toEqual({ ok: false, error: { code: 'NUMBER_TOLD', state: told } });
    }
    for (const amount of [0, -5]) {
      const refused = mayEnterSheet({ ...entered, amount: rupiah(amount) });
      expect(refused).toEqual({ ok: false, error: { code: 'NOTHING_TAKEN' } });
    }
  });

  it('was not written tomorrow, unless the clock here is the one that is wrong', () => {
    const later = { ...entered, paperOn: on('2026-03-11') };
    expect(mayEnterSheet(later)).toEqual({
      ok: false,
      error: { code: 'NOT_WRITTEN_YET', today: entered.today },
    });
    expect(mayEnterSheet({ ...later, isClockBelieved: false }).ok).toBe(true);
  });

  it('is confirmed by another officer or a supervisor, never by who typed it', () => {
    const may = (personId: string, role: string) => mayConfirmSheet({ personId, role }, 'petugas-1');
    expect([may('petugas-2', 'officer'), may('pengawas', 'supervisor')]).toEqual([true, true]);
    expect([may('petugas-1', 'officer'), may('petugas-1', 'supervisor')]).toEqual([false, false]);
    expect([may('x', 'installer'), may('x', 'auditor')]).toEqual([false, false]);
  });
});

describe('the numbers of a book', () => {
  const book = { from: 101, to: 125 };

  it('are missed where a later one is told, and only there', () => {
    expect(bookGaps(book, [])).toEqual([]);
    expect(nextSheet(book, [])).toBe(101);
    const told = [
      { number: 101, state: 'confirmed' },
      { number: 104, state: 'open' },
      { number: 105, state: 'spoiled' },
      { number: 120, state: 'missing' },
    ] as const;
    expect(bookGaps(book, told)).toEqual([{ from: 102, to: 103 }]);
    expect(nextSheet(book, told)).toBe(106);
    expect(bookGaps(book, [...told, { number: 102, state: 'missing' }, { number: 103, state: 'spoiled' }])).toEqual([]);
    expect(bookGaps(book, [{ number: 110, state: 'spoiled' }])).toEqual([{ from: 101, to: 109 }]);
  });

  it('come to an end', () => {
    const all = Array.from({ length: 25 }, (_, index) => ({ number: 101 + index, state: 'confirmed' as const }));
    expect(nextSheet(book, all)).toBeNull();
    expect(bookGaps(book, all)).toEqual([]);
  });
});
