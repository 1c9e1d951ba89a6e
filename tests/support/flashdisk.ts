import { createReadStream, createWriteStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import type { BundleImport } from '../../src/contract/carried.ts';
import { importBundle } from '../../src/province/bundles/import-bundle.ts';
import { writeAnswer } from '../../src/province/bundles/write-answer.ts';
import { findDevice } from '../../src/province/enrolment/device-store.ts';
import type { TestCounter } from './test-counter.ts';
import type { TestProvince } from './test-province.ts';

type Carried = { readonly imported: BundleImport; readonly answer: string };

/** The same for a file that may have been cut: null where it does not even say whose it is, so that nobody is answered. */
export async function carriedIfReadable({ province }: TestProvince, file: string): Promise<Carried | null> {
  const { context } = province;
  const { manifest, imported } = await importBundle(context, createReadStream(file));
  const device = manifest === null ? undefined : await findDevice(context.db, manifest.deviceId);
  if (manifest === null || device === undefined) return null;
  const { custodyReceipts, documentReceipts } = imported.devices[0] ?? { custodyReceipts: [], documentReceipts: [] };
  const order = { device, manifest, custodyReceipts, documentReceipts, withRegistry: false };
  const stream = await writeAnswer(context, order);
  const answer = `${file}.answer`;
  // The library names its stream by the browser's type; it is Node's own.
  await pipeline(Readable.fromWeb(stream as NodeStream), createWriteStream(answer));
  return { imported, answer };
}

/** The province's feeds for a device that has no line, on a stick: the file. */
export async function feedsOnStick({ province }: TestProvince, deviceId: string, stick: string): Promise<string> {
  const { context } = province;
  const device = await findDevice(context.db, deviceId);
  if (device === undefined) throw new Error(`no device ${deviceId}`);
  const stream = await writeAnswer(context, { device, manifest: null, custodyReceipts: [], withRegistry: true });
  const file = join(stick, 'feeds.opop');
  // The library names its stream by the browser's type; it is Node's own.
  await pipeline(Readable.fromWeb(stream as NodeStream), createWriteStream(file));
  return file;
}

/** Somebody carries a bundle to the province: what it found, and the answer file that it wrote beside the bundle. */
export async function carried(province: TestProvince, file: string): Promise<Carried> {
  const taken = await carriedIfReadable(province, file);
  if (taken === null) throw new Error(`${file} says not whose it is`);
  return taken;
}

/** The whole round on a flashdisk: out, to the province, back. */
export async function byFlashdisk(counter: TestCounter, province: TestProvince, stick: string) {
  const exported = await counter.get('bundle.export', { to: stick });
  const { imported, answer } = await carried(province, exported.file);
  return { exported, imported, taken: await counter.get('answer.import', { file: answer }) };
}

/** Names of the files on a stick. */
export const filesOn = (stick: string): readonly string[] => readdirSync(join(stick)).toSorted();
