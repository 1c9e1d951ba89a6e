import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRY_CONTEXT } from '../../../src/contract/journal-entry.ts';
import { bodyHash, canonicalJson, hashEntry, sha256 } from '../../../src/main/core/journal/hash-chain.ts';
import {
  bytesOf,
  keyIdOf,
  privateKeyFrom,
  publicKeyFrom,
  rawPublicKey,
  sign,
  signEntryHash,
  verify,
  verifyEntryHash,
} from '../../../src/main/core/journal/signing.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';

const key = privateKeyFrom('signing', createSeededRandom(1).bytes(32));
const publicKey = rawPublicKey(key);

describe('canonical JSON', () => {
  it.each([
    // The example of RFC 8785, section 3.2.2, and its expected bytes (3.2.3).
    [
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    ],
    ['{"b":1,"a":{"d":[],"c":-0}}', '{"a":{"c":0,"d":[]},"b":1}'],
    [
      '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}',
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    ],
  ])('is that of RFC 8785 for %s', (json, canonical) => {
    expect(canonicalJson(JSON.parse(json))).toBe(canonical);
  });

  it('is the same whatever the order of the properties, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [undefined]])(
    'refuses what JSON cannot hold: %j',
    (value) => {
      expect(() => canonicalJson(value)).toThrow();
      expect(() => canonicalJson({ deep: [value ?? Number.NaN] })).toThrow();
    },
  );
});

describe('a hash', () => {
  it('of an entry covers the context and the text', () => {
    const expected = createHash('sha256').update('opop/entry/1\0{"a":1}', 'utf8').digest('base64url');
    expect(hashEntry('{"a":1}')).toBe(expected);
    expect(ENTRY_CONTEXT).toBe('opop/entry/1\0');
    expect(sha256('{"a":1}')).not.toBe(expected);
    expect(bodyHash({ b: 2, a: 1 })).toBe(sha256('{"a":1,"b":2}'));
  });
});

describe('a key', () => {
  it('of the first seed of RFC 8032 has the public half that it prints', () => {
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
    const expected = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
    expect(Buffer.from(rawPublicKey(privateKeyFrom('signing', seed)), 'base64url').toString('hex')).toBe(expected);
  });

  it.each([
    ['signing', 'ed25519'],
    ['sealing', 'x25519'],
  ] as const)('for %s is the same in its raw form as one that Node made', (use, kind) => {
    const made = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
    const { d = '', x = '' } = made.privateKey.export({ format: 'jwk' });
    expect(rawPublicKey(privateKeyFrom(use, Buffer.from(d, 'base64url')))).toBe(x);
    expect(publicKeyFrom(use, x)?.asymmetricKeyType).toBe(kind);
    expect(publicKeyFrom(use, x)?.equals(made.publicKey)).toBe(true);
  });

  it('is named by the first nine bytes of the hash of its raw form', () => {
    const raw = Buffer.from(publicKey, 'base64url');
    const expected = createHash('sha256').update(raw).digest().subarray(0, 9).toString('base64url');
    expect(keyIdOf(publicKey)).toBe(expected);
    expect(keyIdOf(publicKey)).toHaveLength(12);
  });

  it('of another length is refused', () => {
    expect(() => privateKeyFrom('signing', Buffer.alloc(31))).toThrow(RangeError);
    expect(publicKeyFrom('signing', 'short')).toBeUndefined();
  });
});

describe('a signature', () => {
  it('of one kind does not pass for another, nor over another text, nor under another key', () => {
    const sig = sign('opop/receipt/1\0', 'text', key);
    const other = rawPublicKey(privateKeyFrom('signing', createSeededRandom(2).bytes(32)));
    expect(verify('opop/receipt/1\0', 'text', sig, publicKey)).toBe(true);
    expect(verify('opop/mark/1\0', 'text', sig, publicKey)).toBe(false);
    expect(verify('opop/receipt/1\0', 'texT', sig, publicKey)).toBe(false);
    expect(verify('opop/receipt/1\0', 'text', sig, other)).toBe(false);
    expect(verify('opop/receipt/1\0', 'text', 'no signature', publicKey)).toBe(false);
    expect(verify('opop/receipt/1\0', 'text', sig, 'no key')).toBe(false);
  });

  it('of an entry is over the 32 bytes of its hash', () => {
    const hash = hashEntry('{}');
    const sig = signEntryHash(hash, key);
    expect(verifyEntryHash(hash, sig, publicKey)).toBe(true);
    expect(verifyEntryHash(hashEntry('[]'), sig, publicKey)).toBe(false);
    expect(verifyEntryHash('', sig, publicKey)).toBe(false);
    expect(() => signEntryHash('x', key)).toThrow(RangeError);
  });

  it('has one spelling: no changed character passes, not even in unused bits', () => {
    const hash = hashEntry('{}');
    const sig = signEntryHash(hash, key);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const letter of alphabet) {
      const changed = sig.slice(0, -1) + letter;
      expect(verifyEntryHash(hash, changed, publicKey)).toBe(changed === sig);
    }
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64url');
        const spellings = [...alphabet].filter((letter) => bytesOf(text.slice(0, -1) + letter, 32) !== undefined);
        expect(spellings.length).toBe(16);
      }),
      { numRuns: 20 },
    );
  });
});
