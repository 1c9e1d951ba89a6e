import { COPY_MARK } from '../db/backup-keys.ts';
import type { Db } from '../db/open.ts';
import { findSetting } from '../device/enrolled-device-store.ts';

/** Whether a database says of itself that it is a copy for reading: "never restored from a backup and put to work" (OPOP-Sync/1 3.4). */
export async function isReadingCopy(db: Pick<Db, 'read'>): Promise<boolean> {
  return (await db.read((tx) => findSetting(tx, COPY_MARK))) !== undefined;
}
