import type { Foundation } from './foundation.ts';
import { type AnnouncementService, createAnnouncementService } from './people/announcement-service.ts';
import { createPeopleDesk, type PeopleDesk } from './people/people-desk.ts';
import type { RegionLine } from './sync/region-line.ts';

/** People: what supervisors tell a counter, and what they do about their officers. */
export type PeopleFeatures = { readonly people: PeopleDesk; readonly announcements: AnnouncementService };

export function wirePeople(
  { db, journal, cipher, events, device, timekeeper, newId }: Foundation,
  line: RegionLine,
): PeopleFeatures {
  const { today, now } = timekeeper;
  return {
    people: createPeopleDesk({ db, cipher, events, line, provinceUrl: device.provinceUrl, newId }),
    announcements: createAnnouncementService({ db, journal, events, today, now }),
  };
}
