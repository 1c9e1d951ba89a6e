import { describe, expect, it } from 'vitest';
import { localDateAt } from '../../src/domain/local-date.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import { mondayOf, type QualityFacts, type ServedSale, serviceQuality } from '../../src/domain/service-quality.ts';

/** Tuesday, ten in the morning in Jakarta. */
const TUESDAY = Date.UTC(2026, 2, 10, 3);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOTHING: QualityFacts = { sales: [], waits: [], voids: [], variances: [], missingPapers: [] };
const sale = (at: number, change: Partial<ServedSale> = {}): ServedSale => ({
  at,
  begunAt: at - 60_000,
  online: true,
  word: 'as-taken',
  reason: null,
  ...change,
});
const week = (facts: Partial<QualityFacts>) => {
  const day = localDateAt(TUESDAY);
  const [only] = serviceQuality({ ...NOTHING, ...facts }, day, day);
  if (only === undefined) throw new Error('a day has a week');
  return only;
};

describe('the quality of service of an outlet', () => {
  it('is a picture over weeks: each begins on its Monday, and a week without a sale is there too', () => {
    expect([
      mondayOf(localDateAt(TUESDAY)),
      mondayOf(localDateAt(TUESDAY - DAY)),
      mondayOf(localDateAt(TUESDAY + 5 * DAY)),
    ]).toEqual(['2026-03-09', '2026-03-09', '2026-03-09']);
    const facts = { ...NOTHING, sales: [sale(TUESDAY), sale(TUESDAY + 14 * DAY)] };
    const weeks = serviceQuality(facts, localDateAt(TUESDAY), localDateAt(TUESDAY + 14 * DAY));
    expect(weeks.map(({ monday, sales }) => [monday, sales])).toEqual([
      ['2026-03-09', 1],
      ['2026-03-16', 0],
      ['2026-03-23', 1],
    ]);
    expect(weeks[1]).toMatchObject({ secondsPerSale: null, waitMinutes: null, offlineHours: 0 });
  });

  it('tells speed by its middle and its slow end, and leaves out what stood over a break', () => {
    const seconds = [30, 40, 50, 60, 70, 80, 90, 100, 110, 600];
    const sales = seconds.map((s, i) => sale(TUESDAY + i * 60_000, { begunAt: TUESDAY + i * 60_000 - s * 1000 }));
    expect(week({ sales })).toMatchObject({ secondsPerSale: 80, slowSeconds: 600 });
    expect(
      week({ sales: [...sales, sale(TUESDAY, { begunAt: TUESDAY - 3 * HOUR }), sale(TUESDAY, { begunAt: null })] }),
    ).toMatchObject({ secondsPerSale: 80 });
    const waits = [5, 7, 40].map((minutes) => ({ at: TUESDAY, ms: minutes * 60_000 }));
    expect(week({ waits }).waitMinutes).toBe(7);
  });

  it('tells accuracy by what the province said, and why; what it has not said counts for nothing', () => {
    const sales = [
      sale(TUESDAY),
      sale(TUESDAY, { word: null }),
      sale(TUESDAY, { word: 'changed', reason: 'short' }),
      sale(TUESDAY, { word: 'changed', reason: 'short' }),
      sale(TUESDAY, { word: 'refused', reason: 'paid-elsewhere' }),
    ];
    expect(week({ sales })).toMatchObject({
      heard: 4,
      changed: 2,
      refused: 1,
      reasons: [
        { reason: 'short', count: 2 },
        { reason: 'paid-elsewhere', count: 1 },
      ],
    });
  });

  it('tells care by its size, so that too much and too little do not cancel out', () => {
    const variances = [-20_000, 20_000].map((amount) => ({ at: TUESDAY, variance: rupiah(amount) }));
    const facts = { variances, voids: [{ at: TUESDAY }], missingPapers: [{ at: TUESDAY }, { at: TUESDAY + 7 * DAY }] };
    expect(week(facts)).toMatchObject({ variance: 40_000, voids: 1, missingPapers: 1 });
  });

  it('tells availability by hours in which nothing was sold by the province’s bill', () => {
    const off = { online: false };
    const sales = [
      sale(TUESDAY, off),
      sale(TUESDAY + 60_000, off),
      // One of this hour had a line: the line was there.
      sale(TUESDAY + HOUR, off),
      sale(TUESDAY + HOUR + 60_000),
      sale(TUESDAY + 2 * HOUR),
    ];
    expect(week({ sales })).toMatchObject({ offlineHours: 1, offlineSales: 2 });
  });
});
