import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUNDLE_MAX_FRAMES, FRAME_HEADER_BYTES, FRAME_MAX_BYTES } from '../../src/contract/bundle.ts';
import { createFrameReader, encodeFrame, type Frame, type ReadFrames } from '../../src/contract/bundle-frames.ts';

const frameArbitrary = fc.record({
  kind: fc.integer({ min: 0, max: 255 }),
  payload: fc.uint8Array({ maxLength: 300 }),
});
const framesArbitrary = fc.array(frameArbitrary, { maxLength: 12 });

const encoded = (frames: readonly Frame[]): Uint8Array =>
  Buffer.concat(frames.map(({ kind, payload }) => encodeFrame(kind, payload)));

/** Cuts bytes at the given places; places beyond the end are the end. */
function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const at = [0, ...places.map((place) => Math.min(place, bytes.length)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

const plain = (frames: readonly Frame[]) =>
  frames.map(({ kind, payload }) => [kind, Buffer.from(payload).toString('hex')]);

/** A header that promises `length` bytes. */
function header(length: number, kind = 2): Uint8Array {
  const bytes = Buffer.alloc(FRAME_HEADER_BYTES);
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt8(kind, 4);
  return bytes;
}

describe('the frames of a bundle', () => {
  it('are the same frames however their bytes are split', () => {
    fc.assert(
      fc.property(framesArbitrary, fc.array(fc.nat(4000), { maxLength: 40 }), (frames, places) => {
        const reader = createFrameReader();
        const read: Frame[] = [];
        for (const piece of cut(encoded(frames), places)) {
          // The caller's buffer is used again for the next piece.
          const buffer = piece.slice();
          const answer = reader.push(buffer);
          buffer.fill(0xff);
          read.push(...answer.frames);
          expect(answer.fault).toBeNull();
        }
        expect(plain(read)).toEqual(plain(frames));
        expect(reader.count()).toBe(frames.length);
        expect(reader.leftOver()).toBe(0);
      }),
    );
  });

  it('cut at any byte are exactly the frames that are whole, and what is left over is told', () => {
    fc.assert(
      fc.property(framesArbitrary, fc.nat(4000), (frames, place) => {
        const bytes = encoded(frames);
        const kept = bytes.subarray(0, Math.min(place, bytes.length));
        const ends = frames.map((_frame, index) => encoded(frames.slice(0, index + 1)).length);
        const whole = ends.filter((end) => end <= kept.length);
        const reader = createFrameReader();
        expect(plain(reader.push(kept).frames)).toEqual(plain(frames.slice(0, whole.length)));
        expect(reader.leftOver()).toBe(kept.length - (whole.at(-1) ?? 0));
      }),
    );
  });

  it('of a length beyond the limit are refused by name, and nothing after them is read', () => {
    const reader = createFrameReader();
    const good = encodeFrame(1, Buffer.from('manifest'));
    const answer = reader.push(Buffer.concat([good, header(FRAME_MAX_BYTES + 1), good]));
    expect(plain(answer.frames)).toEqual(plain([{ kind: 1, payload: Buffer.from('manifest') }]));
    expect(answer.fault).toBe('FRAME_TOO_LONG');
    expect(reader.push(good)).toEqual({ frames: [], fault: 'FRAME_TOO_LONG' } satisfies ReadFrames);
  });

  it('of the longest length are read', () => {
    const payload = Buffer.alloc(FRAME_MAX_BYTES, 7);
    const [frame] = createFrameReader().push(encodeFrame(3, payload)).frames;
    expect(frame?.payload.length).toBe(FRAME_MAX_BYTES);
    expect(Buffer.from(frame?.payload ?? []).equals(payload)).toBe(true);
  });

  it('that only promise to be long take no room before they come', () => {
    const reader = createFrameReader();
    const before = process.memoryUsage().arrayBuffers;
    const readers = Array.from({ length: 200 }, () => createFrameReader());
    for (const one of readers) one.push(header(FRAME_MAX_BYTES));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
    expect(reader.leftOver()).toBe(0);
  });

  it('in a number beyond the limit are refused by name', () => {
    const reader = createFrameReader();
    const tiny = encodeFrame(2, new Uint8Array());
    const many = Buffer.concat(Array.from({ length: BUNDLE_MAX_FRAMES + 1 }, () => tiny));
    const answer = reader.push(many);
    expect(answer.frames).toHaveLength(BUNDLE_MAX_FRAMES);
    expect(answer.fault).toBe('TOO_MANY_FRAMES');
  });

  it('of a file beyond the limit are read up to it and refused by name', () => {
    const one = encodeFrame(2, Buffer.alloc(95));
    const reader = createFrameReader({ maxBytes: 250, maxFrames: 10 });
    expect(reader.push(one).fault).toBeNull();
    const answer = reader.push(Buffer.concat([one, one]));
    expect(answer.frames).toHaveLength(1);
    expect(answer.fault).toBe('FILE_TOO_LONG');
  });

  it('are never written beyond what is read', () => {
    expect(() => encodeFrame(2, Buffer.alloc(FRAME_MAX_BYTES + 1))).toThrow(RangeError);
    expect(() => encodeFrame(256, Buffer.alloc(1))).toThrow(RangeError);
  });
});
