import { join } from 'node:path';
import type { z } from 'zod';
import type { apiInsight } from '../../../contract/api-insight.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { EntryBody } from '../../../contract/journal-entry.ts';
import type { ExportedReport } from '../../../contract/views-reports.ts';
import { type LocalDate, parseLocalDate } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import { discard, giveName, openPlace, writeUnfinished } from '../reports/export-file.ts';
import { reportCsv } from '../reports/report-csv.ts';
import { reportXlsx } from '../reports/report-xlsx.ts';
import { dayPaperPdf, isFinal } from './day-paper-pdf.ts';
import type { InsightDesk } from './insight-desk.ts';
import { monthFile } from './month-file.ts';

type Asked = z.infer<(typeof apiInsight)['insight.export']['input']>;
type What = Asked['what'];
type Of<T extends What['of']> = Extract<What, { readonly of: T }>;
type ExportRefusal = Refusal<'REGION_PAGES_LACK' | 'REPORT_EXPORT_FAILED'>;

/** What leaves a supervisor's device as a file for people. */
export type InsightExport = (
  signIn: SignIn,
  asked: Asked,
) => Promise<Result<ExportedReport, ExportRefusal | StorageRefusal>>;

type Deps = {
  readonly desk: InsightDesk;
  readonly journal: Pick<Journal, 'record'>;
  readonly newId: () => string;
  readonly deviceId: string;
  readonly ownFolder: string;
  readonly media: () => readonly string[];
};

type Made = {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly rows: number;
  readonly recorded: Pick<EntryBody<'report.exported'>, 'kind' | 'from' | 'to' | 'outletId' | 'part'>;
};

/** More rows than any region has outlets. */
const EVERY = { offset: 0, limit: 100_000 };
const LACKING = err({ code: 'REGION_PAGES_LACK' as const });

function dayOf(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (!parsed.ok) throw new Error('a month has a first and a last day');
  return parsed.value;
}

function daysOfMonth(month: string): { readonly from: LocalDate; readonly to: LocalDate } {
  const [year = 0, nth = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, nth, 0)).getUTCDate();
  return { from: dayOf(`${month}-01`), to: dayOf(`${month}-${String(last)}`) };
}

export function createInsightExport({ desk, journal, newId, deviceId, ...places }: Deps): InsightExport {
  const paper = async (
    signIn: SignIn,
    { of: _of, format: _format, ...key }: Of<'paper'>,
  ): Promise<Made | undefined> => {
    const { paper: kept } = await desk.paper(signIn, key);
    if (kept === null) return undefined;
    const { outletId, businessOn, part } = key;
    const words = [
      ...(isFinal(kept) ? [] : ['rancangan']),
      part === 0 ? 'berita-acara' : `berita-acara-tambahan-${String(part)}`,
    ];
    return {
      bytes: await dayPaperPdf(kept),
      name: `${[...words, outletId, businessOn].join('-')}.pdf`,
      rows: kept.content.items,
      recorded: { kind: 'day-reconciliation', from: businessOn, to: businessOn, outletId, part },
    };
  };
  const month = async (signIn: SignIn, { month: name, format }: Of<'month'>): Promise<Made | undefined> => {
    const { head, rows, loadedAt, complete } = await desk.month(signIn, { month: name, ...EVERY });
    if (head === null || loadedAt === null || !complete) return undefined;
    const file = monthFile(head, rows, loadedAt);
    return {
      bytes: format === 'csv' ? reportCsv(file) : await reportXlsx(file),
      name: `rekap-bulan-${name}.${format}`,
      rows: rows.length,
      recorded: { kind: 'region-month', ...daysOfMonth(name) },
    };
  };
  /** Commits what leaves before the file has its name. */
  const record = (
    signIn: SignIn,
    what: Pick<EntryBody<'report.exported'>, 'exportId' | 'format' | 'sha256'>,
    made: Made,
  ) =>
    journal.record(async (_tx, append) => {
      append({
        type: 'report.exported',
        stream: deviceId,
        officerId: signIn.officerId,
        cashSessionId: null,
        body: {
          ...what,
          ...made.recorded,
          cashSessionId: null,
          officerId: null,
          rows: made.rows,
          // The figures are the province's: no entry of this device is in them.
          headSeq: 0,
          head: null,
          plates: 'none',
          reason: null,
        },
      });
      return ok(undefined);
    });

  return async (signIn, { what, folder }) => {
    const failed = (reason: string) => err({ code: 'REPORT_EXPORT_FAILED' as const, details: { reason } });
    const place = await openPlace(folder, places);
    if (!place.ok) return failed(place.error);
    const made = what.of === 'paper' ? await paper(signIn, what) : await month(signIn, what);
    if (made === undefined) return LACKING;
    const written = await writeUnfinished(folder, made.name, made.bytes);
    if (!written.ok) return failed(written.error);
    const { file, bytes, sha256 } = written.value;
    const { format } = what;
    const exportId = newId();
    const recorded = await record(signIn, { exportId, format, sha256 }, made);
    if (!recorded.ok) {
      await discard(join(folder, made.name));
      return recorded;
    }
    const named = await giveName({ file });
    if (!named.ok) return failed(named.error);
    return ok({ exportId, file, format, bytes, rows: made.rows, sha256 });
  };
}
