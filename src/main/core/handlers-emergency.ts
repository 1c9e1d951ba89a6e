import { ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

type EmergencyMethods = Extract<keyof Handlers, `emergency.${string}`>;

/** The emergency receipt book. */
export function emergencyHandlers(counter: Counter): Pick<Handlers, EmergencyMethods> {
  const { emergency } = counter;
  return {
    'emergency.book': async () => ok(await emergency.book()),
    'emergency.receive-book': async (book, { signIn }) => await emergency.receiveBook(signIn, book),
    'emergency.enter': async (typed, { signIn }) => await emergency.enter(signIn, typed),
    'emergency.sheet': async ({ transactionId }, { signIn }) => await emergency.sheet(signIn, transactionId),
    'emergency.confirm': async ({ transactionId, confirmer }, { signIn }) => {
      const witness = await counter.auth.witness(confirmer);
      if (!witness.ok) return witness;
      const confirmed = await emergency.confirm(signIn, transactionId, witness.value);
      if (confirmed.ok) counter.loop.wake();
      return confirmed;
    },
    'emergency.discard': async ({ transactionId }, { signIn }) => {
      const discarded = await emergency.discard(signIn, transactionId);
      // Only now: what is cut off here are files of discarded pages, which the next start removes.
      if (discarded.ok) await counter.documents.letGo(transactionId);
      return discarded;
    },
    'emergency.spoil': async (spoiled, { signIn }) => await emergency.spoil(signIn, spoiled),
    'emergency.declare-missing': async (missing, { signIn }) => await emergency.declareMissing(signIn, missing),
  };
}
