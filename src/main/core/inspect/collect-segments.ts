import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { devicesIn, listSegments, segmentFile, segmentFolder } from '../journal/mirror-folder.ts';

/** A segment that was copied, under a name that says whose it is. */
export type CollectedFile = { readonly fromDeviceId: string; readonly file: string };

/**
 * Copies every segment of a medium into a folder for a flashdisk: the files go as they are, and the province takes each
 * by `province import-bundle`. A copy that is there already stays.
 */
export async function collectSegments(folder: string, out: string): Promise<Result<readonly CollectedFile[], Refusal>> {
  const devices = existsSync(folder) ? await devicesIn(folder) : [];
  const copied: CollectedFile[] = [];
  for (const fromDeviceId of devices) {
    const { segments } = await listSegments(folder, fromDeviceId);
    for (const segment of segments) {
      const file = `${fromDeviceId}-${segmentFile(segment)}`;
      mkdirSync(out, { recursive: true });
      copyFileSync(join(segmentFolder(folder, fromDeviceId), segmentFile(segment)), join(out, file));
      copied.push({ fromDeviceId, file });
    }
  }
  return copied.length > 0 ? ok(copied) : err({ code: 'NOT_FOUND' });
}
