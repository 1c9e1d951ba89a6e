import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';
import { ENROLLED_ALREADY } from './enrolment-desk.ts';
import { applicationHandlers } from './handlers-applications.ts';
import { auditHandlers } from './handlers-audit.ts';
import { approvalHandlers } from './handlers-approvals.ts';
import { documentHandlers } from './handlers-documents.ts';
import { caseHandlers } from './handlers-cases.ts';
import { cashHandlers } from './handlers-cash.ts';
import { drawerHandlers } from './handlers-drawer.ts';
import { custodyHandlers } from './handlers-custody.ts';
import { inspectionHandlers } from './handlers-inspection.ts';
import { emergencyHandlers } from './handlers-emergency.ts';
import { originalsHandlers } from './handlers-originals.ts';
import { paperHandlers, printReceipt } from './handlers-paper.ts';
import { paymentHandlers } from './handlers-payments.ts';
import { regionHandlers } from './handlers-region.ts';
import { reportHandlers } from './handlers-reports.ts';
import { selfTestHandlers } from './handlers-self-test.ts';
import { signInHandlers } from './handlers-sign-in.ts';
import { updateHandlers } from './handlers-updates.ts';
import { voidHandlers } from './handlers-void.ts';
import { ok } from '../../domain/result.ts';

/** Every method of the contract on an enrolled counter. Handlers see all services; services do not see each other. */
export function createHandlers(counter: Counter): Handlers {
  const { registry, transactions, pay, arrivals, history, outbox, flashdisk, exceptions, reports, printing } = counter;

  return {
    'counter.status': async () => ok(await counter.status()),
    'counter.today': async () => ok(await reports.today(counter.timekeeper.today(), await exceptions.count())),
    'device.overview': async () => ok(await counter.overview()),
    'device.verify': async () => ok(await counter.verify()),
    ...ENROLLED_ALREADY,

    ...signInHandlers(counter),
    ...selfTestHandlers(counter),
    ...updateHandlers(counter),
    ...approvalHandlers(counter),
    ...caseHandlers(counter),
    ...cashHandlers(counter),
    ...drawerHandlers(counter),
    ...inspectionHandlers(counter),
    ...emergencyHandlers(counter),

    'vehicles.find': async ({ text }) => await registry.find(text),
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

    'outbox.view': async (shown) => ok(await outbox.view(shown)),
    'outbox.figures': async () => ok(await outbox.figures()),
    'outbox.send-now': async () => await outbox.sendNow(),
    'bundle.places': async () => ok(await flashdisk.places()),
    'bundle.export': async ({ to }, { signIn }) => await flashdisk.exportBundle(to, signIn?.officerId ?? null),
    'answer.import': async ({ file }, { signIn }) => await flashdisk.importAnswer(file, signIn?.officerId ?? null),
    'exceptions.list': async () => ok(await exceptions.list()),
    'arrivals.call-list': async (_input, { signIn }) => await arrivals.callList(signIn),
    ...reportHandlers(counter),
    ...auditHandlers(counter),
    ...regionHandlers(counter),
    'printing.printers': async () => ok([...(await printing.printers())]),
    'printing.set-printers': async ({ printers }) => {
      const set = await printing.setPrinters(printers);
      return set.ok ? ok([...set.value]) : set;
    },
    ...applicationHandlers(counter),
    ...documentHandlers(counter),
    ...originalsHandlers(counter),
    ...paperHandlers(counter),
    ...voidHandlers(counter),
    ...paymentHandlers(counter),
    ...custodyHandlers(counter),
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
