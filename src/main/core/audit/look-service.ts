import { z } from 'zod';
import type { Refusal } from '../../../contract/errors.ts';
import { localDateSchema, uuidSchema } from '../../../contract/primitives.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { findOfficer, worksHere } from '../auth/auth-store.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { Journal } from '../journal/journal.ts';

/** The screen asks again by itself: within this time the same question of the same sign-in is the same look. */
const SAME_LOOK_MS = 10 * 60_000;
const MOST_REMEMBERED = 500;

/** What a question names that is no person's: everything else that was typed stays out of the journal. */
const namedSchema = z.object({
  transactionId: uuidSchema.optional().catch(undefined),
  cashSessionId: uuidSchema.nullable().optional().catch(undefined),
  from: localDateSchema.optional().catch(undefined),
  to: localDateSchema.optional().catch(undefined),
});

/** Commits a look before the answer is given; a mandate that is over locks the screen. */
export type AuditorLooks = (
  signIn: SignIn,
  method: string,
  input: unknown,
) => Promise<Result<void, Refusal<'SCREEN_LOCKED'> | StorageRefusal>>;

export function createAuditorLooks(deps: {
  readonly db: Db;
  readonly journal: Pick<Journal, 'record'>;
  readonly timekeeper: Timekeeper;
  /** Locks the screen of whoever may not be here any more. */
  readonly recheck: () => Promise<void>;
}): AuditorLooks {
  const { db, journal, timekeeper, recheck } = deps;
  const seen = new Map<string, number>();

  const remember = (key: string, at: number): void => {
    seen.set(key, at);
    const [oldest] = seen.keys();
    if (seen.size > MOST_REMEMBERED && oldest !== undefined) seen.delete(oldest);
  };

  return async (signIn, method, input) => {
    const officer = await db.read((tx) => findOfficer(tx, signIn.officerId));
    const mandate = officer?.mandate ?? null;
    if (officer === undefined || mandate === null || !worksHere(officer, timekeeper.today())) {
      await recheck();
      return err({ code: 'SCREEN_LOCKED' });
    }
    const now = timekeeper.now();
    const key = [signIn.stream, method, JSON.stringify(input)].join(' ');
    const before = seen.get(key);
    if (before !== undefined && now - before < SAME_LOOK_MS && now >= before) return ok(undefined);
    const named = namedSchema.safeParse(input).data ?? {};
    const written = await journal.record(async (_tx, append) => {
      append({
        type: 'audit.looked',
        stream: signIn.stream,
        officerId: signIn.officerId,
        cashSessionId: null,
        body: {
          mandate: mandate.letter,
          what: method,
          about: named.transactionId ?? named.cashSessionId ?? null,
          from: named.from ?? null,
          to: named.to ?? null,
        },
      });
      return ok(undefined);
    });
    if (written.ok) remember(key, now);
    return written;
  };
}
