import { err, ok, type Result } from '../../domain/result.ts';
import type { ProvinceContext } from '../province-context.ts';

/** A device as an administrator sees it; times in ms UTC. */
export type DeviceRow = {
  readonly deviceId: string;
  readonly outletId: string;
  readonly deviceNo: number;
  readonly appVersion: string | null;
  readonly enrolledAt: number;
  readonly revokedAt: number | null;
  readonly lastContactAt: number | null;
  /** What the device said in its last hello. */
  readonly unsent: number | null;
};

export async function listDevices({ db }: ProvinceContext): Promise<readonly DeviceRow[]> {
  const rows = await db.selectFrom('device').selectAll().orderBy('outlet_id').orderBy('device_no').execute();
  return rows.map((row) => ({
    deviceId: row.device_id,
    outletId: row.outlet_id,
    deviceNo: row.device_no,
    appVersion: row.app_version,
    enrolledAt: row.enrolled_at,
    revokedAt: row.revoked_at,
    lastContactAt: row.last_contact_at,
    unsent: row.unsent,
  }));
}

/** Forbids new sales of a device from its next contact on; what it holds is still taken into custody. Saying it again changes nothing. */
export async function revokeDevice(
  { db, now }: ProvinceContext,
  deviceId: string,
): Promise<Result<{ readonly deviceId: string; readonly revokedAt: number }, 'DEVICE_UNKNOWN'>> {
  const row = await db
    .updateTable('device')
    .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(now())) }))
    .where('device_id', '=', deviceId)
    .returning('revoked_at as revokedAt')
    .executeTakeFirst();
  return row === undefined ? err('DEVICE_UNKNOWN') : ok({ deviceId, revokedAt: row.revokedAt ?? now() });
}

/** Stops or resumes new sales everywhere: the answer to every hello says it. */
export async function setSelling({ db }: ProvinceContext, selling: 'stop' | 'resume'): Promise<void> {
  const value = selling === 'stop' ? 'true' : 'false';
  await db
    .insertInto('meta')
    .values({ key: 'stop-selling', value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
