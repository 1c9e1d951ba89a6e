import type { Refusal } from '../../../contract/errors.ts';
import type { ProviderMeans } from '../../../contract/payments.ts';
import { movePayment } from '../../../domain/payment-state.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Rupiah } from '../../../domain/rupiah.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort, LogPort } from '../ports.ts';
import { nrkbIndex } from '../registry/registry-store.ts';
import { findBasketOf } from '../transactions/basket-store.ts';
import type { BillDesk } from '../transactions/bill-desk.ts';
import { openConfirmed } from '../transactions/open-draft.ts';
import { decideSale, type SaleCode, type TenderCode } from '../transactions/sale-writer.ts';
import { gatherDraft } from '../transactions/selling-facts.ts';
import type { PaymentAnswer, PaymentAsked, PaymentProvider } from './payment-provider.ts';
import {
  findOpenPaymentOf,
  findPayment,
  insertPayment,
  type Payment,
  putPayment,
  readWorthAsking,
} from './payment-store.ts';
import { settlePayment, type SettleDeps } from './settle-payment.ts';

/** How long the provider is still asked about a payment that a supervisor let go. */
const ASK_RELEASED_MS = 7 * 86_400_000;

type Looked = Result<Payment, Refusal<'PAYMENT_UNKNOWN'> | StorageRefusal>;

export type PaymentsService = {
  /** Puts the wish on the disk, then asks the provider (OPOP-Sync/1 16.4); the same wish again answers the payment that is under way. */
  readonly request: (
    signIn: SignIn,
    asked: { readonly transactionId: string; readonly means: ProviderMeans; readonly expectedPayable: Rupiah },
  ) => Promise<Result<Payment, Refusal<SaleCode | TenderCode | 'NO_LINE'> | StorageRefusal>>;
  /** Asks what became of it; a confirmation that is believed makes the sale in one commit. */
  readonly look: (paymentId: string) => Promise<Looked>;
  readonly cancel: (paymentId: string) => Promise<Looked>;
  /** A supervisor's decision about a payment that nobody knows anything of. */
  readonly release: (
    signIn: SignIn,
    told: { readonly paymentId: string; readonly reason: string },
  ) => Promise<Result<Payment, Refusal<'PAYMENT_UNKNOWN' | 'PAYMENT_NOT_UNKNOWN'> | StorageRefusal>>;
  /** Asks about everything that is not settled; after a crash, and whenever the line is there. */
  readonly lookAtAll: () => Promise<void>;
  /** Whoever has work with what such a round may have sold; one listener. */
  readonly whenLooked: (listener: () => Promise<void>) => void;
};

type Deps = SettleDeps & {
  readonly db: Db;
  readonly journal: Journal;
  readonly provider: PaymentProvider;
  readonly bills: BillDesk;
  readonly inquire: (transactionId: string) => Promise<void>;
  readonly events: EventsPort;
  readonly log: LogPort;
  readonly newId: () => string;
};

/** A screen that shows a payment asks every three seconds; one that is gone has not asked for this long. */
const WATCHED_MS = 10_000;

const askedOf = ({ paymentId, transactionId, means, amount }: Payment): PaymentAsked => ({
  paymentId,
  transactionId,
  means,
  amount,
});

