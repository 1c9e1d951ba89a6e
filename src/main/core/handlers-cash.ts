import { ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';
import { printClose } from './handlers-drawer-papers.ts';

type CashMethods =
  | Extract<
      keyof Handlers,
      `cash-session.${'current' | 'open' | 'count' | 'close' | 'close-forgotten' | 'explain-variance'}`
    >
  | Extract<keyof Handlers, `cash.${'move' | 'standing' | 'deposit'}`>;

/** The drawer's day. */
export function cashHandlers(counter: Counter): Pick<Handlers, CashMethods> {
  const { cash, deposits, floats, oversight, standings } = counter;
  return {
    'cash-session.current': async () => ok(await cash.current()),
    'cash-session.open': async ({ float }, { signIn }) => await cash.open(signIn, float),
    'cash-session.count': async ({ cashSessionId, ...counted }, { signIn }) =>
      await cash.count(signIn, cashSessionId, counted),
    'cash-session.close': async ({ cashSessionId }, { signIn }) => {
      const closed = await cash.close(signIn, cashSessionId);
      if (!closed.ok) return closed;
      // The session is closed whatever the medium says: the close waits neither for a line nor for a flashdisk.
      const copied = await counter.mirror.complete({ officerId: signIn.officerId, cashSessionId });
      // After the close commit; a repeated call prints no second original.
      const earlier = await counter.jobsOf(cashSessionId);
      const before = earlier.find(({ kind }) => kind === 'cash-close');
      const printed =
        before === undefined
          ? await printClose(counter, { signIn, printerId: null }, cashSessionId, { reason: '', sheet: 'printer' })
          : ok(before);
      const printJobId = printed.ok ? printed.value.jobId : null;
      counter.loop.wake();
      // Nor for its backup: the whole data may take minutes, and the page says when the stick may go.
      counter.backups.begin();
      const backup = await counter.backups.view();
      if (copied.ok) {
        const { medium, folder, entries } = copied.value;
        return ok({
          ...closed.value,
          printJobId,
          backup,
          secondCopy: { completed: true, medium, folder, entries, reason: null },
        });
      }
      const reason = copied.error.details?.['reason'];
      return ok({
        ...closed.value,
        printJobId,
        backup,
        secondCopy: {
          completed: false,
          medium: null,
          folder: null,
          entries: 0,
          reason: typeof reason === 'string' ? reason : copied.error.code,
        },
      });
    },
    'cash.move': async (movement, { signIn }) => await floats.move(signIn, movement),
    'cash-session.close-forgotten': async (asked, { signIn }) => await oversight.closeForgotten(signIn, asked),
    'cash-session.explain-variance': async (asked, { signIn }) => await oversight.explainVariance(signIn, asked),
    'cash.standing': async () => ok(await standings.standing()),
    'cash.deposit': async (input, { signIn }) => await deposits.deposit(signIn, input),
  };
}
