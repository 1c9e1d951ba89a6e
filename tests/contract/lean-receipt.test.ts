import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PushAnswer } from '../../src/contract/push-answer.ts';
import { SIGNATURE_CONTEXT, type Verdict } from '../../src/contract/sync-protocol.ts';
import { wholeReceipt } from '../../src/main/core/sync/lean-receipt.ts';
import { verify } from '../../src/main/core/journal/signing.ts';
import { createSigningKey } from '../../src/province/crypto/ed25519.ts';
import { leanAnswer } from '../../src/province/http/lean-receipt.ts';
import { signedBy } from '../../src/province/keys/key-ring.ts';

const key = createSigningKey();
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

const taken: fc.Arbitrary<Verdict> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ verdict: 'ACCEPTED' } as const) },
  fc.constantFrom('ACCEPTED', 'FORK', 'CONFLICT').map((original) => ({ verdict: 'DUPLICATE', original }) as const),
);
const refused: fc.Arbitrary<Verdict> = fc.constantFrom(
  { verdict: 'FORK' } as const,
  { verdict: 'PENDING' } as const,
  { verdict: 'QUARANTINED', reason: 'BAD_BODY' } as const,
);

/** A push of so many entries and the whole answer to it. */
function pushOf(verdicts: readonly Verdict[]) {
  const entries = verdicts.map((_one, at) => ({
    text: `{"seq":${String(at + 7)}}`,
    hash: hashOf(String(at)),
    sig: 's',
  }));
  const sent = entries.map(({ hash }, at) => ({ seq: at + 7, hash, isDamaged: false }));
  const custodyReceipt = signedBy(key, SIGNATURE_CONTEXT.custodyReceipt, {
    deviceId: '0192f000-0000-7000-8000-000000000001',
    epoch: { n: 1, nonce: 'AAAAAAAAAAA' },
    ackSeq: sent.length + 6,
    head: sent.at(-1)?.hash ?? null,
    verdicts: sent.map(({ seq, hash }, at) => ({ seq, hash, verdict: verdicts[at] })),
    incarnation: '0192f000-0000-7000-8000-000000000002',
    serverTime: 1_773_100_000_000,
  });
  const answer: PushAnswer = { answer: 'STORED', custodyReceipt };
  return { push: { entries, subjectKeys: [], damaged: [] }, sent, answer, custodyReceipt };
}

describe('a custody receipt that travels without the names of its items', () => {
  it('is the signed one again, to the byte, when the names are put back', () => {
    fc.assert(
      fc.property(fc.array(taken, { minLength: 1, maxLength: 200 }), (verdicts) => {
        const { push, sent, answer, custodyReceipt } = pushOf(verdicts);
        const lean = leanAnswer(push, answer);
        if (lean.answer !== 'STORED_LEAN') throw new Error('everything was taken in order');
        expect(wholeReceipt(lean.custodyReceipt, sent)).toEqual(custodyReceipt);
      }),
      { numRuns: 60 },
    );
  });

  it('proves nothing about other items, other verdicts or another order', () => {
    fc.assert(
      fc.property(fc.array(taken, { minLength: 2, maxLength: 40 }), fc.nat(), (verdicts, pick) => {
        const { push, sent, answer } = pushOf(verdicts);
        const lean = leanAnswer(push, answer);
        if (lean.answer !== 'STORED_LEAN') throw new Error('everything was taken in order');
        const at = pick % sent.length;
        const others = [
          sent.toReversed(),
          sent.slice(1),
          [...sent, { seq: 999, hash: hashOf('more'), isDamaged: false }],
          sent.map((one, place) => (place === at ? { ...one, hash: hashOf('other') } : one)),
          sent.map((one, place) => (place === at ? { ...one, seq: one.seq + 1 } : one)),
        ];
        const bent = {
          ...lean.custodyReceipt,
          runs: [{ count: sent.length, verdict: { verdict: 'CONFLICT' } as const }],
        };
        const made = [...others.map((items) => wholeReceipt(lean.custodyReceipt, items)), wholeReceipt(bent, sent)];
        for (const one of made) {
          const isBelieved =
            one !== undefined && verify(SIGNATURE_CONTEXT.custodyReceipt, one.text, one.sig, key.publicKey);
          expect(isBelieved).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('stays whole where an item was not taken, was named otherwise, or came as damaged bytes', () => {
    fc.assert(
      fc.property(
        fc.array(taken, { maxLength: 20 }),
        refused,
        fc.array(taken, { maxLength: 20 }),
        (left, one, right) => {
          const { push, answer } = pushOf([...left, one, ...right]);
          expect(leanAnswer(push, answer)).toBe(answer);
        },
      ),
      { numRuns: 30 },
    );
    const { push, answer } = pushOf([{ verdict: 'ACCEPTED' }, { verdict: 'ACCEPTED' }]);
    expect(leanAnswer({ ...push, entries: push.entries.toReversed() }, answer)).toBe(answer);
    expect(leanAnswer({ ...push, entries: push.entries.slice(1) }, answer)).toBe(answer);
    const epoch = { n: 1, nonce: 'AAAAAAAAAAA' };
    expect(leanAnswer({ ...push, damaged: [{ epoch, seq: 9, raw: '' }] }, answer)).toBe(answer);
  });
});
