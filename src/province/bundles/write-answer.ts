import { v7 as uuidV7 } from 'uuid';
import {
  type AnswerManifest,
  type BundleManifest,
  BUNDLE_MAX_BYTES,
  BUNDLE_MAX_FRAMES,
  FRAME_KIND,
} from '../../contract/bundle.ts';
import { encodeFrame } from '../../contract/bundle-frames.ts';
import { type FeedName, feedPageSchema } from '../../contract/feeds.ts';
import type { SignedText } from '../../contract/primitives.ts';
import { sealStream } from '../crypto/age-file.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { findOutlet } from '../enrolment/enrolment.ts';
import { registryScope } from '../feeds/sealed-feeds.ts';
import { serveFeed } from '../feeds/serve-feed.ts';
import { keyStatements } from '../keys/key-statements.ts';
import { currentIncarnation } from '../restore/incarnation.ts';
import type { ProvinceContext } from '../province-context.ts';

/** What an answer file is made of. */
export type AnswerOrder = {
  readonly device: KnownDevice;
  /** The bundle that is answered; null where a device without a line only gets its feeds. */
  readonly manifest: Pick<BundleManifest, 'bundleId'> | null;
  readonly custodyReceipts: readonly SignedText[];
  readonly documentReceipts?: readonly SignedText[];
  /** Pages of the registry are long: a counter that only needs its receipts does without them. */
  readonly withRegistry: boolean;
};

type Followed = { readonly feed: FeedName; readonly scope: string };

/** Feeds of a device in the order in which they are applied: keys first, because they open the rest; the long ones last. */
async function feedsOf(context: ProvinceContext, { device, withRegistry }: AnswerOrder): Promise<readonly Followed[]> {
  const areas = (await findOutlet(context.db, device.outletId))?.areas ?? [];
  const forAll = ['keys', 'policy', 'rules', 'services', 'releases', 'receipts-void'] as const;
  return [
    ...forAll.map((feed) => ({ feed, scope: 'all' })),
    { feed: 'officers', scope: device.deviceId },
    { feed: 'decisions', scope: device.deviceId },
    { feed: 'announcements', scope: device.deviceId },
    ...areas.map((area): Followed => ({ feed: 'blocks', scope: area })),
    ...(withRegistry
      ? areas.map((area): Followed => ({ feed: 'registry', scope: registryScope(device.deviceId, area) }))
      : []),
  ];
}

/** Every page of a feed, as the device would pull it; none while feeds are frozen. */
async function* pagesOf(
  context: ProvinceContext,
  device: KnownDevice,
  { feed, scope }: Followed,
): AsyncGenerator<SignedText> {
  for (let after = 0; ; ) {
    const served = await serveFeed(context, device, { feed, scope, after });
    if (!served.ok) return;
    for (const page of served.value.pages) yield page;
    const last = served.value.pages.at(-1);
    if (last === undefined || !served.value.more) return;
    after = feedPageSchema.parse(JSON.parse(last.text)).to;
  }
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8');

type PlainFrame = { readonly kind: number; readonly payload: Uint8Array };

async function* framesOf(context: ProvinceContext, order: AnswerOrder): AsyncGenerator<PlainFrame> {
  const { device, custodyReceipts } = order;
  const answerId = uuidV7({ msecs: context.now() });
  const manifest: AnswerManifest = {
    v: 1,
    kind: 'answer',
    answerId,
    bundleId: order.manifest?.bundleId ?? answerId,
    deviceId: device.deviceId,
    incarnation: await currentIncarnation(context.db),
    madeAt: context.now(),
  };
  yield { kind: FRAME_KIND.manifest, payload: json(manifest) };
  yield { kind: FRAME_KIND.keyStatements, payload: json(await keyStatements(context)) };
  for (const receipt of custodyReceipts) yield { kind: FRAME_KIND.custodyReceipt, payload: json(receipt) };
  for (const receipt of order.documentReceipts ?? []) {
    yield { kind: FRAME_KIND.documentReceipt, payload: json(receipt) };
  }
  for (const followed of await feedsOf(context, order)) {
    for await (const page of pagesOf(context, device, followed)) {
      yield { kind: FRAME_KIND.feedPage, payload: json({ ...followed, page }) };
    }
  }
}

/** Room that the end frame and the seal of age take at most. */
const RESERVE_BYTES = 1024 * 1024;

/** Frames as bytes, with their end; pages that would go beyond the limits of a file stay out, the device pulls them later. */
async function* plainBytes(context: ProvinceContext, order: AnswerOrder): AsyncGenerator<Uint8Array> {
  const sum = { frames: 0, bytes: 0 };
  for await (const { kind, payload } of framesOf(context, order)) {
    const frame = encodeFrame(kind, payload);
    const isFull = sum.bytes + frame.length > BUNDLE_MAX_BYTES - RESERVE_BYTES || sum.frames + 1 >= BUNDLE_MAX_FRAMES;
    if (isFull) {
      context.log('warn', 'ANSWER_FULL', { device: order.device.deviceId, frames: sum.frames });
      break;
    }
    sum.frames += 1;
    sum.bytes += frame.length;
    yield frame;
  }
  yield encodeFrame(FRAME_KIND.end, json({ frames: sum.frames }));
}

/**
 * The answer to a bundle, sealed to the device that it came from: custody receipts, key statements and the pages of its
 * feeds, in the order in which they are applied; also without a bundle, for a device that never had a line and can seal
 * nothing yet. Streams, so that a whole registry does not stand in memory.
 */
export async function writeAnswer(context: ProvinceContext, order: AnswerOrder): Promise<ReadableStream<Uint8Array>> {
  return sealStream(plainBytes(context, order), order.device.sealingKey);
}
