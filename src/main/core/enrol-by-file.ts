import { z } from 'zod';
import type { Refusal } from '../../contract/errors.ts';
import { instantSchema, nonce128Schema } from '../../contract/primitives.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { CounterConfig } from './config.ts';
import type { Db, StorageRefusal } from './db/open.ts';
import { createColumnCipher } from './device/column-cipher.ts';
import { createSecrets } from './device/device-secrets.ts';
import {
  deleteSetting,
  type EnrolledDevice,
  findEnrolledDevice,
  findSetting,
  putSetting,
} from './device/enrolled-device-store.ts';
import {
  hasSecrets,
  type KeyStoreOptions,
  type KeyStoreRefusal,
  loadSecrets,
  saveSecrets,
} from './device/key-store.ts';
import { keepDevice, PENDING_ENROLMENT } from './enrol-device.ts';
import { checkEnrolmentClock } from './enrolment-clock.ts';
import type { Edges } from './foundation.ts';
import { enrolQuestion, type EnrolQuestion, readEnrolAnswer } from './sync/enrolment.ts';

/** Codes live a day at the province; an answer may travel longer, but not for ever. */
const ANSWER_AWAITED_MS = 14 * 86_400_000;
const CONTEXT = 'enrolment-code';
const NONCE_BYTES = 16;

const pendingSchema = z.object({
  nonce: nonce128Schema,
  provinceUrl: z.string(),
  madeAt: instantSchema,
  /** The code's secret, sealed under the data key of the new device. */
  sealed: z.string(),
});

type Deps = Pick<Edges, 'clock' | 'random'> & { readonly config: CounterConfig; readonly keyStore: KeyStoreOptions };

/** Enrolment without a line: a question and an answer, each a file that a person carries. */
export type FileEnroller = {
  readonly request: (
    db: Db,
    asked: { readonly code: string; readonly provinceUrl: string },
  ) => Promise<
    Result<
      Pick<EnrolQuestion, 'request' | 'codeId'>,
      | Refusal<'ALREADY_ENROLLED' | 'ENROLMENT_CODE_INVALID' | 'ENROLMENT_CLOCK_WRONG'>
      | KeyStoreRefusal
      | StorageRefusal
    >
  >;
  readonly complete: (
    db: Db,
    answer: unknown,
  ) => Promise<
    Result<
      EnrolledDevice,
      | Refusal<'ALREADY_ENROLLED' | 'ENROLMENT_NOT_REQUESTED' | 'ENROLMENT_CLOCK_WRONG' | 'PROVINCE_ANSWER_INVALID'>
      | KeyStoreRefusal
      | StorageRefusal
    >
  >;
};

/** The keys are made and kept with the question; an answer to an older question fits no key any more. */
export function createFileEnroller({ config, clock, random, keyStore }: Deps): FileEnroller {
  return {
    request: async (db, { code, provinceUrl }) => {
      if ((await db.read((tx) => findEnrolledDevice(tx))) !== undefined) return err({ code: 'ALREADY_ENROLLED' });
      const timely = checkEnrolmentClock(clock.wallMs(), null);
      if (!timely.ok) return timely;
      const secrets = createSecrets(random);
      const nonce = Buffer.from(random.bytes(NONCE_BYTES)).toString('base64url');
      const { keyStoreKind, appVersion, mode } = config;
      const question = enrolQuestion({ code, secrets, keyStoreKind, appVersion, nonce, mode });
      if (!question.ok) return question;
      const saved = await saveSecrets(secrets, keyStore);
      if (!saved.ok) return saved;
      const sealed = createColumnCipher(secrets, random).seal(
        Buffer.from(question.value.secret).toString('base64url'),
        CONTEXT,
      );
      const pending: z.infer<typeof pendingSchema> = { nonce, provinceUrl, madeAt: clock.wallMs(), sealed };
      const written = await db.write(async (tx) => {
        await putSetting(tx, PENDING_ENROLMENT, JSON.stringify(pending));
        return ok(undefined);
      });
      const { request, codeId } = question.value;
      return written.ok ? ok({ request, codeId }) : written;
    },

    complete: async (db, answer) => {
      const known = await db.read(async (tx) => ({
        device: await findEnrolledDevice(tx),
        pending: await findSetting(tx, PENDING_ENROLMENT),
      }));
      if (known.device !== undefined) return err({ code: 'ALREADY_ENROLLED' });
      if (known.pending === undefined || !hasSecrets(config.dataDir)) return err({ code: 'ENROLMENT_NOT_REQUESTED' });
      const { nonce, provinceUrl, madeAt, sealed } = pendingSchema.parse(JSON.parse(known.pending));
      const apart = checkEnrolmentClock(clock.wallMs(), madeAt);
      if (!apart.ok) return apart;
      if (clock.wallMs() - madeAt > ANSWER_AWAITED_MS) {
        const forgotten = await db.write(async (tx) => ok(await deleteSetting(tx, PENDING_ENROLMENT)));
        return forgotten.ok ? err({ code: 'ENROLMENT_NOT_REQUESTED' }) : forgotten;
      }
      const secrets = await loadSecrets(keyStore);
      if (!secrets.ok) return secrets;
      const secret = Buffer.from(createColumnCipher(secrets.value, random).open(sealed, CONTEXT), 'base64url');
      const read = readEnrolAnswer(answer, { secret, nonce, secrets: secrets.value });
      if (!read.ok) return read;
      const timely = checkEnrolmentClock(clock.wallMs(), read.value.serverTime);
      if (!timely.ok) return timely;
      const { keyStoreKind } = config;
      return await keepDevice(db, read.value, { provinceUrl, keyStoreKind, enrolledAt: clock.wallMs() });
    },
  };
}
