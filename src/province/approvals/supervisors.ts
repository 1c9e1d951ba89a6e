import { sql } from 'kysely';
import type { PairedCounter } from '../../contract/feeds-approvals.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Db, Tx } from '../db/open.ts';
import { sendOfficerAgain } from '../enrolment/officer-administration.ts';
import type { ProvinceContext } from '../province-context.ts';
import { listCode, pairKey } from './pair-keys.ts';

/** After a new device of an outlet: its supervisors learn to answer it. */
export async function sendSupervisorsAgain(tx: Tx, outletId: string): Promise<void> {
  await sql`update officer o set change_no = nextval('officer_change') where o.role = 'supervisor' and (o.outlet_id = ${outletId}
    or exists (select 1 from supervisor_outlet s where s.officer_id = o.officer_id and s.outlet_id = ${outletId}))
    and exists (select 1 from supervisor_device d where d.officer_id = o.officer_id)`.execute(tx);
}

async function isSupervisor(db: Db | Tx, officerId: string): Promise<boolean> {
  const row = await db.selectFrom('officer').select('role').where('officer_id', '=', officerId).executeTakeFirst();
  return row?.role === 'supervisor';
}

/** Puts an outlet under a supervisor beside his own; its counters know him from their next contact on. */
export async function putOutletUnder(
  { db }: ProvinceContext,
  officerId: string,
  outletId: string,
): Promise<Result<void, 'NOT_A_SUPERVISOR' | 'OUTLET_UNKNOWN'>> {
  return db.transaction().execute(async (tx) => {
    if (!(await isSupervisor(tx, officerId))) return err('NOT_A_SUPERVISOR');
    const outlet = await tx
      .selectFrom('outlet')
      .select('outlet_id')
      .where('outlet_id', '=', outletId)
      .executeTakeFirst();
    if (outlet === undefined) return err('OUTLET_UNKNOWN');
    await tx
      .insertInto('supervisor_outlet')
      .values({ officer_id: officerId, outlet_id: outletId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await sendOfficerAgain(tx, officerId);
    return ok(undefined);
  });
}

/** Makes a device a supervisor's own: it gets the keys of the counters under him, and its word for him counts. */
export async function appointDevice(
  { db, now }: ProvinceContext,
  officerId: string,
  deviceId: string,
): Promise<Result<void, 'NOT_A_SUPERVISOR' | 'DEVICE_UNKNOWN'>> {
  return db.transaction().execute(async (tx) => {
    if (!(await isSupervisor(tx, officerId))) return err('NOT_A_SUPERVISOR');
    const device = await tx
      .selectFrom('device')
      .select('device_id')
      .where('device_id', '=', deviceId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (device === undefined) return err('DEVICE_UNKNOWN');
    await tx
      .insertInto('supervisor_device')
      .values({ device_id: deviceId, officer_id: officerId, appointed_at: now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await sendOfficerAgain(tx, officerId);
    return ok(undefined);
  });
}

/** Every counter under a supervisor with the key of the pair; never the devices that are his own. */
export async function pairsOf(
  db: Db | Tx,
  { keys }: Pick<ProvinceContext, 'keys'>,
  officerId: string,
): Promise<readonly PairedCounter[]> {
  const rows = await db
    .selectFrom('device as d')
    .innerJoin('outlet as o', 'o.outlet_id', 'd.outlet_id')
    .select(['d.device_id', 'd.device_no', 'o.outlet_id', 'o.name'])
    .where('d.revoked_at', 'is', null)
    .where(
      sql<boolean>`(d.outlet_id = (select outlet_id from officer where officer_id = ${officerId})
        or exists (select 1 from supervisor_outlet s where s.officer_id = ${officerId} and s.outlet_id = d.outlet_id))`,
    )
    .where(
      sql<boolean>`not exists (select 1 from supervisor_device x where x.device_id = d.device_id and x.officer_id = ${officerId})`,
    )
    .orderBy('o.outlet_id')
    .orderBy('d.device_no')
    .execute();
  return rows.map((row) => ({
    counterId: row.device_id,
    outletId: row.outlet_id,
    outletName: row.name,
    deviceNo: row.device_no,
    key: pairKey(keys.approval, officerId, row.device_id),
  }));
}

/** A sealed list as it is printed once; the codes stand nowhere else. */
export type CodeList = {
  readonly list: number;
  readonly outletName: string;
  readonly deviceNo: number;
  readonly supervisor: string;
  readonly codes: readonly { readonly place: number; readonly code: string }[];
};

/** Makes a numbered list of one-time codes of one supervisor for one counter; each list has a number of its own. */
export async function makeCodeList(
  context: ProvinceContext,
  of: { readonly deviceId: string; readonly officerId: string; readonly count: number },
): Promise<Result<CodeList, 'NOT_A_SUPERVISOR' | 'NOT_HIS_COUNTER'>> {
  const { deviceId, officerId, count } = of;
  return context.db.transaction().execute(async (tx) => {
    if (!(await isSupervisor(tx, officerId))) return err('NOT_A_SUPERVISOR');
    const pair = (await pairsOf(tx, context, officerId)).find(({ counterId }) => counterId === deviceId);
    if (pair === undefined) return err('NOT_HIS_COUNTER');
    await sql`select pg_advisory_xact_lock(hashtextextended(${`code-list/${deviceId}/${officerId}`}, 1))`.execute(tx);
    const newest = await tx
      .selectFrom('approval_list')
      .select((eb) => eb.fn.max('list').as('list'))
      .where('device_id', '=', deviceId)
      .where('officer_id', '=', officerId)
      .executeTakeFirst();
    const list = (newest?.list ?? 0) + 1;
    await tx
      .insertInto('approval_list')
      .values({ device_id: deviceId, officer_id: officerId, list, codes: count, made_at: context.now() })
      .execute();
    const { name } = await tx
      .selectFrom('officer')
      .select('name')
      .where('officer_id', '=', officerId)
      .executeTakeFirstOrThrow();
    const codes = Array.from({ length: count }, (_one, index) => ({
      place: index + 1,
      code: listCode(pair.key, deviceId, list, index + 1),
    }));
    return ok({ list, outletName: pair.outletName, deviceNo: pair.deviceNo, supervisor: name, codes });
  });
}
