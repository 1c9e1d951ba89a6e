import type { ReportCell, ReportColumn } from '../../../contract/views-reports.ts';
import { parseLocalDate } from '../../../domain/local-date.ts';
import { dateTime, day, figure } from '../../text/format.ts';

/** Rem that a column needs; a column of words takes what is left, and never less than this. */
const WIDTHS: Readonly<Record<ReportColumn['kind'], number>> = {
  text: 7.5,
  money: 6.5,
  count: 4.25,
  day: 6,
  time: 6.25,
  plate: 6,
};
/** Numbers of papers are long and are never cut. */
const PAPER_NUMBER_REM = 13.25;
const PAPER_NUMBERS: readonly string[] = ['number', 'receipt', 'voidNumber'];
const GAP_REM = 0.5;
/** Padding of a row, and the scroll bar. */
const EDGE_REM = 2.25;

const remOf = ({ key, kind }: ReportColumn): number => (PAPER_NUMBERS.includes(key) ? PAPER_NUMBER_REM : WIDTHS[kind]);

/** Whether a column stands at the right, digit under digit. */
export function isFigure({ kind }: Pick<ReportColumn, 'kind'>): boolean {
  return kind === 'money' || kind === 'count';
}

/** `grid-template-columns` of a table, and the width in rem below which it scrolls sideways. */
export function tableShape(columns: readonly ReportColumn[]): { readonly columns: string; readonly rem: number } {
  const grows = columns.some(({ kind }) => kind === 'text');
  const one = (column: ReportColumn): string =>
    column.kind === 'text' || !grows ? `minmax(${remOf(column)}rem, 1fr)` : `${remOf(column)}rem`;
  const rem = columns.reduce((sum, column) => sum + remOf(column) + GAP_REM, EDGE_REM);
  return { columns: columns.map(one).join(' '), rem };
}

/** A cell as the screen shows it; nothing is an empty text. */
export function cellText({ kind }: Pick<ReportColumn, 'kind'>, cell: ReportCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return kind === 'time' ? dateTime(cell) : figure(cell);
  if (kind !== 'day') return cell;
  const date = parseLocalDate(cell);
  return date.ok ? day(date.value) : cell;
}
