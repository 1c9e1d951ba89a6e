import type { ReportCell, ReportColumn } from '../../../contract/views-reports.ts';
import { spreadsheetText } from '../../../domain/spreadsheet-text.ts';
import { cellText } from './report-cells.ts';
import type { ReportSection } from './report-room.ts';
import type { Written } from './report-source.ts';
import { REPORT_TEXT } from './report-text.ts';

const BYTE_ORDER_MARK = '\uFEFF';
/** Numbers are numbers, days are `2026-11-22`, moments `22 Nov 2026 10.41`. */
function csvCell(column: ReportColumn, cell: ReportCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number' && column.kind !== 'time') return String(cell);
  return column.kind === 'day' ? spreadsheetText(String(cell)) : spreadsheetText(cellText(column, cell));
}

const line = (cells: readonly string[]): string => `${cells.join(';')}\r\n`;

function sectionText({ columns, rows, totals, facts }: ReportSection): string {
  const row = (cells: readonly ReportCell[]): string =>
    line(columns.map((column, at) => csvCell(column, cells[at] ?? null)));
  const total =
    totals === null
      ? ''
      : line(
          columns.map((column, at) => {
            const value = totals[at] ?? null;
            return at === 0 && value === null ? spreadsheetText(REPORT_TEXT.total) : csvCell(column, value);
          }),
        );
  return [
    line(columns.map(({ label }) => spreadsheetText(label))),
    ...rows.map(({ cells }) => row(cells)),
    total,
    ...facts.map(({ label, kind, value }) => line([spreadsheetText(label), csvCell({ key: '', label, kind }, value)])),
  ].join('');
}

/** Tables as CSV for a spreadsheet in Indonesia: byte order mark, semicolons, the table first, where it comes from last. */
export function reportCsv({ sections, title, lines, sources }: Written): Uint8Array {
  const hasTitles = sections.length !== 1;
  const tables = sections.map(
    (section) => (hasTitles ? line([spreadsheetText(section.title)]) : '') + sectionText(section),
  );
  const tail = [title, ...lines, ...sources].map((text) => line([spreadsheetText(text)]));
  return Buffer.from(BYTE_ORDER_MARK + [...tables, tail.join('')].join('\r\n'), 'utf8');
}
