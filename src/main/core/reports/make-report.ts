import type { ReportKind, ReportRequest, ReportSource } from '../../../contract/views-reports.ts';
import type { TimeTrust } from '../../../contract/primitives.ts';
import { addDays, type LocalDate } from '../../../domain/local-date.ts';
import { assertNever } from '../../../domain/result.ts';
import { readOfficers } from '../auth/auth-store.ts';
import type { ReadTx } from '../db/tx.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { EnrolledDevice } from '../device/enrolled-device-store.ts';
import { findHead } from '../journal/journal-store.ts';
import { receiptNumberAt } from '../transactions/receipt-numbers.ts';
import { findSale } from '../transactions/sale-store.ts';
import { beneficiaryReport, componentReport } from './beneficiary-report.ts';
import { cashBook, meansReport, roundingReport } from './book-reports.ts';
import { cashAgeReport, depositReport, stsRegister, stsReport } from './deposit-reports.ts';
import { dayReport, officerReport } from './group-reports.ts';
import { gapReport, voidRegister } from './register-reports.ts';
import { type ReportContent, type ReportRoom, startOfDay } from './report-room.ts';
import { seqRange } from './report-store.ts';
import { qualityReport } from './quality-report.ts';
import { signalReport } from './signal-report.ts';
import { REPORT_TEXT, REPORT_TITLES } from './report-text.ts';
import { dayText } from './report-words.ts';
import { sessionFacts, sessionName, sessionReport, varianceReport } from './session-reports.ts';

/** What a report is made for, beside the question itself. */
export type ReportOrder = {
  readonly request: ReportRequest;
  readonly madeAt: number;
  readonly timeTrust: TimeTrust;
  readonly today: LocalDate;
  /** A drawer that its officer must still count blind. */
  readonly hiddenSessionId: string | null;
};

/** Whose journal it is. */
export type ReportOutlet = Pick<EnrolledDevice, 'outlet' | 'deviceNo'> & { readonly training: boolean };

/** A report, whole. */
export type Report = ReportContent & {
  readonly kind: ReportKind;
  readonly title: string;
  readonly lines: readonly string[];
  readonly request: ReportRequest;
  readonly source: ReportSource;
  readonly leavesOutOpenSession: boolean;
  readonly training: boolean;
  /** For the entries behind a figure. */
  readonly room: Omit<ReportRoom, 'tx' | 'plateOf'>;
};

/** *Laporan Penutupan Hari*: what is signed in the evening, in one. */
async function closingReport(room: ReportRoom): Promise<ReportContent> {
  const day = await dayReport(room);
  const others: ReportContent[] = [];
  for (const part of [
    sessionReport,
    beneficiaryReport,
    meansReport,
    depositReport,
    cashAgeReport,
    voidRegister,
    gapReport,
  ]) {
    others.push(await part(room));
  }
  return { sections: [...day.sections, ...others.flatMap(({ sections }) => sections)], chart: day.chart };
}

async function contentOf(kind: ReportKind, room: ReportRoom): Promise<ReportContent> {
  switch (kind) {
    case 'closing':
      return await closingReport(room);
    case 'day':
      return await dayReport(room);
    case 'cash-session':
      return await sessionReport(room);
    case 'officer':
      return await officerReport(room);
    case 'component':
      return await componentReport(room);
    case 'beneficiary':
      return await beneficiaryReport(room);
    case 'means':
      return await meansReport(room);
    case 'rounding':
      return await roundingReport(room);
    case 'variances':
      return await varianceReport(room);
    case 'cash-age':
      return await cashAgeReport(room);
    case 'deposits':
      return await depositReport(room);
    case 'bku':
      return await cashBook(room);
    case 'sts':
      return await stsReport(room);
    case 'sts-register':
      return await stsRegister(room);
    case 'voids':
      return await voidRegister(room);
    case 'gaps':
      return await gapReport(room);
    case 'signals':
      return await signalReport(room);
    case 'service-quality':
      return await qualityReport(room);
    default:
      return assertNever(kind);
  }
}

async function linesOf(room: ReportRoom, outlet: ReportOutlet, isBlind: boolean): Promise<readonly string[]> {
  const { from, to, cashSessionId, officerId } = room.request;
  const session = cashSessionId === null ? null : await sessionFacts(room, cashSessionId);
  return [
    REPORT_TEXT.outlet(outlet.outlet.name, outlet.deviceNo),
    REPORT_TEXT.period(dayText(from), dayText(to)),
    ...(session === null ? [] : [sessionName(session)]),
    ...(officerId === null ? [] : [REPORT_TEXT.ofOfficer(room.officers.get(officerId) ?? officerId)]),
    ...(isBlind ? [REPORT_TEXT.leavesOut] : []),
  ];
}

/** Makes a report of the journal as it stands in this view; entries appended meanwhile are in none of its figures. */
export async function makeReport(
  tx: ReadTx,
  order: ReportOrder,
  { outlet, cipher }: { readonly outlet: ReportOutlet; readonly cipher: ColumnCipher },
): Promise<Report> {
  const { request, madeAt, timeTrust, today, hiddenSessionId } = order;
  const head = await findHead(tx);
  const room: ReportRoom = {
    tx,
    request,
    today,
    scope: {
      fromMs: startOfDay(request.from),
      untilMs: startOfDay(addDays(request.to, 1)),
      headSeq: head?.seq ?? 0,
      cashSessionId: request.cashSessionId,
      officerId: request.officerId,
      hiddenSessionId,
    },
    officers: new Map((await readOfficers(tx)).map(({ officerId, name }) => [officerId, name])),
    plateOf: async (transactionId) => (await findSale(tx, cipher, transactionId))?.vehicle.nrkb ?? null,
    numberAt: (position) => receiptNumberAt(outlet, position),
  };
  const range = await seqRange(tx, room.scope);
  const { tx: _tx, plateOf: _plateOf, ...kept } = room;
  return {
    ...(await contentOf(request.kind, room)),
    kind: request.kind,
    title: REPORT_TITLES[request.kind],
    lines: await linesOf(room, outlet, hiddenSessionId !== null),
    request,
    source: { ...range, headSeq: head?.seq ?? 0, head: head?.hash ?? null, madeAt, timeTrust },
    leavesOutOpenSession: hiddenSessionId !== null,
    training: outlet.training,
    room: kept,
  };
}
