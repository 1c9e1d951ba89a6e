import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeedPage } from '../../../src/contract/feeds.ts';
import { SIGNATURE_CONTEXT } from '../../../src/contract/sync-protocol.ts';
import { canonicalJson, sha256 } from '../../../src/main/core/journal/hash-chain.ts';
import { privateKeyFrom, keyIdOf, rawPublicKey, sign } from '../../../src/main/core/journal/signing.ts';
import type { FeedCursor, ProvinceKey } from '../../../src/main/core/rules/rules-store.ts';
import { placeOf, verifyPage } from '../../../src/main/core/sync/feed-pages.ts';
import { createPublicKey } from 'node:crypto';

const FIRST_LIFE = '0192f000-0000-7000-8000-000000000001';
const SECOND_LIFE = '0192f000-0000-7000-8000-000000000002';
const hashOf = (name: string): string => sha256(name);

const page = (over: Partial<FeedPage>): FeedPage => ({
  feed: 'policy',
  scope: 'all',
  incarnation: FIRST_LIFE,
  from: 3,
  to: 4,
  prevHash: hashOf('3'),
  validFrom: 1000,
  freshUntil: 2000,
  items: [],
  ...over,
});
const cursor = (over: Partial<FeedCursor> = {}): FeedCursor => ({
  version: 3,
  pageHash: hashOf('3'),
  incarnation: FIRST_LIFE,
  freshUntil: 2000,
  appliedAt: 1000,
  confirmedIncarnation: null,
  ...over,
});
const NEW = { itself: false, base: null } as const;

describe('where a page belongs', () => {
  it('is after the page that was applied last, and nowhere else', () => {
    expect(placeOf(page({}), cursor(), NEW)).toEqual({ ok: true, value: 'next' });
    expect(placeOf(page({ from: 0, to: 1, prevHash: null }), undefined, NEW)).toEqual({ ok: true, value: 'next' });
    expect(placeOf(page({ from: 2, to: 3 }), cursor(), NEW)).toEqual({ ok: false, error: 'OLDER' });
    expect(placeOf(page({ from: 4, to: 5 }), cursor(), NEW)).toEqual({ ok: false, error: 'GAP' });
    expect(placeOf(page({ prevHash: hashOf('x') }), cursor(), NEW)).toEqual({ ok: false, error: 'OTHER_CHAIN' });
    expect(placeOf(page({}), undefined, NEW)).toEqual({ ok: false, error: 'GAP' });
    expect(placeOf(page({ from: 1, to: 2 }), cursor(), { itself: true, base: 1 })).toEqual({
      ok: false,
      error: 'OLDER',
    });
  });

  it('is, after a restore, on any page that this counter holds: pages are ordered by incarnation first', () => {
    const restored = page({ incarnation: SECOND_LIFE, from: 1, to: 2, prevHash: hashOf('1') });
    expect(placeOf(restored, cursor(), { itself: false, base: 1 })).toEqual({ ok: true, value: 'next' });
    expect(placeOf(restored, cursor(), NEW)).toEqual({ ok: false, error: 'GAP' });
    // A base at another version than the page says is no base.
    expect(placeOf(restored, cursor(), { itself: false, base: 2 })).toEqual({ ok: false, error: 'GAP' });
    expect(placeOf(page({ incarnation: SECOND_LIFE, from: 0, to: 1, prevHash: null }), cursor(), NEW)).toEqual({
      ok: true,
      value: 'next',
    });
  });

  it('is never before a restore again: a page of an older incarnation is refused wherever it would fit', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.boolean(), fc.constantFrom('1', '2', '3'), (from, isHeld, prev) => {
        const old = page({ from, to: from + 1, prevHash: hashOf(prev) });
        const now = cursor({ incarnation: SECOND_LIFE });
        const placed = placeOf(old, now, { itself: false, base: isHeld ? from : null });
        expect(placed).toEqual({ ok: false, error: 'OLDER' });
      }),
    );
  });

  it('only moves the cursor on for a page that was applied before the cursor went back', () => {
    expect(placeOf(page({}), cursor(), { itself: true, base: 3 })).toEqual({ ok: true, value: 'held' });
  });
});

describe('a page’s signature', () => {
  const privateKey = privateKeyFrom('signing', new Uint8Array(32).fill(7));
  const publicKey = rawPublicKey(createPublicKey(privateKey));
  const key: ProvinceKey = {
    purpose: 'signing',
    keyId: keyIdOf(publicKey),
    publicKey,
    from: 500,
    to: 1500,
    revoked: false,
  };
  const signed = (over: Partial<FeedPage>) => {
    const text = canonicalJson(page(over));
    return { text, keyId: key.keyId, sig: sign(SIGNATURE_CONTEXT.feedPage, text, privateKey) };
  };
  const verified = (over: Partial<FeedPage>, of: Partial<ProvinceKey> = {}) => {
    const result = verifyPage(signed(over), { feed: 'policy', scope: 'all' }, [{ ...key, ...of }]);
    return result.ok ? 'verified' : result.error;
  };

  it('counts up to the last moment of its key, and not one later', () => {
    expect(verified({ validFrom: 1500 })).toBe('verified');
    expect(verified({ validFrom: 1501 })).toBe('KEY_EXPIRED');
  });

  it('counts for an older page that a younger key signed again', () => {
    expect(verified({ validFrom: 100 })).toBe('verified');
  });

  it('is worth nothing by a revoked key, a sealing key, or a key that nobody vouched for', () => {
    expect(verified({}, { revoked: true })).toBe('UNKNOWN_KEY');
    expect(verified({}, { purpose: 'sealing' })).toBe('UNKNOWN_KEY');
    expect(verified({}, { keyId: 'A'.repeat(12) })).toBe('UNKNOWN_KEY');
  });
});
