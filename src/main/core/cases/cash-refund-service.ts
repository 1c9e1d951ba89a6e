import type { Refusal } from '../../../contract/errors.ts';
import { type EntryBody, salePersonalSchema } from '../../../contract/journal-entry.ts';
import { decodeReceiptProof } from '../../../contract/receipt-statement.ts';
import type { ApprovalAsked } from '../../../domain/approval.ts';
import { reversedLedgerLines } from '../../../domain/ledger-lines.ts';
import { isOpenRefund } from '../../../domain/refund-state.ts';
import { type CashRefundAnswer, cashRefundAnswer } from '../../../domain/refund-road.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ApprovalGrant } from '../approvals/approval-grant.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { ReadTx, StorageRefusal } from '../db/open.ts';
import { type Appended, bodyOf } from '../journal/entry-text.ts';
import { findDelivery } from '../sync/delivery-store.ts';
import { reopenArrivals } from '../transactions/arrival-store.ts';
import { receiptNumberAt } from '../transactions/receipt-numbers.ts';
import { findSale, type Sale } from '../transactions/sale-store.ts';
import { cashRefundAct } from './case-acts.ts';
import type { CaseDeps } from './case-deps.ts';
import { hasCashLeftSince } from './cash-left.ts';
import { insertCashRefund } from './claim-store.ts';
import { putCashReturned } from './returned-sale-store.ts';
import { readSaleFacts, type SaleFacts } from './sale-facts.ts';

type PayCode = 'TRANSACTION_UNKNOWN' | 'REFUND_NOT_IN_CASH' | 'PAPER_NOT_OF_SALE' | 'PERSON_ERASED';

/** Cash that went back, with what its slip says. */
export type CashRefunded = {
  readonly sale: Sale;
  readonly entry: Appended;
  readonly body: EntryBody<'refund.paid-in-cash'>;
};

/** Whether the cash of a sale may go back over this counter now, and how much. */
export type CashRefundOffer = { readonly may: CashRefundAnswer; readonly amount: Rupiah };

export type CashRefundService = {
  /** What an approval of a refund in cash is bound to. */
  readonly asked: (transactionId: string) => Promise<Result<ApprovalAsked, Refusal<'TRANSACTION_UNKNOWN'>>>;
  readonly offerIn: (tx: ReadTx, facts: SaleFacts) => Promise<CashRefundOffer>;
  /** One commit by two people (OPOP-Sync/1 13.8): every line of the sale and of what was collected later with the opposite sign. */
  readonly payInCash: (
    signIn: SignIn,
    asked: { readonly transactionId: string; readonly paper: string; readonly reason: string },
    approval: ApprovalGrant,
  ) => Promise<Result<CashRefunded, Refusal<PayCode | 'APPROVAL_OTHER' | 'APPROVAL_USED'> | StorageRefusal>>;
};

const bare = (text: string): string => text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');

export function createCashRefundService(deps: CaseDeps): CashRefundService {
  const { db, journal, cipher, subjectKeys, device, events, newId } = deps;

  const amountOf = ({ body, collected }: SaleFacts): Rupiah =>
    rupiah(body.payable + collected.reduce((sum, { payable }) => sum + payable, 0));

  const offerIn = async (tx: ReadTx, facts: SaleFacts): Promise<CashRefundOffer> => {
    const { sale, standing, refunds, decision } = facts;
    const open = await findOpenSession(tx);
    const session = open?.state !== 'open' ? 'none' : open.cashSessionId === sale.cashSessionId ? 'own' : 'other';
    const may = cashRefundAnswer({
      isReturned: standing.cashReturned,
      isQueued: ((await findDelivery(tx, sale.seq))?.state ?? 'queued') === 'queued',
      isCash: sale.means === 'cash',
      central: decision?.central ?? 'not-booked',
      hasOpenApplication: refunds.some(({ state }) => isOpenRefund(state) || state === 'paid'),
      session,
      isDeposited: await hasCashLeftSince(tx, sale.cashSessionId, sale.seq),
    });
    return { may, amount: amountOf(facts) };
  };

  /** The number as it is printed, or the text of the QR: genuine, and of this very sale. */
  const isOriginalPaper = async (tx: ReadTx, { sale, body }: SaleFacts, paper: string): Promise<boolean> => {
    const proof = decodeReceiptProof(paper);
    if (proof === undefined) return bare(paper) === bare(sale.receiptNumber);
    const personal = salePersonalSchema.safeParse(await subjectKeys.openPersonal(tx, body.sealed));
    const { transactionId } = proof.statement;
    return personal.success && transactionId === sale.transactionId && proof.receiptSig === personal.data.receiptSig;
  };

  return {
    offerIn,
    asked: (transactionId) =>
      db.read(async (tx) => {
        const sale = await findSale(tx, cipher, transactionId);
        if (sale === undefined) return err({ code: 'TRANSACTION_UNKNOWN' });
        return ok(cashRefundAct(sale, amountOf(await readSaleFacts(tx, journal, sale))));
      }),
    payInCash: async (signIn, { transactionId, paper, reason }, approval) => {
      const paid = await journal.record(async (tx, append) => {
        const sale = await findSale(tx, cipher, transactionId);
        if (sale === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        // In the same commit as the cash: a decision that came while the second person typed counts.
        const facts = await readSaleFacts(tx, journal, sale);
        const { may, amount } = await offerIn(tx, facts);
        if (may !== 'yes') return err({ code: 'REFUND_NOT_IN_CASH' as const, details: { reason: may } });
        if (!(await isOriginalPaper(tx, facts, paper))) return err({ code: 'PAPER_NOT_OF_SALE' as const });
        const act = { ...cashRefundAct(sale, amount), stream: transactionId, officerId: signIn.officerId };
        const used = await approval.use(tx, append, { ...act, cashSessionId: sale.cashSessionId });
        if (!used.ok) return used;
        const refundId = newId();
        const moved = [facts.body, ...facts.collected].flatMap(({ ledgerLines }) => ledgerLines);
        const entry = append({
          type: 'refund.paid-in-cash',
          stream: transactionId,
          officerId: signIn.officerId,
          cashSessionId: sale.cashSessionId,
          mustUnderstand: ['ledgerLines'],
          body: (position) => ({
            refundId,
            refundNumber: receiptNumberAt(device, position),
            transactionId,
            receiptNumber: sale.receiptNumber,
            paidHash: sale.entryHash,
            amount,
            reason,
            approvedBy: used.value.approvedBy,
            ledgerLines: [...reversedLedgerLines(moved)],
          }),
        });
        const body = bodyOf('refund.paid-in-cash', entry);
        const { refundNumber: number } = body;
        const row = { transaction_id: transactionId, refund_id: refundId, seq: entry.seq };
        await insertCashRefund(tx, { ...row, number, amount, at: entry.wallMs });
        await putCashReturned(tx, transactionId);
        await reopenArrivals(tx, transactionId);
        return ok({ sale, entry, body });
      });
      if (paid.ok) {
        for (const topic of ['transactions', 'outbox', 'cash-session', 'exceptions'] as const) events.publish(topic);
      }
      return paid;
    },
  };
}
