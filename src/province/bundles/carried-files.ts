import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CARRIED_PIECE_BYTES } from '../../contract/region-bundles.ts';
import type { ProvinceContext } from '../province-context.ts';

/** A file that a supervisor's device is bringing: its SHA-256 (base64url) names it. */
type CarriedFile = { readonly deviceId: string; readonly file: string };

type Rooms = Pick<ProvinceContext, 'pages'>;

/** Sealed bytes lie beside unfinished uploads and are swept away with them. */
function placeOf({ pages }: Rooms, kind: 'bundle' | 'answer', { deviceId, file }: CarriedFile): string {
  const name = createHash('sha256').update(`${kind}/${deviceId}/${file}`).digest('hex');
  return join(pages.store.fragments, name);
}

const lengthOf = async (path: string): Promise<number> =>
  await stat(path).then(
    ({ size }) => size,
    () => 0, // not begun, or swept
  );

/** Bytes of the file that are here. */
export const heldBytes = (rooms: Rooms, of: CarriedFile): Promise<number> => lengthOf(placeOf(rooms, 'bundle', of));

/**
 * Puts a piece where the file stands just there; anything else changes nothing. Answers how many bytes are here then. The
 * same piece twice at once writes the same bytes to the same place.
 */
export async function putPiece(rooms: Rooms, of: CarriedFile, offset: number, piece: Uint8Array): Promise<number> {
  const path = placeOf(rooms, 'bundle', of);
  await mkdir(rooms.pages.store.fragments, { recursive: true, mode: 0o700 });
  const held = await lengthOf(path);
  if (offset !== held || piece.length === 0) return held;
  const handle = await open(path, offset === 0 ? 'w' : 'r+', 0o600);
  try {
    await handle.write(piece, 0, piece.length, offset);
  } finally {
    await handle.close();
  }
  return held + piece.length;
}

/** Whether what is here is the file that it is named after; what is not is thrown away, and comes again. */
export async function isWhole(rooms: Rooms, of: CarriedFile): Promise<boolean> {
  const path = placeOf(rooms, 'bundle', of);
  if ((await lengthOf(path)) === 0) return false;
  const digest = createHash('sha256');
  for await (const piece of createReadStream(path)) digest.update(piece as Uint8Array); // a stream without an encoding
  const isSame = digest.digest('base64url') === of.file;
  if (!isSame) await rm(path, { force: true });
  return isSame;
}

export const readCarried = (rooms: Rooms, of: CarriedFile): AsyncIterable<Uint8Array> =>
  createReadStream(placeOf(rooms, 'bundle', of));

/** An answer belongs to a file and to what was asked to be in it. */
export type AnswerOf = CarriedFile & { readonly withRegistry: boolean };
const answerPlace = (rooms: Rooms, { withRegistry, file, deviceId }: AnswerOf): string =>
  placeOf(rooms, 'answer', { deviceId, file: `${file}/${withRegistry ? 'all' : 'short'}` });

/** Keeps an answer whole or not at all. Answers its length in bytes. */
export async function keepAnswer(rooms: Rooms, of: AnswerOf, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  const path = answerPlace(rooms, of);
  const draft = `${path}.part`;
  const handle = await open(draft, 'w', 0o600);
  try {
    for await (const piece of pieces) await handle.write(piece);
  } finally {
    await handle.close();
  }
  await rename(draft, path);
  return await lengthOf(path);
}

/** A piece of an answer; undefined where there is none. */
export async function readAnswerPiece(rooms: Rooms, of: AnswerOf, from: number): Promise<Uint8Array | undefined> {
  const path = answerPlace(rooms, of);
  const held = await lengthOf(path);
  if (held === 0) return undefined;
  const wanted = Math.min(CARRIED_PIECE_BYTES, Math.max(0, held - from));
  const piece = Buffer.alloc(wanted);
  const handle = await open(path, 'r');
  try {
    const { bytesRead } = await handle.read(piece, 0, wanted, from);
    return piece.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Both files go once the answer lies where it belongs. */
export async function dropCarried(rooms: Rooms, of: AnswerOf): Promise<void> {
  await rm(placeOf(rooms, 'bundle', of), { force: true });
  await rm(answerPlace(rooms, of), { force: true });
}
