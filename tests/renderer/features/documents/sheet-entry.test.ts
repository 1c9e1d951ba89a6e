import { describe, expect, it } from 'vitest';
import {
  emptySheet,
  parseClock,
  parseSheetNumber,
  type SheetTyped,
  sheetInput,
  typedBefore,
} from '../../../../src/renderer/features/documents/emergency/sheet-entry.ts';
import { sheetNumber } from '../../../../src/renderer/text/format.ts';
import { figureSentence } from '../../../../src/renderer/text/emergency-text.ts';
import { rupiah } from '../../../../src/domain/rupiah.ts';
import { on } from '../../../support/dates.ts';

const ID = '0192f000-0000-7000-8000-000000000001';
const TYPED = {
  number: '12',
  paperOn: on('2026-11-21'),
  paperClock: '10.41',
  nrkb: 'ag 4321 ed',
  chassisTail: ' 12345 ',
  amount: '344.700',
  payerName: ' Siti ',
  noPhotoReason: '',
} satisfies SheetTyped;

describe('a sheet as it is typed', () => {
  it('is read when it is whole: the instant in Western Indonesia Time, the amount as written', () => {
    expect(sheetInput(TYPED, ID)).toEqual({
      transactionId: ID,
      bookNumber: 12,
      paperAt: Date.UTC(2026, 10, 21, 3, 41),
      nrkb: 'ag 4321 ed',
      chassisTail: '12345',
      amount: 344_700,
      payerName: 'Siti',
      noPhotoReason: null,
    });
    expect(sheetInput({ ...TYPED, noPhotoReason: 'basah' }, ID)?.noPhotoReason).toBe('basah');
  });

  it.each([
    ['number', ''],
    ['number', '0'],
    ['paperOn', undefined],
    ['paperClock', '24.00'],
    ['nrkb', 'AG'],
    ['chassisTail', '1234'],
    ['amount', '0'],
    ['amount', '12,5'],
    ['payerName', ' '],
    ['noPhotoReason', 'ya'],
  ] as const)('is not sent while %s is "%s"', (field, value) => {
    expect(sheetInput({ ...TYPED, [field]: value }, ID)).toBeUndefined();
  });

  it('takes a time of the day however it is written, and no other', () => {
    expect(['10.41', '10:41', '1041', '9.05', '0:00', '23 59'].map(parseClock)).toEqual([641, 641, 641, 545, 0, 1439]);
    expect(['', '24.00', '10.60', '10', '10.4', 'jam 10'].map(parseClock)).toEqual(Array(6).fill(undefined));
  });

  it('takes a number as printed', () => {
    expect(['1', '000012', '99999999'].map(parseSheetNumber)).toEqual([1, 12, 99_999_999]);
    expect(['', '0', '-1', '1.5', '123456789'].map(parseSheetNumber)).toEqual(Array(5).fill(undefined));
    expect(sheetNumber(12)).toBe('000012');
  });

  it('begins at the next number of the first book that has one left, and again with what was typed before', () => {
    const book = { bookId: ID, from: 1, to: 25, note: 'SP', receivedOn: on('2026-11-20'), left: 0, gaps: [] };
    const books = [
      { ...book, next: null },
      { ...book, next: 31 },
    ];
    expect(emptySheet(books, on('2026-11-22'))).toMatchObject({ number: '31', paperOn: '2026-11-22', amount: '' });
    expect(emptySheet([], on('2026-11-22')).number).toBe('');
    const input = sheetInput(TYPED, ID);
    if (input === undefined) throw new Error('a whole sheet');
    const view = {
      ...input,
      amount: rupiah(input.amount),
      noPhotoReason: null,
      paperOn: TYPED.paperOn,
      photos: 0,
      enteredBy: 'petugas-1',
      enteredName: 'Siti',
      enteredAt: 0,
      figure: 'agrees' as const,
      asked: rupiah(344_700),
      chassisAgrees: true,
      vehicle: null,
      paidHere: null,
    };
    expect(sheetInput(typedBefore(view), ID)).toEqual(input);
  });
});

describe('the amount on the paper', () => {
  it('is said beside the rules of its day, with the difference and who judges it', () => {
    expect(figureSentence({ figure: 'agrees', asked: rupiah(100), amount: rupiah(100) })).toContain('sama');
    expect(figureSentence({ figure: 'short', asked: rupiah(350_000), amount: rupiah(300_000) })).toMatch(
      /^Rp50\.000 kurang .*Bapenda/,
    );
    expect(figureSentence({ figure: 'over', asked: rupiah(300_000), amount: rupiah(350_000) })).toMatch(
      /^Rp50\.000 lebih .*Bapenda/,
    );
    expect(figureSentence({ figure: 'unassessed', asked: null, amount: rupiah(1) })).toContain('tidak dapat dihitung');
  });
});
