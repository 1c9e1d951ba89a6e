import { z } from 'zod';
import { nonce64Schema } from '../../../contract/primitives.ts';
import type { ReadTx, WriteTx } from '../db/tx.ts';
import { findSetting, putSetting } from './enrolled-device-store.ts';
import type { TimeAnchor } from './timekeeper.ts';

const SETTING = 'time-anchor';

const anchorSchema = z.object({
  nonce: nonce64Schema,
  serverTime: z.int(),
  radiusMs: z.int(),
  bootId: z.string(),
  monoMs: z.int(),
}) satisfies z.ZodType<TimeAnchor>;

/** The anchor of the last contact; null before the first. Inside one boot it is worth as much as on the day it came. */
export async function findTimeAnchor(tx: ReadTx): Promise<TimeAnchor | null> {
  const text = await findSetting(tx, SETTING);
  return text === undefined ? null : anchorSchema.parse(JSON.parse(text));
}

/** Keeps the anchor for a restart of the program. */
export async function putTimeAnchor(tx: WriteTx, anchor: TimeAnchor): Promise<void> {
  await putSetting(tx, SETTING, JSON.stringify(anchor));
}
