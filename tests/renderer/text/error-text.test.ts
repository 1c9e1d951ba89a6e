import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../src/contract/errors.ts';
import { errorSentences, ERROR_TEXT, isScreenErrorCode } from '../../../src/renderer/text/error-text.ts';

const CODES = Object.keys(ERROR_TEXT).filter(isScreenErrorCode);
const WRONG_WORDS = /\b(offline|sync|pusat|stik|usb|error|server error|gagal)\b/i;

describe('every code is said in three sentences', () => {
  it('names every code of the contract, and the two that only the page can find out', () => {
    expect([...CODES].sort()).toEqual([...ERROR_CODES, 'HOST_REFUSED', 'HOST_SILENT'].sort());
  });

  it.each(CODES)('%s says what happened, what is safe and what to do, also without any facts', (code) => {
    const { what, safe, next } = errorSentences(code);
    for (const sentence of [what, safe, next]) {
      expect(sentence).toMatch(/^[A-Z0-9].*[.]$/);
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
      expect(sentence).not.toMatch(WRONG_WORDS);
    }
  });

  it('leads the refusal of an old debt to Samsat Induk with its due date', () => {
    const { what, safe, next } = errorSentences('PAYABLE_AT_SAMSAT_INDUK', {
      dueOn: '2025-02-03',
      days: 656,
      maxDaysLate: 365,
      waiverIds: '',
    });
    expect(what).toBe(
      'Kendaraan ini harus dilayani di Samsat Induk: pajak terlambat lebih dari satu tahun (jatuh tempo 3 Februari 2025).',
    );
    expect(safe).toBe('Tidak ada uang yang diambil.');
    expect(next).toContain('F4');
  });

  it('says both amounts when the bill changed between screen and payment', () => {
    const { what } = errorSentences('AMOUNT_CHANGED', { shown: 284_000, payable: 290_500 });
    expect(what).toContain('Rp284.000');
    expect(what).toContain('Rp290.500');
  });

  it.each([
    ['CHASSIS_TAIL_WRONG', { triesLeft: 3 }, 'Sisa 3 percobaan'],
    ['TENDERED_TOO_LITTLE', { short: 4000 }, 'Rp4.000'],
    ['BLOCKED', { reason: 'theft' }, 'dicuri'],
    ['VEHICLE_INCOMPLETE', { missing: 'njkb, engineCc' }, 'NJKB, isi silinder'],
    ['DOCUMENTS_INCOMPLETE', { kinds: 'stnk, owner-ktp' }, 'STNK asli, KTP pemilik'],
    ['NO_RULES_FOR_DATE', { dates: '2024-11-15' }, '15 November 2024'],
    ['BILL_REFUSED', { state: 'refused', codes: 'BLOCKED' }, 'diblokir'],
    ['CAP_CASH_IN_DRAWER', { limit: 10_000_000, used: 11_000_000 }, 'Rp10.000.000'],
    ['OFFICER_LOCKED_OUT', { until: Date.UTC(2026, 10, 21, 3, 41) }, 'pukul 10.41'],
    ['CASH_SESSION_OPEN', { officer: 'Ahmad Fauzi', own: false }, 'Ahmad Fauzi'],
    ['CASH_SESSION_OPEN', { officer: 'Ahmad Fauzi', own: true }, 'Langsung mulai melayani'],
    ['CASH_SESSION_OF_OTHER', { officer: 'Ahmad Fauzi' }, 'Ahmad Fauzi'],
    ['NRKB_LOOKALIKE', { position: 8, found: '0', suggestion: 'O' }, 'mungkin O'],
    ['INTERNAL', { reference: 'x7k2' }, 'x7k2'],
  ] as const)('%s uses the facts that came with it', (code, details, expected) => {
    const { what, safe, next } = errorSentences(code, details);
    expect(`${what} ${safe} ${next}`).toContain(expected);
  });

  it('knows a code from a word', () => {
    expect(isScreenErrorCode('PIN_WRONG')).toBe(true);
    expect(isScreenErrorCode('constructor')).toBe(false);
  });
});
