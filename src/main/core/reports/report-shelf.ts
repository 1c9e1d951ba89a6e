import type { z } from 'zod';
import type { apiReports } from '../../../contract/api-reports.ts';
import type { EntryChoice, ReportFormat, ReportRow, ReportSheet } from '../../../contract/views-reports.ts';
import { addDays } from '../../../domain/local-date.ts';
import type { Db } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { BANK, CASH_POOL, NOT_OWED, PROVIDER } from './figures.ts';
import { makeReport, type Report, type ReportOrder, type ReportOutlet } from './make-report.ts';
import { type Plates, outwardCell } from './report-cells.ts';
import { reportCsv } from './report-csv.ts';
import { reportPdf } from './report-pdf.ts';
import { sourceLines } from './report-source.ts';
import { officerName, startOfDay, type ReportSection } from './report-room.ts';
import { entriesMoving, entriesOf, type EntryScope } from './report-store.ts';
import { typeName } from './report-text.ts';
import { reportXlsx } from './report-xlsx.ts';

type EntriesPage = z.infer<(typeof apiReports)['reports.entries']['output']>;

/** Part of a longer list. */
export type Part = { readonly offset: number; readonly limit: number };

/** Reports that were made and may be paged through, opened and exported; the oldest makes room. Undefined: make it again. */
export type ReportShelf = {
  readonly make: (reportId: string, order: ReportOrder) => Promise<ReportSheet>;
  readonly rows: (reportId: string, section: number, part: Part) => readonly ReportRow[] | undefined;
  readonly entries: (reportId: string, choice: EntryChoice, part: Part) => Promise<EntriesPage | undefined>;
  /** What an export is about: the request, the head, the number of rows, whether a plate is in it. */
  readonly describe: (reportId: string) => ReportDescription | undefined;
  readonly bytes: (reportId: string, format: ReportFormat, plates: Plates) => Promise<Uint8Array | undefined>;
};

export type ReportDescription = Pick<Report, 'request' | 'source'> & {
  readonly rows: number;
  readonly hasPlates: boolean;
};

const KEPT_REPORTS = 6;
const FIRST_ROWS = 200;

function outwardRows({ columns, rows }: ReportSection, plates: Plates): ReportRow[] {
  if (!columns.some(({ kind }) => kind === 'plate')) return [...rows];
  return rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, at) => {
      const column = columns[at];
      return column === undefined ? cell : outwardCell(column, cell, plates);
    }),
  }));
}

/** A report as it leaves: every plate masked unless it is to be shown. */
function outwardReport(report: Report, plates: Plates): Report {
  return {
    ...report,
    sections: report.sections.map((section) => ({ ...section, rows: outwardRows(section, plates) })),
  };
}

function sheetOf(reportId: string, report: Report): ReportSheet {
  const { kind, title, lines, request, source, leavesOutOpenSession, sections, chart } = report;
  return {
    reportId,
    kind,
    title,
    lines: [...lines],
    from: request.from,
    to: request.to,
    source,
    leavesOutOpenSession,
    sections: sections.map(({ title: name, columns, rows, totals, facts }) => ({
      title: name,
      columns: [...columns],
      rows: rows.slice(0, FIRST_ROWS),
      rowCount: rows.length,
      totals: totals === null ? null : [...totals],
      facts: [...facts],
    })),
    chart,
  };
}

/** The entries of a report that a figure is made of. */
function narrowed({ room }: Report, choice: EntryChoice): EntryScope {
  const { from, to, cashSessionId, officerId, types, seqs } = choice;
  const { scope } = room;
  return {
    ...scope,
    ...(from === undefined ? {} : { fromMs: seqs === undefined ? Math.max(scope.fromMs, startOfDay(from)) : 0 }),
    ...(to === undefined ? {} : { untilMs: Math.min(scope.untilMs, startOfDay(addDays(to, 1))) }),
    ...(typeof cashSessionId === 'string' ? { cashSessionId } : {}),
    ...(cashSessionId === null ? { noSession: true } : {}),
    ...(typeof officerId === 'string' ? { officerId } : {}),
    ...(officerId === null ? { noOfficer: true } : {}),
    ...(types === undefined ? {} : { types }),
    ...(seqs === undefined ? {} : { seqs }),
  };
}

const HELD: readonly string[] = [...CASH_POOL, ...BANK, PROVIDER];

/** What is owed stands below zero in the ledger, and above it in a report. */
const signOf = (accounts: readonly string[]): 1 | -1 => (accounts.every((account) => HELD.includes(account)) ? 1 : -1);

async function behind(db: Pick<Db, 'read'>, report: Report, choice: EntryChoice, part: Part): Promise<EntriesPage> {
  const { accounts, seqs } = choice;
  const scope = narrowed(report, choice);
  const all = await db.read((tx) => {
    if (accounts !== undefined) return entriesMoving(tx, scope, accounts);
    // Nothing said: what was received, as the reports by day, session and officer count it.
    return seqs === undefined ? entriesMoving(tx, scope, NOT_OWED, 'only') : entriesOf(tx, scope);
  });
  const sign = accounts === undefined ? -1 : signOf(accounts);
  return {
    count: all.length,
    sum: all.reduce((sum, { amount }) => sum + sign * amount, 0),
    entries: all.slice(part.offset, part.offset + part.limit).map((entry) => ({
      seq: entry.seq,
      recordedAt: entry.wallMs,
      type: entry.type,
      label: typeName(entry.type),
      number: entry.number,
      officer: officerName(report.room, entry.officerId),
      // Zero has no sign.
      amount: 0 + sign * entry.amount,
      transactionId: entry.type.startsWith('transaction.') ? entry.stream : null,
    })),
  };
}

/** A shelf over one database; it reads and never writes. */
export function createReportShelf(deps: {
  readonly db: Pick<Db, 'read'>;
  readonly outlet: ReportOutlet;
  readonly cipher: ColumnCipher;
}): ReportShelf {
  const { db } = deps;
  const kept = new Map<string, Report>();
  return {
    make: async (reportId, order) => {
      const report = await db.read((tx) => makeReport(tx, order, deps));
      kept.set(reportId, report);
      const [oldest] = kept.keys();
      if (kept.size > KEPT_REPORTS && oldest !== undefined) kept.delete(oldest);
      return sheetOf(reportId, outwardReport(report, 'masked'));
    },
    rows: (reportId, at, { offset, limit }) => {
      const section = kept.get(reportId)?.sections[at];
      if (section === undefined) return undefined;
      return outwardRows({ ...section, rows: section.rows.slice(offset, offset + limit) }, 'masked');
    },
    entries: async (reportId, choice, part) => {
      const report = kept.get(reportId);
      return report === undefined ? undefined : await behind(db, report, choice, part);
    },
    describe: (reportId) => {
      const report = kept.get(reportId);
      if (report === undefined) return undefined;
      const { request, source, sections } = report;
      return {
        request,
        source,
        rows: sections.reduce((sum, { rows }) => sum + rows.length, 0),
        hasPlates: sections.some(
          ({ columns, rows }) => rows.length > 0 && columns.some(({ kind }) => kind === 'plate'),
        ),
      };
    },
    bytes: async (reportId, format, plates) => {
      const report = kept.get(reportId);
      if (report === undefined) return undefined;
      const outward = outwardReport(report, plates);
      if (format === 'pdf') return await reportPdf(outward);
      const written = { ...outward, sources: sourceLines(outward) };
      return format === 'csv' ? reportCsv(written) : await reportXlsx(written);
    },
  };
}
