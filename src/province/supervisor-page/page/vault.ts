import type { PageSignedIn } from '../../../contract/supervisor-page.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { fromBase64url, toBase64url } from './base64url.ts';

/** An answer that the province has not got yet. */
export type Unsent = { readonly counterId: string; readonly request: string };

/** What a supervisor's telephone knows; it lies on it only as ciphertext. */
export type VaultContent = PageSignedIn & {
  /** Private key of this page. */
  readonly signingKey: JsonWebKey;
  readonly unsent: readonly Unsent[];
};

/** One text that the browser keeps. */
export type Keep = {
  readonly get: () => string | null;
  readonly set: (text: string) => void;
  readonly remove: () => void;
};

/** A vault whose PIN was right. */
export type OpenVault = {
  readonly read: () => Promise<VaultContent>;
  /** Writes what `update` makes of what is kept now, so that a second window loses nothing. */
  readonly change: (update: (content: VaultContent) => VaultContent) => Promise<VaultContent>;
};

/** Why a vault stays shut; WIPED is also said of one that is not there any more. */
export type VaultProblem = { readonly code: 'WRONG_PIN'; readonly triesLeft: number } | { readonly code: 'WIPED' };

type Locked = {
  readonly salt: string;
  readonly iv: string;
  readonly data: string;
  /** PINs that were wrong one after the other, this try among them while it runs. */
  readonly wrong: number;
};

/** OWASP's figure of 2023 for PBKDF2 with HMAC-SHA-256. */
const ITERATIONS = 600_000;
const MOST_WRONG = 5;
const CONTEXT = new TextEncoder().encode('opop/kode/1');
const isText = (value: unknown): value is string => typeof value === 'string';

/** Whether a PIN is long enough to be chosen: eight digits or more, not one digit over and over. */
export function isGoodPin(pin: string): boolean {
  return /^\d{8,32}$/.test(pin) && new Set(pin).size > 1;
}

async function keyOf(pin: string, salt: string): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64url(salt), iterations: ITERATIONS };
  return crypto.subtle.deriveKey(how, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function readLocked(keep: Keep): Locked | undefined {
  try {
    const { salt, iv, data, wrong } = JSON.parse(keep.get() ?? 'null') as Record<string, unknown>; // every field is looked at below
    if (!isText(salt) || !isText(iv) || !isText(data) || typeof wrong !== 'number') return undefined;
    return { salt, iv, data, wrong };
  } catch (_nothingOrDamage) {
    return undefined; // there is no vault, so the page asks for a code
  }
}

async function encrypt(key: CryptoKey, salt: string, content: VaultContent): Promise<Locked> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(content));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: CONTEXT }, key, plain);
  return { salt, iv: toBase64url(iv), data: toBase64url(new Uint8Array(data)), wrong: 0 };
}

/** Throws when the key is another one or a byte was changed. */
async function decrypt(key: CryptoKey, { iv, data }: Locked): Promise<VaultContent> {
  const how = { name: 'AES-GCM', iv: fromBase64url(iv), additionalData: CONTEXT };
  const plain = await crypto.subtle.decrypt(how, key, fromBase64url(data));
  return JSON.parse(new TextDecoder().decode(plain)) as VaultContent; // authentic, so it is what this page wrote
}

function openVault(keep: Keep, key: CryptoKey, salt: string): OpenVault {
  const read = async (): Promise<VaultContent> => {
    const locked = readLocked(keep);
    if (locked === undefined) throw new Error('the vault was wiped while it was open');
    return decrypt(key, locked);
  };
  return {
    read,
    change: async (update) => {
      const content = update(await read());
      keep.set(JSON.stringify(await encrypt(key, salt, content)));
      return content;
    },
  };
}

/** The keys of a supervisor under his PIN: AES-GCM under PBKDF2-SHA-256; the fifth wrong PIN wipes them. */
export function createVault(keep: Keep) {
  return {
    exists: (): boolean => readLocked(keep) !== undefined,
    wipe: (): void => keep.remove(),
    make: async (pin: string, content: VaultContent): Promise<OpenVault> => {
      const salt = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
      const key = await keyOf(pin, salt);
      keep.set(JSON.stringify(await encrypt(key, salt, content)));
      return openVault(keep, key, salt);
    },
    open: async (pin: string): Promise<Result<OpenVault, VaultProblem>> => {
      const locked = readLocked(keep);
      if (locked === undefined || locked.wrong >= MOST_WRONG) {
        keep.remove();
        return err({ code: 'WIPED' });
      }
      // Counted before it is tried: closing the page in time gives no further try.
      const wrong = locked.wrong + 1;
      keep.set(JSON.stringify({ ...locked, wrong }));
      try {
        const key = await keyOf(pin, locked.salt);
        await decrypt(key, locked);
        keep.set(JSON.stringify({ ...locked, wrong: 0 }));
        return ok(openVault(keep, key, locked.salt));
      } catch (_wrongPinOrDamage) {
        if (wrong < MOST_WRONG) return err({ code: 'WRONG_PIN', triesLeft: MOST_WRONG - wrong });
        keep.remove();
        return err({ code: 'WIPED' });
      }
    },
  };
}
