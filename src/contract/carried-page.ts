import type { z } from 'zod';
import { carriedPageHeadSchema } from './uploads.ts';

const HEAD_LENGTH_BYTES = 4;

/** A page as a document frame carries it: what its device signed about it, and its ciphertext. */
export type CarriedPage = { readonly head: z.infer<typeof carriedPageHeadSchema>; readonly bytes: Uint8Array };

/** Payload of a document frame: `u32 big-endian length of the head | JSON of the head | ciphertext`. */
export function encodeCarriedPage({ head, bytes }: CarriedPage): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(carriedPageHeadSchema.parse(head)));
  const payload = new Uint8Array(HEAD_LENGTH_BYTES + json.length + bytes.length);
  new DataView(payload.buffer).setUint32(0, json.length);
  payload.set(json, HEAD_LENGTH_BYTES);
  payload.set(bytes, HEAD_LENGTH_BYTES + json.length);
  return payload;
}

/** The page of a document frame; undefined when the payload is not one. Nothing in it is verified here. */
export function decodeCarriedPage(payload: Uint8Array): CarriedPage | undefined {
  if (payload.length < HEAD_LENGTH_BYTES) return undefined;
  const length = new DataView(payload.buffer, payload.byteOffset, payload.byteLength).getUint32(0);
  const end = HEAD_LENGTH_BYTES + length;
  if (end > payload.length) return undefined;
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(payload.subarray(HEAD_LENGTH_BYTES, end)));
    const head = carriedPageHeadSchema.safeParse(json);
    return head.success ? { head: head.data, bytes: payload.subarray(end) } : undefined;
  } catch (_notJson) {
    return undefined; // the frame is named as unreadable
  }
}
