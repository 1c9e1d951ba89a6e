import { ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

type PeopleMethods = Extract<keyof Handlers, `people.${string}` | `announcements.${string}`>;

/** The people of a region, and what is announced to those of a counter. */
export function peopleHandlers({
  auth,
  people,
  announcements,
  loop,
}: Pick<Counter, 'auth' | 'people' | 'announcements' | 'loop'>): Pick<Handlers, PeopleMethods> {
  return {
    'announcements.current': async () => ok([...(await announcements.current())]),
    'announcements.read': async ({ announcementId }, { signIn }) => {
      const read = await announcements.read(signIn, announcementId);
      if (!read.ok) return read;
      loop.wake();
      return ok({});
    },
    'people.officers': async (asked, { signIn }) => ok(await people.officers(signIn, asked)),
    'people.codes': async (asked, { signIn }) => ok(await people.codes(signIn, asked)),
    'people.announcements': async (asked, { signIn }) => ok(await people.announcements(signIn, asked)),
    'people.readers': async (asked, { signIn }) => ok(await people.readers(signIn, asked)),
    'people.act': async ({ pin, asked }, { signIn }) => {
      const checked = await auth.sign(signIn.officerId, pin);
      return checked.ok ? await people.act(signIn, asked) : checked;
    },
    'people.save-ticket': async ({ folder, codeId }) => await people.saveTicket(folder, codeId),
  };
}
