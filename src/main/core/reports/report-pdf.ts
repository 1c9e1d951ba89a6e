import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake';
import type { ReportColumn } from '../../../contract/views-reports.ts';
import { loadPdfMaker, TRAINING_ACROSS } from '../printing/pdf-maker.ts';
import type { Report } from './make-report.ts';
import { cellText } from './report-cells.ts';
import type { ReportSection } from './report-room.ts';
import { sourceLines, type Written } from './report-source.ts';
import { REPORT_TEXT } from './report-text.ts';
import { timeText } from './report-words.ts';

const MARGIN = 36;
const FOOT = 54;
const SIZE = 8.5;
/** A table of more columns lies on its side. */
const PORTRAIT_COLUMNS = 7;
/** Long and short side of A4, in points. */
const A4 = { long: 841.89, short: 595.28 };
/** Points of a column by what is in it: the same on every page, and nothing has to be measured. */
const WIDTHS: Readonly<Record<ReportColumn['kind'], number>> = {
  text: 60,
  money: 58,
  count: 42,
  day: 54,
  time: 82,
  plate: 58,
};
/** A number of a paper stands in one line. */
const NUMBER_WIDTH = 118;
const NUMBERS: readonly string[] = ['number', 'receipt', 'voidNumber'];
/** Left and right of the text of a cell. */
const CELL_PADDING = 6;

const isFigure = (kind: ReportColumn['kind']): boolean => kind === 'money' || kind === 'count';

/**
 * The widths of a table on its page: columns of words share what is left; a table that is too wide for the page is made
 * smaller with its letters, so that nothing is cut off.
 */
function shapeOf(
  columns: readonly ReportColumn[],
  pageWidth: number,
): { readonly widths: number[]; readonly scale: number } {
  const natural = columns.map(({ key, kind }) => (NUMBERS.includes(key) ? NUMBER_WIDTH : WIDTHS[kind]));
  const room = pageWidth - 2 * MARGIN - columns.length * CELL_PADDING;
  const needed = natural.reduce((sum, width) => sum + width, 0);
  if (needed > room) return { widths: natural.map((width) => (width * room) / needed), scale: room / needed };
  const words = columns.filter(({ kind }) => kind === 'text').length;
  const grows = (column: ReportColumn, at: number): boolean => (words === 0 ? at === 0 : column.kind === 'text');
  const more = (room - needed) / Math.max(1, words);
  return { widths: columns.map((column, at) => (natural[at] ?? 0) + (grows(column, at) ? more : 0)), scale: 1 };
}

function tableContent({ columns, rows, totals }: ReportSection, pageWidth: number): Content {
  const { widths, scale } = shapeOf(columns, pageWidth);
  const head = columns.map(
    ({ label, kind }): TableCell => ({
      text: label,
      bold: true,
      alignment: isFigure(kind) ? 'right' : 'left',
      fillColor: '#e8efe9',
    }),
  );
  const body = rows.map(({ cells, look }) =>
    columns.map((column, at): TableCell => {
      const text = cellText(column, cells[at] ?? null);
      const marked = look === null ? {} : { bold: true };
      return { text, alignment: isFigure(column.kind) ? 'right' : 'left', ...marked };
    }),
  );
  const foot =
    totals === null
      ? []
      : [
          columns.map((column, at): TableCell => {
            const value = totals[at] ?? null;
            const text = at === 0 && value === null ? REPORT_TEXT.total : cellText(column, value);
            return { text, bold: true, alignment: isFigure(column.kind) ? 'right' : 'left' };
          }),
        ];
  const last = 1 + rows.length;
  return {
    fontSize: SIZE * scale,
    table: { widths, headerRows: 1, dontBreakRows: true, body: [head, ...body, ...foot] },
    layout: {
      hLineWidth: (line) => (line <= 1 || line >= last ? 0.8 : 0.3),
      vLineWidth: () => 0,
      hLineColor: (line) => (line <= 1 || line >= last ? 'black' : '#bbbbbb'),
      paddingLeft: () => 3,
      paddingRight: () => 3,
      paddingTop: () => 1.5,
      paddingBottom: () => 1,
    },
    margin: [0, 2, 0, 4],
  };
}

/** A table with its title and its facts. */
export function sectionContent(
  section: ReportSection,
  { hasTitle, startsPage, pageWidth }: { hasTitle: boolean; startsPage: boolean; pageWidth: number },
): Content[] {
  const facts = section.facts.map(
    ({ label, kind, value }): Content => ({
      columns: [
        { text: label, width: 220 },
        { text: cellText({ kind }, value), width: '*', bold: true },
      ],
      margin: [0, 0, 0, 1],
    }),
  );
  const title: Content[] = hasTitle
    ? [
        {
          text: section.title,
          bold: true,
          fontSize: SIZE * 1.25,
          margin: [0, 8, 0, 2],
          ...(startsPage ? { pageBreak: 'before' as const } : {}),
        },
      ]
    : [];
  const table: Content =
    section.rows.length === 0 ? { text: REPORT_TEXT.nothing, margin: [0, 2, 0, 4] } : tableContent(section, pageWidth);
  return [...title, table, ...facts];
}

