import { type KeyObject, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIGNATURE_CONTEXT } from '../../contract/sync-protocol.ts';
import type { KeyStatement } from '../../contract/feeds.ts';
import type { SignedText } from '../../contract/primitives.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { createSigningKey, privateKeyFromPem, type SigningKey, signingKeyOf, signText } from '../crypto/ed25519.ts';
import { createSealingKey, type SealingKey, sealingKeyOf } from '../crypto/sealed-box.ts';

/** The province's secrets. The root key signs certificates and key statements only. */
export type KeyRing = {
  readonly root: SigningKey;
  readonly signing: SigningKey;
  readonly sealing: SealingKey;
  /** Key of the stateless challenges and link tokens. */
  readonly token: Uint8Array;
  /** Key of the columns with personal data. */
  readonly column: Uint8Array;
};

/** Writes a secret once, whole: another start at the same moment reads the one that came first. */
function keepOnce(file: string, make: () => string): string {
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, make(), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(draft);
    }
  }
  return readFileSync(file, 'utf8');
}

const pemOf = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }).toString();

/** Reads the keys of a folder, and makes those that are not there yet; every file is readable by its owner only. */
export function loadKeyRing(folder: string): KeyRing {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const pem = (name: string, make: () => KeyObject): KeyObject =>
    privateKeyFromPem(keepOnce(join(folder, name), () => pemOf(make())));
  const secret = (name: string): Uint8Array =>
    Buffer.from(
      keepOnce(join(folder, name), () => randomBytes(32).toString('base64url')),
      'base64url',
    );
  return {
    root: signingKeyOf(pem('root.pem', () => createSigningKey().privateKey)),
    signing: signingKeyOf(pem('signing.pem', () => createSigningKey().privateKey)),
    sealing: sealingKeyOf(pem('sealing.pem', () => createSealingKey().privateKey)),
    token: secret('token.key'),
    column: secret('column.key'),
  };
}

/** Signs a text with the signing key, in one of the contexts of the protocol. */
export function signedBy(key: SigningKey, context: string, value: unknown): SignedText {
  const text = canonicalJson(value);
  return { text, keyId: key.keyId, sig: signText(key, context, text) };
}

const YEAR_MS = 365 * 86_400_000;
const LIFE_YEARS = 5;

/** The statements of feed `keys`, signed by the root; `madeAt` is when the keys came to life, ms UTC. */
export function keyStatements(
  ring: KeyRing,
  madeAt: number,
): readonly { readonly text: string; readonly sig: string }[] {
  const statement = (purpose: KeyStatement['purpose'], key: { keyId: string; publicKey: string }) => {
    const { keyId, publicKey } = key;
    const body = { purpose, keyId, publicKey, from: madeAt, to: madeAt + LIFE_YEARS * YEAR_MS, revoked: false };
    const text = canonicalJson(body);
    return { text, sig: signText(ring.root, SIGNATURE_CONTEXT.keyStatement, text) };
  };
  return [statement('signing', ring.signing), statement('sealing', ring.sealing)];
}
