import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/main/core/device/system-ports.ts';
import { openPage, sealPage, unwrapPage, wrapPage } from '../../../src/main/core/documents/page-seal.ts';

const random = systemRandom();
const bytes = fc.uint8Array({ minLength: 1, maxLength: 4000 });
const place = fc.record({ stream: fc.uuid(), kind: fc.stringMatching(/^[a-z][a-z0-9-]{1,39}$/) });

describe('a sealed page', () => {
  it('opens with its key, in its place, and is named by what lies on the disk', () => {
    fc.assert(
      fc.property(bytes, place, (jpeg, at) => {
        const { bytes: sealed, documentId, pageKey } = sealPage(jpeg, at, random);
        expect(openPage(sealed, at, pageKey)).toEqual(Buffer.from(jpeg));
        expect(documentId).toBe(createHash('sha256').update(sealed).digest('base64url'));
        expect(sealed.length).toBe(jpeg.length + 29);
      }),
    );
  });

  it('opens nowhere else, with no other key, and not with one bit changed', () => {
    fc.assert(
      fc.property(bytes, place, place, fc.nat(), (jpeg, at, other, where) => {
        fc.pre(other.stream !== at.stream && other.kind !== at.kind);
        const { bytes: sealed, pageKey } = sealPage(jpeg, at, random);
        expect(openPage(sealed, { ...at, stream: other.stream }, pageKey)).toBeUndefined();
        expect(openPage(sealed, { ...at, kind: other.kind }, pageKey)).toBeUndefined();
        expect(openPage(sealed, at, random.bytes(32))).toBeUndefined();
        const bent = Buffer.from(sealed);
        const bit = where % (bent.length * 8);
        bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(openPage(bent, at, pageKey)).toBeUndefined();
        expect(openPage(sealed.subarray(0, where % sealed.length), at, pageKey)).toBeUndefined();
      }),
    );
  });

  it('of the same picture is another one each time: nobody learns from the disk that two are alike', () => {
    const at = { stream: '019cd5af-0000-7000-8000-000000000000', kind: 'stnk' };
    const [one, other] = [sealPage(new Uint8Array(100), at, random), sealPage(new Uint8Array(100), at, random)];
    expect(one.documentId).not.toBe(other.documentId);
  });

  it('has its key wrapped under the view key of its service, and under no other', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (stream, other) => {
        fc.pre(stream !== other);
        const viewKey = random.bytes(32);
        const page = { pageKey: Buffer.from(random.bytes(32)), look: Buffer.from(random.bytes(32)) };
        const wrapped = wrapPage(viewKey, stream, page, random);
        expect(unwrapPage(viewKey, stream, wrapped)).toEqual(page);
        expect(unwrapPage(viewKey, other, wrapped)).toBeUndefined();
        expect(unwrapPage(random.bytes(32), stream, wrapped)).toBeUndefined();
      }),
    );
  });
});
