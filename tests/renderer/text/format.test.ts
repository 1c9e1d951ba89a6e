import { describe, expect, it } from 'vitest';
import { localDate } from '../../../src/domain/local-date.ts';
import { percent } from '../../../src/contract/explanation-words.ts';
import {
  bytes,
  dayAndTime,
  duration,
  initials,
  longDay,
  money,
  shortDay,
  shortMoney,
  signedMoney,
  time,
} from '../../../src/renderer/text/format.ts';

/** 21 November 2026, 10.41 in Kediri. */
const AT = Date.UTC(2026, 10, 21, 3, 41);

describe('figures and times as the counter writes them', () => {
  it('money is Rp259.996, with its sign only where a difference is meant', () => {
    expect(money(259_996)).toBe('Rp259.996');
    expect(money(1_250_000_000)).toBe('Rp1.250.000.000');
    expect([signedMoney(1000), signedMoney(-1000), signedMoney(0)]).toEqual(['+Rp1.000', '-Rp1.000', 'Rp0']);
  });

  it('the status bar writes 3,1 jt, cut and never rounded up over a cap', () => {
    expect(shortMoney(3_100_000)).toBe('3,1 jt');
    expect(shortMoney(9_999_999)).toBe('9,9 jt');
    expect(shortMoney(10_000_000)).toBe('10 jt');
    expect(shortMoney(850_400)).toBe('850 rb');
    expect(shortMoney(1_250_000_000)).toBe('1,25 M');
    expect(shortMoney(0)).toBe('0');
  });

  it('times are of Western Indonesia, 24 hours, whatever the computer thinks', () => {
    expect(time(AT)).toBe('10.41');
    expect(time(Date.UTC(2026, 10, 20, 17, 0))).toBe('00.00');
    expect(dayAndTime(AT)).toBe('Sabtu 21 Nov 10.41');
    expect(dayAndTime(Date.UTC(2026, 10, 21, 17, 5))).toBe('Minggu 22 Nov 00.05');
  });

  it('days are 20 Nov and 3 Februari 2025', () => {
    expect(shortDay(localDate({ year: 2026, month: 11, day: 20 }))).toBe('20 Nov');
    expect(longDay(localDate({ year: 2025, month: 2, day: 3 }))).toBe('3 Februari 2025');
  });

  it('a wait is 45 detik, 14 m, 1 jam 29 m, 3 hari', () => {
    expect(duration(45_900)).toBe('45 detik');
    expect(duration(14 * 60_000)).toBe('14 m');
    expect(duration(89 * 60_000)).toBe('1 jam 29 m');
    expect(duration(120 * 60_000)).toBe('2 jam');
    expect(duration(3 * 86_400_000)).toBe('3 hari');
    expect(duration(-5000)).toBe('0 detik');
  });

  it('rates are 66 %, 1,2 % and 0,5 % from the decimals of the rule packs', () => {
    expect([percent('0.66'), percent('0.012'), percent('0.005'), percent('0.01')]).toEqual([
      '66 %',
      '1,2 %',
      '0,5 %',
      '1 %',
    ]);
  });

  it('sizes and initials stay readable', () => {
    expect(bytes(82_650_000_000)).toBe('82,7 GB');
    expect(bytes(0)).toBe('0 byte');
    expect(initials('Siti Nur Aminah')).toBe('SN');
  });
});
