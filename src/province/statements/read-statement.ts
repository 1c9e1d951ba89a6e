import { parse } from 'csv-parse/sync';
import { type LocalDate, parseLocalDate } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type Rupiah, rupiah } from '../../domain/rupiah.ts';
import type { StatementMapping } from './statement-mapping.ts';

/** Money that came to the account. */
export type ReadCredit = {
  /** Row of the file, counted from 1 as a person sees it. */
  readonly row: number;
  readonly bookedOn: LocalDate;
  readonly amount: Rupiah;
  readonly text: string;
};

export type ReadStatement = {
  readonly credits: readonly ReadCredit[];
  /** Rows of money that left the account. */
  readonly debits: number;
  /** Rows without a date: opening balances, totals, the bank's words. */
  readonly withoutDate: readonly number[];
};

/** One reason why a file is not taken, and where. */
export type StatementProblem = {
  readonly code:
    | 'TOO_LARGE'
    | 'ENCODING'
    | 'NOT_CSV'
    | 'COLUMN_MISSING'
    | 'DATE_UNREADABLE'
    | 'AMOUNT_UNREADABLE'
    | 'NOT_WHOLE_RUPIAH'
    | 'MARK_MISSING'
    | 'NO_CREDITS';
  readonly row: number | null;
  /** What stands there, shortened; for a missing column the columns that there are. */
  readonly found: string;
};

/** A year of a busy account is far below. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_PROBLEMS = 20;
const SHOWN = 120;

/** First three letters of the months, Indonesian and English. */
const MONTHS: readonly (readonly string[])[] = [
  ...[['jan'], ['feb'], ['mar'], ['apr'], ['mei', 'may'], ['jun'], ['jul'], ['agu', 'ags', 'aug'], ['sep']],
  ...[
    ['okt', 'oct'],
    ['nov', 'nop'],
    ['des', 'dec'],
  ],
];

type Problem = { readonly code: StatementProblem['code']; readonly found: string };

function monthOf(letters: string): number {
  return MONTHS.findIndex((names) => names.includes(letters.slice(0, 3).toLowerCase())) + 1;
}

function isoOf(year: number, month: number, day: number): string {
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}

/** The date of a cell; a time behind it is left out. Answers undefined where the form does not fit or there is no such day. */
export function readDate(cell: string, form: StatementMapping['dateForm']): LocalDate | undefined {
  const parts = /^(\w+)[/\-. ](\w+)[/\-. ](\w+)(?:[ T,].*)?$/.exec(cell.trim())?.slice(1) ?? [];
  const [first = '', second = '', third = ''] = parts;
  const number = (text: string, digits: RegExp): number => (digits.test(text) ? Number(text) : Number.NaN);
  const short = /^\d{1,2}$/;
  const year = /^\d{4}$/;
  const iso = {
    'dd/mm/yyyy': () => isoOf(number(third, year), number(second, short), number(first, short)),
    'dd-mm-yyyy': () => isoOf(number(third, year), number(second, short), number(first, short)),
    'dd/mm/yy': () => isoOf(2000 + number(third, /^\d{2}$/), number(second, short), number(first, short)),
    'mm/dd/yyyy': () => isoOf(number(third, year), number(first, short), number(second, short)),
    'yyyy-mm-dd': () => isoOf(number(first, year), number(second, short), number(third, short)),
    'dd mmm yyyy': () => isoOf(number(third, year), monthOf(second), number(first, short)),
  }[form]();
  const date = parseLocalDate(iso);
  return date.ok ? date.value : undefined;
}

/** A written amount in whole rupiah; an empty cell is zero, and a dash too. */
function readAmount(
  cell: string,
  { thousands, decimal }: Pick<StatementMapping, 'thousands' | 'decimal'>,
): Result<Rupiah, Problem> {
  const bare = cell.replace(/^\s*(?:rp|idr)\.?\s*/i, '').trim();
  if (bare === '' || bare === '-') return ok(rupiah(0));
  const found = bare.slice(0, SHOWN);
  const negative = bare.startsWith('-') || (bare.startsWith('(') && bare.endsWith(')'));
  const digits = bare.replace(/^[-+(]/, '').replace(/\)$/, '');
  const [whole = '', cents, ...rest] = digits.split(decimal);
  const grouped = thousands === '' ? /^\d+$/ : new RegExp(`^\\d{1,3}(?:\\${thousands}\\d{3})*$|^\\d+$`);
  if (rest.length > 0 || !grouped.test(whole) || (cents !== undefined && !/^\d{1,2}$/.test(cents))) {
    return err({ code: 'AMOUNT_UNREADABLE', found });
  }
  if (Number(cents ?? 0) !== 0) return err({ code: 'NOT_WHOLE_RUPIAH', found });
  const amount = Number(thousands === '' ? whole : whole.replaceAll(thousands, ''));
  if (!Number.isSafeInteger(amount)) return err({ code: 'AMOUNT_UNREADABLE', found });
  return ok(rupiah(negative ? -amount : amount));
}

