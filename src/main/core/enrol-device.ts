import type { Refusal } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { CounterConfig } from './config.ts';
import type { Db, StorageRefusal } from './db/open.ts';
import { createSecrets } from './device/device-secrets.ts';
import { type EnrolledDevice, findEnrolledDevice, insertEnrolledDevice } from './device/enrolled-device-store.ts';
import { type KeyStoreOptions, saveSecrets } from './device/key-store.ts';
import type { Edges } from './foundation.ts';
import { type EnrolRefusal, requestEnrolment } from './sync/enrolment.ts';

/**
 * Takes this device in: new keys, the province's answer, the key store, then the one row that says who we are. A crash
 * in between leaves keys that nobody knows and no device; the next enrolment makes new ones over them.
 */
export async function enrolDevice(
  deps: Pick<Edges, 'clock' | 'random' | 'line'> & {
    readonly config: CounterConfig;
    readonly db: Db;
    readonly keyStore: KeyStoreOptions;
  },
  asked: { readonly provinceUrl: string; readonly code: string },
): Promise<
  Result<EnrolledDevice, EnrolRefusal | Refusal<'ALREADY_ENROLLED' | 'KEY_STORE_UNAVAILABLE'> | StorageRefusal>
> {
  const { config, db, random, clock } = deps;
  if ((await db.read((tx) => findEnrolledDevice(tx))) !== undefined) return err({ code: 'ALREADY_ENROLLED' });
  const secrets = createSecrets(random);
  const provinceUrl = asked.provinceUrl.replace(/\/+$/, '');
  const answer = await requestEnrolment({
    line: deps.line,
    provinceUrl,
    code: asked.code,
    secrets,
    keyStoreKind: config.keyStoreKind,
    appVersion: config.appVersion,
    nonce: Buffer.from(random.bytes(16)).toString('base64url'),
  });
  if (!answer.ok) return answer;
  const saved = await saveSecrets(secrets, deps.keyStore);
  if (!saved.ok) return saved;
  const { deviceId, deviceNo, outlet, rootKey, certificate, incarnation } = answer.value;
  const device: EnrolledDevice = {
    deviceId,
    deviceNo,
    outlet,
    provinceUrl,
    rootKey,
    certificate,
    incarnation,
    keyStoreKind: config.keyStoreKind,
    enrolledAt: clock.wallMs(),
  };
  const written = await db.write(async (tx) => {
    await insertEnrolledDevice(tx, device);
    return ok(undefined);
  });
  return written.ok ? ok(device) : written;
}
