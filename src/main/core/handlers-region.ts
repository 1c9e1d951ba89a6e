import { ok } from '../../domain/result.ts';
import type { SignIn } from './auth/sign-in.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

type RegionMethods = Extract<keyof Handlers, `region.${string}`>;

/** A supervisor's region. Every word takes his PIN anew, and leaves at once when there is a line. */
export function regionHandlers({
  auth,
  region,
  regionWords,
  othersWords,
  sticks,
  loop,
}: Pick<Counter, 'auth' | 'region' | 'regionWords' | 'othersWords' | 'sticks' | 'loop'>): Pick<
  Handlers,
  RegionMethods
> {
  /** His own PIN, counted like one at the door; then the word, and the way to the province. */
  const signed = async <R extends { readonly ok: boolean }>(
    { officerId }: SignIn,
    pin: string,
    say: () => Promise<R>,
  ) => {
    const checked = await auth.sign(officerId, pin);
    if (!checked.ok) return checked;
    const said = await say();
    if (said.ok) loop.wake();
    return said;
  };
  return {
    'region.outlets': async (asked, { signIn }) => ok(await region.outlets(signIn, asked)),
    'region.days': async (asked, { signIn }) => ok(await region.days(signIn, asked)),
    'region.day': async (key, { signIn }) => ok(await region.day(signIn, key)),
    'region.transactions': async (asked, { signIn }) => ok(await region.transactions(signIn, asked)),
    'region.entries': async (asked, { signIn }) => ok(await region.entries(signIn, asked)),
    'region.queue': async (asked, { signIn }) => ok(await region.queue(signIn, asked)),
    'region.words': async ({ limit }, { signIn }) => ok(await regionWords.view(signIn, limit)),
    'region.understood': async ({ hashes }, { signIn }) => {
      const noted = await othersWords.understood(signIn, hashes);
      return noted.ok ? ok({}) : noted;
    },
    'region.overdue': async ({ limit }, { signIn }) => ok(await region.overdue(signIn, limit)),
    'region.look-stick': async ({ folder }, { signIn }) => await sticks.look(signIn, folder),
    'region.take-bundle': async (order, { signIn }) => await sticks.take(signIn, order),
    'region.carrying': async () => ok(sticks.carrying()),
    'region.load': async (asked, { signIn }) => await region.load(signIn, asked),
    'region.sign': async ({ pin, ...asked }, { signIn }) =>
      await signed(signIn, pin, () => regionWords.sign(signIn, asked)),
    'region.set-apart': async ({ pin, ...asked }, { signIn }) =>
      await signed(signIn, pin, () => regionWords.setApart(signIn, asked)),
    'region.decide': async ({ pin, ...asked }, { signIn }) =>
      await signed(signIn, pin, () => regionWords.decide(signIn, asked)),
  };
}
