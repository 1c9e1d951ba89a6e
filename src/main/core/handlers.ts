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
import { insightHandlers } from './handlers-insight.ts';
import { originalsHandlers } from './handlers-originals.ts';
import { paperHandlers } from './handlers-paper.ts';
import { paymentHandlers } from './handlers-payments.ts';
import { peopleHandlers } from './handlers-people.ts';
import { regionHandlers } from './handlers-region.ts';
import { reportHandlers } from './handlers-reports.ts';
import { selfTestHandlers } from './handlers-self-test.ts';
import { signInHandlers } from './handlers-sign-in.ts';
import { transactionHandlers } from './handlers-transactions.ts';
import { updateHandlers } from './handlers-updates.ts';
import { voidHandlers } from './handlers-void.ts';
import { ok } from '../../domain/result.ts';

/** Every method of the contract on an enrolled counter. Handlers see all services; services do not see each other. */
export function createHandlers(counter: Counter): Handlers {
  const { registry, arrivals, outbox, flashdisk, exceptions, reports, printing } = counter;

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
    ...transactionHandlers(counter),
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
    ...insightHandlers(counter),
    ...peopleHandlers(counter),
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
  };
}
