import { err, ok } from '../../domain/result.ts';
import type { Refusal } from '../../contract/errors.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';
import { printClose, printCourier, printDrawerHandOver, printSlipAgain } from './handlers-drawer-papers.ts';
import { doorNotePaper } from './printing/drawer-documents.ts';
import { printJobView } from './printing/print-service.ts';
import { originOf } from './transactions/papers.ts';

type DrawerMethods =
  | 'cash-session.pause'
  | 'cash-session.door-note'
  | 'cash-session.hand-over'
  | 'cash-session.print-slip'
  | 'cash.print-slip'
  | 'cash.store'
  | 'cash.dispatch'
  | 'cash.courier-arrived'
  | 'cash.write-off';

type SignReason = 'PIN_LEAVING' | 'PIN_ARRIVING' | 'LOCKED_OUT' | 'SUSPENDED';

const unsigned = (side: 'pin' | 'to', reason: SignReason): Refusal<'HAND_OVER_REFUSED'> => ({
  code: 'HAND_OVER_REFUSED',
  path: [side],
  details: { reason },
});

/** What a wrong PIN of one of the two is called. */
function reasonOf(code: string, wrong: SignReason): SignReason {
  if (code === 'OFFICER_LOCKED_OUT') return 'LOCKED_OUT';
  return code === 'OFFICER_SUSPENDED' ? 'SUSPENDED' : wrong;
}

/** Who is away, who takes over, and where the cash goes. */
export function drawerHandlers(counter: Counter): Pick<Handlers, DrawerMethods> {
  const { auth, pauses, handOvers, couriers, standings } = counter;
  return {
    'cash-session.pause': async ({ note, print }, { signIn }) => {
      const paused = await pauses.pause(signIn, note);
      if (!paused.ok) return paused;
      if (print) {
        const context = await counter.paperContext();
        // Nobody waits for a note on the door, and a printer that is silent keeps nobody at the counter.
        const printed = counter.printing.printLoose(doorNotePaper(originOf(context, signIn.name), note), null);
        counter.inBackground(printed.then(() => undefined));
      }
      auth.lock();
      return paused;
    },

    'cash-session.door-note': async () => ok(await pauses.doorNote()),

    'cash-session.hand-over': async ({ pin, to, printerId, ...asked }, { signIn }) => {
      const leaving = await auth.sign(signIn.officerId, pin);
      if (!leaving.ok) return err(unsigned('pin', reasonOf(leaving.error.code, 'PIN_LEAVING')));
      const arriving = await auth.sign(to.officerId, to.pin);
      if (!arriving.ok) return err(unsigned('to', reasonOf(arriving.error.code, 'PIN_ARRIVING')));
      const handed = await handOvers.handOver(signIn, { ...asked, to: arriving.value });
      if (!handed.ok) return handed;
      const passed = await auth.passTo(arriving.value);
      // The drawer is his already; what is missing is his sign-in, and the door asks him for it.
      if (!passed.ok) counter.log.write('error', 'hand-over.not-signed-in', { code: passed.error.code });
      await counter.mirror.follow();
      const printJobId = await printDrawerHandOver(counter, { signIn, printerId }, handed.value);
      counter.loop.wake();
      const { closed, session, body } = handed.value;
      const { handOverNumber, variance } = body;
      return ok({ handOverNumber, closed, session, variance, printJobId, secondCopy: counter.mirror.state() });
    },

    'cash-session.print-slip': async ({ cashSessionId, reason, sheet, printerId }, { signIn }) => {
      const printed = await printClose(counter, { signIn, printerId }, cashSessionId, { reason, sheet });
      return printed.ok ? ok(printJobView(printed.value, null)) : printed;
    },

    'cash.print-slip': async ({ seq, reason, printerId }, { signIn }) => {
      const printed = await printSlipAgain(counter, { signIn, printerId }, { seq, reason });
      return printed.ok ? ok(printJobView(printed.value, null)) : printed;
    },

    'cash.store': async (asked, { signIn }) => await couriers.store(signIn, asked),

    'cash.dispatch': async ({ pin, printerId, ...asked }, { signIn }) => {
      const signed = await auth.sign(signIn.officerId, pin);
      if (!signed.ok) return signed;
      const dispatched = await couriers.dispatch(signIn, asked);
      if (!dispatched.ok) return dispatched;
      await counter.mirror.follow();
      const printJobId = await printCourier(counter, { signIn, printerId }, dispatched.value);
      counter.loop.wake();
      const { dispatchId, dispatchNumber, amount } = dispatched.value.leg;
      return ok({ dispatchId, dispatchNumber, amount, printJobId, secondCopy: counter.mirror.state() });
    },

    'cash.courier-arrived': async (asked, { signIn }) => {
      const arrived = await couriers.arrive(signIn, asked);
      if (!arrived.ok) return arrived;
      counter.loop.wake();
      return ok(await standings.standing());
    },

    'cash.write-off': async ({ refusalId, reason, approval }, { signIn }) => {
      const doubt = await couriers.doubt(refusalId);
      if (doubt === undefined) return err({ code: 'NOT_FOUND' });
      const act = {
        action: 'cash-loss',
        subject: refusalId,
        amount: doubt.amount,
        contentHash: couriers.lossHash(reason),
      } as const;
      const lost = await counter.approvals.allow(signIn, act, approval, (grant) =>
        couriers.writeOff(signIn, { refusalId, reason }, grant),
      );
      return lost.ok ? ok(await standings.standing()) : lost;
    },
  };
}
