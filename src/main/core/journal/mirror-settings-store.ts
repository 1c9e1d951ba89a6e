import { z } from 'zod';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { findSetting, putSetting } from '../device/enrolled-device-store.ts';

const PLACE = 'mirror';
const MISSED = 'mirror-missed';
const THROUGH = 'mirror-through';

const placeSchema = z.object({ folder: z.string().min(1).max(1000), medium: z.enum(['folder', 'removable']) });

/** Where the second copy goes. */
export type MirrorPlace = Readonly<z.infer<typeof placeSchema>>;

export async function findMirrorPlace(tx: ReadTx): Promise<MirrorPlace | null> {
  const text = await findSetting(tx, PLACE);
  return text === undefined ? null : placeSchema.parse(JSON.parse(text));
}

export async function putMirrorPlace(tx: WriteTx, place: MirrorPlace): Promise<void> {
  await putSetting(tx, PLACE, JSON.stringify(place));
}

/** The first entry that the medium did not take in this absence; null while it is there. */
export async function findMissedSeq(tx: ReadTx): Promise<number | null> {
  const text = await findSetting(tx, MISSED);
  return text === undefined || text === '' ? null : Number(text);
}

export async function putMissedSeq(tx: WriteTx, seq: number | null): Promise<void> {
  await putSetting(tx, MISSED, seq === null ? '' : String(seq));
}

/** Up to where the medium had every unsent entry when it was taken away; 0 when that is not known. */
export async function findThroughSeq(tx: ReadTx): Promise<number> {
  return Number((await findSetting(tx, THROUGH)) ?? '0');
}

export async function putThroughSeq(tx: WriteTx, seq: number): Promise<void> {
  await putSetting(tx, THROUGH, String(seq));
}
