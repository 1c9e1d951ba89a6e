import { renameSync, rmSync } from 'node:fs';
import { validSealingKeys } from '../bundle/sealing-keys.ts';
import { makeReadingCopy } from '../db/backup-keys.ts';
import type { Db } from '../db/open.ts';
import type { DeviceSecrets } from '../device/key-store.ts';
import { systemClock } from '../device/system-ports.ts';
import { countSubjects, readSealedKeys, readSubjectsToSeal, type SealedKey } from '../journal/subject-key-store.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';
import { sealMissing } from './sealed-keys.ts';

/** Body keys in a backup: `sealed` to the province; `leftOut` where this device's keys, or the province's, are not at hand. */
export type BackupKeys = { readonly sealed: number; readonly leftOut: number };

/** Every body key sealed to the province: as it is kept, and the others sealed for this backup; none where that cannot be. */
async function keysForProvince(
  db: Db,
  secrets: DeviceSecrets | null,
): Promise<{ readonly keys: readonly SealedKey[]; readonly leftOut: number }> {
  const { all, provinceKey } = await db.read(async (tx) => ({
    all: await countSubjects(tx),
    provinceKey: validSealingKeys(await readProvinceKeys(tx), systemClock().wallMs())[0],
  }));
  if (provinceKey === undefined) return { keys: [], leftOut: all };
  const { keyId } = provinceKey;
  const sealed: SealedKey[] = [];
  if (secrets !== null) for await (const some of sealMissing(db, secrets, provinceKey)) sealed.push(...some);
  const keys = await db.read(async (tx) => {
    const kept = await readSealedKeys(tx, keyId);
    // Sealing takes its time: a key that was erased or kept meanwhile is none of those any more.
    const missing = sealed.length === 0 ? [] : await readSubjectsToSeal(tx, keyId);
    const stillMissing = new Set(missing);
    return [...kept, ...sealed.filter(({ subject }) => stillMissing.has(subject))];
  });
  return { keys, leftOut: Math.max(0, all - keys.length) };
}

/**
 * A copy of everything committed so far. "Backups and mirrors carry `subject_key` only wrapped to the province"
 * (OPOP-Sync/1 1.5), and that a copy is for looking at, never put to work (OPOP-Sync/1 3.4): a person that was erased here cannot be read from an older copy with this device's keys.
 */
export async function writeBackup(db: Db, out: string, secrets: DeviceSecrets | null): Promise<BackupKeys> {
  const unfinished = `${out}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    // The copy first: a key that is erased between the two is not in it again.
    await db.backupInto(unfinished);
    const { keys, leftOut } = await keysForProvince(db, secrets);
    makeReadingCopy(unfinished, keys);
    renameSync(unfinished, out);
    return { sealed: keys.length, leftOut };
  } finally {
    rmSync(unfinished, { force: true });
  }
}
