import type { ApprovalAsked } from '../../../domain/approval.ts';
import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Rupiah } from '../../../domain/rupiah.ts';
import { contentHashOf } from '../approvals/approval-codes.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession, type StoredCashSession } from '../cash/cash-store.ts';
import type { ReadTx } from '../db/open.ts';
import type { Sale } from '../transactions/sale-store.ts';

type SaleRef = Pick<Sale, 'transactionId' | 'entryHash'>;

/** A shortfall that nobody pays, as its second person sees it: this decision, this sum. */
export function waiveAct(sale: SaleRef, decisionId: string, total: Rupiah): ApprovalAsked {
  const contentHash = contentHashOf({ decisionId });
  return { action: 'waive-shortfall', subject: sale.transactionId, amount: total, contentHash };
}

/** A same-day request as its second person sees it. */
export function cancellationAct(sale: SaleRef & Pick<Sale, 'payable'>): ApprovalAsked {
  const contentHash = contentHashOf({ entryHash: sale.entryHash });
  return { action: 'cancellation', subject: sale.transactionId, amount: sale.payable, contentHash };
}

/** Cash that goes back, as its second person sees it. */
export function cashRefundAct(sale: SaleRef, amount: Rupiah): ApprovalAsked {
  const contentHash = contentHashOf({ entryHash: sale.entryHash });
  return { action: 'refund-cash', subject: sale.transactionId, amount, contentHash };
}

/** An application for a refund as its second person sees it. */
export function refundAct(refund: {
  readonly refundId: string;
  readonly transactionId: string;
  readonly amount: Rupiah;
}): ApprovalAsked {
  const contentHash = contentHashOf({ refundId: refund.refundId });
  return { action: 'refund-application', subject: refund.transactionId, amount: refund.amount, contentHash };
}

/** The drawer that takes or gives the cash: open, and of who is signed in. */
export async function ownOpenSession(
  tx: ReadTx,
  signIn: SignIn,
): Promise<Result<StoredCashSession, Refusal<'CASH_SESSION_CLOSED' | 'CASH_SESSION_OF_OTHER'>>> {
  const session = await findOpenSession(tx);
  if (session?.state !== 'open') return err({ code: 'CASH_SESSION_CLOSED' });
  if (session.officerId === signIn.officerId) return ok(session);
  return err({ code: 'CASH_SESSION_OF_OTHER', details: { officer: session.officerName } });
}
