import { ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import type { ClockState, Timekeeper } from './timekeeper.ts';

type Deps = { readonly journal: Journal; readonly timekeeper: Timekeeper; readonly events: EventsPort };

/**
 * "Banner, acknowledgement, flag; never a blocked upload": the officer has looked at the clock and sells on; an entry
 * says so. A clock that is believed needs nothing and writes nothing.
 */
export async function acknowledgeClock(
  { journal, timekeeper, events }: Deps,
  signIn: SignIn,
): Promise<Result<ClockState, StorageRefusal>> {
  const before = timekeeper.state();
  if (!before.needsAcknowledgement) return ok(before);
  const written = await journal.record(async (_tx, append) => {
    const { timeTrust, jumpMs } = before;
    const { officerId, stream } = signIn;
    return ok(
      append({ type: 'clock.acknowledged', stream, officerId, cashSessionId: null, body: { timeTrust, jumpMs } }),
    );
  });
  if (!written.ok) return written;
  timekeeper.acknowledge();
  events.publish('status');
  return ok(timekeeper.state());
}
