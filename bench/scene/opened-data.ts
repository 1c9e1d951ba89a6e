import { join } from 'node:path';
import { type VehicleRecord, vehicleRecordSchema } from '../../src/contract/feeds.ts';
import type { Assessment } from '../../src/domain/assessment.ts';
import { assess } from '../../src/domain/assessment.ts';
import { parseCase } from '../../src/domain/assessment-case.ts';
import { localDateAt } from '../../src/domain/local-date.ts';
import type { Result } from '../../src/domain/result.ts';
import type { RulePackSet } from '../../src/domain/rule-pack.ts';
import { type CounterConfig, DATABASE_FILE } from '../../src/main/core/config.ts';
import { counterMigrations } from '../../src/main/core/db/migrations/index.ts';
import { type Db, openDatabase } from '../../src/main/core/db/open.ts';
import { type ColumnCipher, createColumnCipher } from '../../src/main/core/device/column-cipher.ts';
import type { DeviceSecrets } from '../../src/main/core/device/device-secrets.ts';
import { type EnrolledDevice, findEnrolledDevice } from '../../src/main/core/device/enrolled-device-store.ts';
import { loadSecrets } from '../../src/main/core/device/key-store.ts';
import { systemRandom } from '../../src/main/core/device/system-ports.ts';
import { readRulesInForce } from '../../src/main/core/rules/rules-in-force.ts';
import { readFreshness } from '../../src/main/core/rules/rules-store.ts';
import { counterConfig } from '../../src/main/counter-config.ts';

/** The data folder of a counter that does not run, opened with its own keys. */
export type OpenedData = {
  readonly config: CounterConfig;
  readonly db: Db;
  readonly device: EnrolledDevice;
  readonly secrets: DeviceSecrets;
  readonly cipher: ColumnCipher;
};

/** A vehicle that can be sold today, with its registry version and the local figure. */
export type PayableVehicle = {
  readonly record: VehicleRecord;
  readonly registryVersion: number;
  readonly assessment: Assessment;
};

/** A bench has no use for refusals: what is refused here is a bench that is wrong. */
export function valueOf<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.error)}`);
}

/** Opens an enrolled folder of the demo key store. */
export async function openData(dataDir: string): Promise<OpenedData> {
  const config = counterConfig({ dataDir, mode: 'demo', keyStoreKind: 'demo' });
  const file = join(config.dataDir, DATABASE_FILE);
  const db = valueOf(await openDatabase({ file, migrations: counterMigrations, create: false }));
  const device = await db.read((tx) => findEnrolledDevice(tx));
  if (device === undefined) throw new Error(`${dataDir} is not enrolled`);
  const random = systemRandom();
  const secrets = valueOf(await loadSecrets({ config, keepSecret: undefined, random }));
  return { config, db, device, secrets, cipher: createColumnCipher(secrets, random) };
}

function assessed(record: VehicleRecord, packs: RulePackSet, paidOn: string): Assessment | undefined {
  const parsed = parseCase({ id: record.vehicleId, vehicle: record.facts, paidOn }, packs);
  if (!parsed.ok) return undefined;
  const assessment = assess(parsed.value.vehicle, parsed.value.claim, packs, parsed.value.paidOn);
  return assessment.ok ? assessment.value : undefined;
}

/** Every vehicle of the registry that can be paid now, in the order of their ids, and how many vehicles there are. */
export async function payableVehicles({
  db,
  cipher,
}: OpenedData): Promise<{ readonly registered: number; readonly payable: readonly PayableVehicle[] }> {
  const nowAt = Date.now();
  const today = localDateAt(nowAt);
  return await db.read(async (tx) => {
    const { packs } = valueOf(await readRulesInForce(tx, today, nowAt, (await readFreshness(tx)).rules));
    const rows = await tx.selectFrom('vehicle').select(['sealed', 'registry_version']).orderBy('vehicle_id').execute();
    const payable = rows.flatMap((row) => {
      const record = vehicleRecordSchema.parse(JSON.parse(cipher.open(row.sealed, 'vehicle')));
      const assessment = assessed(record, packs, today);
      return assessment === undefined ? [] : [{ record, registryVersion: row.registry_version, assessment }];
    });
    return { registered: rows.length, payable };
  });
}
