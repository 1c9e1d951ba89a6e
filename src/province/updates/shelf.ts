import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MANIFEST_END, signedManifestSchema, UPDATE_CONTEXT, type UpdateFacts } from '../../contract/update.ts';
import type { SignedText } from '../../contract/primitives.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { signText } from '../crypto/ed25519.ts';
import type { ProvinceContext } from '../province-context.ts';

/** Bytes of an archive in one answer: a weak line gets through a piece before it breaks. */
const PIECE_BYTES = 1_000_000;

type Name = Pick<UpdateFacts, 'platform' | 'version'>;
type Shelf = Pick<ProvinceContext, 'pages'>;

/** Beside the pages of papers, in the folder that every node mounts. */
const archiveOf = ({ pages }: Shelf, { platform, version }: Name): string =>
  join(pages.folder, 'updates', platform, `${version}.tar.gz`);

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64url');
}

/** Writes a file whole or not at all. */
async function putWhole(file: string, write: (unfinished: string) => Promise<void>): Promise<void> {
  await write(`${file}.unfinished`);
  await rename(`${file}.unfinished`, file);
}

/**
 * Puts the province's word to an archive that its packer describes, beside the archive for a flashdisk and on the shelf for
 * the line. DIFFERS where the archive is not the one that is described.
 */
export async function signUpdate(
  context: ProvinceContext,
  archive: string,
  { facts, notes }: { readonly facts: UpdateFacts; readonly notes: string },
): Promise<Result<SignedText, 'DIFFERS'>> {
  if ((await stat(archive)).size !== facts.size || (await hashOf(archive)) !== facts.sha256) return err('DIFFERS');
  const key = context.keys.signing;
  const text = canonicalJson({ kind: 'loket-update', ...facts, signedAt: context.now(), notes });
  const signed: SignedText = { text, keyId: key.keyId, sig: signText(key, UPDATE_CONTEXT, text) };
  const ready = archiveOf(context, facts);
  await mkdir(join(context.pages.folder, 'updates', facts.platform), { recursive: true });
  await putWhole(ready, (file) => copyFile(archive, file));
  // The manifest comes last: what is offered is there.
  for (const beside of [archive, ready]) {
    await putWhole(`${beside}${MANIFEST_END}`, (file) => writeFile(file, JSON.stringify(signed)));
  }
  return ok(signed);
}

/** What was signed for a platform and version; undefined when nothing was. */
export async function findUpdate(shelf: Shelf, name: Name): Promise<SignedText | undefined> {
  const text = await readFile(`${archiveOf(shelf, name)}${MANIFEST_END}`, 'utf8').catch(() => undefined); // nothing was put there
  return text === undefined ? undefined : signedManifestSchema.parse(JSON.parse(text));
}

/** The bytes from an offset on, one piece at most; none beyond the end. */
export async function readPiece(shelf: Shelf, name: Name, from: number): Promise<Buffer> {
  const handle = await open(archiveOf(shelf, name), 'r');
  try {
    const piece = Buffer.alloc(PIECE_BYTES);
    const { bytesRead } = await handle.read(piece, 0, PIECE_BYTES, from);
    return piece.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