/** Places for signatures: whoever made it, whoever checked it. */
function signatures(report: Report): Content {
  const places = report.kind === 'sts' ? REPORT_TEXT.signSts : REPORT_TEXT.sign;
  return {
    columns: places.map(
      (place): Content => ({
        width: '*',
        stack: [
          { text: place, alignment: 'center' },
          { text: '(                                                  )', alignment: 'center', margin: [0, 44, 0, 0] },
          { text: REPORT_TEXT.signName, alignment: 'center', fontSize: SIZE * 0.85 },
        ],
      }),
    ),
    columnGap: 24,
    unbreakable: true,
    margin: [0, 22, 0, 0],
  };
}

/** A document on A4: what stands on it from its head to its foot. */
export type PrintedSheet = Pick<Written, 'title' | 'lines'> & {
  /** Large under the title: LATIHAN, RANCANGAN; null for none. */
  readonly mark: string | null;
  /** Of a training: LATIHAN then stands across every page too. */
  readonly training?: boolean;
  readonly isWide: boolean;
  readonly content: readonly Content[];
  /** Left at the foot of every page. */
  readonly foot: readonly string[];
  /** ms UTC that the file names as its birth; with it the same document is the same bytes. Undefined: now. */
  readonly bornAt?: number;
};

/** Width of the page of a table, in points. */
export const pageWidthOf = (isWide: boolean): number => (isWide ? A4.long : A4.short);

function sheetDefinition(sheet: PrintedSheet, compress: boolean): TDocumentDefinitions {
  const { title, lines, mark, training = false, isWide, foot, bornAt } = sheet;
  return {
    pageSize: 'A4',
    pageOrientation: isWide ? 'landscape' : 'portrait',
    pageMargins: [MARGIN, MARGIN + 8, MARGIN, FOOT],
    compress,
    info: {
      title: [title, ...lines].join(' · '),
      ...(bornAt === undefined ? {} : { creationDate: new Date(bornAt) }),
    },
    defaultStyle: { font: 'Roboto', fontSize: SIZE, lineHeight: 1.1 },
    header: (page) => ({
      text: page === 1 ? '' : [title, ...lines.slice(0, 2)].join(' · '),
      fontSize: 7,
      margin: [MARGIN, 18, MARGIN, 0],
    }),
    footer: (page, pages) => ({
      columns: [
        { width: '*', stack: foot.map((text): Content => ({ text })) },
        { width: 'auto', text: REPORT_TEXT.page(page, pages), alignment: 'right' },
      ],
      fontSize: 7,
      margin: [MARGIN, 12, MARGIN, 0],
    }),
    ...(training ? { watermark: TRAINING_ACROSS } : {}),
    content: [
      { text: title, bold: true, fontSize: SIZE * 1.8 },
      ...lines.map((line): Content => ({ text: line })),
      ...(mark === null ? [] : [{ text: mark, bold: true, fontSize: SIZE * 1.4 } satisfies Content]),
      ...sheet.content,
    ],
  };
}

/** A document on A4: repeated heads, page x of y. */
export async function sheetPdf(sheet: PrintedSheet, compress = true): Promise<Uint8Array> {
  const pdfMake = await loadPdfMaker();
  return pdfMake.createPdf(sheetDefinition(sheet, compress)).getBuffer();
}

function sheetOf(report: Report): PrintedSheet {
  const { title, lines, sections, source } = report;
  const isSlip = report.kind === 'sts';
  const isWide = Math.max(0, ...sections.map(({ columns }) => columns.length)) > PORTRAIT_COLUMNS;
  const pageWidth = pageWidthOf(isWide);
  const bodies = sections.flatMap((section, at) => [
    ...sectionContent(section, { hasTitle: sections.length > 1 || isSlip, startsPage: isSlip && at > 0, pageWidth }),
    // Each slip is signed by itself.
    ...(isSlip ? [signatures(report)] : []),
  ]);
  return {
    title,
    lines,
    mark: report.training ? REPORT_TEXT.training : null,
    training: report.training,
    isWide,
    content: [
      ...bodies,
      ...(sections.length === 0 ? [{ text: REPORT_TEXT.nothing, margin: [0, 8, 0, 4] } satisfies Content] : []),
      {
        stack: sourceLines(report).map((line): Content => ({ text: line })),
        fontSize: 7.5,
        margin: [0, 10, 0, 0],
        unbreakable: true,
      },
      ...(isSlip ? [] : [signatures(report)]),
    ],
    foot: [REPORT_TEXT.footSource(source.headSeq, timeText(source.madeAt)), REPORT_TEXT.footHash(source.head ?? '-')],
  };
}

/** The report on A4 for signature, the hash of the journal at the foot of every page. */
export const reportPdf = (report: Report, compress = true): Promise<Uint8Array> => sheetPdf(sheetOf(report), compress);
