import { basename, join } from 'node:path';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import type { Destroyed } from './truth.ts';
import { addPlace, attempt, type Place, type World } from './world.ts';

const SENT_SALES = `SELECT e.text FROM entry e JOIN delivery d ON d.seq = e.seq
  WHERE e.type = 'transaction.paid' AND d.state IN ('acknowledged', 'quarantined') AND e.seq > ?`;

type Head = { readonly seq: number; readonly deviceId: string; readonly ackSeq: number };

/** Looks at a database past the program: where its journal ends, and how far it knows itself in custody. */
function headOf(file: string): Head {
  const handle = openHandle(file, { readOnly: true, create: false, busyTimeoutMs: 1000 });
  try {
    return {
      seq: Number(handle.scalar('SELECT coalesce(max(seq), 0) FROM entry')),
      deviceId: String(handle.scalar('SELECT device_id FROM device')),
      ackSeq: Number(handle.scalar('SELECT coalesce(max(ack_seq), 0) FROM custody_receipt')),
    };
  } finally {
    handle.close();
  }
}

/** Sales after a place in the journal of this disk that the province had, as their papers say them. */
function sentAfter(file: string, afterSeq: number): Destroyed['sent'] {
  const handle = openHandle(file, { readOnly: true, create: false, busyTimeoutMs: 1000 });
  try {
    return handle.rows(SENT_SALES, afterSeq).map((row) => {
      // The body of a sale of this contract.
      const { body } = JSON.parse(String(row['text'])) as { body: { receiptNumber: string; payable: number } };
      return { number: body.receiptNumber, payable: body.payable };
    });
  } finally {
    handle.close();
  }
}

async function startAgain(world: World, { counter }: Place): Promise<void> {
  const started = await counter.start();
  world.trace.note(counter.index, 'start', started.ok ? 'ok' : started.error.code);
  if (!started.ok) throw new Error(`counter ${String(counter.index)} does not start: ${started.error.code}`);
}

/** Somebody copies the computer, as people do before they change something; the newest copy is kept. */
export async function takeImage(world: World, place: Place, day: number): Promise<void> {
  await attempt(world, place, async () => {
    await place.counter.stop();
    place.images.splice(0, place.images.length, { folder: place.counter.image(String(day)), day });
    await startAgain(world, place);
  });
}

/**
 * The computer is put back to its old image: with the marks of today, which prove the gap, or without, when only the
 * province can tell.
 */
export async function putBack(world: World, place: Place, keepMarks: boolean): Promise<void> {
  const { counter } = place;
  const image = place.images.at(-1);
  if (image === undefined) return;
  await attempt(world, place, async () => {
    await counter.stop();
    const now = headOf(counter.databaseFile());
    const before = counter.databaseFile();
    const then = headOf(join(image.folder, 'data', basename(before)));
    const sent = sentAfter(before, then.seq);
    counter.restore(image.folder, keepMarks);
    world.truth.destroyed.push({ deviceId: now.deviceId, stick: counter.stick, sent });
    place.cursors.clear();
    // Evidence is what the province holds beyond the image: of what was never sent nobody can know.
    if (now.ackSeq > then.seq) {
      world.truth.evidence.push({ kind: 'device-rollback', deviceId: now.deviceId, at: world.time.now });
    }
    world.trace.note(counter.index, 'put-back', keepMarks, now.seq - then.seq);
    await startAgain(world, place);
  });
}

/** A copy of the computer is put to work beside it, for the rest of the world. */
export async function cloneCounter(world: World, place: Place, day: number): Promise<void> {
  const { counter } = place;
  // One copy is enough for a device, and a copy is not copied.
  if (place.isCloned.value) return;
  await attempt(world, place, async () => {
    await counter.stop();
    const folder = counter.image(`clone-${String(day)}`);
    await startAgain(world, place);
    const clone = addPlace(world, place.outlet, folder);
    place.isCloned.value = true;
    clone.isCloned.value = true;
    await startAgain(world, clone);
    world.truth.evidence.push({ kind: 'clone', deviceId: headOf(counter.databaseFile()).deviceId, at: world.time.now });
    world.trace.note(counter.index, 'cloned', clone.counter.index);
  });
}
