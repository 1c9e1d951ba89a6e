import { type RawBuilder, sql } from 'kysely';
import type { LocalDate } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Db, Tx } from '../db/open.ts';

/** A letter by which a supervisor stands in for another (Plh.). */
export type Delegation = {
  readonly delegationId: string;
  readonly fromOfficerId: string;
  readonly fromName: string;
  readonly letterNumber: string;
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate;
};

/** For whom somebody speaks on a day: for himself, and for those whose letter he has. */
export type Principals = {
  readonly supervisorId: string;
  readonly delegations: readonly Delegation[];
};

/** Whether a device was appointed to an active supervisor: only then is its word his. */
export async function isAppointed(db: Db | Tx, deviceId: string, supervisorId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from officer o
    where o.officer_id = ${supervisorId} and o.role = 'supervisor' and o.active
      and exists (select 1 from supervisor_device d join device v on v.device_id = d.device_id
        where d.officer_id = o.officer_id and d.device_id = ${deviceId} and v.revoked_at is null)`.execute(db);
  return rows.length > 0;
}

export async function readPrincipals(db: Db | Tx, supervisorId: string, today: LocalDate): Promise<Principals> {
  const { rows } = await sql<Delegation>`select g.delegation_id as "delegationId", g.from_officer as "fromOfficerId",
      o.name as "fromName", g.letter_number as "letterNumber", g.from_on as "fromOn",
      least(g.to_on, coalesce(g.ended_on, g.to_on)) as "toOn"
    from delegation g join officer o on o.officer_id = g.from_officer
    where g.to_officer = ${supervisorId} and g.from_on <= ${today} and g.to_on >= ${today}
      and (g.ended_on is null or g.ended_on > ${today})
    order by g.from_on, g.delegation_id`.execute(db);
  return { supervisorId, delegations: rows };
}

const everyone = ({ supervisorId, delegations }: Principals): readonly string[] => [
  supervisorId,
  ...delegations.map(({ fromOfficerId }) => fromOfficerId),
];

/** The region of an outlet on a day; null before it had one. */
export const regionOn = (outlet: RawBuilder<unknown>, on: RawBuilder<unknown>) =>
  sql<string | null>`(select r.region_id from outlet_region r where r.outlet_id = ${outlet} and r.from_on <= ${on}
    order by r.from_on desc limit 1)`;

/** Outlets of officers with the days on which each is theirs: for good, or while it is of a region of theirs. */
const periodsOf = (officers: readonly string[]) => sql`(
    select x.outlet_id, '-infinity'::date as from_on, 'infinity'::date as to_on from supervisor_outlet x
      where x.officer_id = any(${[...officers]})
    union all
    select x.outlet_id, '-infinity', 'infinity' from officer x where x.officer_id = any(${[...officers]})
    union all
    select r.outlet_id, r.from_on, r.to_on
    from (select outlet_id, region_id, from_on,
        lead(from_on, 1, 'infinity'::date) over (partition by outlet_id order by from_on) as to_on from outlet_region) r
      join supervisor_region x on x.region_id = r.region_id where x.officer_id = any(${[...officers]}))`;

function seenBy(officers: readonly string[], outlet: RawBuilder<unknown>, on: RawBuilder<unknown>) {
  // A name that no question has: an alias of its own that met ours would make every outlet his.
  return sql<boolean>`exists (select 1 from ${periodsOf(officers)} his_period where his_period.outlet_id = ${outlet}
    and his_period.from_on <= ${on} and ${on} < his_period.to_on)`;
}

/** The condition that an outlet is his on a day: by name, or because the day is of a region of his. Written once for every question. */
export const inScope = (principals: Principals, outlet: RawBuilder<unknown>, on: RawBuilder<unknown>) =>
  seenBy(everyone(principals), outlet, on);

/** Whether a day of an outlet is his, by himself or by the letter that he names. */
export async function isInScope(
  db: Db | Tx,
  principals: Principals,
  of: { readonly outletId: string; readonly on: LocalDate },
): Promise<boolean> {
  const { rows } = await sql`select 1 from outlet o where o.outlet_id = ${of.outletId}
    and ${inScope(principals, sql`o.outlet_id`, sql`${of.on}::date`)}`.execute(db);
  return rows.length > 0;
}

/** By which letter he sees an outlet that is not his by himself; a fragment of a select. */
export const delegationOf = (
  { supervisorId, delegations }: Principals,
  outlet: RawBuilder<unknown>,
  on: RawBuilder<unknown>,
) =>
  sql<string | null>`case when ${seenBy([supervisorId], outlet, on)} then null else
    (select g.delegation_id from delegation g
      where g.delegation_id = any(${delegations.map(({ delegationId }) => delegationId)}::uuid[])
        and (exists (select 1 from supervisor_outlet x where x.officer_id = g.from_officer and x.outlet_id = ${outlet})
          or exists (select 1 from officer x where x.officer_id = g.from_officer and x.outlet_id = ${outlet})
          or exists (select 1 from supervisor_region x where x.officer_id = g.from_officer
            and x.region_id = ${regionOn(outlet, on)}))
      order by g.from_on limit 1) end`;

/** Who may ask: the supervisor of the asking device, with the letters that are in force today. */
export async function askingSupervisor(
  db: Db | Tx,
  deviceId: string,
  supervisorId: string,
  today: LocalDate,
): Promise<Result<Principals, 'NOT_A_SUPERVISOR'>> {
  if (!(await isAppointed(db, deviceId, supervisorId))) return err('NOT_A_SUPERVISOR');
  return ok(await readPrincipals(db, supervisorId, today));
}
