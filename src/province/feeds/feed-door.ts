import { sql } from 'kysely';
import type { FeedName } from '../../contract/feeds.ts';
import { type Outlet, outletSchema } from '../../contract/sync-protocol.ts';
import type { Db } from '../db/open.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { frozenNow } from '../restore/server-rollback.ts';
import { type FeedHead, headOf, type HeadRow } from './feed-pages.ts';
import { isOfDevice } from './sealed-feeds.ts';

/** What every question about feeds begins with. */
export type FeedDoor = {
  readonly isFrozen: boolean;
  readonly outlet: Outlet | undefined;
  /** The newest change of an officer of the device's outlet; 0 when it has none. */
  readonly newestOfficer: number;
  /** The newest change of an announcement to the device's outlet; 0 when there was none. */
  readonly newestAnnouncement: number;
  /** The newest change of a vehicle, by area of the outlet; an area without vehicles is not there. */
  readonly newestVehicle: ReadonlyMap<string, number>;
  /** The newest page of each feed that was asked for, in that order. */
  readonly heads: readonly (FeedHead | undefined)[];
};

type DoorRow = {
  readonly is_frozen: boolean;
  readonly outlet: unknown;
  readonly newest_officer: number | null;
  readonly newest_announcement: number | null;
  readonly vehicles: readonly { readonly area: string; readonly newest: number | null }[];
  readonly heads: readonly (HeadRow & { readonly place: number })[];
};

/** One question for all of it: a counter asks for its feeds every few seconds. */
export async function findFeedDoor(
  db: Db,
  { deviceId, outletId }: KnownDevice,
  asked: readonly { readonly feed: FeedName; readonly scope: string }[],
): Promise<FeedDoor> {
  const feeds = asked.map(({ feed }) => feed);
  const scopes = asked.map(({ scope }) => scope);
  const { rows } = await sql<DoorRow>`
    select ${frozenNow} as is_frozen,
      (select json_build_object('outletId', outlet_id, 'name', name, 'address', address, 'regency', regency,
        'areas', areas) from outlet where outlet_id = ${outletId}) as outlet,
      (select max(change_no) from officer where ${isOfDevice(deviceId, outletId)}) as newest_officer,
      (select max(a.change_no) from announcement a join announcement_outlet x on x.announcement_id = a.announcement_id
        where x.outlet_id = ${outletId}) as newest_announcement,
      (select coalesce(json_agg(found), '[]') from (
        select a.area, (select max(change_no) from core_vehicle v where v.area = a.area) as newest
        from outlet o cross join unnest(o.areas) as a (area) where o.outlet_id = ${outletId}) found) as vehicles,
      (select coalesce(json_agg(found), '[]') from (
        select asked.place, head.* from unnest(${feeds}::text[], ${scopes}::text[]) with ordinality as asked (feed, scope, place)
        cross join lateral (select to_version, hash, valid_from, fresh_until, covered_to from feed_page p
          where p.feed = asked.feed and p.scope = asked.scope order by p.to_version desc limit 1) head) found) as heads`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a question without a table has one answer');
  const heads = new Map(row.heads.map((head) => [head.place, headOf(head)]));
  return {
    isFrozen: row.is_frozen,
    outlet: row.outlet === null ? undefined : outletSchema.parse(row.outlet),
    newestOfficer: row.newest_officer ?? 0,
    newestAnnouncement: row.newest_announcement ?? 0,
    newestVehicle: new Map(row.vehicles.flatMap(({ area, newest }) => (newest === null ? [] : [[area, newest]]))),
    heads: asked.map((_one, place) => heads.get(place + 1)),
  };
}
