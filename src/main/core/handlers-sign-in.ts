import { err, ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';
import { owedReceipts, printOwed } from './owed-receipts.ts';

type SignInMethods = Extract<keyof Handlers, `sign-in.${string}`>;

/** Who is at the counter. */
export function signInHandlers(counter: Counter): Pick<Handlers, SignInMethods> {
  const { auth, pauses, log } = counter;
  /** Whoever was away and is back: his session goes on, and paper that waited for him comes. */
  const back = async <R extends Awaited<ReturnType<typeof auth.unlock>> | Awaited<ReturnType<typeof auth.begin>>>(
    entered: R,
  ): Promise<R> => {
    if (!entered.ok) return entered;
    const resumed = await pauses.resume(entered.value.officerId);
    // He stands at the counter all the same; the pause then ends with his next sign-in.
    if (!resumed.ok) log.write('error', 'pause.not-ended', { code: resumed.error.code });
    const owed = await owedReceipts(counter);
    if (owed !== null) counter.inBackground(printOwed(counter, owed));
    return entered;
  };
  return {
    'sign-in.officers': async () => ok([...(await auth.officers())]),
    'sign-in.current': async () => ok(auth.view()),
    'sign-in.begin': async ({ officerId, pin }) => await back(await auth.begin(officerId, pin)),
    'sign-in.change-pin': async ({ pin, newPin }, { signIn }) => {
      const changed = await auth.changePin({ officerId: signIn.officerId, pin, newPin });
      if (!changed.ok) return changed;
      counter.loop.wake();
      return ok({});
    },
    'sign-in.choose-pin': async ({ officerId, code, newPin }) => {
      const current = auth.current();
      if (current !== null && current.signIn.officerId !== officerId) return err({ code: 'SIGNED_IN_AS_OTHER' });
      const changed = await auth.changePin({ officerId, pin: code, newPin });
      if (!changed.ok) return changed;
      counter.loop.wake();
      return await back(await auth.begin(officerId, newPin));
    },
    'sign-in.lock': async () => {
      auth.lock();
      return ok({});
    },
    'sign-in.unlock': async ({ pin }) => await back(await auth.unlock(pin)),
    'sign-in.end': async () => {
      const ended = await auth.end('asked');
      return ended.ok ? ok({}) : ended;
    },
    'sign-in.touch': async () => {
      auth.touch();
      return ok({});
    },
  };
}
