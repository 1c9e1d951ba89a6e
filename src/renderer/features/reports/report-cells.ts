import type { ReportCell, ReportColumn } from '../../../contract/views-reports.ts';
import { parseLocalDate } from '../../../domain/local-date.ts';
import { dateTime, day, figure } from '../../text/format.ts';

/** Rem that a column of figures or times needs; a column of words takes what is left, and never less than this. */
const WIDTHS: Readonly<Record<ReportColumn['kind'], number>> = {
  text: 9,
  money: 7.5,
  count: 5,
  day: 6.75,
  time: 7.25,
  plate: 6.5,
};
const GAP_REM = 0.75;
/** Padding of a row, and the scroll bar. */
const EDGE_REM = 2.5;

/** Whether a column stands at the right, digit under digit. */
export function isFigure({ kind }: Pick<ReportColumn, 'kind'>): boolean {
  return kind === 'money' || kind === 'count';
}

/** `grid-template-columns` of a table, and the width in rem below which it scrolls sideways. */
export function tableShape(columns: readonly ReportColumn[]): { readonly columns: string; readonly rem: number } {
  const grows = columns.some(({ kind }) => kind === 'text');
  const one = ({ kind }: ReportColumn): string =>
    kind === 'text' || !grows ? `minmax(${WIDTHS[kind]}rem, 1fr)` : `${WIDTHS[kind]}rem`;
  const rem = columns.reduce((sum, { kind }) => sum + WIDTHS[kind] + GAP_REM, EDGE_REM);
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
