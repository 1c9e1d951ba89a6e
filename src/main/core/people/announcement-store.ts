import type { AnnouncementItem } from '../../../contract/feeds-people.ts';
import type { AnnouncementView } from '../../../contract/views-people.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';

/** Applies one item of feed `announcements`; marks of who has read it stay. */
export async function putAnnouncement(tx: WriteTx, item: AnnouncementItem): Promise<void> {
  const row = {
    title: item.title,
    text: item.text,
    from_name: item.from,
    made_at: item.madeAt,
    until_on: item.untilOn,
    withdrawn: item.withdrawn ? 1 : 0,
  };
  await tx
    .insertInto('announcement')
    .values({ announcement_id: item.announcementId, ...row })
    .onConflict((conflict) => conflict.column('announcement_id').doUpdateSet(row))
    .execute();
}

/** What is announced on a day, the newest first, each with those who have read it at this counter. */
export async function readAnnouncements(tx: ReadTx, today: LocalDate): Promise<readonly AnnouncementView[]> {
  const rows = await tx
    .selectFrom('announcement')
    .selectAll()
    .where('withdrawn', '=', 0)
    .where('until_on', '>=', today)
    .orderBy('made_at', 'desc')
    .orderBy('announcement_id')
    .execute();
  const ids = rows.map((row) => row.announcement_id);
  const marks =
    ids.length === 0
      ? []
      : await tx.selectFrom('announcement_read').selectAll().where('announcement_id', 'in', ids).execute();
  return rows.map((row) => ({
    announcementId: row.announcement_id,
    title: row.title,
    text: row.text,
    from: row.from_name,
    madeAt: row.made_at,
    untilOn: row.until_on,
    readBy: marks.filter((mark) => mark.announcement_id === row.announcement_id).map((mark) => mark.officer_id),
  }));
}

/** Whether there is such an announcement, whatever its days. */
export async function isAnnounced(tx: ReadTx, announcementId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('announcement')
    .select('announcement_id')
    .where('announcement_id', '=', announcementId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Marks it as read by somebody; false where he had marked it before. */
export async function markRead(
  tx: WriteTx,
  mark: { readonly announcementId: string; readonly officerId: string; readonly readAt: number },
): Promise<boolean> {
  const written = await tx
    .insertInto('announcement_read')
    .values({ announcement_id: mark.announcementId, officer_id: mark.officerId, read_at: mark.readAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning('officer_id')
    .executeTakeFirst();
  return written !== undefined;
}
