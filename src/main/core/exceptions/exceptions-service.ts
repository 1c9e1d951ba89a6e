import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import { byWorry, ownerOfCase, promisedDay } from '../../../domain/case-progress.ts';
import { exceptionOfOutcome } from '../../../domain/exception-case.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { rupiah } from '../../../domain/rupiah.ts';
import { readUnsettledApprovals } from '../approvals/approval-store.ts';
import { findOverdue } from '../cash/oldest-cash.ts';
import { readUnexplained } from '../cash/variance-store.ts';
import type { Db, ReadTx } from '../db/open.ts';
import { countApplicationCases, readApplicationCases } from '../applications/application-store.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { countMissingPages, readMissingPages } from '../documents/document-store.ts';
import { readEmergencyGaps } from '../emergency/emergency-views.ts';
import { readFormGaps } from '../forms/form-gaps.ts';
import { readUnsettledJobs } from '../printing/print-store.ts';
import { outboxFigures } from '../sync/delivery-store.ts';
import { countOpenCases, findSale, readSales, type Sale } from '../transactions/sale-store.ts';
import { findFiles } from '../cases/case-file-store.ts';
import { readUnclaimed } from '../cases/claim-store.ts';
import { readMoneyCases } from '../cases/money-cases.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { blank, guided } from './case-row.ts';
import { readNewestDecisions } from './decision-store.ts';
import { inspectionCases } from './inspection-cases.ts';
import { endedCase, lineCases, quarantineCases } from './line-cases.ts';

/** The most cases of one kind that a list names; a counter with more has stopped working. */
const LONGEST_LIST = 2000;

export type ExceptionsService = {
  /** Everything that waits for a person, worst first; a projection, rebuilt at every question. */
  readonly list: () => Promise<ExceptionCaseView[]>;
  /** How many they are, counted without opening one: the status bar asks at every event. */
  readonly count: () => Promise<number>;
  /** One of them, or what it was about when it still waited; undefined for what never was a case. */
  readonly findRow: (
    tx: ReadTx,
    caseId: string,
  ) => Promise<{ readonly row: ExceptionCaseView; readonly isOpen: boolean } | undefined>;
};

/** A case of a sale is the same one, however often the tax office speaks. */
const SALE_CASE = /^sale-(.{36})$/;

const NOTHING_DONE = {
  isOpened: false,
  isShortfallAnswered: false,
  isMatched: false,
  isCashReturned: false,
  refund: null,
};

