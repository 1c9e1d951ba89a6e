import { hash, type KeyObject } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, errors } from 'jose';
import type { SealedBody } from '../../../contract/primitives.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { ReadTx, WriteTx } from '../db/tx.ts';
import { createColumnCipher, openBytes, sealBytes } from '../device/column-cipher.ts';
import type { RandomPort } from '../ports.ts';
import { canonicalJson } from './hash-chain.ts';
import { publicKeyFrom } from './signing.ts';
import { deleteWrappedKey, findWrappedKey, insertWrappedKey } from './subject-key-store.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const COLUMN = 'subject_key.wrapped_key';
/** Sealed keys that are remembered: what was just copied to a medium is pushed next. */
const MOST_SEALED = 500;

/** Public sealing key of the province or of a device, raw base64url. */
export type SealingKey = { readonly keyId: string; readonly publicKey: string };

/** Personal data of entries, each subject under a key of its own that can be destroyed (OPOP-Sync/1 1.4). */
export type SubjectKeys = {
  /** AES-256-GCM of the canonical JSON under a fresh key; the subject is bound in, so a body cannot change its person. */
  readonly sealPersonal: (
    subject: string,
    value: object,
  ) => { readonly sealed: SealedBody; readonly bodyKey: Uint8Array };
  /** The same under a key that the subject has already. */
  readonly sealUnder: (bodyKey: Uint8Array, subject: string, value: object) => SealedBody;
  /** The subject's key, or a new one that is kept: a stream may name its person in more than one entry. */
  readonly takeBodyKey: (tx: WriteTx, subject: string) => Promise<Uint8Array>;
  /** Keeps the key wrapped under the data key. Throws when the subject has one. */
  readonly storeSubjectKey: (tx: WriteTx, subject: string, bodyKey: Uint8Array) => Promise<void>;
  /** The key itself, to be sealed for the province; undefined when erased. */
  readonly findSubjectKey: (tx: ReadTx, subject: string) => Promise<Uint8Array | undefined>;
  /** A body key sealed to the province; of the same key to the same key of the province it is the same text, while this program runs. */
  readonly sealFor: (provinceKey: SealingKey, subject: string, bodyKey: Uint8Array) => Promise<string>;
  /** Whether a wrapped key, as a row holds it, is the whole one of this subject. */
  readonly isWhole: (subject: string, wrapped: string) => boolean;
  /** What was sealed, to be parsed by the caller's schema; undefined when the person was erased. Throws on damage. */
  readonly openPersonal: (tx: ReadTx, sealed: SealedBody) => Promise<unknown>;
  /** Erases the person: nobody can read the sealed bodies again, and the chain still verifies. True when there was a key. */
  readonly eraseSubject: (tx: WriteTx, subject: string) => Promise<boolean>;
};

/** The body that was sealed, or undefined when key, subject or a single bit is another. */
export function openSealedBody(bodyKey: Uint8Array, sealed: SealedBody): unknown {
  const bytes = Buffer.concat([Buffer.from(sealed.nonce, 'base64url'), Buffer.from(sealed.ciphertext, 'base64url')]);
  const plain = openBytes(bodyKey, bytes, sealed.subject);
  return plain === undefined ? undefined : JSON.parse(plain.toString('utf8'));
}

