import type { ReportCell, ReportColumn } from '../../../contract/views-reports.ts';
import type { Written } from './report-source.ts';
import type { ReportSection } from './report-room.ts';
import { REPORT_TEXT } from './report-text.ts';

type Cell = Readonly<Record<string, unknown>> | null;

const JAKARTA_OFFSET_MS = 25_200_000;
const MONEY_FORMAT = '#,##0;[Red]-#,##0';
const WIDTHS: Readonly<Record<ReportColumn['kind'], number>> = {
  text: 30,
  money: 18,
  count: 11,
  day: 13,
  time: 20,
  plate: 15,
};
/** Longest name of a sheet, and what it may not hold. */
const NAME_LENGTH = 31;
const NOT_IN_NAMES = /[[\]:*?/\\']/g;
/** Characters that no XML text can hold. */
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Text is text, whatever it begins with: the type of the cell says so, and its format keeps it when somebody edits it. */
const text = (value: string, bold = false): Cell => ({
  value: value.replace(NOT_IN_XML, ' '),
  type: String,
  format: '@',
  ...(bold ? { fontWeight: 'bold' } : {}),
});

function sheetCell(column: Pick<ReportColumn, 'kind'>, cell: ReportCell, bold = false): Cell {
  if (cell === null) return null;
  const weight = bold ? { fontWeight: 'bold' } : {};
  if (column.kind === 'day' && typeof cell === 'string') {
    return { value: new Date(`${cell}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy', ...weight };
  }
  if (typeof cell === 'string') return text(cell, bold);
  if (column.kind === 'time') {
    // A spreadsheet has no time zones: the moment is written as a clock in Western Indonesia shows it.
    return { value: new Date(cell + JAKARTA_OFFSET_MS), type: Date, format: 'dd/mm/yyyy hh:mm', ...weight };
  }
  return { value: cell, type: Number, format: column.kind === 'money' ? MONEY_FORMAT : '#,##0', ...weight };
}

function sheetRows({ lines, sources }: Written, { title, columns, rows, totals, facts }: ReportSection): Cell[][] {
  const totalRow =
    totals === null
      ? []
      : [
          columns.map((column, at) => {
            const value = totals[at] ?? null;
            return at === 0 && value === null ? text(REPORT_TEXT.total, true) : sheetCell(column, value, true);
          }),
        ];
  return [
    [text(title, true)],
    ...[...lines, ...sources].map((line) => [text(line)]),
    [],
    columns.map(({ label }) => text(label, true)),
    ...rows.map(({ cells }) => columns.map((column, at) => sheetCell(column, cells[at] ?? null))),
    ...totalRow,
    ...(facts.length === 0 ? [] : [[]]),
    ...facts.map(({ label, kind, value }) => [text(label), sheetCell({ kind }, value)]),
  ];
}

function sheetName(title: string, index: number): string {
  return `${String(index + 1)} ${title.replace(NOT_IN_NAMES, ' ')}`.slice(0, NAME_LENGTH).trim();
}

/** Tables as a workbook: one sheet per table, numbers as numbers, days as days, text as text. */
export async function reportXlsx(report: Written): Promise<Uint8Array> {
  // Loaded with the first workbook: most days nobody asks for one.
  const { default: writeWorkbook } = await import('write-excel-file/node');
  const heads = report.lines.length + report.sources.length + 3;
  const sheets = report.sections.map((section, index) => ({
    sheet: sheetName(section.title, index),
    data: sheetRows(report, section),
    columns: section.columns.map(({ kind }) => ({ width: WIDTHS[kind] })),
    ...(section.columns.length > 6 ? { orientation: 'landscape' as const } : {}),
    stickyRowsCount: heads,
  }));
  return await writeWorkbook(sheets).toBuffer();
}
