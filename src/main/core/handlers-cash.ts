import { ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

type CashMethods = Extract<keyof Handlers, `cash-session.${string}` | `cash.${string}`>;

/** The drawer's day. */
export function cashHandlers(counter: Counter): Pick<Handlers, CashMethods> {
  const { cash, deposits } = counter;
  return {
    'cash-session.current': async () => ok(await cash.current()),
    'cash-session.open': async ({ float }, { signIn }) => await cash.open(signIn, float),
    'cash-session.count': async ({ cashSessionId, counts }, { signIn }) =>
      await cash.count(signIn, cashSessionId, counts),
    'cash-session.close': async ({ cashSessionId }, { signIn }) => await cash.close(signIn, cashSessionId),
    'cash.standing': async () => ok(await deposits.standing()),
    'cash.deposit': async (input, { signIn }) => await deposits.deposit(signIn, input),
  };
}
