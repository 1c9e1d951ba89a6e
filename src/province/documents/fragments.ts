import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type UploadMetadata, uploadMetadataSchema } from '../../contract/uploads.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { ProvinceContext } from '../province-context.ts';
import { findPage, type TakenPage } from './page-rows.ts';
import { takePage } from './take-page.ts';

/** What the upload library keeps beside the bytes; metadata as the device gave it. */
const noteSchema = z.object({ size: z.int().positive(), metadata: uploadMetadataSchema });

/** An upload that has begun. */
export type Fragment = {
  readonly file: string;
  readonly length: number;
  readonly offset: number;
  readonly metadata: UploadMetadata;
};

/** Name of an upload: one per device and page, so that a second beginning finds the first. */
export function fragmentName(deviceId: string, documentId: string): string {
  return createHash('sha256').update(`${deviceId}/${documentId}`).digest('hex');
}

/** What has come of a page so far; undefined when nothing has, or what has cannot be gone on with. */
export async function findFragment(
  { pages }: Pick<ProvinceContext, 'pages'>,
  deviceId: string,
  documentId: string,
): Promise<Fragment | undefined> {
  const file = join(pages.store.fragments, fragmentName(deviceId, documentId));
  const found = await stat(file).catch(() => undefined); // not begun
  const text = await readFile(`${file}.json`, 'utf8').catch(() => undefined); // not begun, or swept
  if (found === undefined || text === undefined) return undefined;
  const note = readNote(text);
  return note === undefined || note.metadata.documentId !== documentId
    ? undefined
    : { file, length: note.size, offset: found.size, metadata: note.metadata };
}

function readNote(text: string): z.infer<typeof noteSchema> | undefined {
  try {
    return noteSchema.safeParse(JSON.parse(text)).data;
  } catch (_torn) {
    return undefined; // a power cut in the middle of it: the upload begins anew
  }
}

export async function removeFragment({ pages }: Pick<ProvinceContext, 'pages'>, name: string): Promise<void> {
  await rm(join(pages.store.fragments, name), { force: true });
  await rm(join(pages.store.fragments, `${name}.json`), { force: true });
}

/**
 * Makes a page of an upload that is whole. Asked at the end of the upload, and again whenever the device asks for a receipt:
 * a crash at any point resumes here. What does not hash to its name is thrown away, and the device sends it again.
 */
export async function settleFragment(
  context: ProvinceContext,
  deviceId: string,
  documentId: string,
): Promise<Result<TakenPage, 'UNFINISHED' | 'WRONG_HASH' | 'TOO_LARGE'>> {
  const name = fragmentName(deviceId, documentId);
  const taken = await findPage(context.db, deviceId, documentId);
  const fragment = taken === undefined ? await findFragment(context, deviceId, documentId) : undefined;
  if (taken === undefined && (fragment === undefined || fragment.offset < fragment.length)) return err('UNFINISHED');
  const settled =
    fragment === undefined
      ? undefined
      : await takePage(context, deviceId, fragment.metadata, await readFile(fragment.file));
  await removeFragment(context, name);
  if (settled !== undefined) return settled;
  return taken === undefined ? err('UNFINISHED') : ok(taken);
}
