import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { LocalDate } from '../../domain/local-date.ts';
import type { AnnouncedClosure, OutletCalendar } from '../../domain/outlet-calendar.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Db, Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';

async function has(db: Db | Tx, table: 'region' | 'outlet', id: string): Promise<boolean> {
  const row =
    table === 'region'
      ? await db.selectFrom('region').select('region_id').where('region_id', '=', id).executeTakeFirst()
      : await db.selectFrom('outlet').select('outlet_id').where('outlet_id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** Whether these are supervisors, all of them. */
async function areSupervisors(db: Db | Tx, officerIds: readonly string[]): Promise<boolean> {
  const rows = await db
    .selectFrom('officer')
    .select('officer_id')
    .where('role', '=', 'supervisor')
    .where('officer_id', 'in', [...officerIds])
    .execute();
  return rows.length === new Set(officerIds).size;
}

/** Names a region, or gives it another name. */
export async function putRegion({ db }: ProvinceContext, regionId: string, name: string): Promise<void> {
  await db
    .insertInto('region')
    .values({ region_id: regionId, name })
    .onConflict((conflict) => conflict.column('region_id').doUpdateSet({ name }))
    .execute();
}

/** Puts an outlet into a region from a day on; the days before stay with the region that it had. */
export async function moveOutlet(
  { db, now }: ProvinceContext,
  move: { readonly outletId: string; readonly regionId: string; readonly fromOn: LocalDate; readonly saidBy: string },
): Promise<Result<void, 'OUTLET_UNKNOWN' | 'REGION_UNKNOWN' | 'MOVED_ALREADY' | 'DAYS_SIGNED'>> {
  const { outletId, regionId, fromOn, saidBy } = move;
  return db.transaction().execute(async (tx) => {
    if (!(await has(tx, 'outlet', outletId))) return err('OUTLET_UNKNOWN');
    if (!(await has(tx, 'region', regionId))) return err('REGION_UNKNOWN');
    // A day that somebody signed stays his.
    const { rows: signed } = await sql`select 1 from outlet_day where outlet_id = ${outletId}
      and business_on >= ${fromOn} and closed_parts > 0 limit 1`.execute(tx);
    if (signed.length > 0) return err('DAYS_SIGNED');
    const written = await tx
      .insertInto('outlet_region')
      .values({ outlet_id: outletId, from_on: fromOn, region_id: regionId, said_by: saidBy, said_at: now() })
      .onConflict((conflict) => conflict.columns(['outlet_id', 'from_on']).doNothing())
      .returning('outlet_id')
      .executeTakeFirst();
    return written === undefined ? err('MOVED_ALREADY') : ok(undefined);
  });
}

/** Gives a supervisor a region beside those that he has. */
export async function giveRegion(
  { db }: ProvinceContext,
  officerId: string,
  regionId: string,
): Promise<Result<void, 'NOT_A_SUPERVISOR' | 'REGION_UNKNOWN'>> {
  if (!(await areSupervisors(db, [officerId]))) return err('NOT_A_SUPERVISOR');
  if (!(await has(db, 'region', regionId))) return err('REGION_UNKNOWN');
  await db
    .insertInto('supervisor_region')
    .values({ officer_id: officerId, region_id: regionId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return ok(undefined);
}

/** A letter by which one supervisor stands in for another, both days included. */
export type Letter = {
  readonly fromOfficer: string;
  readonly toOfficer: string;
  readonly letterNumber: string;
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate;
  readonly saidBy: string;
};

export async function delegate(
  { db, now }: ProvinceContext,
  { fromOfficer, toOfficer, letterNumber, fromOn, toOn, saidBy }: Letter,
): Promise<Result<{ readonly delegationId: string }, 'NOT_A_SUPERVISOR' | 'DATES_IMPOSSIBLE'>> {
  if (fromOfficer === toOfficer || !(await areSupervisors(db, [fromOfficer, toOfficer])))
    return err('NOT_A_SUPERVISOR');
  if (toOn < fromOn) return err('DATES_IMPOSSIBLE');
  const delegationId = uuidV7({ msecs: now() });
  await db
    .insertInto('delegation')
    .values({
      delegation_id: delegationId,
      from_officer: fromOfficer,
      to_officer: toOfficer,
      letter_number: letterNumber,
      from_on: fromOn,
      to_on: toOn,
      ended_on: null,
      said_by: saidBy,
      said_at: now(),
    })
    .execute();
  return ok({ delegationId });
}

/** Ends a letter before its time; what was decided under it stands. */
export async function endDelegation(
  { db }: ProvinceContext,
  delegationId: string,
  endedOn: LocalDate,
): Promise<Result<void, 'DELEGATION_UNKNOWN'>> {
  const row = await db
    .updateTable('delegation')
    .set({ ended_on: endedOn })
    .where('delegation_id', '=', delegationId)
    .where('ended_on', 'is', null)
    .returning('delegation_id')
    .executeTakeFirst();
  return row === undefined ? err('DELEGATION_UNKNOWN') : ok(undefined);
}

/** When an outlet works from a day on; days before are judged by what was said for them. */
export async function putHours(
  { db }: ProvinceContext,
  outletId: string,
  fromOn: LocalDate,
  { opensAt, closesAt, daysOff }: Omit<OutletCalendar, 'closures'>,
): Promise<Result<void, 'OUTLET_UNKNOWN'>> {
  if (!(await has(db, 'outlet', outletId))) return err('OUTLET_UNKNOWN');
  const hours = { opens_at: opensAt, closes_at: closesAt, days_off: [...daysOff] };
  await db
    .insertInto('outlet_hours')
    .values({ outlet_id: outletId, from_on: fromOn, ...hours })
    .onConflict((conflict) => conflict.columns(['outlet_id', 'from_on']).doUpdateSet(hours))
    .execute();
  return ok(undefined);
}

/** Days on which an outlet said beforehand that it is closed. */
export async function announceClosure(
  { db, now }: ProvinceContext,
  outletId: string,
  { from, to, reason }: AnnouncedClosure,
): Promise<Result<void, 'OUTLET_UNKNOWN' | 'DATES_IMPOSSIBLE'>> {
  if (!(await has(db, 'outlet', outletId))) return err('OUTLET_UNKNOWN');
  if (to < from) return err('DATES_IMPOSSIBLE');
  await db
    .insertInto('outlet_closure')
    .values({ closure_id: uuidV7({ msecs: now() }), outlet_id: outletId, from_on: from, to_on: to, reason })
    .execute();
  return ok(undefined);
}