/** Body keys of this counter. */
export function createSubjectKeys(
  secrets: { readonly dataKey: Uint8Array; readonly indexKey: Uint8Array },
  random: RandomPort,
): SubjectKeys {
  const cipher = createColumnCipher(secrets, random);
  const contextOf = (subject: string): string => `${COLUMN}:${subject}`;
  const findSubjectKey: SubjectKeys['findSubjectKey'] = async (tx, subject) => {
    const wrapped = await findWrappedKey(tx, subject);
    return wrapped === undefined ? undefined : Buffer.from(cipher.open(wrapped, contextOf(subject)), 'base64url');
  };
  const sealed = new Map<string, { readonly of: string; readonly jwe: string }>();
  const sealFor: SubjectKeys['sealFor'] = async (provinceKey, subject, bodyKey) => {
    // Of the key itself nothing is kept in memory.
    const of = `${provinceKey.keyId}/${hash('sha256', bodyKey, 'base64url')}`;
    const known = sealed.get(subject);
    if (known?.of === of) return known.jwe;
    const jwe = await sealKeyFor(provinceKey, bodyKey);
    const [oldest] = sealed.keys();
    if (sealed.size >= MOST_SEALED && oldest !== undefined) sealed.delete(oldest);
    sealed.set(subject, { of, jwe });
    return jwe;
  };
  const sealUnder: SubjectKeys['sealUnder'] = (bodyKey, subject, value) => {
    const nonce = random.bytes(NONCE_BYTES);
    const bytes = sealBytes(bodyKey, nonce, Buffer.from(canonicalJson(value), 'utf8'), subject);
    const ciphertext = bytes.subarray(NONCE_BYTES).toString('base64url');
    return { subject, nonce: Buffer.from(nonce).toString('base64url'), ciphertext };
  };
  const storeSubjectKey: SubjectKeys['storeSubjectKey'] = (tx, subject, bodyKey) => {
    const text = Buffer.from(bodyKey).toString('base64url');
    return insertWrappedKey(tx, subject, cipher.seal(text, contextOf(subject)));
  };
  return {
    sealPersonal: (subject, value) => {
      const bodyKey = random.bytes(KEY_BYTES);
      return { sealed: sealUnder(bodyKey, subject, value), bodyKey };
    },
    sealUnder,
    takeBodyKey: async (tx, subject) => {
      const known = await findSubjectKey(tx, subject);
      if (known !== undefined) return known;
      const bodyKey = random.bytes(KEY_BYTES);
      await storeSubjectKey(tx, subject, bodyKey);
      return bodyKey;
    },
    storeSubjectKey,
    findSubjectKey,
    sealFor,
    isWhole: (subject, wrapped) => {
      try {
        return Buffer.from(cipher.open(wrapped, contextOf(subject)), 'base64url').length === KEY_BYTES;
      } catch (_damaged) {
        return false; // the answer to the question
      }
    },
    openPersonal: async (tx, sealed) => {
      const bodyKey = await findSubjectKey(tx, sealed.subject);
      if (bodyKey === undefined) return undefined;
      const value = openSealedBody(bodyKey, sealed);
      if (value === undefined) throw new Error('a sealed body does not open under its own key');
      return value;
    },
    eraseSubject: (tx, subject) => {
      sealed.delete(subject);
      return deleteWrappedKey(tx, subject);
    },
  };
}

/** Seals bytes to a public X25519 key: JWE (RFC 7516), ECDH-ES, A256GCM, `kid` names the key. Throws on a malformed key. */
export async function sealTo({ keyId, publicKey }: SealingKey, plain: Uint8Array): Promise<string> {
  const key = publicKeyFrom('sealing', publicKey);
  if (key === undefined) throw new TypeError('not a public sealing key');
  const header = { alg: 'ECDH-ES', enc: 'A256GCM', kid: keyId };
  return await new CompactEncrypt(plain).setProtectedHeader(header).encrypt(key);
}

/** A body key sealed to the province: the plain text of the JWE is the 32 bytes of the key. */
export function sealKeyFor(provinceSealingKey: SealingKey, bodyKey: Uint8Array): Promise<string> {
  return sealTo(provinceSealingKey, bodyKey);
}

/** Opens what was sealed to this device (officers, registry pages); an error value for anything that is not. */
export async function openSealed(
  jwe: string,
  sealingPrivate: KeyObject,
): Promise<Result<Uint8Array, 'NOT_SEALED_TO_US'>> {
  try {
    const options = { keyManagementAlgorithms: ['ECDH-ES'], contentEncryptionAlgorithms: ['A256GCM'] };
    const { plaintext } = await compactDecrypt(jwe, sealingPrivate, options);
    return ok(plaintext);
  } catch (error) {
    if (error instanceof errors.JOSEError) return err('NOT_SEALED_TO_US');
    throw error;
  }
}
