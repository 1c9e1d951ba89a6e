import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';
import type { Refusal } from '../../../contract/errors.ts';
import { publicKeySchema, trainingMarkSchema } from '../../../contract/primitives.ts';
import { assertNever, err, ok, type Result } from '../../../domain/result.ts';
import type { CounterConfig } from '../config.ts';
import { writeDurably } from '../db/durable-file.ts';
import type { RandomPort, ShellPort } from '../ports.ts';
import { openBytes, sealBytes } from './column-cipher.ts';
import { type DeviceSecrets, secretsFromBytes, secretsToBytes } from './device-secrets.ts';
import { type MachineSecret, machineSecret } from './machine-secret.ts';

export { createSecrets, type DeviceSecrets } from './device-secrets.ts';

/** Name of the wrapped secrets inside the data folder. */
export const KEY_FILE = 'keys.json';

export type KeyStoreRefusal = Refusal<'KEY_STORE_UNAVAILABLE'>;

/** What a key store needs of its surroundings. */
export type KeyStoreOptions = {
  readonly config: Pick<CounterConfig, 'dataDir' | 'mode' | 'passphrase' | 'keyStoreKind'>;
  readonly keepSecret: ShellPort['keepSecret'];
  readonly random: RandomPort;
  /** The machine's key store; the one of this operating system unless a test says otherwise. */
  readonly machine?: MachineSecret | undefined;
};

/** How the secrets of a device are kept. */
export type KeyStoreKind = CounterConfig['keyStoreKind'];

/** argon2id with 64 MiB and 3 passes (RFC 9106, second recommended option); the file keeps its own numbers. */
const KDF = { memoryKib: 65_536, passes: 3, lanes: 1 };
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const PASSPHRASE_CONTEXT = 'opop/key-store/1';

const kdfSchema = z.object({
  salt: z.string(),
  memoryKib: z.int().positive().max(1_048_576),
  passes: z.int().positive().max(20),
  lanes: z.int().positive().max(8),
});
const keyFileSchema = z.object({
  v: z.literal(1),
  kind: z.enum(['operating-system', 'machine', 'passphrase', 'demo']),
  signingPublic: publicKeySchema,
  sealingPublic: publicKeySchema,
  wrapped: z.string(),
  kdf: kdfSchema.optional(),
  /** Keys that were made for a training, and are never opened for anything else (OPOP-Sync/1 17.1). */
  environment: trainingMarkSchema.optional(),
});
type Kdf = Readonly<z.infer<typeof kdfSchema>>;

const unavailable = (kind: KeyStoreKind | null, reason: string): Result<never, KeyStoreRefusal> =>
  err({ code: 'KEY_STORE_UNAVAILABLE', details: { kind, reason } });

type Wrapping = {
  readonly wrap: (secret: Uint8Array) => Promise<{ readonly bytes: Uint8Array; readonly kdf?: Kdf }>;
  readonly unwrap: (bytes: Uint8Array, kdf: Kdf | undefined) => Promise<Uint8Array>;
};

function plainFile(mode: CounterConfig['mode']): Wrapping | undefined {
  // "Without one: enrolment refused, except in demo and training."
  if (mode === 'normal') return undefined;
  return { wrap: async (bytes) => ({ bytes }), unwrap: async (bytes) => bytes };
}

function wrappingOf(simple: MachineSecret | ShellPort['keepSecret']): Wrapping | undefined {
  if (simple === undefined) return undefined;
  return { wrap: async (secret) => ({ bytes: await simple.wrap(secret) }), unwrap: (bytes) => simple.unwrap(bytes) };
}

/** The package's default algorithm is argon2id; its const enum cannot be named under `verbatimModuleSyntax`. */
function passphraseKey(passphrase: string, { salt, memoryKib, passes, lanes }: Kdf): Promise<Buffer> {
  return hashRaw(passphrase.normalize('NFC'), {
    salt: Buffer.from(salt, 'base64url'),
    memoryCost: memoryKib,
    timeCost: passes,
    parallelism: lanes,
    outputLen: 32,
  });
}

function passphraseWrapping(passphrase: string | null, random: RandomPort): Wrapping | undefined {
  if (passphrase === null || passphrase === '') return undefined;
  return {
    wrap: async (secret) => {
      const kdf: Kdf = { salt: Buffer.from(random.bytes(SALT_BYTES)).toString('base64url'), ...KDF };
      const key = await passphraseKey(passphrase, kdf);
      return { bytes: sealBytes(key, random.bytes(NONCE_BYTES), secret, PASSPHRASE_CONTEXT), kdf };
    },
    unwrap: async (bytes, kdf) => {
      if (kdf === undefined) throw new Error('the key file names no key derivation');
      const secret = openBytes(await passphraseKey(passphrase, kdf), bytes, PASSPHRASE_CONTEXT);
      if (secret === undefined) throw new Error('wrong passphrase');
      return secret;
    },
  };
}

