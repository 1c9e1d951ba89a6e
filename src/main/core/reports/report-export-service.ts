import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { apiReports } from '../../../contract/api-reports.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type {
  EntryChoice,
  ExportedReport,
  ReportFormat,
  ReportRequest,
  ReportSheet,
} from '../../../contract/views-reports.ts';
import { daysBetween } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { Journal } from '../journal/journal.ts';
import { placeName } from '../sync/media.ts';
import { discard, giveName, makeFolder, openPlace } from './export-file.ts';
import { isTooLarge, type ReportDesk } from './report-desk.ts';
import type { ReportDescription } from './report-shelf.ts';

type Methods = typeof apiReports;
type OutputOf<M extends keyof Methods> = z.infer<Methods[M]['output']>;
type Places = OutputOf<'reports.places'>;
type Part = { readonly offset: number; readonly limit: number };

/** Makes, shows and exports reports; everything that takes time is done beside the counter. */
export type ReportExportService = {
  readonly make: (
    signIn: SignIn,
    request: ReportRequest,
  ) => Promise<Result<ReportSheet, Refusal<'REPORT_PERIOD_INVALID' | 'FORBIDDEN'> | StorageRefusal>>;
  readonly rows: (
    reportId: string,
    section: number,
    part: Part,
  ) => Promise<Result<OutputOf<'reports.rows'>, Refusal<'NOT_FOUND'> | StorageRefusal>>;
  readonly entries: (
    reportId: string,
    choice: EntryChoice,
    part: Part,
  ) => Promise<Result<OutputOf<'reports.entries'>, Refusal<'NOT_FOUND'> | StorageRefusal>>;
  readonly places: () => Promise<Places>;
  readonly exportReport: (
    signIn: SignIn,
    asked: {
      readonly reportId: string;
      readonly format: ReportFormat;
      readonly folder: string;
      readonly platesReason: string | null;
    },
  ) => Promise<Result<ExportedReport, Refusal<'NOT_FOUND' | 'REPORT_EXPORT_FAILED' | 'FORBIDDEN'> | StorageRefusal>>;
  readonly stop: () => Promise<void>;
};

type Deps = {
  readonly db: Pick<Db, 'read'>;
  readonly journal: Pick<Journal, 'record'>;
  readonly timekeeper: Timekeeper;
  readonly desk: ReportDesk;
  readonly newId: () => string;
  readonly deviceId: string;
  readonly outletId: string;
  /** The counter's own folder for reports. */
  readonly ownFolder: string;
  /** Folders of the media that are plugged in. */
  readonly media: () => readonly string[];
};

/** A year and a day: a longer book is made year by year. */
const MOST_DAYS = 366;

const NOT_FOUND = err({ code: 'NOT_FOUND' as const });
const failed = (reason: string) => err({ code: 'REPORT_EXPORT_FAILED' as const, details: { reason } });

async function placeOf(folder: string): Promise<Places[number]> {
  const disk = await statfs(folder).catch(() => null); // a figure for the screen: unknown is an answer
  return {
    folder,
    name: placeName(folder),
    freeBytes: disk === null ? null : disk.bavail * disk.bsize,
  };
}

/** `laporan-bku-3506-017-2026-11-01-2026-11-30.xlsx`: the same report again takes the place of the one before. */
function nameOf({ request }: ReportDescription, outletId: string, format: ReportFormat, isShown: boolean): string {
  const { kind, from, to, cashSessionId, officerId } = request;
  const narrowed = [
    cashSessionId === null ? [] : [cashSessionId.slice(-6)],
    officerId === null ? [] : [officerId],
  ].flat();
  const period = from === to ? [from] : [from, to];
  const parts = ['laporan', kind, outletId, ...period, ...narrowed, ...(isShown ? ['lengkap'] : [])];
  return `${parts.join('-')}.${format}`;
}

