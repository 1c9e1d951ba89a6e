import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnswerManifest, type BundleManifest, endFrameSchema, FRAME_KIND } from '../../../src/contract/bundle.ts';
import { createFrameReader, encodeFrame, type Frame } from '../../../src/contract/bundle-frames.ts';
import { openFile, sealFile } from '../../../src/main/core/bundle/age-sealing.ts';
import { type AnswerEnd, type AnswerPart, readAnswer } from '../../../src/main/core/bundle/read-answer.ts';
import { writeBundle } from '../../../src/main/core/bundle/write-bundle.ts';
import { createSecrets } from '../../../src/main/core/device/key-store.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';

const province = createSecrets(createSeededRandom('province'));
const provinceNext = createSecrets(createSeededRandom('province-next'));
const device = createSecrets(createSeededRandom('device'));
const stranger = createSecrets(createSeededRandom('stranger'));

const UUID = '0192f000-0000-7000-8000-00000000b001';
const HASH = 'h'.repeat(43);
const signed = { text: '{"ackSeq":3}', keyId: 'k'.repeat(12), sig: 's'.repeat(86) };
const manifest: BundleManifest = {
  v: 1,
  kind: 'bundle',
  bundleId: UUID,
  deviceId: UUID,
  certificate: {
    certificate: {
      deviceId: UUID,
      outletId: '3506-017',
      signingKey: device.signingPublic,
      sealingKey: device.sealingPublic,
      notAfter: 1,
      policyVersion: 1,
    },
    rootKeyId: 'r'.repeat(12),
    sig: 's'.repeat(86),
  },
  appVersion: '0.1.0',
  madeAt: 1,
  fromSeq: 1,
  toSeq: 2,
  entries: 2,
};
const answerManifest: AnswerManifest = {
  v: 1,
  kind: 'answer',
  answerId: UUID,
  bundleId: UUID,
  deviceId: UUID,
  incarnation: UUID,
  madeAt: 1,
};

/** The plain frames of a sealed file, opened with a device's or a province's private key. */
async function opened(file: Uint8Array, by: typeof device): Promise<readonly Frame[]> {
  const reader = createFrameReader();
  const frames: Frame[] = [];
  const fault = await openFile(pieces(file), by.sealingPrivate, async (piece) => {
    frames.push(...reader.push(piece).frames);
    return true;
  });
  expect(fault).toBeNull();
  return frames;
}

const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));

