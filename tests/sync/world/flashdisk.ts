import { createReadStream, mkdirSync, truncateSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importBundle } from '../../../src/province/bundles/import-bundle.ts';
import { writeAnswer } from '../../../src/province/bundles/write-answer.ts';
import { findDevice } from '../../../src/province/enrolment/device-store.ts';
import { MINUTE_MS } from './virtual-time.ts';
import { attempt, type Place, type World } from './world.ts';

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** What happens to a stick between the counter and the province. */
type Journey = 'whole' | 'cut' | 'twice' | 'answer-lost';

/** The province takes a file in and writes its answer; null when it cannot tell whose file it is. */
async function imported({ province }: World, file: string): Promise<Uint8Array | null> {
  const context = province.context();
  const { manifest, imported: found } = await importBundle(context, createReadStream(file));
  const device = manifest === null ? undefined : await findDevice(context.db, manifest.deviceId);
  if (manifest === null || device === undefined) return null;
  const custodyReceipts = found.devices.flatMap((one) => one.custodyReceipts);
  return await bytesOf(await writeAnswer(context, { device, manifest, custodyReceipts, withRegistry: true }));
}

/** Entries go to the province on a stick and their receipts come back on it: whole, cut, twice, or without an answer. */
export async function carryStick(world: World, place: Place): Promise<void> {
  const { counter, chance } = place;
  const journey: Journey = chance.pick(['whole', 'whole', 'cut', 'twice', 'answer-lost']);
  await attempt(world, place, async () => {
    const folder = join(world.base, `carried-${String(counter.index)}`);
    mkdirSync(folder, { recursive: true });
    const exported = await counter.ask('bundle.export', { to: folder });
    world.trace.note(counter.index, 'stick', journey, exported.ok ? exported.value.entries : exported.error.code);
    if (!exported.ok) return;
    const { file } = exported.value;
    if (journey === 'cut') truncateSync(file, Math.floor(statSync(file).size * chance.next()));
    world.time.now += 30 * MINUTE_MS;
    let answer = await imported(world, file);
    if (journey === 'twice') answer = await imported(world, file);
    world.queue.put(world.time.now + MINUTE_MS, -1, { kind: 'book' });
    if (answer === null || journey === 'answer-lost') return;
    const answerFile = `${file}.answer.opop`;
    writeFileSync(answerFile, answer);
    const taken = await counter.ask('answer.import', { file: answerFile });
    world.trace.note(counter.index, 'answer', taken.ok ? 'ok' : taken.error.code);
  });
}
