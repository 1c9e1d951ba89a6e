import { type BundleManifest, endFrameSchema, FRAME_KIND } from '../../contract/bundle.ts';
import { createFrameReader, type Frame, type FrameLimits } from '../../contract/bundle-frames.ts';
import { decodeCarriedPage } from '../../contract/carried-page.ts';
import type { SignedText } from '../../contract/primitives.ts';
import type { BundleImport } from '../../contract/carried.ts';
import { sentPushSchema } from '../../contract/sync-protocol.ts';
import { openStream } from '../crypto/age-file.ts';
import { pageReceipt } from '../documents/page-receipts.ts';
import { takeCarriedPage } from '../documents/take-carried-page.ts';
import { receiveCarried } from '../ingest/carried.ts';
import { fullPush } from '../ingest/lean-entry.ts';
import type { ProvinceContext } from '../province-context.ts';
import { parseFrame, readManifest } from './bundle-manifest.ts';

/** What an import found, and whose file it was; null when nothing could be read of it. */
export type ImportedBundle = { readonly manifest: BundleManifest | null; readonly imported: BundleImport };

const MOST_PROBLEMS = 100;
/** Pushes in one file: each is a transaction, and each leaves a custody receipt in the answer. */
const MOST_PUSHES = 2000;
/** Pages in one file: more do not fit into its limit of bytes. */
const MOST_DOCUMENTS = 5000;

/** Whether a bundle may come in, by its manifest, before anything after it is read; a reason, or null. */
type Admit = (manifest: BundleManifest) => Promise<string | null>;

/** One import while it runs. */
class BundleReading {
  readonly #context: ProvinceContext;
  readonly #admit: Admit;
  readonly #problems: { frame: number; reason: string }[] = [];
  readonly #receipts: SignedText[] = [];
  readonly #documentReceipts: SignedText[] = [];
  readonly #counts = { entries: 0, accepted: 0, duplicate: 0, pending: 0, quarantined: 0 };
  #manifest: BundleManifest | null = null;
  #frames = 0;
  #isStopped = false;
  #hasEnd = false;

  constructor(context: ProvinceContext, admit: Admit) {
    this.#context = context;
    this.#admit = admit;
  }

  /** A frame that is left out; the last place in the list is for the reason why reading ended. */
  #leaveOut(reason: string, frame: number): true {
    if (this.#problems.length < MOST_PROBLEMS - 1) this.#problems.push({ frame, reason });
    return true;
  }

  /** Why nothing is read from here on. */
  stop(reason: string, frame = this.#frames): false {
    if (!this.#isStopped) this.#problems.push({ frame, reason });
    this.#isStopped = true;
    return false;
  }

  /** True while reading goes on. */
  async take(frame: Frame): Promise<boolean> {
    const number = this.#frames;
    this.#frames += 1;
    if (this.#manifest === null) return this.#begin(frame, number);
    switch (frame.kind) {
      case FRAME_KIND.push:
        return this.#push(this.#manifest, frame, number);
      case FRAME_KIND.document:
        return this.#document(this.#manifest, frame, number);
      case FRAME_KIND.end:
        this.#hasEnd = parseFrame(endFrameSchema, frame.payload)?.frames === number;
        if (!this.#hasEnd) return this.stop('END_UNREADABLE', number);
        this.#isStopped = true;
        return false;
      default:
        return this.#leaveOut('FRAME_KIND_UNKNOWN', number);
    }
  }

  async #begin(frame: Frame, number: number): Promise<boolean> {
    const manifest = readManifest(this.#context, frame);
    if (!manifest.ok) return this.stop(manifest.error, number);
    const problem = await this.#admit(manifest.value);
    if (problem !== null) return this.stop(problem, number);
    this.#manifest = manifest.value;
    return true;
  }

  async #push(manifest: BundleManifest, frame: Frame, number: number): Promise<boolean> {
    const sent = parseFrame(sentPushSchema, frame.payload);
    if (sent === undefined) return this.#leaveOut('FRAME_UNREADABLE', number);
    if (sent.entries.length === 0 && sent.damaged.length === 0) return true;
    if (this.#receipts.length >= MOST_PUSHES) return this.stop('TOO_MANY_PUSHES', number);
    const request = fullPush(sent);
    const received = await receiveCarried(this.#context, { certificate: manifest.certificate, request });
    if (!received.ok) return this.#leaveOut(received.error, number);
    const { custodyReceipt, counts } = received.value;
    this.#receipts.push(custodyReceipt);
    this.#counts.entries += request.entries.length + request.damaged.length;
    this.#counts.accepted += counts.accepted;
    this.#counts.duplicate += counts.duplicate;
    this.#counts.pending += counts.pending;
    this.#counts.quarantined += counts.quarantined;
    return true;
  }

  async #document(manifest: BundleManifest, frame: Frame, number: number): Promise<boolean> {
    const carried = decodeCarriedPage(frame.payload);
    if (carried === undefined) return this.#leaveOut('FRAME_UNREADABLE', number);
    if (this.#documentReceipts.length >= MOST_DOCUMENTS) return this.stop('TOO_MANY_DOCUMENTS', number);
    const taken = await takeCarriedPage(this.#context, manifest.certificate, carried);
    if (!taken.ok) return this.#leaveOut(taken.error, number);
    this.#documentReceipts.push(await pageReceipt(this.#context, manifest.deviceId, taken.value));
    return true;
  }

  /** What was found; a file that ended without its last frame was cut. */
  end(): ImportedBundle {
    if (!this.#isStopped) this.stop('CUT_OR_DAMAGED');
    const manifest = this.#manifest;
    const device = (of: BundleManifest) => ({
      deviceId: of.deviceId,
      ...this.#counts,
      custodyReceipts: this.#receipts,
      documentReceipts: this.#documentReceipts,
    });
    return {
      manifest,
      imported: {
        frames: this.#frames,
        complete: this.#hasEnd,
        problems: this.#problems,
        devices: manifest === null ? [] : [device(manifest)],
      },
    };
  }
}

/**
 * Takes a bundle or mirror file into custody as it streams by: "any order, any number of times, cut at any byte: the same end
 * state for the frames that verify" (OPOP-Sync/1 12.1). Each push frame is one transaction. Throws only where the
 * database fails; importing the same file again goes on from there.
 */
export async function importBundle(
  context: ProvinceContext,
  source: AsyncIterable<Uint8Array>,
  limits?: FrameLimits,
  admit: Admit = async () => null,
): Promise<ImportedBundle> {
  const frameReader = createFrameReader(limits);
  const reading = new BundleReading(context, admit);
  const fault = await openStream(source, context.keys.sealingKeys, async (piece) => {
    const { frames, fault: frameFault } = frameReader.push(piece);
    for (const frame of frames) if (!(await reading.take(frame))) return false;
    return frameFault === null || reading.stop(frameFault);
  });
  if (fault !== null) reading.stop(fault);
  const found = reading.end();
  context.log('info', 'BUNDLE_IMPORTED', {
    device: found.manifest?.deviceId ?? null,
    frames: found.imported.frames,
    complete: found.imported.complete,
  });
  return found;
}
