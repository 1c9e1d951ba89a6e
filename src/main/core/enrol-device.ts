import type { Refusal } from '../../contract/errors.ts';
import type { EnrolAnswer } from '../../contract/sync-protocol.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { CounterConfig } from './config.ts';
import type { Db, StorageRefusal } from './db/open.ts';
import { createSecrets, type DeviceSecrets } from './device/device-secrets.ts';
import {
  deleteSetting,
  type EnrolledDevice,
  findEnrolledDevice,
  insertEnrolledDevice,
} from './device/enrolled-device-store.ts';
import { type KeyStoreOptions, saveSecrets, tryKeyStore } from './device/key-store.ts';
import { noteProvinceTime } from './device/time-anchor-store.ts';
import { checkEnrolmentClock } from './enrolment-clock.ts';
import type { Edges } from './foundation.ts';
import { type EnrolRefusal, requestEnrolment } from './sync/enrolment.ts';

/** Setting in which a question waits that was carried away as a file. */
export const PENDING_ENROLMENT = 'pending-enrolment';

type Enrolled = Result<
  EnrolledDevice,
  EnrolRefusal | Refusal<'ALREADY_ENROLLED' | 'KEY_STORE_UNAVAILABLE' | 'ENROLMENT_CLOCK_WRONG'> | StorageRefusal
>;

/** Writes the one row that says who we are; a question that was asked by a file has its answer then, or never gets one. */
export async function keepDevice(
  db: Db,
  answer: EnrolAnswer,
  own: Pick<EnrolledDevice, 'provinceUrl' | 'keyStoreKind' | 'enrolledAt'>,
): Promise<Result<EnrolledDevice, StorageRefusal>> {
  const { deviceId, deviceNo, outlet, rootKey, certificate, incarnation, serverTime } = answer;
  const device: EnrolledDevice = { deviceId, deviceNo, outlet, rootKey, certificate, incarnation, ...own };
  const written = await db.write(async (tx) => {
    await insertEnrolledDevice(tx, device);
    await deleteSetting(tx, PENDING_ENROLMENT);
    await noteProvinceTime(tx, serverTime);
    return ok(undefined);
  });
  return written.ok ? ok(device) : written;
}

/** What is asked with one code: the same question again gets the same answer, when the first answer was lost. */
type Question = { readonly secrets: DeviceSecrets; readonly nonce: string };

/**
 * Takes this device in, one attempt at a time: new keys, the province's answer, the key store, then the one row that
 * says who we are. A crash in between leaves keys that nobody knows and no device; the next enrolment makes new ones
 * over them.
 */
export function createEnroller(
  deps: Pick<Edges, 'clock' | 'random' | 'line'> & {
    readonly config: CounterConfig;
    readonly keyStore: KeyStoreOptions;
  },
): (db: Db, asked: { readonly provinceUrl: string; readonly code: string }) => Promise<Enrolled> {
  const { config, random, clock } = deps;
  const questions = new Map<string, Question>();
  const turns: { last: Promise<unknown> } = { last: Promise.resolve() };

  const questionOf = (code: string): Question => {
    const known = questions.get(code);
    const nonce = () => Buffer.from(random.bytes(16)).toString('base64url');
    const question = known ?? { secrets: createSecrets(random), nonce: nonce() };
    questions.set(code, question);
    return question;
  };

  const enrol = async (db: Db, asked: { readonly provinceUrl: string; readonly code: string }): Promise<Enrolled> => {
    if ((await db.read((tx) => findEnrolledDevice(tx))) !== undefined) return err({ code: 'ALREADY_ENROLLED' });
    // Before the province hears of it: a code is used up by its answer, also where the keys cannot be kept.
    const keeps = await tryKeyStore(deps.keyStore);
    if (!keeps.ok) return keeps;
    const { secrets, nonce } = questionOf(asked.code);
    const provinceUrl = asked.provinceUrl.replace(/\/+$/, '');
    const answer = await requestEnrolment({
      line: deps.line,
      provinceUrl,
      code: asked.code,
      secrets,
      keyStoreKind: config.keyStoreKind,
      appVersion: config.appVersion,
      nonce,
      mode: config.mode,
    });
    if (!answer.ok) return answer;
    // The same code gets the same answer again once the clock is put right.
    const timely = checkEnrolmentClock(clock.wallMs(), answer.value.serverTime);
    if (!timely.ok) return timely;
    const saved = await saveSecrets(secrets, deps.keyStore);
    if (!saved.ok) return saved;
    return await keepDevice(db, answer.value, {
      provinceUrl,
      keyStoreKind: config.keyStoreKind,
      enrolledAt: clock.wallMs(),
    });
  };

  return (db, asked) => {
    // Two attempts side by side would write two sets of keys over each other.
    const next = turns.last.then(() => enrol(db, asked));
    turns.last = next.catch(() => undefined);
    return next;
  };
}
