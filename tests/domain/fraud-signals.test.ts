import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIGNAL_NAMES, signalSentence } from '../../src/contract/signal-words.ts';
import { fraudSignals, type SaleFact, type SignalFacts } from '../../src/domain/fraud-signals.ts';
import { leastShare } from '../../src/domain/signal-shares.ts';
import { parseLocalDate } from '../../src/domain/local-date.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import { DEFAULT_SIGNAL_POLICY, SIGNAL_KINDS } from '../../src/domain/signal-policy.ts';

const TEN = Date.UTC(2026, 2, 10, 3);
const MINUTE = 60_000;

function day(text: string) {
  const parsed = parseLocalDate(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

const NOTHING: SignalFacts = {
  sales: [],
  voids: [],
  lookups: [],
  clocks: [],
  deposits: [],
  overdue: [],
  bookings: [],
  perSaleCap: null,
  today: day('2026-03-10'),
};
const sale = (seq: number, change: Partial<SaleFact> = {}): SaleFact => ({
  seq,
  at: TEN + seq * MINUTE,
  officerId: 'petugas-1',
  subject: `kendaraan-${String(seq)}`,
  amount: rupiah(200_000),
  copies: [],
  ...change,
});
const many = (n: number, of: (i: number) => Partial<SaleFact> = () => ({})): SaleFact[] =>
  Array.from({ length: n }, (_none, i) => sale(i + 1, of(i)));
const voidOf = (seq: number, saleSeq: number, printedAt: number | null = null) => ({
  seq,
  at: TEN + seq * MINUTE,
  officerId: 'petugas-1',
  saleSeq,
  printedAt,
});
const signals = (facts: Partial<SignalFacts>) => fraudSignals({ ...NOTHING, ...facts }, DEFAULT_SIGNAL_POLICY);
const kinds = (facts: Partial<SignalFacts>) => signals(facts).map(({ kind, level }) => `${kind} ${level}`);
const figuresOf = (facts: Partial<SignalFacts>) =>
  Object.fromEntries((signals(facts)[0]?.figures ?? []).map(({ name, value }) => [name, value]));

describe('the moves of the court cases, planted', () => {
  it('Berau: a paid sale taken back and sold again lower is shown with both sums and all three entries', () => {
    const [first, again] = [sale(1, { subject: 'x' }), sale(5, { subject: 'x', amount: rupiah(120_000) })];
    const facts = { sales: [first, again], voids: [voidOf(3, 1)] };
    expect(signals(facts)).toEqual([
      {
        kind: 'sold-again-lower',
        level: 'look',
        officerId: 'petugas-1',
        figures: [
          { name: 'before', value: 200_000 },
          { name: 'after', value: 120_000 },
          { name: 'difference', value: 80_000 },
        ],
        seqs: [1, 3, 5],
      },
    ]);
    // The honest ones: sold again for the same sum, another vehicle, or nothing taken back.
    expect(kinds({ sales: [first, sale(5, { subject: 'x' })], voids: [voidOf(3, 1)] })).toEqual([]);
    expect(kinds({ sales: [first, sale(5, { amount: rupiah(1) })], voids: [voidOf(3, 1)] })).toEqual([]);
    expect(kinds({ sales: [first, again] })).toEqual([]);
  });

  it('Kelapa Dua: a sale that was booked with another sum than the counter took is shown by its entry', () => {
    const booking = { seq: 7, at: TEN, officerId: 'petugas-1', taken: rupiah(200_000), booked: rupiah(90_000) };
    expect(kinds({ bookings: [booking] })).toEqual(['booked-otherwise look']);
    expect(figuresOf({ bookings: [booking] })).toEqual({ taken: 200_000, booked: 90_000, difference: -110_000 });
    expect(kinds({ bookings: [{ ...booking, booked: rupiah(200_000) }] })).toEqual([]);
  });

  it('Sumbawa: papers in the hands of citizens and cash that no bank has show age, sum and owner', () => {
    const held = {
      seq: 2,
      at: TEN,
      officerId: 'petugas-2',
      amount: rupiah(4_000_000),
      dueOn: day('2026-03-06'),
      papers: 14,
    };
    expect(signals({ overdue: [held] })[0]).toMatchObject({ kind: 'cash-age', officerId: 'petugas-2', seqs: [2] });
    expect(figuresOf({ overdue: [held] })).toEqual({ amount: 4_000_000, days: 4, papers: 14 });
  });
});

describe('what is worth a look', () => {
  it('says nothing of a quiet and honest month', () => {
    const sales = many(400, (i) => (i % 100 === 0 ? { copies: [900 + i] } : {}));
    expect(signals({ sales, voids: [voidOf(500, 4), voidOf(501, 90)], perSaleCap: rupiah(10_000_000) })).toEqual([]);
  });

  it('holds a share against its limit by what so few cases can say: small samples say so instead of shouting', () => {
    expect(leastShare(0, 0)).toBe(0);
    expect(leastShare(3, 3)).toBeLessThan(1000);
    expect(leastShare(30, 100)).toBeGreaterThan(leastShare(3, 10));
    const voided = (cases: number, of: number) =>
      kinds({ sales: many(of), voids: Array.from({ length: cases }, (_none, i) => voidOf(1000 + i, i + 1)) });
    expect(voided(4, 100)).toEqual([]);
    expect(voided(10, 100)).toEqual(['void-rate look']);
    expect(voided(1, 10)).toEqual([]);
    expect(voided(2, 10)).toEqual(['void-rate few']);
    const few = signals({ sales: many(10), voids: [voidOf(1000, 1), voidOf(1001, 2)] })[0];
    expect(few === undefined ? '' : signalSentence(few)).toContain('terlalu sedikit');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 }), (of, part) => {
        const cases = Math.min(of, part);
        expect(leastShare(cases, of)).toBeLessThanOrEqual((cases * 1000) / of + 1e-9);
        expect(leastShare(cases, of)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('counts reprints by receipt and names the entries of the copies', () => {
    const sales = many(60, (i) => (i < 12 ? { copies: [700 + i] } : {}));
    expect(signals({ sales })[0]).toMatchObject({ kind: 'reprints', level: 'look' });
    expect(signals({ sales })[0]?.seqs).toEqual(Array.from({ length: 12 }, (_none, i) => 700 + i));
  });

  it('sees a void once the citizen has gone with his paper, and none that was never printed', () => {
    const at = TEN + 60 * MINUTE;
    expect(kinds({ sales: many(40), voids: [voidOf(60, 1, at - 9 * MINUTE)] })).toEqual([]);
    expect(kinds({ sales: many(40), voids: [voidOf(60, 1, null)] })).toEqual([]);
    expect(figuresOf({ sales: many(40), voids: [voidOf(60, 1, at - 10 * MINUTE)] })).toEqual({ minutes: 10 });
  });

  it('sees sums just below a cap only where there are more of them than below that', () => {
    const cap = rupiah(1_000_000);
    const near = many(3, () => ({ amount: rupiah(995_000) }));
    const plain = many(3, (i) => ({ seq: 50 + i, amount: rupiah(970_000) }));
    expect(kinds({ sales: near, perSaleCap: cap })).toEqual(['below-cap look']);
    expect(kinds({ sales: [...near, ...plain], perSaleCap: cap })).toEqual([]);
    expect(kinds({ sales: near.slice(1), perSaleCap: cap })).toEqual([]);
    expect(kinds({ sales: near, perSaleCap: null })).toEqual([]);
  });

  it('knows one slip of a bank by its number, however it was typed', () => {
    const deposit = (seq: number, slipNumber: string, bank = 'Bank Jatim') => ({
      ...{ seq, at: TEN, officerId: 'petugas-1', bank, slipNumber },
      ...{ depositedOn: day('2026-03-10'), amount: rupiah(500_000) },
    });
    const twice = [deposit(1, '0042-118'), deposit(9, '0042 118', 'bank jatim')];
    expect(signals({ deposits: twice })[0]).toMatchObject({ kind: 'deposit-twice', seqs: [1, 9] });
    expect(figuresOf({ deposits: twice })).toEqual({ times: 2, amount: 1_000_000 });
    expect(
      kinds({ deposits: [deposit(1, '0042-118'), deposit(2, '0042-119'), deposit(3, '0042-118', 'BRI')] }),
    ).toEqual([]);
  });

  it('counts lookups without a sale and leaves price questions out; a clock on one day is a battery', () => {
    const lookups = (ended: SignalFacts['lookups'][number]['ended'], n: number) =>
      Array.from({ length: n }, (_none, i) => ({ seq: i + 1, at: TEN, officerId: 'petugas-1', ended }));
    expect(kinds({ lookups: lookups('nothing', 40) })).toEqual(['lookups-without-sale look']);
    expect(kinds({ lookups: [...lookups('sale', 40), ...lookups('nothing', 20)] })).toEqual([]);
    expect(kinds({ lookups: lookups('price', 400) })).toEqual([]);
    // Nor do many price questions hide those who only looked.
    expect(kinds({ lookups: [...lookups('price', 400), ...lookups('nothing', 40)] })).toEqual([
      'lookups-without-sale look',
    ]);
    const clocks = (days: readonly number[]) =>
      days.map((offset, i) => ({ seq: i + 1, at: TEN + offset * 86_400_000, officerId: 'petugas-1' }));
    expect(kinds({ clocks: clocks([0, 0, 0]) })).toEqual([]);
    expect(kinds({ clocks: clocks([0, 1]) })).toEqual(['clock-changed look']);
  });

  it('has a name and a sentence for each kind, and none of them accuses', () => {
    for (const kind of SIGNAL_KINDS) {
      const sentence = signalSentence({ kind, level: 'look', officerId: null, figures: [], seqs: [] });
      expect(SIGNAL_NAMES[kind].length, kind).toBeGreaterThan(5);
      expect(sentence, kind).toMatch(/Bisa /);
      expect(sentence, kind).not.toMatch(/curang|curi|palsu|salah satu petugas|korupsi|gelap/i);
    }
  });
});
