import { sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, createFrameReader } from '../../src/contract/bundle-frames.ts';
import { FRAME_KIND } from '../../src/contract/bundle.ts';
import { formatEnrolmentCode, parseEnrolmentCode } from '../../src/contract/enrolment-code.ts';
import { decodeReceiptProof, encodeReceiptProof } from '../../src/contract/receipt-statement.ts';
import { SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { checkReceipt } from '../../src/main/core/inspect.ts';
import { revokedKeyIds } from '../../src/main/core/journal/certificates.ts';
import { readCustodyReceipt } from '../../src/main/core/sync/custody.ts';
import { verifyPage } from '../../src/main/core/sync/feed-pages.ts';
import { fullPush } from '../../src/province/ingest/lean-entry.ts';
import { proveEntry } from '../../src/province/ingest/verify-entry.ts';
import { verifyReceiptText } from '../../src/province/receipt-page/page/verify-receipt.ts';
import {
  byteDamages,
  cpuMsOf,
  damagedBytes,
  fuzzRuns,
  LONGEST_CPU_MS,
  mutatedText,
  mutations,
} from '../support/hostile-values.ts';
import { keyIdOf } from '../support/test-device.ts';
import { paperOf, paperWorld, signingPair } from '../support/test-receipt.ts';

const RUNS = fuzzRuns(300);
const world = paperWorld();
const roots = [world.root.publicKey];
const province = signingPair();
const keys = [
  {
    purpose: 'signing' as const,
    keyId: keyIdOf(province.publicKey),
    publicKey: province.publicKey,
    from: 0,
    to: 9e15,
    revoked: false,
  },
];
const signedBy = (context: string, text: string) => ({
  text,
  keyId: keyIdOf(province.publicKey),
  sig: sign(null, Buffer.from(context + text), province.privateKey).toString('base64url'),
});

const DEVICE = '019cd5af-e380-7722-893a-6cdf23e69147';
const HASH = 'A'.repeat(43);
const PAGE = {
  feed: 'policy',
  scope: 'all',
  incarnation: DEVICE,
  from: 0,
  to: 1,
  prevHash: null,
  validFrom: 1,
  freshUntil: 2,
  items: [{ a: 1 }, { b: ['x'] }],
};
const CUSTODY = {
  deviceId: DEVICE,
  epoch: { n: 1, nonce: 'AAAAAAAAAAA' },
  ackSeq: 2,
  head: HASH,
  verdicts: [
    { seq: 1, hash: HASH, verdict: { verdict: 'ACCEPTED' } },
    { seq: 2, hash: HASH, verdict: { verdict: 'DUPLICATE', original: 'ACCEPTED' } },
  ],
  incarnation: DEVICE,
  serverTime: 5,
};

/** Nothing here may throw, hang, or change what JavaScript itself is made of. */
async function staysCalm(work: () => unknown): Promise<void> {
  expect(await cpuMsOf(work)).toBeLessThan(LONGEST_CPU_MS);
  expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
}

describe('what a scanner or a keyboard brings', () => {
  it('a QR that was damaged in any way is refused by name, never believed', async () => {
    const genuine = encodeReceiptProof(paperOf(world));
    await fc.assert(
      fc.asyncProperty(byteDamages, async (damages) => {
        const text = damagedBytes(Buffer.from(genuine), damages).toString('utf8');
        fc.pre(text.trim() !== genuine);
        await staysCalm(() => {
          const loket = checkReceipt(text, roots);
          const page = verifyReceiptText(text, roots);
          expect({ loket: loket.ok, page: page.verdict === 'genuine' }).toEqual({ loket: false, page: false });
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('any text at all is no receipt and no code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary', maxLength: 5000 }), fc.string()), async (text) => {
        await staysCalm(() => {
          expect(decodeReceiptProof(text)).toBeUndefined();
          expect(verifyReceiptText(text, roots).verdict).toBe('no-receipt');
          const code = parseEnrolmentCode(text);
          expect(code.ok ? formatEnrolmentCode(code.value).length : code.error).not.toBe(0);
        });
      }),
      { numRuns: RUNS },
    );
    await staysCalm(() => decodeReceiptProof('.'.repeat(5_000_000)));
    await staysCalm(() => verifyReceiptText('1.'.repeat(5_000_000), roots));
    await staysCalm(() => parseEnrolmentCode('O'.repeat(5_000_000)));
  });
});

describe('what the province signed, and somebody changed', () => {
  it('a feed page is whole or refused by name, also where the province itself signed nonsense', async () => {
    const expected = { feed: 'policy' as const, scope: 'all', cursor: undefined };
    expect(verifyPage(signedBy(SIGNATURE_CONTEXT.feedPage, JSON.stringify(PAGE)), expected, keys).ok).toBe(true);
    await fc.assert(
      fc.asyncProperty(mutations, fc.boolean(), async (changes, isSigned) => {
        const text = mutatedText(PAGE, changes);
        const signed = isSigned
          ? signedBy(SIGNATURE_CONTEXT.feedPage, text)
          : { ...signedBy(SIGNATURE_CONTEXT.feedPage, JSON.stringify(PAGE)), text };
        fc.pre(isSigned || text !== JSON.stringify(PAGE));
        await staysCalm(() => {
          const verified = verifyPage(signed, expected, keys);
          if (!isSigned) expect(verified).toEqual({ ok: false, error: 'BAD_SIGNATURE' });
          else if (!verified.ok) expect(verified.error).toMatch(/^(BAD_PAGE|OTHER_FEED|OLDER|GAP|OTHER_CHAIN)$/);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('a custody receipt is whole or refused by name', async () => {
    const genuine = signedBy(SIGNATURE_CONTEXT.custodyReceipt, JSON.stringify(CUSTODY));
    expect(readCustodyReceipt(genuine, keys, DEVICE).ok).toBe(true);
    await fc.assert(
      fc.asyncProperty(mutations, fc.boolean(), async (changes, isSigned) => {
        const text = mutatedText(CUSTODY, changes);
        const signed = isSigned ? signedBy(SIGNATURE_CONTEXT.custodyReceipt, text) : { ...genuine, text };
        fc.pre(isSigned || text !== genuine.text);
        await staysCalm(() => {
          const read = readCustodyReceipt(signed, keys, DEVICE);
          if (!isSigned) expect(read.ok).toBe(false);
          if (!read.ok) expect(read.error).toMatch(/^CUSTODY_(KEY|SIGNATURE|SHAPE|INCOMPLETE)$/);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('a revocation says something only when the root signed it and it is one', async () => {
    const body = {
      purpose: 'device',
      keyId: keyIdOf(world.device.publicKey),
      publicKey: world.device.publicKey,
      from: 0,
      to: 1,
      revoked: true,
    };
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const text = mutatedText(body, changes);
        const sig = sign(null, Buffer.from(SIGNATURE_CONTEXT.keyStatement + text), world.root.privateKey).toString(
          'base64url',
        );
        await staysCalm(() => {
          expect(revokedKeyIds([{ text: `${text} `, sig }], roots).size).toBe(0);
          expect(revokedKeyIds([{ text, sig }], roots).size).toBeLessThanOrEqual(1);
        });
      }),
      { numRuns: RUNS },
    );
  });
});

describe('what a counter signed, and what pretends to be', () => {
  const envelope = {
    v: 1,
    deviceId: DEVICE,
    epoch: { n: 1, nonce: 'AAAAAAAAAAA' },
    seq: 1,
    prev: null,
    type: 'officer.signed-in',
    stream: DEVICE,
    refs: [],
    body: { role: 'officer' },
    bodyHash: HASH,
  };
  const signer = { deviceId: DEVICE, keyId: keyIdOf(world.device.publicKey), signingKey: world.device.publicKey };

  it('an entry is genuine, unreadable or damaged, whole or lean, and never an error', async () => {
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const text = mutatedText(envelope, changes);
        const sig = 'A'.repeat(86);
        await staysCalm(() => {
          const [lean] = fullPush({ entries: [{ lean: text, sig }], subjectKeys: [], damaged: [] }).entries;
          for (const item of [{ text, hash: HASH, sig }, ...(lean === undefined ? [] : [lean])]) {
            expect(['unreadable', 'damaged']).toContain(proveEntry(item, signer).proof);
          }
        });
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the frames of a file', () => {
  it('come out whole or end with a reason, in any pieces, holding no more than has come', async () => {
    const whole = Buffer.concat([
      encodeFrame(FRAME_KIND.manifest, Buffer.from('{"v":1}')),
      encodeFrame(FRAME_KIND.push, Buffer.alloc(5000, 7)),
      encodeFrame(FRAME_KIND.end, Buffer.from('{"frames":2}')),
    ]);
    await fc.assert(
      fc.asyncProperty(byteDamages, fc.integer({ min: 1, max: 700 }), async (damages, piece) => {
        const bytes = damagedBytes(whole, damages);
        await staysCalm(() => {
          const reader = createFrameReader();
          let payload = 0;
          for (let at = 0; at < bytes.length; at += piece) {
            const { frames, fault } = reader.push(bytes.subarray(at, at + piece));
            payload += frames.reduce((sum, frame) => sum + frame.payload.length, 0);
            if (fault !== null) expect(fault).toMatch(/^(FRAME_TOO_LONG|TOO_MANY_FRAMES|FILE_TOO_LONG)$/);
          }
          expect(payload).toBeLessThanOrEqual(bytes.length);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('of a million tiny ones stop at the limit', async () => {
    const reader = createFrameReader();
    const tiny = Buffer.concat(Array.from({ length: 1000 }, () => encodeFrame(9, new Uint8Array())));
    await staysCalm(() => {
      for (let turn = 0; turn < 1000; turn += 1) reader.push(tiny);
    });
    expect(reader.push(tiny).fault).toBe('TOO_MANY_FRAMES');
  });
});