/** Pieces of a file as a medium would give them. */
async function* pieces(bytes: Uint8Array, length = 50_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function read(bytes: Uint8Array, by = device): Promise<{ parts: AnswerPart[]; end: AnswerEnd }> {
  const parts: AnswerPart[] = [];
  const end = await readAnswer(pieces(bytes), by.sealingPrivate, async (part) => {
    parts.push(part);
    return true;
  });
  return { parts, end };
}

const answerFrames = (pages = 1): readonly Uint8Array[] => {
  const body = [
    encodeFrame(FRAME_KIND.manifest, json(answerManifest)),
    encodeFrame(FRAME_KIND.custodyReceipt, json(signed)),
    ...Array.from({ length: pages }, (_one, index) =>
      encodeFrame(
        FRAME_KIND.feedPage,
        json({ feed: 'policy', scope: 'all', page: { ...signed, text: `${index}/${'x'.repeat(3000)}` } }),
      ),
    ),
  ];
  return [...body, encodeFrame(FRAME_KIND.end, json({ frames: body.length }))];
};

describe('a bundle', () => {
  it('is opened by the province and carries the push batches byte for byte', async () => {
    const batches = ['{"entries":[ ],  "subjectKeys":[]}', `{"entries":["${HASH}"]}`];
    const frames = await opened(await writeBundle({ manifest, batches }, [province.sealingPublic]), province);
    expect(frames.map((frame) => frame.kind)).toEqual([1, 2, 2, 4]);
    expect(JSON.parse(Buffer.from(frames[0]?.payload ?? []).toString())).toEqual(manifest);
    expect(frames.slice(1, 3).map(({ payload }) => Buffer.from(payload).toString())).toEqual(batches);
    expect(endFrameSchema.parse(JSON.parse(Buffer.from(frames[3]?.payload ?? []).toString()))).toEqual({ frames: 3 });
  });

  it('is opened by every sealing key of the province that it was made for, and by nobody else', async () => {
    const file = await writeBundle({ manifest, batches: [] }, [province.sealingPublic, provinceNext.sealingPublic]);
    expect(await opened(file, province)).toHaveLength(2);
    expect(await opened(file, provinceNext)).toHaveLength(2);
    const fault = await openFile(pieces(file), device.sealingPrivate, async () => true);
    expect(fault).toBe('NOT_SEALED_TO_US');
  });

  it('is an age file like any other: the keys of another program open it', async () => {
    const identity = await generateX25519Identity();
    const raw = Buffer.from(bech32Bytes(await identityToRecipient(identity))).toString('base64url');
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const file = await sealFile(Buffer.from('contoh'), [raw]);
    expect(await decrypter.decrypt(file, 'text')).toBe('contoh');
  });

  it('that another program made for us is opened', async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(bech32(province.sealingPublic));
    const file = await encrypter.encrypt('contoh');
    const plain: Uint8Array[] = [];
    const fault = await openFile(pieces(file), province.sealingPrivate, async (piece) => {
      plain.push(piece);
      return true;
    });
    expect([fault, Buffer.concat(plain).toString()]).toEqual([null, 'contoh']);
  });

  it('that was cut says so, also when every piece before the cut was read', async () => {
    const file = await sealFile(Buffer.alloc(200_000, 7), [province.sealingPublic]);
    const plain: Uint8Array[] = [];
    const fault = await openFile(pieces(file.subarray(0, file.length - 1)), province.sealingPrivate, async (piece) => {
      plain.push(piece);
      return true;
    });
    expect(fault).toBe('CUT_OR_DAMAGED');
    expect(Buffer.concat(plain)).toEqual(Buffer.alloc(3 * 65_536, 7));
  });

  it('is never made for nobody', async () => {
    await expect(writeBundle({ manifest, batches: [] }, [])).rejects.toThrow(RangeError);
    await expect(writeBundle({ manifest, batches: [] }, ['no key'])).rejects.toThrow(TypeError);
  });
});

