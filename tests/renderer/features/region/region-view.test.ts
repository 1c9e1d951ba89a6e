import { describe, expect, it } from 'vitest';
import type { RegionOutlet } from '../../../../src/contract/region.ts';
import type { LocalDate } from '../../../../src/domain/local-date.ts';
import { mayOpen } from '../../../../src/renderer/app/navigation.tsx';
import { barHeight } from '../../../../src/renderer/features/region/DayStrip.tsx';
import { REGION_TEXT, worryLine, worryTone } from '../../../../src/renderer/text/region-text.ts';

const days = (looks: readonly RegionOutlet['days'][number]['look'][]): RegionOutlet['days'] =>
  looks.map((look, at) => ({
    on: `2026-03-${String(at + 1).padStart(2, '0')}` as LocalDate,
    look,
    reason: null,
    sales: 0,
    state: null,
  }));

describe('Wilayah', () => {
  it('is for supervisors alone', () => {
    for (const screen of ['region', 'recap', 'decisions'] as const) {
      expect(mayOpen('supervisor', screen)).toBe(true);
      expect(mayOpen('officer', screen)).toBe(false);
      expect(mayOpen('installer', screen)).toBe(false);
      expect(mayOpen('auditor', screen)).toBe(false);
    }
  });

  it('says the gravest worry and how many more there are; red is for what needs a person today', () => {
    expect(worryLine([])).toBe('tidak ada yang perlu dilihat');
    expect(worryTone([])).toBe('none');
    expect(worryLine(['silent'])).toBe('hari kerja tanpa kabar');
    expect(worryLine(['cash-overdue', 'unsent', 'clock'])).toBe('setoran terlambat, dan 2 lagi');
    expect(worryTone(['cash-overdue', 'unsent'])).toBe('person');
    expect(worryTone(['waiting-signature'])).toBe('waiting');
  });

  it('tells two weeks without a picture: a closed day is no silent one', () => {
    const strip = days(['worked', 'worked', 'day-off', 'worked-on-day-off', 'silent', 'not-over']);
    expect(REGION_TEXT.strip(strip)).toBe('6 hari: 3 buka, 1 libur, 1 tanpa kabar');
    const on = '2026-03-03' as LocalDate;
    const haul: RegionOutlet['days'][number] = { on, look: 'day-off', reason: 'Haul', sales: 0, state: null };
    expect(REGION_TEXT.bar(haul)).toBe('3 Mar: Haul, 0 transaksi');
  });

  it('draws every day, the smallest as well, and none above its frame', () => {
    expect(barHeight(0, 0)).toBe(5);
    expect(barHeight(0, 40)).toBe(5);
    expect(barHeight(20, 40)).toBeGreaterThan(barHeight(10, 40));
    expect(barHeight(40, 40)).toBe(24);
  });

  it('says how old what is shown is', () => {
    const now = Date.UTC(2026, 2, 10, 5);
    expect(REGION_TEXT.age(now - 2_000, now)).toBe('data baru saja dimuat');
    expect(REGION_TEXT.age(now - 7_200_000, now)).toBe('data 10 Mar 10.00, 2 jam lalu');
    expect(REGION_TEXT.ageNoLine(now - 7_200_000, now)).toBe('tanpa koneksi; data 10 Mar 10.00, 2 jam lalu');
  });
});
