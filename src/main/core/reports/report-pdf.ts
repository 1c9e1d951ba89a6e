import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake';
import type { ReportColumn } from '../../../contract/views-reports.ts';
import { loadPdfMaker } from '../printing/pdf-maker.ts';
import type { Report } from './make-report.ts';
import { cellText } from './report-cells.ts';
import type { ReportSection } from './report-room.ts';
import { sourceLines } from './report-source.ts';
import { REPORT_TEXT } from './report-text.ts';
import { timeText } from './report-words.ts';

const MARGIN = 36;
const FOOT = 54;
const SIZE = 8.5;
/** A table of more columns lies on its side. */
const PORTRAIT_COLUMNS = 7;
/** Points of a column by what is in it: the same on every page, and nothing has to be measured. */
const WIDTHS: Readonly<Record<ReportColumn['kind'], number | '*'>> = {
  text: '*',
  money: 66,
  count: 44,
  day: 56,
  time: 84,
  plate: 62,
};
/** `1.250.000.000` still fits beside its neighbours. */
const NARROW_MONEY = 58;

const isFigure = (kind: ReportColumn['kind']): boolean => kind === 'money' || kind === 'count';

function widthsOf(columns: readonly ReportColumn[]): (number | '*')[] {
  const moneys = columns.filter(({ kind }) => kind === 'money').length;
  const widths = columns.map(({ kind }) => (kind === 'money' && moneys > 6 ? NARROW_MONEY : WIDTHS[kind]));
  // Something must take what is left of the page.
  return widths.includes('*') ? widths : widths.map((width, at) => (at === 0 ? '*' : width));
}

function tableContent({ columns, rows, totals }: ReportSection): Content {
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
    table: { widths: widthsOf(columns), headerRows: 1, dontBreakRows: true, body: [head, ...body, ...foot] },
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

function sectionContent(section: ReportSection, hasTitle: boolean, startsPage: boolean): Content[] {
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
    section.rows.length === 0 ? { text: REPORT_TEXT.nothing, margin: [0, 2, 0, 4] } : tableContent(section);
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

function definition(report: Report, compress: boolean): TDocumentDefinitions {
  const { title, lines, sections, source } = report;
  const widest = Math.max(0, ...sections.map(({ columns }) => columns.length));
  const isSlip = report.kind === 'sts';
  const hash = source.head ?? '-';
  const head: Content[] = [
    { text: title, bold: true, fontSize: SIZE * 1.8 },
    ...lines.map((line): Content => ({ text: line })),
    ...(report.training ? [{ text: REPORT_TEXT.training, bold: true, fontSize: SIZE * 1.4 } satisfies Content] : []),
  ];
  const bodies = sections.flatMap((section, at) => [
    ...sectionContent(section, sections.length > 1 || isSlip, isSlip && at > 0),
    // Each slip is signed by itself.
    ...(isSlip ? [signatures(report)] : []),
  ]);
  return {
    pageSize: 'A4',
    pageOrientation: widest > PORTRAIT_COLUMNS ? 'landscape' : 'portrait',
    pageMargins: [MARGIN, MARGIN + 8, MARGIN, FOOT],
    compress,
    info: { title: [title, ...lines].join(' · ') },
    defaultStyle: { font: 'Roboto', fontSize: SIZE, lineHeight: 1.1 },
    header: (page) => ({
      text: page === 1 ? '' : [title, ...lines.slice(0, 2)].join(' · '),
      fontSize: 7,
      margin: [MARGIN, 18, MARGIN, 0],
    }),
    footer: (page, pages) => ({
      columns: [
        {
          width: '*',
          stack: [
            { text: REPORT_TEXT.footSource(source.headSeq, timeText(source.madeAt)) },
            { text: REPORT_TEXT.footHash(hash) },
          ],
        },
        { width: 'auto', text: REPORT_TEXT.page(page, pages), alignment: 'right' },
      ],
      fontSize: 7,
      margin: [MARGIN, 12, MARGIN, 0],
    }),
    content: [
      ...head,
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
  };
}

/** The report on A4 for signature: repeated heads, page x of y, the hash of the journal at the foot of every page. */
export async function reportPdf(report: Report, compress = true): Promise<Uint8Array> {
  const pdfMake = await loadPdfMaker();
  return pdfMake.createPdf(definition(report, compress)).getBuffer();
}
