import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat, statfs } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { UpdateManifest } from '../../../contract/update.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { fileFault } from '../db/medium-fault.ts';
import { refuseUpdate, type UpdateRefusal } from './read-manifest.ts';

/** An archive unpacks to about three times its size; as much again stays free for the work. */
const ROOM_FOR_ARCHIVE = 5;
/** The copy that is saved and the one on which the new program is tried. */
const ROOM_FOR_DATA = 3;

/** Whether there is room for what an update needs. */
export async function checkRoom(
  folder: string,
  { size }: Pick<UpdateManifest, 'size'>,
  databaseBytes: number,
): Promise<Result<void, UpdateRefusal>> {
  const disk = await statfs(folder);
  const needed = size * ROOM_FOR_ARCHIVE + databaseBytes * ROOM_FOR_DATA;
  const free = disk.bavail * disk.bsize;
  if (free >= needed) return ok(undefined);
  return refuseUpdate('DISK', { missingMb: Math.ceil((needed - free) / 1_048_576) });
}

/**
 * Copies an archive from where it lies to `target` and proves the copy: what is unpacked is what was hashed, whatever
 * becomes of the flashdisk meanwhile. A copy that is not whole is removed.
 */
export async function takeArchive(
  archive: string,
  target: string,
  { size, sha256 }: Pick<UpdateManifest, 'size' | 'sha256'>,
): Promise<Result<void, UpdateRefusal>> {
  const refuse = async (reason: string): Promise<Result<void, UpdateRefusal>> => {
    await rm(target, { force: true });
    return refuseUpdate(reason);
  };
  try {
    // Looked at before: an archive that was cut needs no copy, and one that grew would fill the disk.
    if ((await stat(archive)).size !== size) return await refuse('SIZE');
    await pipeline(createReadStream(archive), createWriteStream(target, { mode: 0o600 }));
    const hash = createHash('sha256');
    await pipeline(createReadStream(target), hash);
    if ((await stat(target)).size !== size) return await refuse('SIZE');
    return hash.digest('base64url') === sha256 ? ok(undefined) : await refuse('CONTENT');
  } catch (fault) {
    const code = fileFault(fault);
    return await refuse(code === 'ENOSPC' || code === 'EDQUOT' ? 'DISK' : code === 'ENOENT' ? 'NOT_THERE' : 'MEDIUM');
  }
}
