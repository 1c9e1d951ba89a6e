import { BUNDLE_MAX_BYTES, BUNDLE_MAX_FRAMES, FRAME_HEADER_BYTES, FRAME_MAX_BYTES } from './bundle.ts';

/** One frame of a `*.opop` file. A kind that is not in `FRAME_KIND` is for whoever reads it to leave out. */
export type Frame = { readonly kind: number; readonly payload: Uint8Array };

/** Why reading stopped for good. */
export type FrameFault = 'FRAME_TOO_LONG' | 'TOO_MANY_FRAMES' | 'FILE_TOO_LONG';

/** Frames that became whole, and why nothing is read after them; null while reading goes on. */
export type ReadFrames = { readonly frames: readonly Frame[]; readonly fault: FrameFault | null };

/** Reads frames out of bytes that come in any pieces; holds no more than one frame and believes no length beyond the limits. */
export type FrameReader = {
  /** The frames that these bytes complete. After a fault every further call answers that fault. */
  readonly push: (bytes: Uint8Array) => ReadFrames;
  /** Frames read so far. */
  readonly count: () => number;
  /** Bytes of a frame that has begun and is not whole: at the end of a file that was not cut there are none. */
  readonly leftOver: () => number;
};

/** The smallest limits that hold; a reader of shorter files names its own. */
export type FrameLimits = { readonly maxBytes: number; readonly maxFrames: number };

const MAX_KIND = 255;

/** `u32 big-endian length of the payload | u8 kind | payload`. Throws on what no reader takes: a bug of the writer. */
export function encodeFrame(kind: number, payload: Uint8Array): Uint8Array {
  if (payload.length > FRAME_MAX_BYTES) throw new RangeError(`a frame of ${payload.length} bytes is never read`);
  if (!Number.isInteger(kind) || kind < 0 || kind > MAX_KIND) throw new RangeError(`${kind} is no kind of frame`);
  const frame = new Uint8Array(FRAME_HEADER_BYTES + payload.length);
  const header = new DataView(frame.buffer);
  header.setUint32(0, payload.length);
  header.setUint8(4, kind);
  frame.set(payload, FRAME_HEADER_BYTES);
  return frame;
}

const FIRST_ROOM = 4096;

/** Bytes that are being gathered. Room grows with what has come, not with what a header promises. */
function createGathering(): {
  readonly held: () => number;
  readonly add: (bytes: Uint8Array) => void;
  readonly take: () => Uint8Array;
} {
  let room = new Uint8Array(FIRST_ROOM);
  let held = 0;
  return {
    held: () => held,
    add: (bytes) => {
      if (held + bytes.length > room.length) {
        const larger = new Uint8Array(Math.max(room.length * 2, held + bytes.length));
        larger.set(room.subarray(0, held));
        room = larger;
      }
      room.set(bytes, held);
      held += bytes.length;
    },
    take: () => {
      const whole = room.slice(0, held);
      held = 0;
      if (room.length > FIRST_ROOM) room = new Uint8Array(FIRST_ROOM);
      return whole;
    },
  };
}

/** A reader at the beginning of a file. */
export function createFrameReader(
  limits: FrameLimits = { maxBytes: BUNDLE_MAX_BYTES, maxFrames: BUNDLE_MAX_FRAMES },
): FrameReader {
  const gathering = createGathering();
  const state: {
    wanted: number;
    bytesRead: number;
    count: number;
    /** Null while a header is gathered, else the kind that it named. */
    kind: number | null;
    fault: FrameFault | null;
  } = { wanted: FRAME_HEADER_BYTES, bytesRead: 0, count: 0, kind: null, fault: null };

  const readHeader = (bytes: Uint8Array): void => {
    const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    state.wanted = header.getUint32(0);
    state.kind = header.getUint8(4);
    if (state.wanted > FRAME_MAX_BYTES) state.fault = 'FRAME_TOO_LONG';
    else if (state.count >= limits.maxFrames) state.fault = 'TOO_MANY_FRAMES';
  };

  const read = (bytes: Uint8Array): readonly Frame[] => {
    const frames: Frame[] = [];
    let rest = bytes;
    while (state.fault === null) {
      const missing = state.wanted - gathering.held();
      gathering.add(rest.subarray(0, missing));
      if (rest.length < missing) break;
      rest = rest.subarray(missing);
      if (state.kind === null) readHeader(gathering.take());
      else {
        frames.push({ kind: state.kind, payload: gathering.take() });
        state.count += 1;
        state.kind = null;
        state.wanted = FRAME_HEADER_BYTES;
      }
    }
    return frames;
  };

  return {
    push: (bytes) => {
      const allowed = bytes.subarray(0, limits.maxBytes - state.bytesRead);
      state.bytesRead += allowed.length;
      const frames = read(allowed);
      if (allowed.length < bytes.length) state.fault ??= 'FILE_TOO_LONG';
      return { frames, fault: state.fault };
    },
    count: () => state.count,
    leftOver: () => gathering.held() + (state.kind === null ? 0 : FRAME_HEADER_BYTES),
  };
}
