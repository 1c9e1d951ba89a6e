import type { Selectable } from 'kysely';
import type { Db, Tx } from '../db/open.ts';
import type { Database } from '../db/schema.ts';

/** A device as the province knows it; keys are raw, base64url. */
export type KnownDevice = {
  readonly deviceId: string;
  readonly outletId: string;
  readonly deviceNo: number;
  readonly signingKey: string;
  readonly sealingKey: string;
  readonly keyId: string;
  readonly revokedAt: number | null;
  /** Of the rules feed, that it was last heard to ask beyond. */
  readonly rulesVersion: number | null;
};

/** May miss: a device of another province, or before its enrolment. */
export async function findDevice(db: Db | Tx, deviceId: string): Promise<KnownDevice | undefined> {
  const row = await db.selectFrom('device').selectAll().where('device_id', '=', deviceId).executeTakeFirst();
  return row === undefined ? undefined : knownDeviceOf(row);
}

/** What every part of the province wants of a device's row. */
export function knownDeviceOf(row: Omit<Selectable<Database['device']>, 'certificate'>): KnownDevice {
  return {
    deviceId: row.device_id,
    outletId: row.outlet_id,
    deviceNo: row.device_no,
    signingKey: row.signing_key,
    sealingKey: row.sealing_key,
    keyId: row.key_id,
    revokedAt: row.revoked_at,
    rulesVersion: row.rules_version,
  };
}
