import { sql } from 'kysely';
import type { PeopleOfficersAnswer, PeopleOfficersRequest, RegionOfficer } from '../../contract/people.ts';
import { roleSchema } from '../../contract/primitives.ts';
import { localDateAt } from '../../domain/local-date.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readCursor, writeCursor } from '../region/cursors.ts';
import { inScope, type Principals } from '../region/scope.ts';

type Row = Omit<RegionOfficer, 'role' | 'mayNot'> & { readonly role: string };

/** Today at the counters. */
const JAKARTA = 'Asia/Jakarta';

/** People who work at the outlets of the region, by name; each with what is known of him today. */
export async function readOfficers(
  { db, now }: Pick<ProvinceContext, 'db' | 'now'>,
  principals: Principals,
  asked: Pick<PeopleOfficersRequest, 'cursor' | 'limit'>,
): Promise<PeopleOfficersAnswer> {
  const asOf = now();
  const today = localDateAt(asOf);
  const on = sql`${today}::date`;
  const [afterName = '', afterId = ''] = readCursor(asked.cursor, 2);
  const outlets = await sql<{ outletId: string; name: string }>`select o.outlet_id as "outletId", o.name from outlet o
    where ${inScope(principals, sql`o.outlet_id`, on)} order by o.name, o.outlet_id`.execute(db);
  const { rows } = await sql<Row>`select p.officer_id as "officerId", p.name, p.role, p.active,
      json_build_object('outletId', t.outlet_id, 'name', t.name) as outlet, p.starts_until as "startsUntil",
      (select a.asked->>'reason' from people_act a where not p.active and a.officer_id = p.officer_id
        and a.act = 'suspend' order by a.at desc limit 1) as reason,
      (select json_build_object('outletId', b.outlet_id, 'name', b.name) from approval_used u
        join device d on d.device_id = u.device_id join outlet b on b.outlet_id = d.outlet_id
        where u.action = 'substitute' and u.subject = p.officer_id
          and (to_timestamp(u.used_at / 1000.0) at time zone ${JAKARTA})::date = ${on}
        order by u.used_at desc limit 1) as "substituteAt",
      (select json_build_object('outletId', b.outlet_id, 'name', b.name, 'fromOn', m.from_on) from officer_move m
        join outlet b on b.outlet_id = m.to_outlet
        where m.officer_id = p.officer_id and m.applied_at is null and m.replaced_at is null) as move,
      (select max(s.last_sign_in_at) from officer_standing s where s.officer_id = p.officer_id) as "lastSignInAt",
      (select max(s.locked_until) from officer_standing s where s.officer_id = p.officer_id
        and s.locked_until > ${asOf}) as "lockedUntil",
      (select json_build_object('outletId', b.outlet_id, 'name', b.name, 'openedOn', s.business_on) from day_session s
        join outlet b on b.outlet_id = s.outlet_id
        where s.opened_by = p.officer_id and s.closed_at is null order by s.opened_at limit 1) as session
    from officer p join outlet t on t.outlet_id = p.outlet_id
    where p.role <> 'auditor' and ${inScope(principals, sql`t.outlet_id`, on)}
      and (p.name, p.officer_id) > (${afterName}, ${afterId})
    order by p.name, p.officer_id limit ${asked.limit + 1}`.execute(db);
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    asOf,
    today,
    outlets: outlets.rows,
    officers: shown.map((row) => ({
      ...row,
      role: roleSchema.parse(row.role),
      mayNot: row.officerId === principals.supervisorId ? 'SELF' : row.role === 'officer' ? null : 'NOT_AN_OFFICER',
    })),
    next: rows.length > shown.length && last !== undefined ? writeCursor([last.name, last.officerId]) : null,
  };
}
