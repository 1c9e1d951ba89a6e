import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LocalDate, localDate } from '../../../src/domain/local-date.ts';
import { readDate, readStatement } from '../../../src/province/statements/read-statement.ts';
import { type StatementMapping, statementMappingSchema } from '../../../src/province/statements/statement-mapping.ts';

const BYTES = new TextEncoder();

/** A bank that writes debit and credit in columns of their own, below its letter head. */
const TWO_COLUMNS: StatementMapping = statementMappingSchema.parse({
  ...{ encoding: 'utf-8', delimiter: ';', headRow: 3, date: 'Tanggal', dateForm: 'dd/mm/yyyy' },
  ...{ money: { kind: 'credit-column', credit: 'Kredit' }, thousands: '.', decimal: ',' },
  texts: ['Keterangan', 'Referensi'],
});
const TWO_COLUMNS_FILE = [
  'BANK JATIM;;;;',
  'Rekening 0011223344;Periode 16/11/2026 - 18/11/2026;;;',
  'Tanggal;Keterangan;Referensi;Debet;Kredit',
  ';SALDO AWAL;;;12.000.000,00',
  '16/11/2026;SETOR TUNAI STS-0012;FT1;;1.250.000,00',
  '17/11/2026;"BIAYA; ADMINISTRASI";FT2;15.000,00;',
  '17/11/2026 10:31:07;SETOR TUNAI  STS-0013;FT3;;Rp 500.000',
  ';TOTAL;;15.000,00;1.750.000,00',
].join('\r\n');

/** A bank that writes one column and a mark. */
const MARKED: StatementMapping = statementMappingSchema.parse({
  ...{ encoding: 'windows-1252', delimiter: ',', headRow: 1, date: 'Date', dateForm: 'dd mmm yyyy' },
  ...{ money: { kind: 'marked', amount: 'Amount', mark: 'D/C', creditMarks: ['CR'] }, thousands: ',', decimal: '.' },
  texts: ['Description'],
});

const read = (text: string, mapping: StatementMapping, more: Partial<StatementMapping> = {}) =>
  readStatement(BYTES.encode(text), { ...mapping, ...more });

