import { type BundleManifest, bundleManifestSchema, FRAME_KIND } from '../../../contract/bundle.ts';
import { encodeFrame } from '../../../contract/bundle-frames.ts';
import { type CarriedPage, encodeCarriedPage } from '../../../contract/carried-page.ts';
import { sealFile } from './age-sealing.ts';

/** What one `*.opop` file carries. */
export type BundleContent = {
  readonly manifest: BundleManifest;
  /** Texts of push requests, byte for byte as a line would carry them. */
  readonly batches: readonly string[];
  /** Pages of papers, after the entries. */
  readonly pages?: readonly CarriedPage[];
};

/**
 * A `*.opop` file: "one file, age v1 encryption to the province, length-prefixed frames: manifest, the same push batches
 * byte for byte" (OPOP-Sync/1 12.1). `recipients` are raw public sealing keys of the province, base64url.
 * Throws on a manifest that no reader takes, a batch beyond a frame's limit, or no recipient: bugs.
 */
export async function writeBundle(content: BundleContent, recipients: readonly string[]): Promise<Uint8Array> {
  const json = (value: object): Buffer => Buffer.from(JSON.stringify(value), 'utf8');
  const frames = [
    encodeFrame(FRAME_KIND.manifest, json(bundleManifestSchema.parse(content.manifest))),
    ...content.batches.map((batch) => encodeFrame(FRAME_KIND.push, Buffer.from(batch, 'utf8'))),
    ...(content.pages ?? []).map((page) => encodeFrame(FRAME_KIND.document, encodeCarriedPage(page))),
  ];
  const end = encodeFrame(FRAME_KIND.end, json({ frames: frames.length }));
  return await sealFile(Buffer.concat([...frames, end]), recipients);
}
