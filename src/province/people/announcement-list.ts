import { sql } from 'kysely';
import type {
  Announced,
  OutletReaders,
  PeopleAnnouncementsAnswer,
  PeopleAnnouncementsRequest,
  PeopleReadersAnswer,
  PeopleReadersRequest,
} from '../../contract/people.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readCursor, writeCursor } from '../region/cursors.ts';
import type { Principals } from '../region/scope.ts';

type Db = Pick<ProvinceContext, 'db'>;

/** Whose announcements he sees: his own, and those of whom he stands in for. */
const authors = ({ supervisorId, delegations }: Principals): string[] => [
  supervisorId,
  ...delegations.map(({ fromOfficerId }) => fromOfficerId),
];

/** Who should read an announcement at an outlet, and who has: people who work there now, and readers who went since. */
const peopleOf = (announcement: ReturnType<typeof sql>, outlet: ReturnType<typeof sql>) => sql`
  select w.officer_id, coalesce(n.name, w.officer_id) as name, min(w.read_at) as read_at from (
    select p.officer_id, null::bigint as read_at from officer p
      where p.outlet_id = ${outlet} and p.role = 'officer' and p.active
    union all
    select r.officer_id, r.read_at from announcement_read r join device d on d.device_id = r.device_id
      where r.announcement_id = ${announcement} and d.outlet_id = ${outlet}) w
  left join officer n on n.officer_id = w.officer_id group by 1, 2`;

/** What he told his outlets, the newest first, with how many people have read it. */
export async function readAnnounced(
  { db, now }: Pick<ProvinceContext, 'db' | 'now'>,
  principals: Principals,
  asked: Pick<PeopleAnnouncementsRequest, 'cursor' | 'limit'>,
): Promise<PeopleAnnouncementsAnswer> {
  const [before = String(Number.MAX_SAFE_INTEGER), beforeId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'] = readCursor(
    asked.cursor,
    2,
  );
  const { rows } = await sql<Announced>`select a.announcement_id as "announcementId", a.title, a.text, p.name as by,
      a.made_at as "madeAt", a.until_on as "untilOn", a.withdrawn_at as "withdrawnAt", count(*)::int as outlets,
      coalesce(sum(c.people), 0)::int as people, coalesce(sum(c.read), 0)::int as read
    from announcement a join officer p on p.officer_id = a.supervisor
    join announcement_outlet x on x.announcement_id = a.announcement_id
    cross join lateral (select count(*) as people, count(read_at) as read
      from (${peopleOf(sql`a.announcement_id`, sql`x.outlet_id`)}) w) c
    where a.supervisor = any(${authors(principals)}) and (a.made_at, a.announcement_id) < (${before}::bigint, ${beforeId}::uuid)
    group by a.announcement_id, p.name order by a.made_at desc, a.announcement_id desc limit ${asked.limit + 1}`.execute(
    db,
  );
  const announcements = rows.slice(0, asked.limit);
  const last = announcements.at(-1);
  const isMore = rows.length > announcements.length && last !== undefined;
  return { asOf: now(), announcements, next: isMore ? writeCursor([String(last.madeAt), last.announcementId]) : null };
}

/** Per outlet who has read an announcement and who has not; outlets where somebody has not stand first. */
export async function readReaders(
  { db }: Db,
  principals: Principals,
  { announcementId, cursor, limit }: Pick<PeopleReadersRequest, 'announcementId' | 'cursor' | 'limit'>,
): Promise<Result<PeopleReadersAnswer, 'OUT_OF_SCOPE'>> {
  const found = await db
    .selectFrom('announcement')
    .select('announcement_id')
    .where('announcement_id', '=', announcementId)
    .where('supervisor', 'in', authors(principals))
    .executeTakeFirst();
  if (found === undefined) return err('OUT_OF_SCOPE');
  const [afterDone = '-1', afterId = ''] = readCursor(cursor, 2);
  const { rows } = await sql<OutletReaders & { isDone: number }>`select o.outlet_id as "outletId", o.name,
      c.done as "isDone", c.people
    from announcement_outlet x join outlet o on o.outlet_id = x.outlet_id
    cross join lateral (select (count(*) = count(read_at))::int as done,
        coalesce(json_agg(json_build_object('officerId', officer_id, 'name', name, 'readAt', read_at)
          order by read_at nulls first, name), '[]') as people
      from (${peopleOf(sql`x.announcement_id`, sql`x.outlet_id`)}) w) c
    where x.announcement_id = ${announcementId} and (c.done, o.outlet_id) > (${afterDone}::int, ${afterId})
    order by c.done, o.outlet_id limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return ok({
    outlets: shown.map(({ isDone: _isDone, ...outlet }) => outlet),
    next: rows.length > shown.length && last !== undefined ? writeCursor([String(last.isDone), last.outletId]) : null,
  });
}
