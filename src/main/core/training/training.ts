import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { CounterConfig } from '../config.ts';
import type { Db } from '../db/open.ts';
import { createColumnCipher } from '../device/column-cipher.ts';
import { type EnrolledDevice, findEnrolledDevice, insertEnrolledDevice } from '../device/enrolled-device-store.ts';
import { createSecrets, type KeyStoreOptions, saveSecrets, secretsAreOfTraining } from '../device/key-store.ts';
import type { ClockPort, LinePort, LineProbe, RandomPort } from '../ports.ts';
import { putProvinceKey } from '../rules/rules-store.ts';
import { prepareFirstPage } from '../sync/apply-page.ts';
import { putSyncState } from '../sync/delivery-store.ts';
import { verifiedKeys } from '../sync/link.ts';
import { createPracticeProvince } from './practice-province.ts';

/** The line of a training: there is none, so nothing that is practised can reach anybody (OPOP-Sync/1 17.2). */
export const CLOSED_LINE: LinePort = { exchange: async () => ({ ok: false, reason: 'TRAINING' }) };

/** What a training sees of the way to anybody: nothing, and it does not look. */
export const UNSEEN: LineProbe = { dns: null, tls: null, cards: [], trusted: null };

type Mixed = Refusal<'TRAINING_MIXED'>;
const isTraining = ({ mode }: Pick<CounterConfig, 'mode'>): boolean => mode === 'training';

/** Whether a device was made for a training; its certificate says so, under a root key that nobody keeps. */
export function isTrainingDevice({ certificate }: Pick<EnrolledDevice, 'certificate'>): boolean {
  return certificate.certificate.environment !== undefined;
}

/** Before a database is opened: whether the keys in the folder, if there are any, are of the kind that was asked for. */
export function keysFit(config: Pick<CounterConfig, 'dataDir' | 'mode'>): Result<void, Mixed> {
  const found = secretsAreOfTraining(config.dataDir);
  return found === null || found === isTraining(config) ? ok(undefined) : err({ code: 'TRAINING_MIXED' });
}

type Deps = {
  readonly config: CounterConfig;
  readonly keyStore: KeyStoreOptions;
  readonly db: Db;
  readonly clock: ClockPort;
  readonly random: RandomPort;
};

function must<T>(done: Result<T, unknown>): T {
  if (!done.ok) throw new Error(`the training does not begin: ${JSON.stringify(done.error)}`);
  return done.value;
}

/** New keys, a province for this once, and what that says, in one commit; the province's private keys end with the call. */
async function bear({ config, keyStore, db, clock, random }: Deps): Promise<EnrolledDevice> {
  const { resourceDir, keyStoreKind } = config;
  if (resourceDir === undefined) throw new Error('a training needs the folder of the shipped tariffs');
  const secrets = createSecrets(random);
  const nowMs = clock.wallMs();
  const { answer, statements, pages } = await createPracticeProvince({ secrets, nowMs, random, resourceDir });
  // A start that broke off behind this line left keys that nobody knows, and no device; the next one begins anew.
  must(await saveSecrets(secrets, keyStore));
  const { deviceId, deviceNo, outlet, rootKey, certificate, incarnation } = answer;
  const keys = verifiedKeys(statements, rootKey);
  const { sealingPrivate } = secrets;
  const deps = { clock, cipher: createColumnCipher(secrets, random), sealingPrivate, rootKey };
  const ready = await Promise.all(
    pages.map(async ({ page, ...followed }) => must(await prepareFirstPage(deps, followed, page, keys))),
  );
  const own = { provinceUrl: '', keyStoreKind, enrolledAt: nowMs };
  const device: EnrolledDevice = { deviceId, deviceNo, outlet, rootKey, certificate, incarnation, ...own };
  const written = await db.write(async (tx) => {
    for (const key of keys) await putProvinceKey(tx, key);
    for (const write of ready) await write(tx);
    // Its first pages came from nobody: no screen says that it was ever connected.
    await putSyncState(tx, { lastContactAt: null });
    await insertEnrolledDevice(tx, device);
    return ok(device);
  });
  return must(written);
}

/**
 * The device of this folder, where it is of the kind that was asked for (OPOP-Sync/1 17.2). A training whose folder has none
 * gets one here; a real counter stays without until it is enrolled.
 */
export async function deviceOf(deps: Deps): Promise<Result<EnrolledDevice | undefined, Mixed>> {
  const known = await deps.db.read((tx) => findEnrolledDevice(tx));
  if (known === undefined) return ok(isTraining(deps.config) ? await bear(deps) : undefined);
  return isTrainingDevice(known) === isTraining(deps.config) ? ok(known) : err({ code: 'TRAINING_MIXED' });
}
