import { createHash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { openFile, type SealedFileFault, sealPieces } from '../bundle/age-sealing.ts';

/** The first 16 hex digits of a SHA-256: what a backup's name says of its bytes. */
const DIGEST_LENGTH = 16;

/** Writes pieces into a new file and syncs it; answers the digest of what was written. Throws what the file system answers. */
async function writeNew(
  file: string,
  fill: (take: (piece: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<string> {
  await rm(file, { force: true });
  const handle = await open(file, 'wx', 0o600);
  const digest = createHash('sha256');
  try {
    await fill(async (piece) => {
      digest.update(piece);
      await handle.writeFile(piece);
    });
    await handle.sync();
  } finally {
    await handle.close();
  }
  return digest.digest('hex').slice(0, DIGEST_LENGTH);
}

/** Seals a file into another, piece by piece, to every key; answers the digest of the sealed bytes. */
export async function sealInto(from: string, to: string, rawPublicKeys: readonly string[]): Promise<string> {
  const plain = Readable.toWeb(createReadStream(from));
  const sealed = await sealPieces(plain as ReadableStream<Uint8Array>, rawPublicKeys); // a file's stream has bytes only
  const reader = sealed.getReader();
  return await writeNew(to, async (take) => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) await take(next.value);
  });
}

/** Digest of a file as it comes back from its medium. Throws what the file system answers. */
export async function digestOf(file: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const piece of createReadStream(file)) digest.update(piece as Uint8Array); // no encoding: bytes
  return digest.digest('hex').slice(0, DIGEST_LENGTH);
}

/** Opens a sealed file into a new one; null when every piece of it was authentic, to its end. */
export async function openInto(from: string, sealingPrivate: KeyObject, to: string): Promise<SealedFileFault | null> {
  const end: { fault: SealedFileFault | null } = { fault: null };
  await writeNew(to, async (take) => {
    end.fault = await openFile(createReadStream(from), sealingPrivate, async (piece) => {
      await take(piece);
      return true;
    });
  });
  return end.fault;
}