describe('a bank statement', () => {
  it('gives its credits with their rows, below a letter head and beside the bank’s own lines', () => {
    expect(read(TWO_COLUMNS_FILE, TWO_COLUMNS)).toEqual({
      ok: true,
      value: {
        credits: [
          { row: 5, bookedOn: '2026-11-16', amount: 1_250_000, text: 'SETOR TUNAI STS-0012 FT1' },
          { row: 7, bookedOn: '2026-11-17', amount: 500_000, text: 'SETOR TUNAI STS-0013 FT3' },
        ],
        debits: 1,
        withoutDate: [4, 8],
      },
    });
  });

  it('with a mark in place of columns, English months and an old encoding reads the same', () => {
    const text =
      'Date,Description,Amount,D/C\n16 Nov 2026,SETOR – OPOP,"1,250,000.00",CR\n17 Okt 2026,BIAYA,15000.00,DB\n';
    const bytes = Uint8Array.from([...text].map((letter) => (letter === '–' ? 0x96 : letter.charCodeAt(0))));
    expect(readStatement(bytes, MARKED)).toEqual({
      ok: true,
      value: {
        credits: [{ row: 2, bookedOn: '2026-11-16', amount: 1_250_000, text: 'SETOR – OPOP' }],
        debits: 1,
        withoutDate: [],
      },
    });
  });

  it('with signed amounts takes what came and counts what left', () => {
    const signed = { ...MARKED, money: { kind: 'signed', amount: 'Amount' } } as const;
    const text = 'Date,Description,Amount\n16 Nov 2026,A,100\n17 Nov 2026,B,-40\n18 Nov 2026,C,(30)\n19 Nov 2026,D,-\n';
    const outcome = read(text, signed, { encoding: 'utf-8' });
    expect(outcome.ok ? [outcome.value.credits.map(({ amount }) => amount), outcome.value.debits] : outcome).toEqual([
      [100],
      3,
    ]);
  });

  it.each<[string, string, Partial<StatementMapping>, object]>([
    ['of another encoding', 'x', { encoding: 'utf-16le' }, { code: 'ENCODING', row: null, found: 'utf-16le' }],
    [
      'without a column',
      TWO_COLUMNS_FILE.replace('Referensi', 'Ref'),
      {},
      {
        code: 'COLUMN_MISSING',
        row: 3,
        found: 'Referensi; ada: Tanggal, Keterangan, Ref, Debet, Kredit',
      },
    ],
    [
      'with a date in another form',
      TWO_COLUMNS_FILE.replace('16/11/2026;', '11/16/2026;'),
      {},
      { code: 'DATE_UNREADABLE', row: 5, found: '11/16/2026' },
    ],
    [
      'with other marks of thousands',
      TWO_COLUMNS_FILE.replace('1.250.000,00', '1,250,000.00'),
      {},
      { code: 'AMOUNT_UNREADABLE', row: 5, found: '1,250,000.00' },
    ],
    [
      'with sen',
      TWO_COLUMNS_FILE.replace('1.250.000,00', '1.250.000,50'),
      {},
      { code: 'NOT_WHOLE_RUPIAH', row: 5, found: '1.250.000,50' },
    ],
    ['whose quotes do not end', `${TWO_COLUMNS_FILE}\r\n"x`, {}, { code: 'NOT_CSV', row: null, found: '' }],
    [
      'of a month without credits',
      TWO_COLUMNS_FILE.split('\r\n').slice(0, 4).join('\n'),
      {},
      { code: 'NO_CREDITS', row: null, found: '' },
    ],
    [
      'that is empty',
      '',
      {},
      { code: 'COLUMN_MISSING', row: 3, found: 'Tanggal, Kredit, Kredit, Keterangan, Referensi; ada: ' },
    ],
  ])('%s is refused whole, with its row and what stands there', (_, text, more, problem) => {
    expect(read(text, TWO_COLUMNS, more)).toEqual({ ok: false, error: [problem] });
  });

  it('names every row that cannot be read, and at most twenty', () => {
    const rows = Array.from({ length: 40 }, (_, at) => `2026-11-16;X;Y;;${at}`);
    const refused = read(['Tanggal;Keterangan;Referensi;Debet;Kredit', ...rows].join('\n'), TWO_COLUMNS, {
      headRow: 1,
    });
    expect(refused.ok ? [] : refused.error.map(({ row, code }) => [row, code])).toEqual(
      Array.from({ length: 20 }, (_, at) => [at + 2, 'DATE_UNREADABLE']),
    );
  });

  it('of two bytes for each letter is told from one of one byte', () => {
    const text = 'Date,Description,Amount,D/C\n16 Nov 2026,A,100,CR\n';
    const wide = new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
    expect(readStatement(wide, { ...MARKED, encoding: 'utf-16le' })).toMatchObject({ ok: true });
    expect(readStatement(wide, MARKED)).toMatchObject({ ok: false, error: [{ code: 'ENCODING' }] });
    expect(readStatement(wide, { ...MARKED, encoding: 'utf-8' })).toMatchObject({
      ok: false,
      error: [{ code: 'ENCODING' }],
    });
  });

  it('survives any bytes: it answers, and never with an amount that is not whole', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc
            .string({ maxLength: 300 })
            .map((text) => BYTES.encode(`Tanggal;Keterangan;Referensi;Kredit\n16/11/2026;a;b;${text}`)),
        ),
        (bytes) => {
          const outcome = readStatement(bytes, { ...TWO_COLUMNS, headRow: 1 });
          if (outcome.ok)
            for (const { amount } of outcome.value.credits)
              expect(Number.isSafeInteger(amount) && amount > 0).toBe(true);
          else expect(outcome.error.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('a date', () => {
  const days = fc.record({
    year: fc.integer({ min: 2000, max: 2099 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  });
  const two = (value: number): string => String(value).padStart(2, '0');

  it('is read back from every form that banks write', () => {
    fc.assert(
      fc.property(days, ({ year, month, day }) => {
        const date: LocalDate = localDate({ year, month, day });
        const name =
          ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Juni', 'Jul', 'Agustus', 'Sep', 'Okt', 'Nopember', 'Des'][month - 1] ??
          '';
        expect(readDate(`${two(day)}/${two(month)}/${year}`, 'dd/mm/yyyy')).toBe(date);
        expect(readDate(`${day}-${month}-${year} 10:11`, 'dd-mm-yyyy')).toBe(date);
        expect(readDate(`${two(day)}/${two(month)}/${two(year % 100)}`, 'dd/mm/yy')).toBe(date);
        expect(readDate(`${two(month)}/${two(day)}/${year}`, 'mm/dd/yyyy')).toBe(date);
        expect(readDate(`${year}-${two(month)}-${two(day)}T08:00:00`, 'yyyy-mm-dd')).toBe(date);
        expect(readDate(`${day} ${name} ${year}`, 'dd mmm yyyy')).toBe(date);
      }),
    );
  });

  it('that does not exist, or has another year, is none', () => {
    expect(readDate('31/02/2026', 'dd/mm/yyyy')).toBeUndefined();
    expect(readDate('01/02/26', 'dd/mm/yyyy')).toBeUndefined();
    expect(readDate('01 Foo 2026', 'dd mmm yyyy')).toBeUndefined();
    expect(readDate('0x1/02/2026', 'dd/mm/yyyy')).toBeUndefined();
  });
});
