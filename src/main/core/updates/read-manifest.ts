import { readFile, stat } from 'node:fs/promises';
import type { Refusal } from '../../../contract/errors.ts';
import {
  MANIFEST_END,
  signedManifestSchema,
  UPDATE_CONTEXT,
  type UpdateManifest,
  updateManifestSchema,
} from '../../../contract/update.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { isNewerVersion } from '../../../domain/version.ts';
import { verify } from '../journal/signing.ts';
import { findSigningKey, type ProvinceKey } from '../rules/rules-store.ts';

/** Why an update is not taken; nothing was changed. */
export type UpdateRefusal = Refusal<'UPDATE_REFUSED'>;

export const refuseUpdate = (
  reason: string,
  facts: Readonly<Record<string, string | number>> = {},
): { readonly ok: false; readonly error: UpdateRefusal } =>
  err({ code: 'UPDATE_REFUSED', details: { reason, ...facts } });

/** A manifest is some hundred signs; whatever is longer is none. */
const MANIFEST_MAX_BYTES = 16_384;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (_noJson) {
    return undefined;
  }
}

/** What the running program is, against which an update is judged. */
export type Running = { readonly version: string; readonly platform: string; readonly schema: number };

/**
 * The manifest inside a signed text, once a signing key of the province vouches for it, and it is for this platform, newer
 * than what runs, and knows every migration that this program knows: a program never goes backwards.
 */
export function judgeManifest(
  signed: unknown,
  keys: readonly ProvinceKey[],
  running: Running,
): Result<UpdateManifest, UpdateRefusal> {
  const outer = signedManifestSchema.safeParse(signed);
  if (!outer.success) return refuseUpdate('MANIFEST');
  const { text, keyId, sig } = outer.data;
  const parsed = updateManifestSchema.safeParse(parseJson(text));
  if (!parsed.success) return refuseUpdate('MANIFEST');
  const manifest = parsed.data;
  const key = findSigningKey(keys, keyId, manifest.signedAt);
  if (key === undefined || !verify(UPDATE_CONTEXT, text, sig, key.publicKey)) return refuseUpdate('SIGNATURE');
  const { version } = manifest;
  if (manifest.platform !== running.platform) return refuseUpdate('PLATFORM', { platform: manifest.platform });
  if (!isNewerVersion(version, running.version)) return refuseUpdate('OLDER', { version, running: running.version });
  if (manifest.schema < running.schema) return refuseUpdate('OLDER_SCHEMA', { version });
  return ok(manifest);
}

/** The text beside an archive; unparsed, because nothing of it is believed yet. */
export async function readManifestFile(archive: string): Promise<Result<unknown, UpdateRefusal>> {
  const file = `${archive}${MANIFEST_END}`;
  try {
    if ((await stat(file)).size > MANIFEST_MAX_BYTES) return refuseUpdate('MANIFEST');
    return ok(parseJson(await readFile(file, 'utf8')));
  } catch (_gone) {
    return refuseUpdate('NOT_THERE');
  }
}
