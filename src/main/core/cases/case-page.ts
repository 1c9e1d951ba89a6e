import type { CasePage } from '../../../contract/views-cases.ts';
import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import { standingLines } from '../../../domain/case-ledger.ts';
import { type CaseFacts, ownerOfCase, promisedDay, stepsOfCase } from '../../../domain/case-progress.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { refundToAsk } from '../../../domain/refund-road.ts';
import { rupiah } from '../../../domain/rupiah.ts';
import { findOfficer } from '../auth/auth-store.ts';
import type { ReadTx } from '../db/open.ts';
import { bodyOf, type StoredEntry } from '../journal/entry-text.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import type { CancellationService } from './cancellation-service.ts';
import type { CaseDeps } from './case-deps.ts';
import { type CaseFile, readEventPlaces } from './case-file-store.ts';
import { casePapersView } from './case-papers.ts';
import type { CashRefundService } from './cash-refund-service.ts';
import { findCancellation, isMatched, isShortfallAnswered, readShortfalls, type StoredRefund } from './claim-store.ts';
import { refundPapersView } from './refund-papers.ts';
import type { SaleFacts } from './sale-facts.ts';
import { missingOf } from './shortfall-service.ts';

const DAY_MS = 86_400_000;

/** Parts of the page that only a case of a sale has. */
export type SalePart = Pick<
  CasePage,
  | 'parts'
  | 'money'
  | 'shortfall'
  | 'matchDecisionId'
  | 'cashRefund'
  | 'refundToAsk'
  | 'refunds'
  | 'refundPapers'
  | 'papers'
  | 'cancellation'
>;

export const NO_SALE: SalePart = {
  parts: [],
  money: [],
  shortfall: null,
  matchDecisionId: null,
  cashRefund: null,
  refundToAsk: null,
  refunds: [],
  refundPapers: null,
  papers: [],
  cancellation: null,
};

/** An application as the screens show it. */
export function refundView(refund: StoredRefund): CasePage['refunds'][number] {
  const { refundId, number, amount, state, requestedAt, askedBy, approvedSeq, reference, reason } = refund;
  return {
    refundId,
    number,
    amount,
    state,
    requestedAt,
    askedBy,
    approvedHere: approvedSeq !== null,
    reference,
    reason,
  };
}

/** What is known and what can be done about the sale of a case. */
export async function salePartOf(
  tx: ReadTx,
  facts: SaleFacts,
  file: CaseFile | undefined,
  {
    journal,
    cancellations,
    cashRefunds,
  }: {
    readonly journal: CaseDeps['journal'];
    readonly cancellations: CancellationService;
    readonly cashRefunds: CashRefundService;
  },
): Promise<SalePart> {
  const { decision, standing, body, collected, cashRefund, refunds, sale } = facts;
  const { waiveShortUpTo } = (await readPolicy(tx)).cases;
  const missing = await missingOf(tx, facts);
  const isRejected = decision?.central === 'rejected' && !standing.cashReturned;
  const mayMatch = isRejected && !(await isMatched(tx, decision.decisionId));
  const offer = await cashRefunds.offerIn(tx, facts);
  const toAsk = refunds.some(({ state }) => state !== 'rejected' && state !== 'paid') ? null : refundToAsk(standing);
  const asked = await findCancellation(tx, sale.transactionId);
  const cash = standing.cashReturned
    ? []
    : [
        {
          account: 'cash' as const,
          amount: rupiah(body.payable + collected.reduce((sum, one) => sum + one.payable, 0)),
        },
      ];
  return {
    parts: standing.parts.map(({ component, periodDueOn, taken, waived, expected, state }) => ({
      component,
      periodDueOn,
      taken,
      waived,
      expected,
      state,
    })),
    money: [...cash, ...standingLines(standing)],
    shortfall:
      missing === null
        ? null
        : {
            decisionId: missing.decisionId,
            total: missing.total,
            payable: missing.payable,
            rounding: missing.rounding,
            mayWaive: missing.total <= waiveShortUpTo,
          },
    matchDecisionId: mayMatch ? decision.decisionId : null,
    cashRefund: { ...offer, entryHash: sale.entryHash, number: cashRefund?.number ?? null },
    refundToAsk: toAsk === null ? null : { amount: toAsk.amount, whole: toAsk.whole },
    refunds: refunds.map(refundView),
    refundPapers: await refundPapersView(tx, facts, file),
    papers: await casePapersView(tx, journal, sale.transactionId),
    cancellation: asked === undefined ? null : await cancellations.viewIn(tx, sale),
  };
}

