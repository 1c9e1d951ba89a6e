import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BUNDLE_MAX_BYTES } from '../../../contract/bundle.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { StickFile } from '../../../contract/views-sticks.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { mediumReason } from '../db/medium-fault.ts';
import { shownName } from '../sync/media.ts';

export type StickRefusal = Refusal<'STICK_UNREADABLE'>;

const BUNDLE = /[.]opop$/i;
const ANSWER = /[.]jawaban[.]opop$/i;
/** `outlet-device-from-to.opop`, as a counter names what it exports. */
const NAMED = /^(\d{4}-\d{3})-(\d{2})-(\d{1,9})-(\d{1,9})[.]opop$/i;
const MOST_FILES = 200;

const unreadable = (error: unknown): { readonly ok: false; readonly error: StickRefusal } =>
  err({ code: 'STICK_UNREADABLE', details: { reason: mediumReason(error) } });

/** Reads of a medium that may be pulled at any moment: what it answers then is a refusal. */
export async function fromMedium<T>(work: () => Promise<T>): Promise<Result<T, StickRefusal>> {
  try {
    return ok(await work());
  } catch (error) {
    return unreadable(error);
  }
}

function namedOf(name: string): StickFile['named'] {
  const [, outletId, deviceNo, fromSeq, toSeq] = NAMED.exec(name) ?? [];
  if (outletId === undefined) return null;
  return { outletId, deviceNo: Number(deviceNo), fromSeq: Number(fromSeq), toSeq: Number(toSeq) };
}

/** Where the answer to a bundle lies. */
export const answerNameOf = (file: string): string => basename(file).replace(BUNDLE, '.jawaban.opop');

/** Whether this is a file that can be brought at all: of our form by name, and not longer than any reader takes. */
export async function bundleLength(file: string): Promise<Result<number, StickRefusal | Refusal<'BUNDLE_REFUSED'>>> {
  if (!BUNDLE.test(file)) return err({ code: 'BUNDLE_REFUSED', details: { reason: 'NOT_A_BUNDLE' } });
  const found = await fromMedium(() => stat(file));
  if (!found.ok) return found;
  if (!found.value.isFile()) return err({ code: 'BUNDLE_REFUSED', details: { reason: 'NOT_A_BUNDLE' } });
  if (found.value.size > BUNDLE_MAX_BYTES) return err({ code: 'BUNDLE_REFUSED', details: { reason: 'FILE_TOO_LONG' } });
  return ok(found.value.size);
}

/** The sealed files of a folder that are no answers, newest first; nothing of them is believed. */
export async function filesOnStick(folder: string): Promise<Result<readonly StickFile[], StickRefusal>> {
  return await fromMedium(async () => {
    const names = await readdir(folder);
    const answers = new Set(names.filter((name) => ANSWER.test(name)).map((name) => name.toLowerCase()));
    const bundles = names.filter((name) => BUNDLE.test(name) && !ANSWER.test(name)).slice(0, MOST_FILES);
    const files: StickFile[] = [];
    for (const name of bundles) {
      const file = join(folder, name);
      const found = await stat(file);
      if (!found.isFile()) continue;
      const answered = answers.has(answerNameOf(file).toLowerCase());
      const modifiedAt = Math.max(0, Math.floor(found.mtimeMs));
      const of = { file, name: shownName(name), bytes: found.size, modifiedAt, named: namedOf(name), answered };
      files.push({ ...of, facts: null, problem: null });
    }
    return files.toSorted((left, right) => right.modifiedAt - left.modifiedAt);
  });
}

/** Bytes of a file from a place on, at most so many; fewer at its end. */
export async function bytesAt(file: string, from: number, most: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(most);
    const { bytesRead } = await handle.read(buffer, 0, most, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** SHA-256 of a file (base64url), read once from end to end; tells how far it is. */
export async function digestOf(file: string, onBytes: (bytes: number) => void): Promise<string> {
  const digest = createHash('sha256');
  for await (const piece of createReadStream(file)) {
    digest.update(piece as Uint8Array); // a stream without an encoding
    onBytes((piece as Uint8Array).length);
  }
  return digest.digest('base64url');
}