export function createExceptionsService({
  db,
  cipher,
  now,
  clockJumpMs,
}: {
  readonly db: Db;
  readonly cipher: ColumnCipher;
  /** ms UTC, the best estimate. */
  readonly now: () => number;
  /** By how much the clock jumped, ms, while nobody has said that it is right; null when it did not. */
  readonly clockJumpMs: () => number | null;
}): ExceptionsService {
  /** Of these sales the ones that the tax office did not simply book. */
  const ofSales = async (tx: ReadTx, sales: readonly Sale[]): Promise<ExceptionCaseView[]> => {
    const ids = sales.map(({ transactionId }) => transactionId);
    const decisions = await readNewestDecisions(tx, ids);
    return sales.flatMap((sale) => {
      const decision = decisions.get(sale.transactionId);
      const kind = exceptionOfOutcome(sale.central);
      if (decision === undefined || kind === null) return [];
      const expected = decision.outcomes.reduce((sum, outcome) => sum + outcome.expected, 0);
      return [
        {
          ...blank(sale),
          caseId: `sale-${sale.transactionId}`,
          kind,
          openedAt: decision.decidedAt,
          provinceTotal: rupiah(expected),
          difference: decision.difference,
          reason: decision.reason,
          outcomes: [...decision.outcomes],
          ...guided(kind),
        },
      ];
    });
  };

  const ofDecisions = async (tx: ReadTx): Promise<ExceptionCaseView[]> =>
    await ofSales(tx, await readSales(tx, cipher, { openCase: true }, LONGEST_LIST));

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

  /** Cash that should be at a bank by now; whose session it came from says whose it is to bring. */
  const ofDeposits = async (tx: ReadTx): Promise<ExceptionCaseView[]> => {
    const overdue = await findOverdue(tx, now());
    if (overdue === null) return [];
    const { cashSessionId, overdueSince, officerName } = overdue;
    return [
      {
        ...blank(undefined),
        caseId: `deposit-${cashSessionId}`,
        cashSessionId,
        kind: 'deposit-overdue',
        openedAt: overdueSince,
        reason: officerName,
        ...guided('deposit-overdue'),
      },
    ];
  };

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
      gap: { form, series, from, to },
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
      gap: { form: null, series: '', from, to },
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

  const ofMoney = (tx: ReadTx): Promise<readonly ExceptionCaseView[]> =>
    readMoneyCases(tx, { cipher, nowMs: now(), clockJumpMs: clockJumpMs() });

  /** Worst first, each with its number where it has one, and whose turn it is. */
  const inOrder = async (tx: ReadTx, rows: readonly ExceptionCaseView[]): Promise<ExceptionCaseView[]> => {
    const files = await findFiles(
      tx,
      rows.map(({ caseId }) => caseId),
    );
    const { promisedDays } = (await readPolicy(tx)).cases;
    const nobodyCame = new Map((await readUnclaimed(tx)).map((one) => [`sale-${one.transactionId}`, one]));
    return rows.toSorted(byWorry).map((row) => {
      const file = files.get(row.caseId);
      const unclaimed = nobodyCame.get(row.caseId);
      const refund = unclaimed === undefined ? null : ('unclaimed' as const);
      const done = { ...NOTHING_DONE, refund, seen: row.seen };
      const owner = file?.owner ?? ownerOfCase(row.kind, done);
      const promisedOn = file?.promisedOn ?? promisedDay(localDateAt(row.openedAt), promisedDays);
      const waits = unclaimed === undefined ? null : { amount: unclaimed.amount, since: unclaimed.since };
      return { ...row, number: file?.number ?? null, owner, promisedOn, unclaimed: waits };
    });
  };

  const rowsIn = async (tx: ReadTx): Promise<ExceptionCaseView[]> =>
    await inOrder(tx, [
      ...(await ofPrints(tx)),
      ...(await quarantineCases(tx, cipher, LONGEST_LIST)),
      ...(await lineCases(tx, now())),
      ...(await ofVariances(tx)),
      ...(await inspectionCases(tx)),
      ...(await ofDeposits(tx)),
      ...(await ofDecisions(tx)),
      ...(await ofApplications(tx)),
      ...(await ofPages(tx)),
      ...(await ofForms(tx)),
      ...(await ofEmergency(tx)),
      ...(await ofApprovals(tx)),
      ...(await ofMoney(tx)),
    ]);
  const list = (): Promise<ExceptionCaseView[]> => db.read(rowsIn);

  const findRow: ExceptionsService['findRow'] = async (tx, caseId) => {
    const transactionId = SALE_CASE.exec(caseId)?.[1];
    const sale = transactionId === undefined ? undefined : await findSale(tx, cipher, transactionId);
    // The page of a sale's case asks for that sale alone, however many cases there are beside it.
    const rows =
      sale === undefined
        ? await rowsIn(tx)
        : await inOrder(tx, [...(await ofSales(tx, [sale])), ...(await ofMoney(tx))]);
    const row = rows.find((one) => one.caseId === caseId);
    if (row !== undefined) return { row, isOpen: true };
    const ended = await endedCase(tx, cipher, caseId);
    if (ended !== undefined) return { row: ended, isOpen: false };
    if (sale === undefined) return undefined;
    const file = (await findFiles(tx, [caseId])).get(caseId);
    const kind = file?.kind ?? exceptionOfOutcome(sale.central) ?? 'refund-due';
    const openedAt = file?.openedAt ?? sale.decidedAt ?? sale.paidAt;
    return { row: { ...blank(sale), caseId, kind, openedAt, ...guided(kind) }, isOpen: false };
  };

  const count = (): Promise<number> =>
    db.read(async (tx) => {
      const prints = (await readUnsettledJobs(tx)).filter((job) => job.state === 'unknown').length;
      const { quarantined } = await outboxFigures(tx);
      const variances =
        (await readUnexplained(tx)).length +
        (await inspectionCases(tx)).length +
        ((await findOverdue(tx, now())) === null ? 0 : 1);
      const open = (await countOpenCases(tx)) + (await countApplicationCases(tx));
      const pages = await countMissingPages(tx);
      const gaps = (await readFormGaps(tx)).length + (await readEmergencyGaps(tx)).length;
      const approvals = (await readUnsettledApprovals(tx, now())).length;
      const line = (await lineCases(tx, now())).length;
      const money = (await ofMoney(tx)).length;
      return prints + quarantined + variances + open + pages + gaps + approvals + line + money;
    });

  return { list, count, findRow };
}
