import { ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

type SignInMethods = Extract<keyof Handlers, `sign-in.${string}`>;

/** Who is at the counter. */
export function signInHandlers({ auth }: Pick<Counter, 'auth'>): Pick<Handlers, SignInMethods> {
  return {
    'sign-in.officers': async () => ok([...(await auth.officers())]),
    'sign-in.current': async () => ok(auth.view()),
    'sign-in.begin': async ({ officerId, pin }) => await auth.begin(officerId, pin),
    'sign-in.lock': async () => {
      auth.lock();
      return ok({});
    },
    'sign-in.unlock': async ({ pin }) => await auth.unlock(pin),
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
