import type { BasketPaidView, PaymentView } from '../../contract/views-payments.ts';
import { ok } from '../../domain/result.ts';
import type { SignIn } from './auth/sign-in.ts';
import { PAID_TWICE_SHOWN_MS } from './cases/money-cases.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';
import { printReceipt } from './handlers-paper.ts';
import { type Payment, readOpenPayments, readPaidTwice } from './payments/payment-store.ts';
import { paymentView } from './payments/payment-view.ts';
import { whyPaper } from './printing/why-document.ts';
import type { BasketOutcome } from './transactions/basket-sales.ts';
import { explainSale } from './transactions/explain-sale.ts';
import type { WholeSale } from './transactions/history-service.ts';
import { whyOfAmount, whyOfSale } from './transactions/why-papers.ts';

type PaymentMethods =
  | 'baskets.current'
  | 'baskets.add'
  | 'baskets.take-out'
  | 'baskets.pay'
  | 'baskets.resume'
  | 'baskets.give-back'
  | 'transactions.refuse-change'
  | 'transactions.print-why'
  | 'payments.open'
  | 'payments.request'
  | 'payments.look'
  | 'payments.cancel'
  | 'payments.release';

/** A paper for each sale that this call made, and what stands of the basket. */
async function afterBasket(
  counter: Counter,
  signIn: SignIn,
  { basket, sold, stopped }: BasketOutcome,
  printerId: string | null,
): Promise<BasketPaidView> {
  const printJobIds: string[] = [];
  for (const transactionId of sold) {
    const jobId = await printReceipt(counter, signIn, transactionId, { printerId, isNew: true });
    if (jobId !== null) printJobIds.push(jobId);
  }
  // Only now: the commits of a push would stand in the queue before the papers', and the citizen waits for paper.
  counter.loop.wake();
  return {
    basket,
    stopped: stopped === null ? null : { code: stopped.code, details: stopped.details ?? {} },
    printJobIds,
    secondCopy: counter.mirror.state(),
  };
}

/** The view of a payment; a sale that has no paper yet gets it now. */
async function afterPayment(
  counter: Counter,
  signIn: SignIn,
  payment: Payment,
  printerId: string | null,
): Promise<PaymentView> {
  if (payment.state !== 'sold') return paymentView(payment, null);
  const { transactionId } = payment;
  const isNew = (await counter.jobsOf(transactionId)).length === 0;
  const printJobId = await printReceipt(counter, signIn, transactionId, { printerId, isNew });
  counter.loop.wake();
  const whole = await counter.history.whole(transactionId);
  if (whole === undefined) throw new Error('a payment that was sold has its sale');
  const { receiptNumber, total, payable, means } = whole.sale;
  const { tendered, change } = whole.body;
  const paid = { transactionId, means, receiptNumber, total, payable, tendered, change, printJobId };
  return paymentView(payment, { ...paid, secondCopy: counter.mirror.state() });
}

/** One payer with several vehicles, and payments that need a provider. */
export function paymentHandlers(counter: Counter): Pick<Handlers, PaymentMethods> {
  const { baskets, payments, pay, transactions, history, printing } = counter;
  const explained = (whole: WholeSale) =>
    counter.db.read((tx) => explainSale(tx, counter.cipher, whole, counter.clock.wallMs()));
  return {
    'baskets.current': async (_input, { signIn }) => ok(await baskets.current(signIn)),
    'baskets.add': async ({ transactionId }, { signIn }) => await baskets.add(signIn, transactionId),
    'baskets.take-out': async ({ transactionId }, { signIn }) => await baskets.takeOut(signIn, transactionId),
    'baskets.pay': async ({ printerId, ...input }, { signIn }) => {
      await counter.mirror.look();
      const paid = await baskets.pay(signIn, input);
      return paid.ok ? ok(await afterBasket(counter, signIn, paid.value, printerId)) : paid;
    },
    'baskets.resume': async ({ basketId, printerId }, { signIn }) => {
      const paid = await baskets.resume(signIn, basketId);
      return paid.ok ? ok(await afterBasket(counter, signIn, paid.value, printerId)) : paid;
    },
    'baskets.give-back': async ({ basketId }, { signIn }) => await baskets.giveBack(signIn, basketId),
    'transactions.refuse-change': async (told, { signIn }) => await pay.refuseChange(signIn, told),

    'transactions.print-why': async ({ transactionId }, { signIn }) => {
      const context = await counter.paperContext();
      const moment = { officerName: signIn.name, printedAt: counter.clock.wallMs() };
      const whole = await history.whole(transactionId);
      const draft = whole === undefined ? await transactions.draft(transactionId) : undefined;
      if (draft !== undefined && !draft.ok) {
        // A service that ended without a sale has nothing to explain.
        return { ok: false, error: { code: 'TRANSACTION_UNKNOWN' } };
      }
      if (draft !== undefined && draft.value.identity === null) {
        return { ok: false, error: { code: 'TRANSACTION_NOT_CONFIRMED' } };
      }
      const facts =
        whole === undefined
          ? whyOfAmount(context, moment, draft?.value ?? null)
          : whyOfSale(context, moment, whole, await explained(whole));
      if (facts === null) return { ok: false, error: { code: 'NOTHING_TO_PRINT' } };
      const printed = await printing.printLoose(whyPaper(facts), null);
      if (!printed.ok) {
        const { details } = printed.error;
        return { ok: false, error: { code: 'PRINTER_SILENT', ...(details === undefined ? {} : { details }) } };
      }
      return ok(counter.looseJob('quote', printed.value.printer));
    },

    'payments.open': async () => {
      const since = counter.clock.wallMs() - PAID_TWICE_SHOWN_MS;
      const waiting = await counter.db.read(async (tx) => [
        ...(await readOpenPayments(tx, counter.cipher)),
        ...(await readPaidTwice(tx, counter.cipher, since)),
      ]);
      return ok(waiting.map((payment) => paymentView(payment, null)));
    },
    'payments.request': async (asked, { signIn }) => {
      const wished = await payments.request(signIn, asked);
      return wished.ok ? ok(await afterPayment(counter, signIn, wished.value, null)) : wished;
    },
    'payments.look': async ({ paymentId, printerId }, { signIn }) => {
      const looked = await payments.look(paymentId);
      return looked.ok ? ok(await afterPayment(counter, signIn, looked.value, printerId)) : looked;
    },
    'payments.cancel': async ({ paymentId, printerId }, { signIn }) => {
      const cancelled = await payments.cancel(paymentId);
      return cancelled.ok ? ok(await afterPayment(counter, signIn, cancelled.value, printerId)) : cancelled;
    },
    'payments.release': async (told, { signIn }) => {
      const released = await payments.release(signIn, told);
      return released.ok ? ok(paymentView(released.value, null)) : released;
    },
  };
}