export function createPaymentsService(deps: Deps): PaymentsService {
  const { db, journal, cipher, provider, bills, events, log } = deps;

  const round: { done: () => Promise<void> } = { done: async () => undefined };

  const tell = ({ transactionId, state }: Payment): void => {
    bills.forget(transactionId);
    for (const topic of ['transactions', 'exceptions'] as const) events.publish(topic);
    if (state === 'sold' || state === 'paid-twice') events.publish('outbox');
  };

  /** Writes what an answer means; an answer that has no place any more changes nothing. */
  const apply = async (paymentId: string, answer: PaymentAnswer): Promise<Looked> => {
    const applied = await journal.record(async (tx, append) => {
      const payment = await findPayment(tx, cipher, paymentId);
      if (payment === undefined) return err({ code: 'PAYMENT_UNKNOWN' as const });
      if ('silent' in answer) {
        const moved = movePayment(payment.state, 'silent');
        if (!moved.ok || moved.value === payment.state) return ok(payment);
        const unknown: Payment = { ...payment, state: moved.value };
        await putPayment(tx, cipher, unknown);
        return ok(unknown);
      }
      const { statement, signed } = answer;
      const event =
        statement.state === 'pending' ? 'offered' : statement.state === 'confirmed' ? 'confirmed' : 'failed';
      const moved = movePayment(payment.state, event);
      if (!moved.ok) {
        log.write('warn', 'payment.word-without-place', { state: payment.state, word: statement.state });
        return ok(payment);
      }
      const { offer, expiresAt, paidAt } = statement;
      const content = {
        ...payment.content,
        provider: statement.provider,
        paidAt,
        offer: offer ?? payment.content.offer,
      };
      const next: Payment = { ...payment, state: moved.value, expiresAt: expiresAt ?? payment.expiresAt, content };
      if (next.state === 'confirmed')
        return ok(await settlePayment(tx, append, deps, { ...next, confirmation: signed }));
      if (next.state !== 'failed' || payment.state === 'failed') {
        await putPayment(tx, cipher, next);
        return ok(next);
      }
      const outcome = statement.state === 'pending' || statement.state === 'confirmed' ? 'failed' : statement.state;
      append({
        type: 'payment.ended',
        stream: payment.transactionId,
        officerId: payment.officerId,
        cashSessionId: null,
        body: { paymentId, transactionId: payment.transactionId, outcome, reason: null, approvedBy: null },
      });
      const failed: Payment = { ...next, outcome, settledAt: deps.now() };
      await putPayment(tx, cipher, failed);
      return ok(failed);
    });
    if (applied.ok) tell(applied.value);
    return applied;
  };

  /** Puts one question, outside of any commit, and writes the answer. */
  const put = async (paymentId: string, how: 'create' | 'ask' | 'cancel'): Promise<Looked> => {
    const payment = await db.read((tx) => findPayment(tx, cipher, paymentId));
    if (payment === undefined) return err({ code: 'PAYMENT_UNKNOWN' });
    if (payment.state === 'sold' || payment.state === 'paid-twice') return ok(payment);
    const { confirmation } = payment;
    // The money is there: nothing is left to ask, only to write.
    if (payment.state === 'confirmed' && confirmation !== null) {
      const written = await journal.record(async (tx, append) => {
        const now = await findPayment(tx, cipher, paymentId);
        return now?.state === 'confirmed'
          ? ok(await settlePayment(tx, append, deps, { ...now, confirmation }))
          : ok(now ?? payment);
      });
      if (written.ok) tell(written.value);
      return written;
    }
    return await apply(paymentId, await provider[how](askedOf(payment)));
  };

  /** When a screen last asked about a payment, ms UTC. */
  const watched = new Map<string, number>();

  return {
    request: async (signIn, { transactionId, means, expectedPayable }) => {
      if (!provider.hasLine()) return err({ code: 'NO_LINE' });
      if (bills.hasLine() && bills.billOf(transactionId) === null) await deps.inquire(transactionId);
      const paymentId = deps.newId();
      const wished = await journal.record(async (tx, append) => {
        const draft = await openConfirmed(tx, cipher, transactionId);
        if (!draft.ok) return draft;
        if ((await findBasketOf(tx, transactionId)) !== undefined) return err({ code: 'IN_BASKET' as const });
        const own = { ...draft.value, officerId: signIn.officerId };
        const gathered = await gatherDraft(tx, deps, own, bills.billOf(transactionId));
        if (gathered === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        const { nrkb } = gathered.vehicle.record;
        const underWay = await findOpenPaymentOf(tx, cipher, nrkbIndex(cipher, nrkb));
        if (underWay?.transactionId === transactionId && underWay.means === means) return ok(underWay);
        const decided = decideSale(gathered, { means }, expectedPayable);
        if (!decided.ok) return decided;
        const { lines, total, agentFee, inquiryId, payable: amount } = decided.value.sale;
        const entry = append({
          type: 'payment.requested',
          stream: transactionId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { paymentId, transactionId, means, amount },
        });
        const payment: Payment = {
          paymentId,
          transactionId,
          nrkbIndex: nrkbIndex(cipher, nrkb),
          officerId: signIn.officerId,
          officerName: signIn.name,
          means,
          amount,
          // Until the provider has answered nobody knows whether it heard the question.
          state: 'unknown',
          outcome: null,
          requestedAt: entry.wallMs,
          expiresAt: null,
          settledAt: null,
          confirmation: null,
          content: {
            nrkb,
            provider: null,
            offer: null,
            paidAt: null,
            sale: { figure: decided.value.figure, inquiryId, lines: [...lines], total, agentFee },
          },
        };
        await insertPayment(tx, cipher, payment);
        return ok(payment);
      });
      if (!wished.ok || wished.value.paymentId !== paymentId) return wished;
      const created = await put(paymentId, 'create');
      // The wish is on the disk: whatever became of the question, the payment is the answer.
      return created.ok ? created : wished;
    },

    look: async (paymentId) => {
      watched.set(paymentId, deps.now());
      return await put(paymentId, 'ask');
    },
    cancel: (paymentId) => put(paymentId, 'cancel'),

    release: async (signIn, { paymentId, reason }) => {
      const released = await journal.record(async (tx, append) => {
        const payment = await findPayment(tx, cipher, paymentId);
        if (payment === undefined) return err({ code: 'PAYMENT_UNKNOWN' as const });
        const moved = movePayment(payment.state, 'release');
        if (!moved.ok) return err({ code: 'PAYMENT_NOT_UNKNOWN' as const, details: { state: payment.state } });
        const { transactionId } = payment;
        append({
          type: 'payment.ended',
          stream: transactionId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { paymentId, transactionId, outcome: 'released', reason, approvedBy: signIn.officerId },
        });
        const next: Payment = { ...payment, state: moved.value, outcome: 'released', settledAt: deps.now() };
        await putPayment(tx, cipher, next);
        return ok(next);
      });
      if (released.ok) for (const topic of ['transactions', 'exceptions'] as const) events.publish(topic);
      return released;
    },

    lookAtAll: async () => {
      const open = await db.read((tx) => readWorthAsking(tx, cipher, deps.now() - ASK_RELEASED_MS));
      for (const { paymentId } of open) {
        // Who stands before the citizen hears the answer first; his screen shows what was sold.
        if ((watched.get(paymentId) ?? 0) > deps.now() - WATCHED_MS) continue;
        const looked = await put(paymentId, 'ask');
        if (!looked.ok) log.write('error', 'payment.not-stored', { code: looked.error.code });
      }
      await round.done();
    },
    whenLooked: (listener) => {
      round.done = listener;
    },
  };
}
