import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/domain/result.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { counterMigrations } from '../../../src/main/core/db/migrations/index.ts';
import type { Db } from '../../../src/main/core/db/open.ts';
import { createSecrets } from '../../../src/main/core/device/key-store.ts';
import { writeBackup } from '../../../src/main/core/inspect/backup.ts';
import { keepSealedKeys } from '../../../src/main/core/inspect/sealed-keys.ts';
import { keyIdOf } from '../../../src/main/core/journal/signing.ts';
import { readSealedKeys } from '../../../src/main/core/journal/subject-key-store.ts';
import { createSubjectKeys, openSealed } from '../../../src/main/core/journal/subject-keys.ts';
import { putProvinceKey } from '../../../src/main/core/rules/rules-store.ts';
import { openIn, valueOf } from '../../support/opened-database.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HELD = 450;
const subjectAt = (place: number): string => `0192f000-0000-7000-8000-${String(place).padStart(12, '0')}`;

/** A counter that has sold so often, and a province with a sealing key. */
async function scene(held = HELD) {
  const random = createSeededRandom(7);
  const secrets = createSecrets(random);
  const subjectKeys = createSubjectKeys(secrets, random);
  const db = await openIn(temporaryFolder(), counterMigrations);
  const addProvinceKey = async (from: number) => {
    const { sealingPublic: publicKey, sealingPrivate } = createSecrets(random);
    const key = { keyId: keyIdOf(publicKey), publicKey };
    const statement = { ...key, purpose: 'sealing', from, to: Date.now() + 1e9, revoked: false } as const;
    valueOf(await db.write(async (tx) => ok(await putProvinceKey(tx, statement))));
    return { ...key, sealingPrivate };
  };
  const sell = async (from: number, to: number) => {
    const write = db.write(async (tx) => {
      for (let at = from; at < to; at += 1) await subjectKeys.storeSubjectKey(tx, subjectAt(at), random.bytes(32));
      return ok(undefined);
    });
    valueOf(await write);
  };
  const provinceKey = await addProvinceKey(1000);
  await sell(0, held);
  return { db, secrets, subjectKeys, provinceKey, addProvinceKey, sell };
}

type Row = { readonly subject: string; readonly wrapped_key: string };
const keysIn = (file: string): readonly Row[] => {
  const handle = openHandle(file, { readOnly: true, create: false, busyTimeoutMs: 1000 });
  // The columns of the SELECT.
  const rows = handle.rows('SELECT subject, wrapped_key FROM subject_key ORDER BY subject') as readonly Row[];
  expect(handle.scalar('SELECT count(*) FROM sealed_subject_key')).toBe(0);
  handle.close();
  return rows;
};
const out = (): string => join(temporaryFolder(), 'copy.sqlite');

describe('the body keys of a backup', () => {
  it('are sealed once, those that are new are added, and each opens at the province to the key itself', async () => {
    const { db, secrets, subjectKeys, provinceKey, sell } = await scene();
    valueOf(await keepSealedKeys(db, secrets, provinceKey));
    const first = await db.read((tx) => readSealedKeys(tx, provinceKey.keyId));
    expect(first).toHaveLength(HELD);
    await sell(HELD, HELD + 5);
    valueOf(await keepSealedKeys(db, secrets, provinceKey));
    const second = await db.read((tx) => readSealedKeys(tx, provinceKey.keyId));
    expect(second).toHaveLength(HELD + 5);
    expect(second.slice(0, HELD)).toEqual(first);
    const [file, wrapped] = [out(), await db.read((tx) => tx.selectFrom('subject_key').selectAll().execute())];
    expect(await writeBackup(db, file, secrets)).toEqual({ sealed: HELD + 5, leftOut: 0 });
    expect(keysIn(file)).toEqual(second.map(({ subject, jwe }) => ({ subject, wrapped_key: jwe })));
    const last = second.at(-1);
    const opened = valueOf(await openSealed(last?.jwe ?? '', provinceKey.sealingPrivate));
    expect(Buffer.from(opened)).toEqual(await db.read((tx) => subjectKeys.findSubjectKey(tx, last?.subject ?? '')));
    // No byte of any key under this device's own wrapping is left in the copy.
    const bytes = readFileSync(file);
    expect(wrapped.filter((row) => bytes.includes(row.wrapped_key))).toEqual([]);
    await db.close();
  });

  it('are sealed anew to a later key of the province, and what is kept needs no secrets of this device', async () => {
    const { db, secrets, provinceKey, addProvinceKey } = await scene(3);
    valueOf(await keepSealedKeys(db, secrets, provinceKey));
    expect(await writeBackup(db, out(), null)).toEqual({ sealed: 3, leftOut: 0 });
    const later = await addProvinceKey(2000);
    expect(await writeBackup(db, out(), null)).toEqual({ sealed: 0, leftOut: 3 });
    valueOf(await keepSealedKeys(db, secrets, later));
    const file = out();
    expect(await writeBackup(db, file, null)).toEqual({ sealed: 3, leftOut: 0 });
    for (const { wrapped_key: jwe } of keysIn(file)) {
      expect(await openSealed(jwe, later.sealingPrivate)).toMatchObject({ ok: true });
    }
    expect(await db.read((tx) => readSealedKeys(tx, provinceKey.keyId))).toEqual([]);
    await db.close();
  });

  it('that are erased while the backup is made are not in it, kept before or not, and nothing of them is kept after', async () => {
    const { db, secrets, subjectKeys, provinceKey, sell } = await scene(3);
    valueOf(await keepSealedKeys(db, secrets, provinceKey));
    await sell(3, 6);
    const erase = async (...places: readonly number[]) => {
      const write = db.write(async (tx) => {
        for (const place of places) expect(await subjectKeys.eraseSubject(tx, subjectAt(place))).toBe(true);
        return ok(undefined);
      });
      valueOf(await write);
    };
    const afterCopy: Db = {
      ...db,
      backupInto: async (path) => {
        await db.backupInto(path);
        await erase(0, 3);
      },
    };
    const file = out();
    expect(await writeBackup(afterCopy, file, secrets)).toEqual({ sealed: 4, leftOut: 0 });
    expect(keysIn(file).map(({ subject }) => subject)).toEqual([1, 2, 4, 5].map(subjectAt));
    const asked = { times: 0 };
    const afterSealing: Db = {
      ...db,
      read: async (work) => {
        asked.times += 1;
        // The figures, what is to be sealed, what more is to be sealed: now 4 and 5 are sealed.
        if (asked.times === 3) await erase(5);
        return await db.read(work);
      },
    };
    const later = out();
    expect((await writeBackup(afterSealing, later, secrets)).sealed).toBe(3);
    expect(keysIn(later).map(({ subject }) => subject)).toEqual([1, 2, 4].map(subjectAt));
    const erasing: Db = {
      ...db,
      write: async (work) => {
        // Between the sealing and the commit that keeps it.
        if ((await db.read((tx) => readSealedKeys(tx, provinceKey.keyId))).length === 2) await erase(4);
        return await db.write(work);
      },
    };
    valueOf(await keepSealedKeys(erasing, secrets, provinceKey));
    const kept = await db.read((tx) => readSealedKeys(tx, provinceKey.keyId));
    expect(kept.map(({ subject }) => subject)).toEqual([1, 2].map(subjectAt));
    await db.close();
  });
});
