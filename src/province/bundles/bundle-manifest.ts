import type { z } from 'zod';
import { type BundleManifest, bundleManifestSchema, FRAME_KIND } from '../../contract/bundle.ts';
import type { Frame } from '../../contract/bundle-frames.ts';
import { CERTIFICATE_CONTEXT } from '../../contract/receipt-statement.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { verifyText } from '../crypto/ed25519.ts';
import type { ProvinceContext } from '../province-context.ts';
import { refuseTraining } from '../training.ts';

/** The JSON of a frame by its schema; undefined when it is not of it. */
export function parseFrame<T>(schema: z.ZodType<T>, payload: Uint8Array): T | undefined {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(payload).toString('utf8'))).data;
  } catch (_notJson) {
    return undefined; // the frame is named as unreadable
  }
}

/** Why a manifest is not believed, before anything after it is read (OPOP-Sync/1 12.2). */
function manifestProblem(context: ProvinceContext, { certificate, deviceId }: BundleManifest): string | null {
  const { keys } = context;
  if (certificate.certificate.environment !== undefined) return refuseTraining(context, 'bundle', deviceId).error;
  if (certificate.rootKeyId !== keys.root.keyId) return 'OTHER_PROVINCE';
  const text = canonicalJson(certificate.certificate);
  if (!verifyText(keys.root.publicKey, CERTIFICATE_CONTEXT, text, certificate.sig)) return 'CERTIFICATE_FORGED';
  return certificate.certificate.deviceId === deviceId ? null : 'OTHER_DEVICE';
}

/** The manifest in the first frame of a file, or why it is not believed; codes only. */
export function readManifest(context: ProvinceContext, frame: Frame): Result<BundleManifest, string> {
  const manifest = frame.kind === FRAME_KIND.manifest ? parseFrame(bundleManifestSchema, frame.payload) : undefined;
  if (manifest === undefined) return err('NO_MANIFEST');
  const problem = manifestProblem(context, manifest);
  return problem === null ? ok(manifest) : err(problem);
}
