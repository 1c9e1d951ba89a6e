import type { Refusal } from '../../../contract/errors.ts';
import type { CancellationView } from '../../../contract/views-cases.ts';
import type { ApprovalAsked } from '../../../domain/approval.ts';
import { likelyAnswer, mayAskBack, sameDayUntil } from '../../../domain/same-day.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { ApprovalGrant } from '../approvals/approval-grant.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { ReadTx, StorageRefusal } from '../db/open.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { findDelivery } from '../sync/delivery-store.ts';
import { findSale, type Sale } from '../transactions/sale-store.ts';
import { cancellationAct } from './case-acts.ts';
import type { CaseDeps } from './case-deps.ts';
import { findCancellation, findCashRefund, insertCancellation } from './claim-store.ts';

type AskCode = 'TRANSACTION_UNKNOWN' | 'CANCELLATION_NOT_NOW';

export type CancellationService = {
  /** Outcome and deadline, which the officer sees before asking. */
  readonly preview: (transactionId: string) => Promise<Result<CancellationView, Refusal<'TRANSACTION_UNKNOWN'>>>;
  readonly viewIn: (tx: ReadTx, sale: Sale) => Promise<CancellationView>;
  /** What an approval of a request is bound to. */
  readonly asked: (transactionId: string) => Promise<Result<ApprovalAsked, Refusal<'TRANSACTION_UNKNOWN'>>>;
  /** Permintaan pembatalan hari yang sama: after sending only the province can undo a sale (OPOP-Sync/1 13.7). */
  readonly request: (
    signIn: SignIn,
    asked: { readonly transactionId: string; readonly reason: string },
    approval: ApprovalGrant,
  ) => Promise<Result<CancellationView, Refusal<AskCode | 'APPROVAL_OTHER' | 'APPROVAL_USED'> | StorageRefusal>>;
};

export function createCancellationService(deps: CaseDeps): CancellationService {
  const { db, journal, cipher, timekeeper, events, newId } = deps;

  const viewOf = async (tx: ReadTx, sale: Sale): Promise<CancellationView> => {
    const { transactionId, paidOn, central, payable } = sale;
    const known = await findCancellation(tx, transactionId);
    const untilHour = (await readPolicy(tx)).cases.cancellationUntilHour;
    const may = mayAskBack({
      delivery: (await findDelivery(tx, sale.seq))?.state ?? 'queued',
      central,
      isReturned: sale.voided !== null || (await findCashRefund(tx, transactionId)) !== undefined,
      isAsked: known !== undefined,
      paidOn,
      today: timekeeper.today(),
      now: timekeeper.now(),
      untilHour,
    });
    return {
      transactionId,
      may,
      until: sameDayUntil(paidOn, untilHour),
      likely: likelyAnswer(central),
      payable,
      entryHash: sale.entryHash,
      asked: known === undefined ? null : { at: known.asked_at, answer: known.answer, answeredAt: known.answered_at },
    };
  };

  return {
    viewIn: viewOf,
    preview: (transactionId) =>
      db.read(async (tx) => {
        const sale = await findSale(tx, cipher, transactionId);
        return sale === undefined ? err({ code: 'TRANSACTION_UNKNOWN' }) : ok(await viewOf(tx, sale));
      }),
    asked: async (transactionId) => {
      const sale = await db.read((tx) => findSale(tx, cipher, transactionId));
      return sale === undefined ? err({ code: 'TRANSACTION_UNKNOWN' }) : ok(cancellationAct(sale));
    },
    request: async (signIn, { transactionId, reason }, approval) => {
      const requested = await journal.record(async (tx, append) => {
        const sale = await findSale(tx, cipher, transactionId);
        if (sale === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        const { may } = await viewOf(tx, sale);
        if (may !== 'yes') return err({ code: 'CANCELLATION_NOT_NOW' as const, details: { reason: may } });
        const act = { ...cancellationAct(sale), stream: transactionId, officerId: signIn.officerId };
        const used = await approval.use(tx, append, { ...act, cashSessionId: null });
        if (!used.ok) return used;
        const requestId = newId();
        const { approvedBy } = used.value;
        const entry = append({
          type: 'cancellation.requested',
          stream: transactionId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { requestId, transactionId, paidHash: sale.entryHash, reason, approvedBy },
        });
        const row = { transaction_id: transactionId, request_id: requestId, seq: entry.seq, asked_at: entry.wallMs };
        await insertCancellation(tx, row);
        return ok(await viewOf(tx, sale));
      });
      if (requested.ok) for (const topic of ['transactions', 'outbox', 'exceptions'] as const) events.publish(topic);
      return requested;
    },
  };
}
