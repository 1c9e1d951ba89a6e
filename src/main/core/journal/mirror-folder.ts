import { hash } from 'node:crypto';
import { readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { err, ok, type Result } from '../../../domain/result.ts';
import { writeDurably } from '../db/durable-file.ts';
import { fileFault } from '../db/medium-fault.ts';
import { writeIntoFolder } from '../db/write-into-folder.ts';

/** The folder that a second copy makes on a medium; a flashdisk may hold other things. */
const FOLDER = 'opop-cadangan';
const ENDING = '.opop';

/** Which entries are in a segment, and the end of their chain. */
export type SegmentSpan = {
  readonly fromSeq: number;
  readonly toSeq: number;
  /** The first 16 hex digits of the SHA-256 of the last entry's hash: it tells one history from another. */
  readonly headTag: string;
};

/** A segment by its name. */
export type SegmentName = SegmentSpan & {
  /** The first 16 hex digits of the SHA-256 of the file: it proves itself when it is read back. Null in older names. */
  readonly digest: string | null;
};

const tagOf = (what: string | Uint8Array): string => hash('sha256', what, 'hex').slice(0, 16);

/** What a segment's name says of the hash of its last entry. */
export function headTag(entryHash: string): string {
  return tagOf(entryHash);
}

/** `000000101-000000120-3f9a1c0b2d4e5f60-9b2e44d0a1c37f58.opop`: digits only, for every file system. */
export function segmentFile({ fromSeq, toSeq, headTag: tag, digest }: SegmentName): string {
  const padded = (seq: number): string => String(seq).padStart(9, '0');
  return `${padded(fromSeq)}-${padded(toSeq)}-${tag}${digest === null ? '' : `-${digest}`}${ENDING}`;
}

/** The segment of a file name; undefined for every other file, also for one whose places no journal can have. */
export function parseSegmentFile(file: string): SegmentName | undefined {
  // At most fifteen digits: a larger number is not exact, and an entry that names it could not be made.
  const form = /^(\d{9,15})-(\d{9,15})-([0-9a-f]{16})(?:-([0-9a-f]{16}))?\.opop$/;
  const [, from, to, tag, digest] = form.exec(file) ?? [];
  if (from === undefined || to === undefined || tag === undefined) return undefined;
  const [fromSeq, toSeq] = [Number(from), Number(to)];
  return fromSeq < 1 || toSeq < fromSeq ? undefined : { fromSeq, toSeq, headTag: tag, digest: digest ?? null };
}

/** `<folder>/opop-cadangan/<deviceId>`: the segments of one device. */
export function segmentFolder(folder: string, deviceId: string): string {
  return join(folder, FOLDER, deviceId);
}

/** Names of the devices that have segments under a folder; empty when there are none. Throws what the file system answers. */
export async function devicesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, FOLDER)).catch((error: unknown) => {
    if (fileFault(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => /^[0-9a-f-]{36}$/.test(name)).sort();
}

/** The segment files of one device, oldest first, and the names of what is none. Throws what the file system answers. */
export async function listSegments(
  folder: string,
  deviceId: string,
): Promise<{ readonly segments: readonly SegmentName[]; readonly others: readonly string[] }> {
  const names = await readdir(segmentFolder(folder, deviceId)).catch((error: unknown) => {
    if (fileFault(error) === 'ENOENT') return [];
    throw error;
  });
  const segments = names.flatMap((name) => parseSegmentFile(name) ?? []);
  // A file that a power cut left half written has an ending of its own.
  const others = names.filter((name) => parseSegmentFile(name) === undefined && !name.endsWith('.unfinished'));
  return { segments: segments.sort((left, right) => left.fromSeq - right.fromSeq), others: others.sort() };
}

/**
 * Writes a segment: "temp, fsync, rename, fsync folder". The medium's own folder must be there: a flashdisk that was
 * pulled out leaves its mount point, and nothing may be written into that. Throws what the file system answers.
 */
export async function writeSegment(
  folder: string,
  deviceId: string,
  span: SegmentSpan,
  bytes: Uint8Array,
): Promise<SegmentName> {
  const name = { ...span, digest: tagOf(bytes) };
  const place = segmentFolder(folder, deviceId);
  // By the span alone: what a power cut left half is replaced by the next try, whose sealed bytes are others.
  const unfinished = join(place, `${segmentFile({ ...span, digest: null })}.unfinished`);
  await writeIntoFolder(join(place, segmentFile(name)), bytes, { unfinished });
  return name;
}

/** Whether a segment, read back, is still every byte of what was written; one with an older name cannot be known. */
export async function isIntact(folder: string, deviceId: string, name: SegmentName): Promise<boolean> {
  if (name.digest === null) return false;
  try {
    return tagOf(await readFile(join(segmentFolder(folder, deviceId), segmentFile(name)))) === name.digest;
  } catch (error) {
    if (fileFault(error) === 'UNKNOWN') throw error;
    return false; // what does not come back from the medium is written again
  }
}

/** Removes segments; one that is gone already is no fault. */
export async function removeSegments(
  folder: string,
  deviceId: string,
  segments: readonly SegmentName[],
): Promise<void> {
  for (const name of segments) await rm(join(segmentFolder(folder, deviceId), segmentFile(name)), { force: true });
}

/** A medium that went away and came back empty is told from itself by this file, which the first choice of it wrote. */
const SIGN = 'opop-cadangan.txt';
const SIGN_TEXT = 'Folder cadangan Loket OPOP. Isinya tersandi dan hanya dapat dibaca Bapenda. Jangan dihapus.\n';

/** Whether the medium that was chosen is there, and not the empty folder in which it was mounted. */
export async function isMediumThere(folder: string): Promise<boolean> {
  try {
    return (await stat(join(folder, SIGN))).isFile();
  } catch (error) {
    if (fileFault(error) === 'UNKNOWN') throw error;
    return false; // whatever the file system answers, a second copy cannot be made there now
  }
}

/** Why a folder does not become the place of the second copy. */
export type FolderRefusal = 'NOT_ABSOLUTE' | 'INSIDE_DATA' | 'NOT_THERE' | 'NOT_WRITABLE';

const isInside = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}${sep}`);

/**
 * Takes a folder as the place of the second copy: it must be there, outside the data folder, and take a file that is
 * synced. Answers whether it lies on another disk than the data.
 */
export async function claimFolder(
  folder: string,
  dataDir: string,
): Promise<Result<{ readonly otherDisk: boolean }, FolderRefusal>> {
  if (!isAbsolute(folder)) return err('NOT_ABSOLUTE');
  let real: { readonly folder: string; readonly data: string };
  try {
    real = { folder: await realpath(folder), data: await realpath(dataDir) };
    if (!(await stat(real.folder)).isDirectory()) return err('NOT_THERE');
  } catch (_notThere) {
    return err('NOT_THERE'); // said to whoever chose it
  }
  if (isInside(real.folder, real.data)) return err('INSIDE_DATA');
  try {
    await writeDurably(join(real.folder, SIGN), SIGN_TEXT, { mode: 0o644 });
  } catch (_refused) {
    return err('NOT_WRITABLE'); // said to whoever chose it
  }
  const [own, data] = [await stat(real.folder), await stat(real.data)];
  return ok({ otherDisk: own.dev !== data.dev });
}
