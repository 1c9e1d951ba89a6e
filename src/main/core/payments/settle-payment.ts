import type { SignedText } from '../../../contract/primitives.ts';
import { addRupiah } from '../../../domain/rupiah.ts';
import { paidTwiceLedgerLines, saleLedgerLines } from '../../../domain/ledger-lines.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { movePayment } from '../../../domain/payment-state.ts';
import { ZERO_RUPIAH } from '../../../domain/rupiah.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { WriteTx } from '../db/open.ts';
import type { Append } from '../journal/journal.ts';
import { findDraft } from '../transactions/draft-store.ts';
import { findNewestSaleOf, findSale } from '../transactions/sale-store.ts';
import type { DecidedSale, WriteSale } from '../transactions/sale-writer.ts';
import { type GatherDeps, gatherDraft } from '../transactions/selling-facts.ts';
import { type Payment, putPayment } from './payment-store.ts';

export type SettleDeps = GatherDeps & { readonly writeSale: WriteSale };

/** Moves a payment by its one table; an event without a place is a bug of the caller. */
function moved(payment: Payment, event: 'sell' | 'find-paid', atMs: number): Payment {
  const next = movePayment(payment.state, event);
  if (!next.ok) throw new Error(`a ${payment.state} payment cannot ${event}`);
  return { ...payment, state: next.value, settledAt: atMs };
}

/** The sale as it was decided when the citizen was asked, in the cash session that is open now. */
function decidedOf({ transactionId, means, content }: Payment, cashSessionId: string): DecidedSale {
  const { figure, lines, total, agentFee, inquiryId } = content.sale;
  const payable = addRupiah(total, agentFee);
  const amounts = { charges: lines, agentFee, payable, rounding: ZERO_RUPIAH, means };
  return {
    figure,
    sale: {
      transactionId,
      cashSessionId,
      means,
      inquiryId,
      lines,
      total,
      agentFee,
      payable,
      rounding: ZERO_RUPIAH,
      tendered: payable,
      change: ZERO_RUPIAH,
      ledgerLines: saleLedgerLines(amounts),
      warnings: [],
    },
  };
}

async function isPaidAlready(tx: WriteTx, deps: SettleDeps, payment: Payment): Promise<boolean> {
  if ((await findSale(tx, deps.cipher, payment.transactionId)) !== undefined) return true;
  const newest = await findNewestSaleOf(tx, deps.cipher, payment.nrkbIndex);
  if (newest === undefined || newest.central === 'refunded') return false;
  return payment.content.sale.lines.some((line) => line.periodDueOn <= newest.periodUntil);
}

/**
 * Turns a provider's signed word into a sale, in the caller's commit: "only the provider's signed confirmation turns it
 * into a sale" (OPOP-Sync/1 16.3). What was paid already becomes a case; what nobody can write yet (no open cash session,
 * a vehicle that left the registry) stays confirmed and is never lost.
 */
export async function settlePayment(
  tx: WriteTx,
  append: Append,
  deps: SettleDeps,
  confirmed: Payment & { readonly confirmation: SignedText },
): Promise<Payment> {
  const { paymentId, transactionId, means, amount, officerId, confirmation } = confirmed;
  const now = deps.now();
  if (await isPaidAlready(tx, deps, confirmed)) {
    append({
      type: 'payment.paid-twice',
      stream: transactionId,
      officerId,
      cashSessionId: null,
      body: { paymentId, transactionId, means, amount, confirmation, ledgerLines: [...paidTwiceLedgerLines(amount)] },
    });
    const twice = moved(confirmed, 'find-paid', now);
    await putPayment(tx, deps.cipher, twice);
    return twice;
  }
  const session = await findOpenSession(tx);
  const draft = await findDraft(tx, deps.cipher, transactionId);
  const gathered = draft === undefined ? undefined : await gatherDraft(tx, deps, draft, null);
  if (session?.state !== 'open' || gathered === undefined) {
    await putPayment(tx, deps.cipher, confirmed);
    return confirmed;
  }
  const paidOn = localDateAt(confirmed.content.paidAt ?? now);
  const hand = { officerId, name: confirmed.officerName, paidOn };
  const decided = decidedOf(confirmed, session.cashSessionId);
  await deps.writeSale(tx, append, hand, gathered, decided, { paidBy: { means, paymentId, confirmation } });
  const sold = moved(confirmed, 'sell', now);
  await putPayment(tx, deps.cipher, sold);
  return sold;
}
