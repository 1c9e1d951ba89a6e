import { randomBytes } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import type { BundleManifest } from '../../src/contract/bundle.ts';
import type { SignedEntry } from '../../src/contract/journal-entry.ts';
import { type AnswerEnd, type AnswerPart, readAnswer } from '../../src/main/core/bundle/read-answer.ts';
import { writeBundle } from '../../src/main/core/bundle/write-bundle.ts';
import type { TestDevice } from './test-device.ts';

/** The manifest of a file with these entries of a device. */
export function manifestOf(device: TestDevice, entries: readonly SignedEntry[]): BundleManifest {
  return {
    v: 1,
    kind: 'bundle',
    bundleId: uuidV7(),
    deviceId: device.deviceId,
    certificate: device.enrolment.certificate,
    appVersion: 'test',
    madeAt: 1_773_111_600_000,
    fromSeq: 1,
    toSeq: Math.max(1, entries.length),
    entries: entries.length,
  };
}

/** A push request as text, with the body keys of the device when they are asked for. */
export async function pushText(device: TestDevice, entries: readonly SignedEntry[], withKeys = false): Promise<string> {
  return JSON.stringify({ entries, subjectKeys: withKeys ? await device.subjectKeys() : [], damaged: [] });
}

/** A bundle of batches, made by the counter's own code and sealed to the province's key. */
export async function bundleOf(
  device: TestDevice,
  batches: readonly (readonly SignedEntry[])[],
  options: { readonly keys?: boolean; readonly manifest?: BundleManifest } = {},
): Promise<Uint8Array> {
  const texts: string[] = [];
  for (const batch of batches) texts.push(await pushText(device, batch, options.keys));
  const manifest = options.manifest ?? manifestOf(device, batches.flat());
  return writeBundle({ manifest, batches: texts }, [device.sealingKeyOfProvince().publicKey]);
}

/** Bytes in pieces of any size, as a disk or a line gives them. */
export async function* inPieces(bytes: Uint8Array, size = 50_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Everything in an answer file, opened by the device as a counter would. */
export async function openAnswer(
  device: TestDevice,
  file: AsyncIterable<Uint8Array>,
): Promise<AnswerEnd & { readonly parts: readonly AnswerPart[] }> {
  const parts: AnswerPart[] = [];
  const end = await readAnswer(file, device.sealing.privateKey, async (part) => {
    parts.push(part);
    return true;
  });
  return { ...end, parts };
}

/** Appends entries of about `bytes` each that any province accepts: unknown fields of a body are ignored. */
export function appendPadded(device: TestDevice, count: number, bytes: number): readonly SignedEntry[] {
  return Array.from({ length: count }, () =>
    device.append({
      type: 'personal-data.viewed',
      officerId: null,
      body: { what: 'search', count: 1, padding: randomBytes((bytes * 3) / 4).toString('base64url') },
    }),
  );
}
