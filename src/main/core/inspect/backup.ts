import { renameSync, rmSync } from 'node:fs';
import { validSealingKeys } from '../bundle/sealing-keys.ts';
import { type KeyRow, makeReadingCopy } from '../db/backup-keys.ts';
import type { Db } from '../db/open.ts';
import { systemClock, systemRandom } from '../device/system-ports.ts';
import type { DeviceSecrets } from '../device/key-store.ts';
import { readSubjects } from '../journal/subject-key-store.ts';
import { createSubjectKeys, sealKeyFor } from '../journal/subject-keys.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';

/** Body keys in a backup: `sealed` to the province; `leftOut` where this device's keys, or the province's, are not at hand. */
export type BackupKeys = { readonly sealed: number; readonly leftOut: number };

/** Every body key sealed to the province; none where that cannot be. */
async function keysForProvince(
  db: Db,
  secrets: DeviceSecrets | null,
): Promise<{ readonly rows: readonly KeyRow[]; readonly leftOut: number }> {
  const subjects = await db.read((tx) => readSubjects(tx));
  const [provinceKey] = validSealingKeys(await db.read((tx) => readProvinceKeys(tx)), systemClock().wallMs());
  if (secrets === null || provinceKey === undefined) return { rows: [], leftOut: subjects.length };
  const { findSubjectKey } = createSubjectKeys(secrets, systemRandom());
  const rows: KeyRow[] = [];
  for (const subject of subjects) {
    const bodyKey = await db.read((tx) => findSubjectKey(tx, subject));
    if (bodyKey !== undefined) rows.push({ subject, wrapped_key: await sealKeyFor(provinceKey, bodyKey) });
  }
  return { rows, leftOut: subjects.length - rows.length };
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
    const { rows, leftOut } = await keysForProvince(db, secrets);
    makeReadingCopy(unfinished, rows);
    renameSync(unfinished, out);
    return { sealed: rows.length, leftOut };
  } finally {
    rmSync(unfinished, { force: true });
  }
}
