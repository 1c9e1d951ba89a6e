import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Refusal } from '../../contract/errors.ts';
import { localDateAt } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { findOpenSession } from './cash/cash-store.ts';
import { DATABASE_FILE } from './config.ts';
import { fsyncFolderOf } from './db/durable-file.ts';
import type { Db, ReadTx, StorageRefusal } from './db/open.ts';
import { deleteSetting, findEnrolledDevice, findSetting, putSetting } from './device/enrolled-device-store.ts';
import { outboxFigures } from './sync/delivery-store.ts';

const SETTING = 'leaving';
/** Files of the running program, and what was put aside before. */
const STAYS = /^(?:data[.]lock|door[.]json|counter[.]log(?:[.]1)?|lama-.*)$/;

type LeaveRefusal = Refusal<'LEAVE_REFUSED'>;

/** "A move to another outlet is refused while anything is unsent", and while a drawer is open (OPOP-Sync/1 14). */
async function obstacle(tx: ReadTx): Promise<LeaveRefusal | undefined> {
  if ((await findOpenSession(tx)) !== undefined) {
    return { code: 'LEAVE_REFUSED', details: { reason: 'CASH_SESSION_OPEN' } };
  }
  const { unsentMoney } = await outboxFigures(tx);
  return unsentMoney === 0 ? undefined : { code: 'LEAVE_REFUSED', details: { reason: 'UNSENT', unsent: unsentMoney } };
}

/**
 * This computer is to leave its outlet: with its next start its data is put aside, whole and with its keys, and it can be
 * enrolled anew. `outletId` is what the person typed, so that nobody does it by a slip of the hand.
 */
export async function leaveOutlet(
  db: Pick<Db, 'write'>,
  asked: { readonly outletId: string; readonly now: number },
): Promise<Result<void, LeaveRefusal | StorageRefusal>> {
  return await db.write(async (tx) => {
    const device = await findEnrolledDevice(tx);
    if (device?.outlet.outletId !== asked.outletId) {
      return err({ code: 'LEAVE_REFUSED' as const, details: { reason: 'OTHER_OUTLET' }, path: ['outletId'] });
    }
    const found = await obstacle(tx);
    if (found !== undefined) return err(found);
    await putSetting(tx, SETTING, `lama-${asked.outletId}-${String(device.deviceNo)}-${localDateAt(asked.now)}`);
    return ok(undefined);
  });
}

/** At start: the folder into which the data goes; undefined where nobody asked, or where work went on since. */
export async function folderToLeave(db: Pick<Db, 'read' | 'write'>): Promise<string | undefined> {
  const known = await db.read(async (tx) => ({ folder: await findSetting(tx, SETTING), found: await obstacle(tx) }));
  if (known.folder === undefined || known.found === undefined) return known.folder;
  await db.write(async (tx) => ok(await deleteSetting(tx, SETTING)));
  return undefined;
}

/**
 * Puts everything of a closed counter into a folder beside it; nothing is deleted. The database goes last: while it is
 * here it says what is to be done, so that a power cut in between is carried on at the next start.
 */
export function putAside(dataDir: string, folder: string): void {
  let target = join(dataDir, folder);
  // A second leave on one day; the database of the first is there already.
  for (let n = 2; existsSync(join(target, DATABASE_FILE)); n += 1) target = join(dataDir, `${folder}-${String(n)}`);
  mkdirSync(target, { recursive: true, mode: 0o700 });
  const names = readdirSync(dataDir).filter((name) => !STAYS.test(name));
  const isDatabase = (name: string): boolean => name.startsWith(DATABASE_FILE);
  const ordered = [...names.filter((name) => !isDatabase(name)), ...names.filter(isDatabase).toSorted().reverse()];
  for (const name of ordered) renameSync(join(dataDir, name), join(target, name));
  fsyncFolderOf(join(target, DATABASE_FILE));
  fsyncFolderOf(join(dataDir, DATABASE_FILE));
}
