import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import { EXCEPTION_GUIDES } from '../../../domain/exception-case.ts';
import { rupiah } from '../../../domain/rupiah.ts';
import { readUnsettledApprovals } from '../approvals/approval-store.ts';
import { readUnexplained } from '../cash/variance-store.ts';
import type { Db, ReadTx } from '../db/open.ts';
import { countApplicationCases, readApplicationCases } from '../applications/application-store.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { countMissingPages, readMissingPages } from '../documents/document-store.ts';
import { readEmergencyGaps } from '../emergency/emergency-views.ts';
import { readFormGaps } from '../forms/form-gaps.ts';
import { readUnsettledJobs } from '../printing/print-store.ts';
import { outboxFigures, readQuarantined } from '../sync/delivery-store.ts';
import { countOpenCases, findSale, findSaleAt, readSales, type Sale } from '../transactions/sale-store.ts';
import { findNewestDecision } from './decision-store.ts';

const LONGEST_LIST = 500;

type Kind = ExceptionCaseView['kind'];

export type ExceptionsService = {
  /** Everything that waits for a person, worst first; a projection, rebuilt at every question. */
  readonly list: () => Promise<ExceptionCaseView[]>;
  /** How many they are, counted without opening one: the status bar asks at every event. */
  readonly count: () => Promise<number>;
};

/** Money's place and the steps left, as names that the screen words. */
function guided(kind: Kind): Pick<ExceptionCaseView, 'moneyPlace' | 'steps'> {
  const guide = EXCEPTION_GUIDES[kind];
  return { moneyPlace: guide.money, steps: guide.steps.map((one) => one.step) };
}

const blank = (sale: Sale | undefined) => ({
  cashSessionId: null,
  transactionId: sale?.transactionId ?? null,
  nrkb: sale?.vehicle.nrkb ?? null,
  receiptNumber: sale?.receiptNumber ?? null,
  counterTotal: sale?.total ?? null,
  provinceTotal: null,
  difference: 0,
  reason: null,
  approval: null,
  outcomes: [],
});

