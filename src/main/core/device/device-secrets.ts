import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { privateKeyFrom, rawPublicKey } from '../journal/signing.ts';
import type { RandomPort } from '../ports.ts';

const KEY_BYTES = 32;

/** Every secret of one device. Public halves are raw base64url (43 characters), the other keys 32 bytes. */
export type DeviceSecrets = {
  /** Ed25519: entries, receipts, marks, requests. */
  readonly signingPrivate: KeyObject;
  readonly signingPublic: string;
  /** X25519: what the province seals to this device. */
  readonly sealingPrivate: KeyObject;
  readonly sealingPublic: string;
  /** Encrypts columns and wraps body keys. */
  readonly dataKey: Uint8Array;
  /** HMAC for exact search. */
  readonly indexKey: Uint8Array;
  /** Device half of a PIN check. */
  readonly pinKey: Uint8Array;
};

const secretsTextSchema = z.strictObject({
  v: z.literal(1),
  signing: z.string().length(43),
  sealing: z.string().length(43),
  dataKey: z.string().length(43),
  indexKey: z.string().length(43),
  pinKey: z.string().length(43),
});

function secretsOf(
  signing: Uint8Array,
  sealing: Uint8Array,
  keys: readonly [Uint8Array, Uint8Array, Uint8Array],
): DeviceSecrets {
  const signingPrivate = privateKeyFrom('signing', signing);
  const sealingPrivate = privateKeyFrom('sealing', sealing);
  const [dataKey, indexKey, pinKey] = keys;
  return {
    signingPrivate,
    signingPublic: rawPublicKey(signingPrivate),
    sealingPrivate,
    sealingPublic: rawPublicKey(sealingPrivate),
    dataKey,
    indexKey,
    pinKey,
  };
}

/** New secrets for a device that enrols. */
export function createSecrets(random: RandomPort): DeviceSecrets {
  const fresh = (): Uint8Array => random.bytes(KEY_BYTES);
  return secretsOf(fresh(), fresh(), [fresh(), fresh(), fresh()]);
}

function rawPrivateKey(key: KeyObject): string {
  const { d } = key.export({ format: 'jwk' });
  if (d === undefined) throw new TypeError('not a private key');
  return d;
}

/** The bytes that a key store wraps. */
export function secretsToBytes(secrets: DeviceSecrets): Uint8Array {
  const text = JSON.stringify({
    v: 1,
    signing: rawPrivateKey(secrets.signingPrivate),
    sealing: rawPrivateKey(secrets.sealingPrivate),
    dataKey: Buffer.from(secrets.dataKey).toString('base64url'),
    indexKey: Buffer.from(secrets.indexKey).toString('base64url'),
    pinKey: Buffer.from(secrets.pinKey).toString('base64url'),
  });
  return Buffer.from(text, 'utf8');
}

/** The secrets out of what a key store unwrapped. Throws on anything else. */
export function secretsFromBytes(bytes: Uint8Array): DeviceSecrets {
  const parsed = secretsTextSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const raw = (text: string): Uint8Array => Buffer.from(text, 'base64url');
  return secretsOf(raw(parsed.signing), raw(parsed.sealing), [
    raw(parsed.dataKey),
    raw(parsed.indexKey),
    raw(parsed.pinKey),
  ]);
}
