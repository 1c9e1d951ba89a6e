import type { Refusal } from '../../../contract/errors.ts';
import type { AnnouncementView } from '../../../contract/views-people.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { isAnnounced, markRead, readAnnouncements } from './announcement-store.ts';

/** What supervisors tell this outlet, and who of its people has read it. */
export type AnnouncementService = {
  readonly current: () => Promise<readonly AnnouncementView[]>;
  /** Dibaca: one entry for each person and announcement, however often it is pressed. */
  readonly read: (
    signIn: SignIn,
    announcementId: string,
  ) => Promise<Result<void, Refusal<'NOT_FOUND'> | StorageRefusal>>;
};

export function createAnnouncementService(deps: {
  readonly db: Db;
  readonly journal: Journal;
  readonly events: EventsPort;
  readonly today: () => LocalDate;
  readonly now: () => number;
}): AnnouncementService {
  const { db, journal, events, today, now } = deps;
  return {
    current: () => db.read((tx) => readAnnouncements(tx, today())),
    read: async ({ officerId, stream }, announcementId) => {
      const done = await journal.record(async (tx, append) => {
        if (!(await isAnnounced(tx, announcementId))) return err({ code: 'NOT_FOUND' as const });
        const isFirst = await markRead(tx, { announcementId, officerId, readAt: now() });
        if (isFirst) {
          append({ type: 'announcement.read', stream, officerId, cashSessionId: null, body: { announcementId } });
        }
        return ok(undefined);
      });
      if (done.ok) events.publish('announcements');
      return done;
    },
  };
}
