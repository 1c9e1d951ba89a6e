import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/domain/result.ts';
import { counterMigrations } from '../../../src/main/core/db/migrations/index.ts';
import { createSecrets } from '../../../src/main/core/device/key-store.ts';
import { keyIdOf } from '../../../src/main/core/journal/signing.ts';
import { findSigningKey, putProvinceKey, readProvinceKeys } from '../../../src/main/core/rules/rules-store.ts';
import { openIn, valueOf } from '../../support/opened-database.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { signingPublic: publicKey } = createSecrets(createSeededRandom('province-keys'));
const stated = {
  keyId: keyIdOf(publicKey),
  publicKey,
  purpose: 'signing',
  from: 1000,
  to: 9000,
  revoked: false,
} as const;

describe('several statements of the root about one key', () => {
  it.each([
    ['the newer one first, as an old flashdisk brings them', [{ ...stated, to: 5000 }, stated]],
    ['in their order', [stated, { ...stated, to: 5000 }]],
  ])('end it at the earliest time that was ever said: %s', async (_order, statements) => {
    const db = await openIn(temporaryFolder(), counterMigrations);
    for (const statement of statements) {
      valueOf(await db.write(async (tx) => ok(await putProvinceKey(tx, statement))));
    }
    const keys = await db.read((tx) => readProvinceKeys(tx));
    expect(keys).toEqual([{ ...stated, to: 5000 }]);
    expect(findSigningKey(keys, stated.keyId, 5000)).toBeDefined();
    expect(findSigningKey(keys, stated.keyId, 5001)).toBeUndefined();
    await db.close();
  });
});
