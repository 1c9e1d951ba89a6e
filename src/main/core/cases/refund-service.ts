import type { RefundPersonal } from '../../../contract/entry-bodies-cases.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { EntryBody } from '../../../contract/journal-entry.ts';
import type { ApprovalAsked } from '../../../domain/approval.ts';
import { isOpenRefund } from '../../../domain/refund-state.ts';
import { refundToAsk } from '../../../domain/refund-road.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { ApprovalGrant } from '../approvals/approval-grant.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { ReadTx, StorageRefusal } from '../db/open.ts';
import { type Appended, bodyOf } from '../journal/entry-text.ts';
import { findDelivery } from '../sync/delivery-store.ts';
import { receiptNumberAt } from '../transactions/receipt-numbers.ts';
import { findSale, type Sale } from '../transactions/sale-store.ts';
import { refundAct } from './case-acts.ts';
import type { CaseDeps } from './case-deps.ts';
import { findRefund, insertRefund, putApproved, type StoredRefund } from './claim-store.ts';
import { refundPapersNow } from './refund-papers.ts';
import { readSaleFacts } from './sale-facts.ts';

type AskCode = 'TRANSACTION_UNKNOWN' | 'REFUND_NOT_NOW' | 'REFUND_PAPERS_MISSING' | 'PERSON_ERASED';

/** An application that was just written down, with what its form says. */
export type RequestedRefund = {
  readonly sale: Sale;
  readonly entry: Appended;
  readonly body: EntryBody<'refund.requested'>;
};

export type RefundService = {
  /** An application: the account sealed to the province, the sums per period and component from what was decided. */
  readonly request: (
    signIn: SignIn,
    asked: {
      readonly transactionId: string;
      readonly person: RefundPersonal;
      /** Why identity or original paper are not there. */
      readonly withoutPapers: string | null;
    },
  ) => Promise<Result<RequestedRefund, Refusal<AskCode> | StorageRefusal>>;
  /** What an approval of an application is bound to. */
  readonly asked: (refundId: string) => Promise<Result<ApprovalAsked, Refusal<'REFUND_UNKNOWN'>>>;
  /** A supervisor's word at the counter; the province has the last one, and pays. */
  readonly approve: (
    signIn: SignIn,
    refundId: string,
    approval: ApprovalGrant,
  ) => Promise<
    Result<
      StoredRefund,
      | Refusal<'REFUND_UNKNOWN' | 'REFUND_NOT_NOW' | 'APPROVER_REFUSED' | 'APPROVAL_OTHER' | 'APPROVAL_USED'>
      | StorageRefusal
    >
  >;
};

export function createRefundService(deps: CaseDeps): RefundService {
  const { db, journal, cipher, subjectKeys, device, events, newId } = deps;
  const told = (): void => {
    for (const topic of ['transactions', 'outbox', 'exceptions'] as const) events.publish(topic);
  };

  /** Why nothing can be asked back now; null when something can. */
  const refusalOf = async (tx: ReadTx, sale: Sale, refunds: readonly StoredRefund[]): Promise<string | null> => {
    const delivery = (await findDelivery(tx, sale.seq))?.state ?? 'queued';
    // While nothing has left, the sale is taken back whole.
    if (delivery === 'queued') return 'void-instead';
    return refunds.some(({ state }) => isOpenRefund(state)) ? 'application-open' : null;
  };

  return {
    request: async (signIn, { transactionId, person, withoutPapers }) => {
      const requested = await journal.record(async (tx, append) => {
        const sale = await findSale(tx, cipher, transactionId);
        if (sale === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        const { standing, refunds } = await readSaleFacts(tx, journal, sale);
        const reason = await refusalOf(tx, sale, refunds);
        const toAsk = reason === null ? refundToAsk(standing) : null;
        if (toAsk === null) {
          return err({ code: 'REFUND_NOT_NOW' as const, details: { reason: reason ?? 'nothing-owed' } });
        }
        const bodyKey = await subjectKeys.findSubjectKey(tx, transactionId);
        if (bodyKey === undefined) return err({ code: 'PERSON_ERASED' as const });
        const papers = await refundPapersNow(tx, transactionId);
        if (papers.missing.length > 0 && withoutPapers === null) {
          return err({ code: 'REFUND_PAPERS_MISSING' as const, details: { missing: papers.missing.join(' ') } });
        }
        const refundId = newId();
        const documentIds = papers.pages.map((page) => page.document_id);
        const { parts, whole, amount } = toAsk;
        const entry = append({
          type: 'refund.requested',
          stream: transactionId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: (position) => ({
            refundId,
            refundNumber: receiptNumberAt(device, position),
            transactionId,
            parts: [...parts],
            whole,
            amount,
            documentIds: documentIds.slice(-10),
            ...(papers.missing.length === 0 || withoutPapers === null ? {} : { withoutPapers }),
            sealed: subjectKeys.sealUnder(bodyKey, transactionId, person),
          }),
        });
        const body = bodyOf('refund.requested', entry);
        const { refundNumber: number } = body;
        const of = { refundId, seq: entry.seq, transactionId, number, amount, parts: body.parts, whole };
        await insertRefund(tx, { ...of, askedBy: signIn.officerId, requestedAt: entry.wallMs });
        return ok({ sale, entry, body });
      });
      if (requested.ok) told();
      return requested;
    },

    asked: (refundId) =>
      db.read(async (tx) => {
        const refund = await findRefund(tx, refundId);
        return refund === undefined ? err({ code: 'REFUND_UNKNOWN' }) : ok(refundAct(refund));
      }),

    approve: async (signIn, refundId, approval) => {
      const approved = await journal.record(async (tx, append) => {
        const refund = await findRefund(tx, refundId);
        if (refund === undefined) return err({ code: 'REFUND_UNKNOWN' as const });
        if (refund.state !== 'requested' || refund.approvedSeq !== null) {
          return err({ code: 'REFUND_NOT_NOW' as const, details: { reason: refund.state } });
        }
        if (approval.approvedBy === refund.askedBy) {
          return err({ code: 'APPROVER_REFUSED' as const, path: ['approval'], details: { reason: 'SAME_PERSON' } });
        }
        const { transactionId } = refund;
        const act = { ...refundAct(refund), stream: transactionId, officerId: signIn.officerId, cashSessionId: null };
        const used = await approval.use(tx, append, act);
        if (!used.ok) return used;
        const entry = append({
          type: 'refund.approved',
          stream: transactionId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { refundId, transactionId, approvedBy: used.value.approvedBy },
        });
        await putApproved(tx, refundId, entry.seq);
        return ok({ ...refund, approvedSeq: entry.seq });
      });
      if (approved.ok) told();
      return approved;
    },
  };
}