/** What was done about a case so far. */
export async function progressOf(
  tx: ReadTx,
  file: CaseFile | undefined,
  facts: SaleFacts | undefined,
  { seen }: Pick<ExceptionCaseView, 'seen'>,
): Promise<CaseFacts> {
  const decisionId = facts?.decision?.decisionId;
  return {
    isOpened: file !== undefined,
    isShortfallAnswered: decisionId !== undefined && (await isShortfallAnswered(tx, decisionId)),
    isMatched: decisionId !== undefined && (await isMatched(tx, decisionId)),
    isCashReturned: facts?.standing.cashReturned ?? false,
    refund: facts?.refunds.at(-1)?.state ?? null,
    seen,
  };
}

/** What an entry about a case says in its one line; codes and names, the screen has the words. */
function textOf(entry: StoredEntry): string {
  switch (entry.type) {
    case 'case.opened':
      return bodyOf('case.opened', entry).caseNumber;
    case 'case.assigned':
    case 'case.escalated': {
      const { owner, reason } = bodyOf(entry.type, entry);
      return `${owner}: ${reason}`;
    }
    case 'shortfall.collected':
      return bodyOf('shortfall.collected', entry).collectionNumber;
    case 'shortfall.waived':
      return bodyOf('shortfall.waived', entry).reason;
    case 'refund.paid-in-cash':
      return bodyOf('refund.paid-in-cash', entry).refundNumber;
    case 'refund.requested':
      return bodyOf('refund.requested', entry).refundNumber;
    case 'cancellation.requested':
      return bodyOf('cancellation.requested', entry).reason;
    default:
      return '';
  }
}

/** The life line of a case: its own entries and those about the money of its sale, oldest first. */
async function lifeOf(
  tx: ReadTx,
  deps: CaseDeps,
  file: CaseFile | undefined,
  facts: SaleFacts | undefined,
): Promise<CasePage['life']> {
  const places = new Set<number>();
  if (file !== undefined)
    for (const seq of [file.openedSeq, ...(await readEventPlaces(tx, file.caseId))]) places.add(seq);
  if (facts !== undefined) {
    const { transactionId } = facts.sale;
    for (const { seq } of await readShortfalls(tx, transactionId)) places.add(seq);
    for (const { seq, approvedSeq } of facts.refunds) for (const place of [seq, approvedSeq ?? seq]) places.add(place);
    const asked = await findCancellation(tx, transactionId);
    if (asked !== undefined) places.add(asked.seq);
    if (facts.cashRefund !== null) places.add(facts.cashRefund.seq);
  }
  const life: CasePage['life'] = [];
  for (const seq of [...places].toSorted((left, right) => left - right)) {
    const entry = await deps.journal.find(tx, seq);
    if (entry === undefined) continue;
    const officerName =
      entry.officerId === null ? '' : ((await findOfficer(tx, entry.officerId))?.name ?? entry.officerId);
    const sealedNote = entry.type === 'case.noted' ? seq : null;
    life.push({ at: entry.wallMs, type: entry.type, officerName, text: textOf(entry), sealedNote });
  }
  return life;
}

/** Puts the page together. */
export async function pageOf(
  tx: ReadTx,
  deps: CaseDeps,
  of: {
    readonly row: ExceptionCaseView;
    readonly isOpen: boolean;
    readonly file: CaseFile | undefined;
    readonly facts: SaleFacts | undefined;
    readonly salePart: SalePart;
  },
): Promise<CasePage> {
  const { row, isOpen, file, facts, salePart } = of;
  const policy = await readPolicy(tx);
  const progress = await progressOf(tx, file, facts, row);
  const { caseId, kind, openedAt, transactionId, cashSessionId, nrkb, receiptNumber, reason, aside } = row;
  return {
    caseId,
    kind,
    isOpen,
    openedAt,
    ageDays: Math.max(0, Math.floor((deps.timekeeper.now() - openedAt) / DAY_MS)),
    number: file?.number ?? null,
    owner: file?.owner ?? ownerOfCase(kind, progress),
    promisedOn: file?.promisedOn ?? promisedDay(localDateAt(openedAt), policy.cases.promisedDays),
    complaintPhone: policy.complaintPhone,
    transactionId,
    cashSessionId,
    nrkb,
    receiptNumber,
    reason,
    aside,
    counterTotal: row.counterTotal,
    provinceTotal: row.provinceTotal,
    gap: row.gap,
    steps: stepsOfCase(kind, progress).map((one) => ({ ...one })),
    life: await lifeOf(tx, deps, file, facts),
    ...salePart,
  };
}