/** Commits what leaves before the file has its name. */
async function recordExport(
  { journal, deviceId }: Deps,
  signIn: SignIn,
  what: {
    readonly description: ReportDescription;
    readonly exportId: string;
    readonly format: ReportFormat;
    readonly sha256: string;
    readonly platesReason: string | null;
  },
): Promise<Result<void, StorageRefusal>> {
  const { description, exportId, format, sha256, platesReason } = what;
  const { request, source, rows, hasPlates } = description;
  return await journal.record(async (_tx, append) => {
    append({
      type: 'report.exported',
      stream: deviceId,
      officerId: signIn.officerId,
      cashSessionId: null,
      body: {
        exportId,
        ...request,
        format,
        rows,
        sha256,
        headSeq: source.headSeq,
        head: source.head,
        plates: !hasPlates ? 'none' : platesReason === null ? 'masked' : 'shown',
        reason: hasPlates ? platesReason : null,
      },
    });
    return ok(undefined);
  });
}

export function createReportExportService(deps: Deps): ReportExportService {
  const { db, timekeeper, desk, newId, ownFolder, media } = deps;

  /** "The expected total is hidden until the count is committed": an officer sees no sum of a drawer that he must count. */
  const hiddenFor = async ({ role }: SignIn): Promise<string | null> => {
    if (role !== 'officer') return null;
    const open = await db.read(findOpenSession);
    return open?.state === 'open' ? open.cashSessionId : null;
  };

  const exportReport: ReportExportService['exportReport'] = async (signIn, asked) => {
    const { reportId, format, folder, platesReason } = asked;
    if (platesReason !== null && signIn.role !== 'supervisor') return err({ code: 'FORBIDDEN' });
    const described = await desk.ask<'describe'>({ do: 'describe', reportId });
    if (!described.ok) return described;
    const description = described.value;
    if (description === undefined) return NOT_FOUND;
    const plates = platesReason === null ? 'masked' : 'shown';
    const name = nameOf(description, deps.outletId, format, plates === 'shown');
    const place = await openPlace(folder, deps);
    if (!place.ok) return failed(place.error);
    const answer = await desk
      .ask<'write'>({ do: 'write', reportId, format, plates, folder, name })
      .catch((fault: unknown) => {
        if (isTooLarge(fault)) return 'TOO_LARGE' as const;
        throw fault;
      });
    if (answer === 'TOO_LARGE') {
      await discard(join(folder, name));
      return failed(answer);
    }
    if (!answer.ok) return answer;
    const written = answer.value;
    if (written === undefined) return NOT_FOUND;
    if (!written.ok) return failed(written.error);
    const { file, bytes, sha256 } = written.value;
    const exportId = newId();
    const recorded = await recordExport(deps, signIn, { description, exportId, format, sha256, platesReason });
    if (!recorded.ok) {
      await discard(file);
      return recorded;
    }
    const named = await giveName({ file });
    if (!named.ok) return failed(named.error);
    return ok({ exportId, file, format, bytes, rows: description.rows, sha256 });
  };

  return {
    make: async (signIn, request) => {
      const days = daysBetween(request.from, request.to);
      if (days < 0 || days > MOST_DAYS) return err({ code: 'REPORT_PERIOD_INVALID', path: ['to'] });
      // Whoever is looked at does not learn where he is not.
      if (request.kind === 'signals' && signIn.role === 'officer') return err({ code: 'FORBIDDEN' });
      const hiddenSessionId = await hiddenFor(signIn);
      const order = {
        request,
        madeAt: Math.floor(timekeeper.now()),
        timeTrust: timekeeper.state().timeTrust,
        today: timekeeper.today(),
        hiddenSessionId,
      };
      return await desk.ask<'make'>({ do: 'make', reportId: newId(), order });
    },
    rows: async (reportId, section, part) => {
      const answer = await desk.ask<'rows'>({ do: 'rows', reportId, section, part });
      if (!answer.ok) return answer;
      return answer.value === undefined ? NOT_FOUND : ok({ rows: [...answer.value] });
    },
    entries: async (reportId, choice, part) => {
      const answer = await desk.ask<'entries'>({ do: 'entries', reportId, choice, part });
      if (!answer.ok) return answer;
      return answer.value === undefined ? NOT_FOUND : ok(answer.value);
    },
    places: async () => {
      await makeFolder(ownFolder).catch(() => undefined); // the export itself tells what is wrong with it
      return await Promise.all([ownFolder, ...media()].map(placeOf));
    },
    exportReport,
    stop: desk.stop,
  };
}
