// What the body keys cost in the backup that is made behind each close of the cash, at a counter with so many past sales:
// processor time of the evening on which none of them is sealed yet, and of the next one, after 65 sales more. The keys
// alone: the rest of a backup is a copy of the file, sealed and read back, and grows with its bytes. No limit: nobody waits
// for it. `node bench/backup-keys.ts [--past 1000,10000,36000]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ok } from '../src/domain/result.ts';
import { counterMigrations } from '../src/main/core/db/migrations/index.ts';
import { type Db, openDatabase } from '../src/main/core/db/open.ts';
import { createSecrets, type DeviceSecrets } from '../src/main/core/device/key-store.ts';
import { systemRandom } from '../src/main/core/device/system-ports.ts';
import { uuidV7 } from '../src/main/core/device/uuid.ts';
import { writeBackup } from '../src/main/core/inspect/backup.ts';
import { keepSealedKeys } from '../src/main/core/inspect/sealed-keys.ts';
import { keyIdOf } from '../src/main/core/journal/signing.ts';
import { createSubjectKeys, type SealingKey } from '../src/main/core/journal/subject-keys.ts';
import { putProvinceKey } from '../src/main/core/rules/rules-store.ts';
import { machine, printer } from './scene/figures.ts';
import { valueOf } from './scene/opened-data.ts';

const { values } = parseArgs({ options: { past: { type: 'string', default: '1000,10000,36000' } } });
const SALES_A_DAY = 65;
const print = printer('backup-keys');
const random = systemRandom();

/** Keeps keys of so many new sales. */
async function sell(db: Db, secrets: DeviceSecrets, sales: number): Promise<void> {
  const { storeSubjectKey } = createSubjectKeys(secrets, random);
  const sold = db.write(async (tx) => {
    for (let sale = 0; sale < sales; sale += 1) {
      await storeSubjectKey(tx, uuidV7(Date.now(), random.bytes(16)), random.bytes(32));
    }
    return ok(undefined);
  });
  valueOf(await sold);
}

/** Processor time of one backup's keys, ms. */
async function backUp(db: Db, secrets: DeviceSecrets, province: SealingKey, out: string): Promise<number> {
  const before = process.cpuUsage();
  valueOf(await keepSealedKeys(db, secrets, province));
  const { leftOut } = await writeBackup(db, out, secrets);
  const { user, system } = process.cpuUsage(before);
  if (leftOut !== 0) throw new Error(`${leftOut} keys were left out`);
  rmSync(out);
  return Math.round((user + system) / 1000);
}

async function measure(folder: string, sales: number): Promise<void> {
  const opened = await openDatabase({ file: join(folder, `${sales}.sqlite`), migrations: counterMigrations });
  const db = valueOf(opened);
  const secrets = createSecrets(random);
  const { sealingPublic: publicKey } = createSecrets(random);
  const province = { keyId: keyIdOf(publicKey), publicKey };
  const statement = { ...province, purpose: 'sealing', from: 0, to: Date.now() + 1e9, revoked: false } as const;
  valueOf(await db.write(async (tx) => ok(await putProvinceKey(tx, statement))));
  await sell(db, secrets, sales);
  const first = await backUp(db, secrets, province, join(folder, 'first.sqlite'));
  await sell(db, secrets, SALES_A_DAY);
  const next = await backUp(db, secrets, province, join(folder, 'next.sqlite'));
  print({ what: 'keys', sales, first, next, unit: 'ms of processor time' });
  await db.close();
}

const folder = mkdtempSync(join(tmpdir(), 'loket-bench-keys-'));
try {
  print({ what: 'machine', ...machine() });
  for (const past of values.past.split(',').map(Number)) await measure(folder, past);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