describe('an answer file', () => {
  it('gives its parts in order and says that it is whole', async () => {
    const file = await sealFile(Buffer.concat(answerFrames(60)), [device.sealingPublic]);
    const { parts, end } = await read(file);
    expect(parts.map(({ part }) => part)).toEqual(['manifest', 'custody-receipt', ...Array(60).fill('feed-page')]);
    expect(end).toEqual({ frames: 63, complete: true, problems: [] });
  });

  it('of another device cannot be opened', async () => {
    const file = await sealFile(Buffer.concat(answerFrames()), [stranger.sealingPublic]);
    const { parts, end } = await read(file);
    expect(parts).toEqual([]);
    expect(end.problems).toEqual([{ frame: 0, reason: 'NOT_SEALED_TO_US' }]);
  });

  it('cut at any byte gives a beginning of its parts, never another, and is never called whole', async () => {
    const file = await sealFile(Buffer.concat(answerFrames(60)), [device.sealingPublic]);
    const whole = (await read(file)).parts;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: file.length - 1 }), async (length) => {
        const { parts, end } = await read(file.subarray(0, length));
        expect(parts).toEqual(whole.slice(0, parts.length));
        expect(end.complete).toBe(false);
        expect(end.problems).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
    // A cut in the last piece keeps the pieces before it.
    expect((await read(file.subarray(0, file.length - 1))).parts.length).toBeGreaterThan(20);
  });

  it('with one bit turned over gives nothing that is not in the real one', async () => {
    const file = await sealFile(Buffer.concat(answerFrames(30)), [device.sealingPublic]);
    const whole = (await read(file)).parts;
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(7), async (at, bit) => {
        const bent = file.slice();
        bent[at] = (bent[at] ?? 0) ^ (1 << bit);
        const { parts, end } = await read(bent);
        expect(parts).toEqual(whole.slice(0, parts.length));
        expect(end.complete).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('that is a bundle, zeros, or no file of ours is refused by name', async () => {
    const bundle = await writeBundle({ manifest, batches: [] }, [device.sealingPublic]);
    expect((await read(bundle)).end.problems).toEqual([{ frame: 0, reason: 'NOT_AN_ANSWER' }]);
    expect((await read(Buffer.alloc(200_000))).end.problems[0]?.reason).toBe('NOT_A_SEALED_FILE');
    expect((await read(Buffer.from('age-encryption.org/v1\n'))).end.problems[0]?.reason).toBe('NOT_A_SEALED_FILE');
    const second = encodeFrame(FRAME_KIND.manifest, json(answerManifest));
    const twice = await sealFile(Buffer.concat([second, second]), [device.sealingPublic]);
    expect((await read(twice)).end.problems).toEqual([{ frame: 1, reason: 'NOT_AN_ANSWER' }]);
  });

  it('leaves out a frame that it cannot read and goes on with the next', async () => {
    const frames = [
      encodeFrame(FRAME_KIND.manifest, json(answerManifest)),
      encodeFrame(FRAME_KIND.custodyReceipt, Buffer.from('[')),
      encodeFrame(99, Buffer.from('of a later version')),
      encodeFrame(FRAME_KIND.custodyReceipt, json(signed)),
      encodeFrame(FRAME_KIND.end, json({ frames: 4 })),
    ];
    const { parts, end } = await read(await sealFile(Buffer.concat(frames), [device.sealingPublic]));
    expect(parts.map(({ part }) => part)).toEqual(['manifest', 'custody-receipt']);
    expect(end).toEqual({
      frames: 5,
      complete: true,
      problems: [
        { frame: 1, reason: 'FRAME_UNREADABLE' },
        { frame: 2, reason: 'FRAME_KIND_UNKNOWN' },
      ],
    });
  });

  it('without its last frame is not whole', async () => {
    const frames = answerFrames().slice(0, -1);
    const { end } = await read(await sealFile(Buffer.concat(frames), [device.sealingPublic]));
    expect(end.complete).toBe(false);
    expect(end.problems).toEqual([{ frame: 3, reason: 'CUT_OR_DAMAGED' }]);
  });
});

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** The bytes of a bech32 text (BIP 173), without its checksum. */
function bech32Bytes(text: string): Uint8Array {
  const data = text.slice(text.lastIndexOf('1') + 1, -6);
  const bits = [...data].map((letter) => BECH32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from({ length: Math.floor(bits.length / 8) }, (_one, index) =>
    Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2),
  );
}

/** `age1...` of a raw public key, base64url (BIP 173 with the prefix `age`). */
function bech32(rawPublic: string): string {
  const bits = [...Buffer.from(rawPublic, 'base64url')].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const data = (bits.padEnd(Math.ceil(bits.length / 5) * 5, '0').match(/.{5}/g) ?? []).map((five) =>
    Number.parseInt(five, 2),
  );
  const prefix = [...'age'].map((letter) => letter.charCodeAt(0));
  const expanded = [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31)];
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  const polymod = [...expanded, ...data, 0, 0, 0, 0, 0, 0].reduce((sum, value) => {
    const top = sum >>> 25;
    const next = ((sum & 0x1ffffff) << 5) ^ value;
    return generator.reduce((bent, one, bit) => (((top >> bit) & 1) === 1 ? bent ^ one : bent), next);
  }, 1);
  const checksum = Array.from({ length: 6 }, (_one, index) => ((polymod ^ 1) >>> (5 * (5 - index))) & 31);
  return `age1${[...data, ...checksum].map((five) => BECH32[five]).join('')}`;
}