export function createExceptionsService({
  db,
  cipher,
  now,
}: {
  readonly db: Db;
  readonly cipher: ColumnCipher;
  /** ms UTC, the best estimate. */
  readonly now: () => number;
}): ExceptionsService {
  const ofDecisions = async (tx: ReadTx): Promise<ExceptionCaseView[]> => {
    const cases: ExceptionCaseView[] = [];
    for (const sale of await readSales(tx, cipher, { openCase: true }, LONGEST_LIST)) {
      const decision = await findNewestDecision(tx, sale.transactionId);
      const kind = sale.central;
      if (decision === undefined || kind === 'not-booked' || kind === 'booked' || kind === 'refunded') continue;
      const expected = decision.outcomes.reduce((sum, outcome) => sum + outcome.expected, 0);
      cases.push({
        ...blank(sale),
        caseId: decision.decisionId,
        kind,
        openedAt: decision.decidedAt,
        provinceTotal: rupiah(expected),
        difference: decision.difference,
        reason: decision.reason,
        outcomes: [...decision.outcomes],
        ...guided(kind),
      });
    }
    return cases;
  };

  const ofPrints = async (tx: ReadTx): Promise<ExceptionCaseView[]> => {
    const unknown = (await readUnsettledJobs(tx)).filter((job) => job.state === 'unknown');
    const cases: ExceptionCaseView[] = [];
    for (const job of unknown) {
      const sale = await findSale(tx, cipher, job.stream);
      cases.push({
        ...blank(sale),
        caseId: job.jobId,
        kind: 'print-unknown',
        openedAt: job.requestedAt,
        reason: job.detail,
        ...guided('print-unknown'),
      });
    }
    return cases;
  };

  const ofQuarantine = async (tx: ReadTx): Promise<ExceptionCaseView[]> => {
    const cases: ExceptionCaseView[] = [];
    for (const delivery of await readQuarantined(tx, LONGEST_LIST)) {
      const sale = await findSaleAt(tx, cipher, delivery.seq);
      cases.push({
        ...blank(sale),
        caseId: `entry-${String(delivery.seq)}`,
        kind: 'quarantined',
        openedAt: delivery.settledAt ?? delivery.recordedAt,
        reason: delivery.verdict,
        ...guided('quarantined'),
      });
    }
    return cases;
  };

  const ofVariances = async (tx: ReadTx): Promise<ExceptionCaseView[]> =>
    (await readUnexplained(tx)).map((session) => ({
      ...blank(undefined),
      caseId: `variance-${session.cashSessionId}`,
      cashSessionId: session.cashSessionId,
      kind: 'cash-variance' as const,
      openedAt: session.closedAt,
      counterTotal: session.countedTotal,
      difference: session.variance,
      reason: session.officerName,
      ...guided('cash-variance'),
    }));

  /** Papers that the citizen has to complete, or that came back from the agency. */
  const ofApplications = async (tx: ReadTx): Promise<ExceptionCaseView[]> =>
    (await readApplicationCases(tx, cipher, LONGEST_LIST)).map((application) => {
      const kind = application.state === 'returned' ? 'application-returned' : 'application-incomplete';
      return {
        ...blank(undefined),
        caseId: `application-${application.applicationId}`,
        kind,
        openedAt: application.decidedAt ?? application.begunAt,
        nrkb: application.content.nrkb,
        receiptNumber: application.received?.applicationNumber ?? null,
        reason: application.reason,
        ...guided(kind),
      };
    });

  /** Pages that never came to the province, that nobody can read there, or that this computer lost. */
  const ofPages = async (tx: ReadTx): Promise<ExceptionCaseView[]> => {
    const cases: ExceptionCaseView[] = [];
    for (const page of await readMissingPages(tx, LONGEST_LIST)) {
      const sale = await findSale(tx, cipher, page.stream);
      cases.push({
        ...blank(sale),
        caseId: `page-${page.document_id}`,
        transactionId: page.stream,
        kind: 'document-missing',
        openedAt: page.again_at ?? page.captured_at,
        reason: page.again_reason,
        ...guided('document-missing'),
      });
    }
    return cases;
  };

  /** Forms that were skipped without a word. */
  const ofForms = async (tx: ReadTx): Promise<ExceptionCaseView[]> =>
    (await readFormGaps(tx)).map(({ form, series, from, to, openedAt }) => ({
      ...blank(undefined),
      caseId: `form-${form}-${series}-${String(from)}-${String(to)}`,
      kind: 'form-gap' as const,
      openedAt,
      reason: `${form.toUpperCase()} ${series === '' ? '' : `${series} `}${from === to ? String(from) : `${String(from)}-${String(to)}`}`,
      ...guided('form-gap'),
    }));

  /** Sheets of the emergency receipt book that were skipped without a word. */
  const ofEmergency = async (tx: ReadTx): Promise<ExceptionCaseView[]> =>
    (await readEmergencyGaps(tx)).map(({ from, to, openedAt }) => ({
      ...blank(undefined),
      caseId: `emergency-${String(from)}-${String(to)}`,
      kind: 'emergency-gap' as const,
      openedAt,
      reason: from === to ? String(from) : `${String(from)}–${String(to)}`,
      ...guided('emergency-gap'),
    }));

  /** Approvals that nobody signed for in time, and those that their supervisor says were not his. */
  const ofApprovals = async (tx: ReadTx): Promise<ExceptionCaseView[]> =>
    (await readUnsettledApprovals(tx, now())).map((approval) => ({
      ...blank(undefined),
      caseId: `approval-${approval.approvalId}`,
      kind: 'approval-unconfirmed' as const,
      openedAt: approval.usedAt,
      approval: {
        action: approval.action,
        amount: approval.amount,
        method: approval.method,
        approvedBy: approval.approverName,
        disputed: approval.answer === 'disputed',
      },
      ...guided('approval-unconfirmed'),
    }));

  const list = (): Promise<ExceptionCaseView[]> =>
    db.read(async (tx) => [
      ...(await ofPrints(tx)),
      ...(await ofQuarantine(tx)),
      ...(await ofVariances(tx)),
      ...(await ofDecisions(tx)),
      ...(await ofApplications(tx)),
      ...(await ofPages(tx)),
      ...(await ofForms(tx)),
      ...(await ofEmergency(tx)),
      ...(await ofApprovals(tx)),
    ]);

  const count = (): Promise<number> =>
    db.read(async (tx) => {
      const prints = (await readUnsettledJobs(tx)).filter((job) => job.state === 'unknown').length;
      const { quarantined } = await outboxFigures(tx);
      const variances = (await readUnexplained(tx)).length;
      const open = (await countOpenCases(tx)) + (await countApplicationCases(tx));
      const pages = await countMissingPages(tx);
      const gaps = (await readFormGaps(tx)).length + (await readEmergencyGaps(tx)).length;
      const approvals = (await readUnsettledApprovals(tx, now())).length;
      return prints + quarantined + variances + open + pages + gaps + approvals;
    });

  return { list, count };
}
