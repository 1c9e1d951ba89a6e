import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type LocalDate } from '../../src/domain/local-date.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import { matchStatement, type RecordedDeposit, type StatementCredit } from '../../src/domain/statement-match.ts';

/** A Monday. */
const MONDAY = '2026-11-16' as LocalDate;
const WINDOW = { bankDays: 3, holidays: [] };

function deposit(
  depositId: string,
  amount: number,
  slipNumber: string,
  more: Partial<RecordedDeposit> = {},
): RecordedDeposit {
  return { depositId, outletId: '3506-017', amount: rupiah(amount), depositedOn: MONDAY, slipNumber, ...more };
}

function credit(creditId: string, amount: number, text: string, bookedOn: LocalDate = MONDAY): StatementCredit {
  return { creditId, amount: rupiah(amount), bookedOn, text };
}

const reasons = (outcome: ReturnType<typeof matchStatement>): readonly unknown[] =>
  outcome.matches
    .map(({ reason, depositIds, creditIds }) => [reason, depositIds.join('+'), creditIds.join('+')])
    .toSorted();

describe('a bank statement and the deposits of the counters', () => {
  it('are matched by the slip that the bank names, however it writes it', () => {
    const deposits = [deposit('d1', 500_000, 'STS-0012/2026'), deposit('d2', 500_000, 'STS-0013/2026')];
    const credits = [credit('c1', 500_000, 'SETOR TUNAI sts 0013 2026 OPOP'), credit('c2', 500_000, 'REF:STS00122026')];
    expect(reasons(matchStatement(deposits, credits, WINDOW))).toEqual([
      ['slip', 'd1', 'c2'],
      ['slip', 'd2', 'c1'],
    ]);
  });

  it('find several deposits on one slip, and one deposit that the bank booked in parts', () => {
    const deposits = [
      deposit('d1', 300_000, 'S-771'),
      deposit('d2', 200_000, 'S-771'),
      deposit('d3', 900_000, 'S-772'),
    ];
    const credits = [
      credit('c1', 500_000, 'SETORAN S-771'),
      credit('c2', 400_000, 'SETORAN S-772 A'),
      credit('c3', 500_000, 'SETORAN S-772 B', addDays(MONDAY, 1)),
    ];
    expect(reasons(matchStatement(deposits, credits, WINDOW))).toEqual([
      ['slip-in-parts', 'd3', 'c2+c3'],
      ['slip-of-several', 'd1+d2', 'c1'],
    ]);
  });

  it('leave one slip that was used for two deposits to a person, with both of them named', () => {
    const deposits = [deposit('d1', 500_000, 'S-9001'), deposit('d2', 500_000, 'S-9001', { outletId: '3506-018' })];
    const outcome = matchStatement(deposits, [credit('c1', 500_000, 'S-9001')], WINDOW);
    expect(outcome).toEqual({
      matches: [],
      openDeposits: ['d1', 'd2'],
      openCredits: [{ creditId: 'c1', candidates: ['d1', 'd2'] }],
    });
  });

  it('do not let a slip with another sum be taken for the same sum elsewhere', () => {
    const deposits = [deposit('d1', 500_000, 'S-9001'), deposit('d2', 450_000, 'S-9002')];
    const outcome = matchStatement(deposits, [credit('c1', 450_000, 'SETORAN S-9001')], WINDOW);
    expect(outcome.matches).toEqual([]);
    expect(outcome.openCredits).toEqual([{ creditId: 'c1', candidates: ['d1', 'd2'] }]);
  });

  it('read a slip as a whole word: 112 is not 1120, and a slip without a digit names nothing', () => {
    const deposits = [deposit('d1', 500_000, '112'), deposit('d2', 700_000, 'TUNAI')];
    const outcome = matchStatement(
      deposits,
      [credit('c1', 510_000, 'NO 1120'), credit('c2', 710_000, 'TUNAI')],
      WINDOW,
    );
    expect(outcome.openCredits.flatMap(({ candidates }) => candidates)).toEqual([]);
  });

  it('without a slip match only an amount that fits one deposit and one credit', () => {
    const deposits = [
      deposit('d1', 500_000, 'X-1'),
      deposit('d2', 600_000, 'X-2'),
      deposit('d3', 600_000, 'X-3'),
      deposit('d4', 700_000, 'X-4', { depositedOn: addDays(MONDAY, -30) }),
      deposit('d5', 700_000, 'X-5'),
    ];
    const credits = [
      credit('c1', 500_000, 'SETOR TUNAI'),
      credit('c2', 600_000, 'SETOR TUNAI'),
      credit('c3', 700_000, ''),
    ];
    const outcome = matchStatement(deposits, credits, WINDOW);
    expect(reasons(outcome)).toEqual([
      ['amount', 'd1', 'c1'],
      ['amount', 'd5', 'c3'],
    ]);
    expect(outcome.openCredits).toEqual([{ creditId: 'c2', candidates: ['d2', 'd3'] }]);
  });

  it('find the deposits of one outlet and day in one sum, unless one deposit alone could be it', () => {
    const deposits = [deposit('d1', 300_000, 'X-1'), deposit('d2', 250_000, 'X-2')];
    expect(reasons(matchStatement(deposits, [credit('c1', 550_000, 'KURIR')], WINDOW))).toEqual([
      ['outlet-day', 'd1+d2', 'c1'],
    ]);
    const other = [deposit('d3', 550_000, 'X-3', { outletId: '3506-018' }), ...deposits];
    expect(reasons(matchStatement(other, [credit('c1', 550_000, 'KURIR')], WINDOW))).toEqual([['amount', 'd3', 'c1']]);
    const late = addDays(MONDAY, 1);
    const two = [...other, deposit('d4', 550_000, 'X-4', { outletId: '3506-019', depositedOn: late })];
    expect(matchStatement(two, [credit('c1', 550_000, 'KURIR', late)], WINDOW).matches).toEqual([]);
  });

  it('count the bank’s working days: booked before it was handed in, or too late, is for a person', () => {
    const friday = addDays(MONDAY, 4);
    const one = [deposit('d1', 500_000, 'S-100', { depositedOn: friday })];
    const booked = (on: LocalDate, holidays: readonly LocalDate[] = []): number =>
      matchStatement(one, [credit('c1', 500_000, 'S-100', on)], { bankDays: 3, holidays }).matches.length;
    expect([
      booked(addDays(friday, -1)),
      booked(friday),
      booked(addDays(friday, 5)),
      booked(addDays(friday, 6)),
    ]).toEqual([0, 1, 1, 0]);
    expect(booked(addDays(friday, 6), [addDays(friday, 3)])).toBe(1);
  });
});

