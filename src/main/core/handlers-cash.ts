import { ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

type CashMethods = Extract<keyof Handlers, `cash-session.${string}` | `cash.${string}`>;

/** The drawer's day. */
export function cashHandlers(counter: Counter): Pick<Handlers, CashMethods> {
  const { cash, deposits, floats, oversight } = counter;
  return {
    'cash-session.current': async () => ok(await cash.current()),
    'cash-session.open': async ({ float }, { signIn }) => await cash.open(signIn, float),
    'cash-session.count': async ({ cashSessionId, counts }, { signIn }) =>
      await cash.count(signIn, cashSessionId, counts),
    'cash-session.close': async ({ cashSessionId }, { signIn }) => {
      const closed = await cash.close(signIn, cashSessionId);
      if (!closed.ok) return closed;
      // The session is closed whatever the medium says: the close waits neither for a line nor for a flashdisk.
      const copied = await counter.mirror.complete({ officerId: signIn.officerId, cashSessionId });
      if (copied.ok) {
        const { medium, folder, entries } = copied.value;
        return ok({ ...closed.value, secondCopy: { completed: true, medium, folder, entries, reason: null } });
      }
      const reason = copied.error.details?.['reason'];
      return ok({
        ...closed.value,
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
    'cash.standing': async () => ok(await deposits.standing()),
    'cash.deposit': async (input, { signIn }) => await deposits.deposit(signIn, input),
  };
}