/** The text of a file, or nothing where its bytes are of another encoding. */
function decode(bytes: Uint8Array, encoding: StatementMapping['encoding']): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // A file of two bytes per letter read as one byte per letter is full of zeros.
    return text.includes('\0') ? undefined : text;
  } catch (error) {
    // Thrown by the decoder for bytes that are not of this encoding.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Rows and cells; undefined where quotes do not end. */
function rowsOf(text: string, delimiter: string): readonly (readonly string[])[] | undefined {
  try {
    // A row keeps its place: empty lines are rows too.
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: false, bom: true, trim: true });
  } catch (error) {
    // The library throws its own error with a code for what is no CSV.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

type Columns = Readonly<Record<'date' | 'amount' | 'mark', number>> & { readonly texts: readonly number[] };

function columnsOf(head: readonly string[], mapping: StatementMapping): Result<Columns, Problem> {
  const names = head.map((name) => name.toLowerCase());
  const { money } = mapping;
  const amount = money.kind === 'credit-column' ? money.credit : money.amount;
  const mark = money.kind === 'marked' ? money.mark : amount;
  const wanted = [mapping.date, amount, mark, ...mapping.texts];
  const missing = wanted.filter((name) => !names.includes(name.toLowerCase()));
  if (missing.length > 0) {
    return err({ code: 'COLUMN_MISSING', found: `${missing.join(', ')}; ada: ${head.join(', ')}`.slice(0, 400) });
  }
  const placeOf = (name: string): number => names.indexOf(name.toLowerCase());
  return ok({
    date: placeOf(mapping.date),
    amount: placeOf(amount),
    mark: placeOf(mark),
    texts: mapping.texts.map(placeOf),
  });
}

type Row =
  | { readonly kind: 'credit'; readonly credit: Omit<ReadCredit, 'row'> }
  | { readonly kind: 'debit' | 'no-date' };

function readRow(cells: readonly string[], columns: Columns, mapping: StatementMapping): Result<Row, Problem> {
  const cell = (at: number): string => cells[at] ?? '';
  const written = cell(columns.date);
  if (written === '') return ok({ kind: 'no-date' });
  const bookedOn = readDate(written, mapping.dateForm);
  if (bookedOn === undefined) return err({ code: 'DATE_UNREADABLE', found: written.slice(0, SHOWN) });
  const amount = readAmount(cell(columns.amount), mapping);
  if (!amount.ok) return amount;
  const { money } = mapping;
  if (money.kind === 'marked') {
    const mark = cell(columns.mark).toUpperCase();
    if (mark === '') return err({ code: 'MARK_MISSING', found: '' });
    if (!money.creditMarks.some((each) => each.toUpperCase() === mark)) return ok({ kind: 'debit' });
  }
  if (amount.value <= 0) return ok({ kind: 'debit' });
  const text = columns.texts.map(cell).join(' ').replaceAll(/\s+/g, ' ').trim();
  return ok({ kind: 'credit', credit: { bookedOn, amount: amount.value, text } });
}

/**
 * Reads a bank's statement in the shape that was saved for the bank. All or nothing: a row that cannot be read refuses the
 * whole file, with the first problems and their rows, because money that is silently left out is missed by nobody.
 */
export function readStatement(
  bytes: Uint8Array,
  mapping: StatementMapping,
): Result<ReadStatement, readonly StatementProblem[]> {
  const whole = (code: StatementProblem['code'], found = ''): Result<ReadStatement, readonly StatementProblem[]> =>
    err([{ code, row: null, found }]);
  if (bytes.byteLength > MOST_BYTES) return whole('TOO_LARGE', String(bytes.byteLength));
  const text = decode(bytes, mapping.encoding);
  if (text === undefined) return whole('ENCODING', mapping.encoding);
  const rows = rowsOf(text, mapping.delimiter);
  if (rows === undefined) return whole('NOT_CSV');
  const columns = columnsOf(rows[mapping.headRow - 1] ?? [], mapping);
  if (!columns.ok) return err([{ ...columns.error, row: mapping.headRow }]);
  const read = rows.slice(mapping.headRow).map((cells, at) => ({
    row: mapping.headRow + 1 + at,
    result: readRow(cells, columns.value, mapping),
  }));
  const problems = read.flatMap(({ row, result }) => (result.ok ? [] : [{ ...result.error, row }]));
  if (problems.length > 0) return err(problems.slice(0, MOST_PROBLEMS));
  const good = read.flatMap(({ row, result }) => (result.ok ? [{ row, value: result.value }] : []));
  const credits = good.flatMap(({ row, value }) => (value.kind === 'credit' ? [{ row, ...value.credit }] : []));
  if (credits.length === 0) return whole('NO_CREDITS');
  return ok({
    credits,
    debits: good.filter(({ value }) => value.kind === 'debit').length,
    withoutDate: good.filter(({ value }) => value.kind === 'no-date').map(({ row }) => row),
  });
}
