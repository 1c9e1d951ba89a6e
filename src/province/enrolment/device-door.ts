import { sql } from 'kysely';
import type { Db } from '../db/open.ts';
import { type StatedKey, statedKeysOf, type StatementRow } from '../keys/key-statements.ts';
import { type KnownDevice, knownDeviceOf } from './device-store.ts';

/** What the database says of a signed request or a hello before anything in it is looked at. */
type DeviceDoor = {
  readonly stated: readonly StatedKey[];
  readonly incarnation: string;
  /** May miss: a device of another province, or before its enrolment. */
  readonly device: KnownDevice | undefined;
};

type DoorRow = {
  readonly incarnation: string;
  readonly stated: readonly StatementRow[];
  readonly device: Parameters<typeof knownDeviceOf>[0] | null;
};

/** Keys, incarnation and device by one question: every signed request and every hello of every counter begins with it. */
export async function findDeviceDoor(db: Db, deviceId: string): Promise<DeviceDoor> {
  const { rows } = await sql<DoorRow>`
    select m.value as incarnation,
      coalesce((select json_agg(k order by k.made_no desc) from key_statement k), '[]') as stated,
      (select to_jsonb(d) - 'certificate' from device d where d.device_id = ${deviceId}) as device
    from meta m where m.key = 'incarnation'`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('a province has an incarnation and its keys');
  return {
    stated: statedKeysOf(row.stated),
    incarnation: row.incarnation,
    device: row.device === null ? undefined : knownDeviceOf(row.device),
  };
}
