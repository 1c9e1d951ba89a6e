import type { Refusal } from '../../../contract/errors.ts';
import type { UpdateManifest } from '../../../contract/update.ts';
import type { Result } from '../../../domain/result.ts';
import type { StorageRefusal } from '../db/storage-refusal.ts';
import type { UpdateRefusal } from './read-manifest.ts';

/** Brings an archive that the province offers by the line; `into` is a file that may hold its beginning already. */
export type UpdateSource = {
  readonly offered: (version: string, platform: string) => Promise<Result<unknown, Refusal<'NO_LINE'>>>;
  readonly fetch: (
    manifest: UpdateManifest,
    into: string,
  ) => Promise<Result<void, Refusal<'NO_LINE'> | UpdateRefusal | StorageRefusal>>;
};
