import { err, ok } from '../../domain/result.ts';
import { findOfficer } from './auth/auth-store.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';
import { printInspection } from './handlers-drawer-papers.ts';

type InspectionMethods = Extract<keyof Handlers, `cash-inspection.${string}`>;

/** *Pemeriksaan kas mendadak*: one entry first, the paper after it, and the session of the officer goes on. */
export function inspectionHandlers(counter: Counter): Pick<Handlers, InspectionMethods> {
  const { auth, inspections } = counter;
  return {
    'cash-inspection.count': async ({ supervisor, printerId, ...asked }, { signIn }) => {
      const officerId = await inspections.inspectedOfficer();
      if (officerId === undefined) return err({ code: 'CASH_SESSION_CLOSED' });
      const approved = await auth.approve({ officerId }, supervisor);
      if (!approved.ok) return approved;
      const known = await counter.db.read((tx) => findOfficer(tx, approved.value));
      if (known === undefined) throw new Error('a supervisor whose PIN was right is known');
      const inspected = await inspections.inspect(known, asked);
      if (!inspected.ok) return inspected;
      const secondCopy = await counter.mirror.follow();
      const printJobId = await printInspection(counter, { signIn, printerId }, inspected.value);
      counter.loop.wake();
      return ok({ ...inspected.value.view, printJobId, secondCopy });
    },
    'cash-inspection.list': async () => ok(await inspections.list()),
    'cash-inspection.explain': async (asked, { signIn }) => {
      const explained = await inspections.explain(signIn, asked);
      if (explained.ok) counter.loop.wake();
      return explained;
    },
  };
}
