import { join } from 'node:path';
import type { VehicleRecord } from '../../src/contract/feeds.ts';
import { DATABASE_FILE } from '../../src/main/core/config.ts';
import { counterMigrations } from '../../src/main/core/db/migrations/index.ts';
import { openDatabase } from '../../src/main/core/db/open.ts';
import { createColumnCipher } from '../../src/main/core/device/column-cipher.ts';
import { loadSecrets } from '../../src/main/core/device/key-store.ts';
import { findVehiclesByNrkb } from '../../src/main/core/registry/registry-store.ts';
import { valueOf } from './opened-database.ts';
import { createSeededRandom } from './seeded-random.ts';
import type { TestCounter } from './test-counter.ts';

/** The whole record of a vehicle, opened with the device's own keys: what no screen shows before the chassis number was right. */
export async function registryRecord({ config }: TestCounter, nrkb: string): Promise<VehicleRecord> {
  const random = createSeededRandom('unused');
  const secrets = valueOf(await loadSecrets({ config, keepSecret: undefined, random }));
  const file = join(config.dataDir, DATABASE_FILE);
  const db = valueOf(await openDatabase({ file, migrations: counterMigrations, readOnly: true }));
  const [found] = await db.read((tx) => findVehiclesByNrkb(tx, createColumnCipher(secrets, random), nrkb));
  await db.close();
  if (found === undefined) throw new Error(`no vehicle ${nrkb}`);
  return found.record;
}