describe('any statement', () => {
  const slip = fc.constantFrom('S-100', 'S-101', 'S-102', 'S-103', 'STS 7', 'X');
  const sum = fc.constantFrom(100_000, 200_000, 300_000, 500_000);
  const on = fc.integer({ min: 0, max: 6 }).map((days) => addDays(MONDAY, days));
  const deposits = fc
    .array(fc.record({ amount: sum, slipNumber: slip, depositedOn: on, outletId: fc.constantFrom('A', 'B') }), {
      maxLength: 14,
    })
    .map((rows) =>
      rows.map((row, at): RecordedDeposit => ({ ...row, amount: rupiah(row.amount), depositId: `d${at}` })),
    );
  const credits = fc
    .array(fc.record({ amount: sum, text: fc.array(slip, { maxLength: 2 }), bookedOn: on }), { maxLength: 14 })
    .map((rows) =>
      rows.map(
        (row, at): StatementCredit => ({
          ...row,
          amount: rupiah(row.amount),
          text: row.text.join(' '),
          creditId: `c${at}`,
        }),
      ),
    );

  it('uses each deposit and each credit once, in equal sums, and leaves nothing out', () => {
    fc.assert(
      fc.property(deposits, credits, (handedIn, booked) => {
        const { matches, openDeposits, openCredits } = matchStatement(handedIn, booked, WINDOW);
        const total = (ids: readonly string[], amountOf: (id: string) => number | undefined): number =>
          ids.reduce((all, id) => all + (amountOf(id) ?? Number.NaN), 0);
        for (const match of matches) {
          expect(total(match.depositIds, (id) => handedIn.find((one) => one.depositId === id)?.amount)).toBe(
            match.amount,
          );
          expect(total(match.creditIds, (id) => booked.find((one) => one.creditId === id)?.amount)).toBe(match.amount);
        }
        const usedDeposits = [...matches.flatMap(({ depositIds }) => depositIds), ...openDeposits];
        const usedCredits = [
          ...matches.flatMap(({ creditIds }) => creditIds),
          ...openCredits.map(({ creditId }) => creditId),
        ];
        expect(usedDeposits.toSorted()).toEqual(handedIn.map(({ depositId }) => depositId).toSorted());
        expect(usedCredits.toSorted()).toEqual(booked.map(({ creditId }) => creditId).toSorted());
      }),
    );
  });

  it('gives the same answer in whatever order it is read', () => {
    fc.assert(
      fc.property(deposits, credits, (handedIn, booked) => {
        const once = matchStatement(handedIn, booked, WINDOW);
        const again = matchStatement(handedIn.toReversed(), booked.toReversed(), WINDOW);
        const sorted = (outcome: typeof once): readonly string[] =>
          outcome.matches.map((match) => JSON.stringify(match)).toSorted();
        expect(sorted(again)).toEqual(sorted(once));
      }),
    );
  });

  it('of 10,000 equal sums is read at once, and none of them is guessed', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => at);
    const handedIn = many.map((at) => deposit(`d${at}`, 500_000, `X${at}`, { depositedOn: addDays(MONDAY, at % 20) }));
    const booked = many.map((at) => credit(`c${at}`, 500_000, 'SETOR TUNAI', addDays(MONDAY, at % 20)));
    const outcome = matchStatement(handedIn, booked, WINDOW);
    expect(outcome.matches).toEqual([]);
    expect(outcome.openCredits).toHaveLength(10_000);
  });
});
