import { describe, expect, it } from 'vitest';
import { localDate } from '../../../src/domain/local-date.ts';
import { rupiah } from '../../../src/domain/rupiah.ts';
import { explanationSentences, lineNote } from '../../../src/contract/explanation-words.ts';

type Line = Parameters<typeof explanationSentences>[0] & Parameters<typeof lineNote>[0];

const line = (component: Line['component'], explanation: Line['explanation']): Line => ({
  component,
  explanation,
  amount: rupiah(0),
  waived: rupiah(0),
  periodDueOn: localDate({ year: 2026, month: 10, day: 8 }),
  beneficiary: { kind: 'regency', code: '3506', name: 'Kab. Kediri' },
});

describe('the sheet "mengapa jumlahnya sekian"', () => {
  it('walks from the value of the vehicle to PKB, with its relief and its rate', () => {
    const sentences = explanationSentences(
      line('pkb', {
        kind: 'pkb',
        njkb: 12_500_000,
        weightFactor: '1.0',
        weightFactorFrom: 'rule-pack',
        reliefs: 'jatim-2025/baseReliefs/0 · Kepgub 2025 · 0.753',
        rate: '0.022',
        registeredRank: 3,
        billedRank: 3,
        rankReason: 'as-registered',
      }),
    );
    expect(sentences).toEqual([
      'Nilai jual kendaraan (NJKB) Rp12.500.000.',
      'Dikalikan bobot 1,0.',
      'Dikalikan keringanan dasar pengenaan 0,753.',
      'Dikalikan tarif 2,2 % untuk kepemilikan ke-3 (sesuai urutan kepemilikan).',
    ]);
  });

  it('counts the months of interest from the due date to the arrival', () => {
    const fine = line('pkbFine', {
      kind: 'late-interest',
      movedDueOn: '2026-10-08',
      arrivedOn: '2026-11-22',
      principal: 150_000,
      perMonth: '0.01',
      months: 2,
      capMonths: 24,
      waivedBy: '',
    });
    expect(explanationSentences(fine)).toEqual([
      'Jatuh tempo 8 Okt 2026, datang 22 Nov 2026.',
      'Bunga 1 % sebulan x 2 bulan dari Rp150.000.',
    ]);
    expect(lineNote(fine)).toBe('2 bulan, 1 %');
  });

  it('names the waiver that took a fine off', () => {
    const [, , waived] = explanationSentences(
      line('opsenPkbFine', {
        kind: 'late-interest',
        movedDueOn: '2026-10-08',
        arrivedOn: '2026-11-22',
        principal: 99_000,
        perMonth: '0.01',
        months: 2,
        capMonths: 24,
        waivedBy: 'demo/waivers/0 · Kepgub 12/2026',
      }),
    );
    expect(waived).toBe('Dibebaskan menurut Kepgub 12/2026.');
  });

  it('says why SWDKLLJ and its fine are what they are, the cap included', () => {
    const fine = line('swdklljFine', {
      kind: 'swdkllj-fine',
      movedDueOn: '2026-05-01',
      arrivedOn: '2026-11-17',
      swdklljClass: 'DP',
      premium: 140_000,
      days: 200,
      'step.fromDay': 181,
      'step.toDay': 270,
      'step.rate': '0.75',
      cap: 100_000,
      capped: true,
      waivedBy: '',
    });
    expect(explanationSentences(fine)).toContain('Denda 75 % dari sumbangan wajib Rp140.000.');
    expect(explanationSentences(fine)).toContain('Paling banyak Rp100.000.');
    expect(lineNote(fine)).toBe('200 hari, 75 %');
    const premium = line('swdkllj', {
      kind: 'swdkllj',
      swdklljClass: 'C1',
      classFrom: 'derived',
      premium: 32_000,
      cardFee: 3000,
    });
    expect(explanationSentences(premium)).toEqual([
      'Golongan C1: sumbangan wajib Rp32.000.',
      'Ditambah biaya kartu Rp3.000.',
    ]);
  });

  it('is honest where the figure is the province`s own and differs from the local one', () => {
    expect(explanationSentences(line('pkb', { kind: 'province' }))).toEqual([
      'Angka ini ditetapkan Bapenda; hitungan loket berbeda untuk baris ini.',
    ]);
  });

  it('writes nothing for a fact that is missing', () => {
    expect(explanationSentences(line('opsenPkb', { kind: 'opsen', pkb: 150_000 }))).toEqual([]);
    expect(lineNote(line('opsenPkb', {}))).toBe('Kab. Kediri');
  });
});
