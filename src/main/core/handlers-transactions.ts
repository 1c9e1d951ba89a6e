import { ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';
import { printReceipt } from './handlers-paper.ts';

type SaleMethods =
  | 'transactions.begin'
  | 'transactions.confirm'
  | 'transactions.draft'
  | 'transactions.unfinished'
  | 'transactions.set-documents'
  | 'transactions.set-payer'
  | 'transactions.set-groups'
  | 'transactions.abandon'
  | 'transactions.search'
  | 'transactions.erase-person'
  | 'transactions.get'
  | 'transactions.pay';

/** One sale from its vehicle to its paper, and how it is found again. */
export function transactionHandlers(counter: Counter): Pick<Handlers, SaleMethods> {
  const { transactions, pay, history } = counter;
  return {
    'transactions.begin': async ({ vehicleId, arrivalId }, { signIn }) =>
      await transactions.begin(signIn, vehicleId, arrivalId),
    'transactions.confirm': async ({ transactionId, chassisTail }, { signIn }) => {
      const confirmed = await transactions.confirm(signIn, transactionId, chassisTail);
      // The local figure shows at once; the province's replaces it when it comes.
      if (confirmed.ok) counter.inBackground(transactions.inquire(transactionId));
      return confirmed;
    },
    'transactions.draft': async ({ transactionId }) => {
      const draft = await transactions.draft(transactionId);
      // The line may have come back, or the bill may have ended, since the owner was confirmed.
      const isConfirmed = draft.ok && draft.value.identity !== null;
      if (isConfirmed && counter.bills.shouldAsk(transactionId)) {
        counter.inBackground(transactions.inquire(transactionId));
      }
      return draft;
    },
    'transactions.unfinished': async (_input, { signIn }) => ok(await transactions.unfinished(signIn)),
    'transactions.set-documents': async ({ transactionId, documents }) =>
      await transactions.change(transactionId, (content) => ({
        ...content,
        documents: documents.map(({ kind, present, held }) => ({ kind, present, held: present && held })),
      })),
    'transactions.set-payer': async ({ transactionId, name, phone, blankReason, isOwner }) => {
      const payer = {
        name: name === '' ? null : name,
        phone,
        blankReason: blankReason === '' ? null : blankReason,
        isOwner,
      };
      return await transactions.change(transactionId, (content) => ({ ...content, payer }));
    },
    'transactions.set-groups': async ({ transactionId, groups }) => {
      const changed = await transactions.change(transactionId, (content) => ({ ...content, groups }));
      if (changed.ok) {
        counter.bills.forget(transactionId);
        counter.inBackground(transactions.inquire(transactionId));
      }
      return changed;
    },
    'transactions.abandon': async ({ transactionId }) => {
      const abandoned = await transactions.abandon(transactionId);
      if (abandoned.ok) await counter.documents.letGo(transactionId);
      return abandoned;
    },
    'transactions.search': async (input, { signIn }) => await history.search(signIn, input),
    'transactions.erase-person': async ({ transactionId, reason }, { signIn }) =>
      await counter.erasure.erase(signIn, transactionId, reason),
    'transactions.get': async ({ transactionId }) => await history.get(transactionId),
    'transactions.pay': async ({ printerId, ...input }, { signIn }) => {
      // A medium that is gone is told before the cash is taken, and one that came back is seen.
      await counter.mirror.look();
      const paid = await pay.pay(signIn, input);
      if (!paid.ok) return paid;
      const { isNew, ...view } = paid.value;
      const printJobId = await printReceipt(counter, signIn, input.transactionId, { printerId, isNew });
      // Only now: the commits of a push would stand in the queue before the paper's, and the citizen waits for paper.
      counter.loop.wake();
      return ok({ ...view, printJobId, secondCopy: counter.mirror.state() });
    },
  };
}
