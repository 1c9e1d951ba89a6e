import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignedEntry } from '../../../src/contract/journal-entry.ts';
import { sentPushSchema } from '../../../src/contract/sync-protocol.ts';
import { bodyHash, canonicalJson, hashEntry } from '../../../src/main/core/journal/hash-chain.ts';
import { leanPush } from '../../../src/main/core/journal/lean-entry.ts';
import { fullPush } from '../../../src/province/ingest/lean-entry.ts';

const SIG = 'A'.repeat(86);
const asEntry = (text: string): SignedEntry => ({ text, hash: hashEntry(text), sig: SIG });
const pushOf = (entries: readonly SignedEntry[]) => ({ entries: [...entries], subjectKeys: [], damaged: [] });

/** A chain over these bodies, each entry with whatever else its envelope holds. */
function chainOf(drafts: readonly { readonly body: unknown; readonly more: object }[]): readonly SignedEntry[] {
  const entries: SignedEntry[] = [];
  for (const { body, more } of drafts) {
    const prev = entries.at(-1)?.hash ?? null;
    entries.push(asEntry(canonicalJson({ ...more, seq: entries.length + 1, prev, body, bodyHash: bodyHash(body) })));
  }
  return entries;
}

const anyBody = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
const anyDraft = fc.record({ body: anyBody, more: fc.record({ type: fc.string(), prevail: fc.integer() }) });

describe('a push as it travels', () => {
  it('gives the same bytes again, whatever the entries hold', () => {
    fc.assert(
      fc.property(fc.array(anyDraft, { minLength: 1, maxLength: 12 }), (drafts) => {
        const request = pushOf(chainOf(drafts));
        // What travels is JSON text, so it is read back from one.
        const arrived = sentPushSchema.parse(JSON.parse(JSON.stringify(leanPush(request))));
        expect(fullPush(arrived)).toEqual(request);
      }),
    );
  });

  it('leaves out what the receiver derives', () => {
    const [first, second] = leanPush(
      pushOf(
        chainOf([
          { body: { a: 1 }, more: {} },
          { body: { a: 2 }, more: {} },
        ]),
      ),
    ).entries;
    expect(first).toHaveProperty('hash');
    expect(second).toEqual({ lean: '{"body":{"a":2},"seq":2}', sig: SIG });
  });

  it('lets whole what would not come back: a rotten text, a text that is not canonical, an entry after a gap', () => {
    const [first, second, third] = chainOf([1, 2, 3].map((a) => ({ body: { a }, more: {} })));
    if (first === undefined || second === undefined || third === undefined) throw new Error('three were made');
    const rotten = asEntry(second.text.replace('"a":2', '"a":2,'));
    const spaced = asEntry(second.text.replace('"a":2', '"a": 2'));
    const otherBody = asEntry(second.text.replace('"a":2', '"a":7'));
    for (const odd of [rotten, spaced, otherBody]) {
      const sent = leanPush(pushOf([first, odd, third]));
      expect(sent.entries).toEqual([first, odd, third]);
      expect(fullPush(sent).entries).toEqual([first, odd, third]);
    }
    expect(leanPush(pushOf([first, third])).entries).toEqual([first, third]);
  });

  it('keeps bytes that cannot be put back as they came, under a hash of their own', () => {
    const sent = { ...pushOf([]), entries: [{ lean: '{"not json', sig: SIG }] };
    expect(fullPush(sent).entries).toEqual([asEntry('{"not json')]);
  });
});
