import { ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { DeviceSecrets } from '../device/key-store.ts';
import { systemRandom } from '../device/system-ports.ts';
import { putSealedKeyNow, readSubjectsToSeal, type SealedKey } from '../journal/subject-key-store.ts';
import { createSubjectKeys, sealKeyFor, type SealingKey } from '../journal/subject-keys.ts';

/** Keys that are sealed in one go: some 0.3 ms each, and nobody waits longer for the database than for so many. */
const PORTION = 200;

/** The keys that are kept in no form sealed to this key of the province, sealed to it, portion by portion. */
export async function* sealMissing(
  db: Db,
  secrets: DeviceSecrets,
  provinceKey: SealingKey,
): AsyncGenerator<readonly SealedKey[]> {
  const { findSubjectKey } = createSubjectKeys(secrets, systemRandom());
  for (let after = ''; ; ) {
    const found = await db.read(async (tx) => {
      const subjects = await readSubjectsToSeal(tx, provinceKey.keyId, { after, limit: PORTION });
      const keys = await Promise.all(
        subjects.map(async (subject) => ({ subject, bodyKey: await findSubjectKey(tx, subject) })),
      );
      return { last: subjects.at(-1), keys };
    });
    if (found.last === undefined) return;
    after = found.last;
    const sealed = found.keys.map(async ({ subject, bodyKey }) =>
      bodyKey === undefined ? [] : [{ subject, jwe: await sealKeyFor(provinceKey, bodyKey) }],
    );
    yield (await Promise.all(sealed)).flat();
  }
}

/**
 * Seals every body key once and keeps the form beside it, so that a backup costs what is new and not everything that this
 * counter ever sold. A later sealing key of the province takes the place of the earlier one.
 */
export async function keepSealedKeys(
  db: Db,
  secrets: DeviceSecrets,
  provinceKey: SealingKey,
): Promise<Result<void, StorageRefusal>> {
  for await (const sealed of sealMissing(db, secrets, provinceKey)) {
    const kept = await db.write(async (tx) => {
      for (const one of sealed) putSealedKeyNow(tx, provinceKey.keyId, one);
      return ok(undefined);
    });
    if (!kept.ok) return kept;
  }
  return ok(undefined);
}
