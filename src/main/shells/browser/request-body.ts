import type { IncomingMessage } from 'node:http';
import { FRAME_LIMIT_BYTES } from '../../../contract/page-policy.ts';

/** The whole body as text; undefined when it is too long, torn, or not UTF-8. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > FRAME_LIMIT_BYTES) return undefined;
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      if (!(piece instanceof Uint8Array)) return undefined;
      length += piece.length;
      // The announced length may lie, or be absent: count what really comes.
      if (length > FRAME_LIMIT_BYTES) return undefined;
      pieces.push(piece);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
  } catch {
    // The caller hung up in the middle, or the bytes are no text: either way there is no frame.
    return undefined;
  }
}
