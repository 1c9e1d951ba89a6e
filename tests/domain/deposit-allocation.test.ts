import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateDeposits, type CashEvent } from '../../src/domain/deposit-allocation.ts';
import { type Rupiah, rupiah } from '../../src/domain/rupiah.ts';

type Event = CashEvent<string, string>;

const ACCOUNTS = ['province', 'regency:3506', 'jasa-raharja', 'rounding'] as const;
const DAYS = ['2026-11-18', '2026-11-19', '2026-11-20'] as const;

const taking = (key: string, shares: Readonly<Record<string, number>>): Event => ({
  kind: 'taking',
  taking: { key, shares: new Map(Object.entries(shares).map(([account, amount]) => [account, rupiah(amount)])) },
});
const deposit = (depositId: string, amount: number): Event => ({
  kind: 'deposit',
  deposit: { depositId, amount: rupiah(amount) },
});
const sum = (shares: ReadonlyMap<string, Rupiah>): number => [...shares.values()].reduce((all, one) => all + one, 0);

/** Takings of whole days; some days take out more than they bring in, and some deposits are larger than all of it. */
const event: fc.Arbitrary<Event> = fc.oneof(
  fc
    .record({
      key: fc.constantFrom(...DAYS),
      amounts: fc.array(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), { minLength: 4, maxLength: 4 }),
    })
    .map(({ key, amounts }) =>
      taking(key, Object.fromEntries(ACCOUNTS.map((account, at) => [account, amounts[at] ?? 0]))),
    ),
  fc
    .record({ id: fc.uuid(), amount: fc.integer({ min: 1, max: 3_000_000_000 }) })
    .map(({ id, amount }) => deposit(id, amount)),
);

describe('whose money a deposit is', () => {
  it('is accounted for to the rupiah, whatever came and went: no share is lost and none is made', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const { deposits, left } = allocateDeposits(events);
        for (const { amount, shares, unexplained, from } of deposits) {
          expect(sum(shares) + unexplained).toBe(amount);
          expect(from.reduce((all, one) => all + one.amount, 0) + unexplained).toBe(amount);
          expect(unexplained).toBeGreaterThanOrEqual(0);
        }
        for (const account of ACCOUNTS) {
          const came = events.reduce(
            (all, one) => (one.kind === 'taking' ? all + (one.taking.shares.get(account) ?? 0) : all),
            0,
          );
          const went = deposits.reduce((all, { shares }) => all + (shares.get(account) ?? 0), 0);
          const stays = left.reduce((all, { shares }) => all + (shares.get(account) ?? 0), 0);
          expect(went + stays, account).toBe(came);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is that of the oldest day first, and a day that goes in part gives of every share alike', () => {
    const { deposits, left } = allocateDeposits<string, string>([
      taking('2026-11-18', { province: 100 }),
      taking('2026-11-19', { province: 200, 'jasa-raharja': 100 }),
      deposit('S-1', 250),
    ]);
    expect(deposits).toMatchObject([
      {
        from: [
          { key: '2026-11-18', amount: 100 },
          { key: '2026-11-19', amount: 150 },
        ],
        unexplained: 0,
      },
    ]);
    expect(Object.fromEntries(deposits[0]?.shares ?? [])).toEqual({ province: 200, 'jasa-raharja': 50 });
    expect(left.map(({ key, shares }) => [key, Object.fromEntries(shares)])).toEqual([
      ['2026-11-19', { province: 100, 'jasa-raharja': 50 }],
    ]);
  });

  it('gives the odd rupiah to the largest remainder, the first name where they are equal', () => {
    const { deposits } = allocateDeposits<string, string>([
      taking('2026-11-18', { b: 1, a: 1, c: 1 }),
      deposit('S-1', 2),
    ]);
    expect(Object.fromEntries(deposits[0]?.shares ?? [])).toEqual({ a: 1, b: 1, c: 0 });
  });

  it('says what no taking explains', () => {
    const { deposits, left } = allocateDeposits<string, string>([taking('2026-11-18', { a: 10 }), deposit('S-1', 15)]);
    expect(deposits).toMatchObject([{ amount: 15, unexplained: 5 }]);
    expect(left).toEqual([]);
  });
});