function findWrapping(kind: KeyStoreKind, options: KeyStoreOptions): Wrapping | undefined {
  const { config, keepSecret, random } = options;
  switch (kind) {
    case 'operating-system':
      return wrappingOf(keepSecret);
    case 'machine':
      return wrappingOf('machine' in options ? options.machine : machineSecret(process.platform));
    case 'passphrase':
      return passphraseWrapping(config.passphrase, random);
    case 'demo':
      return plainFile(config.mode);
    default:
      return assertNever(kind);
  }
}

/** Whether this data folder holds the secrets of a device. */
export function hasSecrets(dataDir: string): boolean {
  return existsSync(join(dataDir, KEY_FILE));
}

/** Whether the secrets in this data folder were made for a training; null where there are none that can be read. */
export function secretsAreOfTraining(dataDir: string): boolean | null {
  if (!hasSecrets(dataDir)) return null;
  try {
    const file = keyFileSchema.parse(JSON.parse(readFileSync(join(dataDir, KEY_FILE), 'utf8')));
    return file.environment !== undefined;
  } catch (_damaged) {
    return null; // a damaged file has its own refusal, with its own way out
  }
}

/** Whether the configured key store is here, keeps and gives back; nothing is written. */
export async function tryKeyStore(options: KeyStoreOptions): Promise<Result<void, KeyStoreRefusal>> {
  const { keyStoreKind: kind } = options.config;
  const wrapping = findWrapping(kind, options);
  if (wrapping === undefined) return unavailable(kind, 'NOT_HERE');
  try {
    const trial = options.random.bytes(SALT_BYTES);
    const { bytes, kdf } = await wrapping.wrap(trial);
    const back = await wrapping.unwrap(bytes, kdf);
    return Buffer.from(back).equals(Buffer.from(trial)) ? ok(undefined) : unavailable(kind, 'OTHER_KEYS');
  } catch (error) {
    return unavailable(kind, reasonOf(error));
  }
}

/** Wraps the secrets by the configured kind and writes them (0600), whole or not at all. */
export async function saveSecrets(
  secrets: DeviceSecrets,
  options: KeyStoreOptions,
): Promise<Result<void, KeyStoreRefusal>> {
  const { dataDir, keyStoreKind: kind, mode } = options.config;
  const wrapping = findWrapping(kind, options);
  if (wrapping === undefined) return unavailable(kind, 'NOT_HERE');
  try {
    const { bytes, kdf } = await wrapping.wrap(secretsToBytes(secrets));
    const file = {
      v: 1,
      kind,
      signingPublic: secrets.signingPublic,
      sealingPublic: secrets.sealingPublic,
      wrapped: Buffer.from(bytes).toString('base64url'),
      ...(kdf === undefined ? {} : { kdf }),
      ...(mode === 'training' ? { environment: 'latihan' } : {}),
    };
    await mkdir(dataDir, { recursive: true });
    await writeDurably(join(dataDir, KEY_FILE), `${JSON.stringify(file, null, 2)}\n`);
    return ok(undefined);
  } catch (error) {
    return unavailable(kind, reasonOf(error));
  }
}

/**
 * The secrets of this device, by the kind that its file names. A missing file, a wrong passphrase, a key store that
 * does not answer or answers other keys: KEY_STORE_UNAVAILABLE, and the file stays as it is.
 */
export async function loadSecrets(options: KeyStoreOptions): Promise<Result<DeviceSecrets, KeyStoreRefusal>> {
  const { dataDir } = options.config;
  if (!hasSecrets(dataDir)) return unavailable(null, 'MISSING');
  let kind: KeyStoreKind | null = null;
  try {
    const file = keyFileSchema.parse(JSON.parse(await readFile(join(dataDir, KEY_FILE), 'utf8')));
    kind = file.kind;
    const wrapping = findWrapping(kind, options);
    if (wrapping === undefined) return unavailable(kind, 'NOT_HERE');
    const secrets = secretsFromBytes(await wrapping.unwrap(Buffer.from(file.wrapped, 'base64url'), file.kdf));
    const fits = secrets.signingPublic === file.signingPublic && secrets.sealingPublic === file.sealingPublic;
    return fits ? ok(secrets) : unavailable(kind, 'OTHER_KEYS');
  } catch (error) {
    return unavailable(kind, reasonOf(error));
  }
}

/** The first words of what went wrong; key stores name commands and files, never secrets. */
function reasonOf(error: unknown): string {
  const text = error instanceof z.ZodError || error instanceof SyntaxError ? 'the key file is damaged' : String(error);
  return text.slice(0, 200);
}
