import { ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

type ReportMethods = Extract<keyof Handlers, `reports.${string}`>;

/** Reports on screen and as files. */
export function reportHandlers({ reportDesk, reports }: Counter): Pick<Handlers, ReportMethods> {
  return {
    'reports.period': async ({ from, to }) => ok(await reports.period(from, to)),
    'reports.make': async (request, { signIn }) => await reportDesk.make(signIn, request),
    'reports.rows': async ({ reportId, section, offset, limit }) =>
      await reportDesk.rows(reportId, section, { offset, limit }),
    'reports.entries': async ({ reportId, choice, offset, limit }) =>
      await reportDesk.entries(reportId, choice, { offset, limit }),
    'reports.places': async () => ok([...(await reportDesk.places())]),
    'reports.export': async (asked, { signIn }) => await reportDesk.exportReport(signIn, asked),
  };
}
