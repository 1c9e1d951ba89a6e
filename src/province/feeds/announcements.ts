import type { AnnouncementItem } from '../../contract/feeds-people.ts';
import { localDateAt, parseLocalDate } from '../../domain/local-date.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import type { ProvinceContext } from '../province-context.ts';
import { appendPage, findFeedHead, lockFeed } from './feed-pages.ts';

/** Appends what was announced to the device's outlet, or withdrawn, since its newest page; what is over already is left out. */
export async function publishAnnouncements(context: ProvinceContext, device: KnownDevice): Promise<void> {
  await context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, 'announcements', device.deviceId);
    const head = await findFeedHead(tx, 'announcements', device.deviceId);
    const rows = await tx
      .selectFrom('announcement as a')
      .innerJoin('announcement_outlet as x', 'x.announcement_id', 'a.announcement_id')
      .innerJoin('officer as o', 'o.officer_id', 'a.supervisor')
      .selectAll('a')
      .select('o.name as from_name')
      .where('x.outlet_id', '=', device.outletId)
      .where('a.change_no', '>', head?.coveredTo ?? 0)
      .orderBy('a.change_no')
      .execute();
    const coveredTo = rows.at(-1)?.change_no;
    if (coveredTo === undefined) return;
    const today = localDateAt(context.now());
    const items = rows.flatMap((row): AnnouncementItem[] => {
      const untilOn = parseLocalDate(row.until_on);
      if (!untilOn.ok) throw new Error('a date of the database is a date');
      if (untilOn.value < today) return [];
      const { announcement_id: announcementId, title, text, from_name: from, made_at: madeAt } = row;
      const withdrawn = row.withdrawn_at !== null;
      return [{ announcementId, title, text, from, madeAt, untilOn: untilOn.value, withdrawn }];
    });
    await appendPage(tx, context, { feed: 'announcements', scope: device.deviceId, items, coveredTo });
  });
}
