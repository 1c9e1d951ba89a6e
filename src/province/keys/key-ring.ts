import { type KeyObject, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { KeyStatement } from '../../contract/feeds.ts';
import type { SignedText } from '../../contract/primitives.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { createSigningKey, privateKeyFromPem, type SigningKey, signingKeyOf, signText } from '../crypto/ed25519.ts';
import { createSealingKey, type SealingKey, sealingKeyOf } from '../crypto/sealed-box.ts';

export type KeyPurpose = KeyStatement['purpose'];

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

type Keys = { readonly signing: readonly SigningKey[]; readonly sealing: readonly SealingKey[] };

/** The first key of a purpose is `signing.pem`, later ones are named by their id; a key file is never removed. */
function readKeys(folder: string): Keys {
  const names = readdirSync(folder);
  const privateKeys = (purpose: KeyPurpose): readonly KeyObject[] =>
    names
      .filter((name) => name === `${purpose}.pem` || (name.startsWith(`${purpose}-`) && name.endsWith('.pem')))
      .sort((left, right) => Number(right === `${purpose}.pem`) - Number(left === `${purpose}.pem`))
      .map((name) => privateKeyFromPem(readFileSync(join(folder, name), 'utf8')));
  return {
    signing: privateKeys('signing').map(signingKeyOf),
    sealing: privateKeys('sealing').map(sealingKeyOf),
  };
}

/**
 * The province's secrets. "Old private sealing keys are kept" (OPOP-Sync/1 2.2), and old signing keys to know our own
 * signatures by. Which key is at work today is in the database (`key-statements.ts`); the ring is told.
 */
export class KeyRing {
  readonly root: SigningKey;
  /** Key of the stateless challenges and link tokens. */
  readonly token: Uint8Array;
  /** Key of the columns with personal data. */
  readonly column: Uint8Array;
  /** Root of the keys that supervisors and counters share (decision 0043). */
  readonly approval: Uint8Array;
  readonly #folder: string;
  #keys: Keys;
  #signing: SigningKey;
  #sealing: SealingKey;

  constructor(folder: string, secrets: Pick<KeyRing, 'root' | 'token' | 'column' | 'approval'>) {
    this.root = secrets.root;
    this.token = secrets.token;
    this.column = secrets.column;
    this.approval = secrets.approval;
    this.#folder = folder;
    this.#keys = readKeys(folder);
    const [signing, sealing] = [this.#keys.signing[0], this.#keys.sealing[0]];
    if (signing === undefined || sealing === undefined) throw new Error('the keys folder holds no key at work');
    this.#signing = signing;
    this.#sealing = sealing;
  }

  /** The signing key at work. */
  get signing(): SigningKey {
    return this.#signing;
  }

  /** The sealing key at work. */
  get sealing(): SealingKey {
    return this.#sealing;
  }

  /** Every sealing key that this province ever had. */
  get sealingKeys(): readonly SealingKey[] {
    return this.#keys.sealing;
  }

  /** The public side of every key in the folder. */
  all(): readonly { readonly purpose: KeyPurpose; readonly keyId: string; readonly publicKey: string }[] {
    this.#keys = readKeys(this.#folder);
    const of = (purpose: KeyPurpose) =>
      this.#keys[purpose].map(({ keyId, publicKey }) => ({ purpose, keyId, publicKey }));
    return [...of('signing'), ...of('sealing')];
  }

  /** One of our signing keys of any age; another node may have made it a moment ago, so the folder is asked too. */
  findSigning(keyId: string): SigningKey | undefined {
    return this.#find((keys) => keys.signing.find((key) => key.keyId === keyId));
  }

  findSealing(keyId: string): SealingKey | undefined {
    return this.#find((keys) => keys.sealing.find((key) => key.keyId === keyId));
  }

  #find<K>(look: (keys: Keys) => K | undefined): K | undefined {
    const known = look(this.#keys);
    if (known !== undefined) return known;
    this.#keys = readKeys(this.#folder);
    return look(this.#keys);
  }

  /** Makes a key beside the others; it is at work only once a statement says so. */
  make(purpose: KeyPurpose): { readonly keyId: string; readonly publicKey: string } {
    const key = purpose === 'signing' ? createSigningKey() : createSealingKey();
    keepOnce(join(this.#folder, `${purpose}-${key.keyId}.pem`), () => pemOf(key.privateKey));
    this.#keys = readKeys(this.#folder);
    return { keyId: key.keyId, publicKey: key.publicKey };
  }

  /** Puts keys to work; false when their files are not in this node's folder, and then nothing changes. */
  appoint(signingId: string, sealingId: string): boolean {
    if (signingId === this.#signing.keyId && sealingId === this.#sealing.keyId) return true;
    const [signing, sealing] = [this.findSigning(signingId), this.findSealing(sealingId)];
    if (signing === undefined || sealing === undefined) return false;
    this.#signing = signing;
    this.#sealing = sealing;
    return true;
  }
}

/** Reads the keys of a folder, and makes those that are not there yet; every file is readable by its owner only. */
export function loadKeyRing(folder: string): KeyRing {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A folder that is mounted read-only cannot be changed, and need not be when it is private already.
  if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
  const secret = (name: string): Uint8Array =>
    Buffer.from(
      keepOnce(join(folder, name), () => randomBytes(32).toString('base64url')),
      'base64url',
    );
  const root = privateKeyFromPem(keepOnce(join(folder, 'root.pem'), () => pemOf(createSigningKey().privateKey)));
  keepOnce(join(folder, 'signing.pem'), () => pemOf(createSigningKey().privateKey));
  keepOnce(join(folder, 'sealing.pem'), () => pemOf(createSealingKey().privateKey));
  return new KeyRing(folder, {
    root: signingKeyOf(root),
    token: secret('token.key'),
    column: secret('column.key'),
    approval: secret('approval.key'),
  });
}

/** Signs a text with the signing key, in one of the contexts of the protocol. */
export function signedBy(key: SigningKey, context: string, value: unknown): SignedText {
  const text = canonicalJson(value);
  return { text, keyId: key.keyId, sig: signText(key, context, text) };
}
