import { z } from 'zod';
import { nonce64Schema } from '../../../contract/primitives.ts';
import type { ReadTx, WriteTx } from '../db/tx.ts';
import { findSetting, putSetting } from './enrolled-device-store.ts';
import { findHead } from '../journal/journal-store.ts';
import type { TimeAnchor } from './timekeeper.ts';

/** With the place in the journal at which it came: what was written before it may have been dated by a clock that was wrong. */
type KeptAnchor = TimeAnchor & { readonly afterSeq: number };

const SETTING = 'time-anchor';
const SAID = 'province-time';

const anchorSchema = z.object({
  nonce: nonce64Schema,
  serverTime: z.int(),
  radiusMs: z.int(),
  bootId: z.string(),
  monoMs: z.int(),
  /** The newest entry when it came; before any, and of one that was kept without it, 0. */
  afterSeq: z.int().default(0),
}) satisfies z.ZodType<KeptAnchor>;

/** The anchor of the last contact; null before the first. Inside one boot it is worth as much as on the day it came. */
export async function findTimeAnchor(tx: ReadTx): Promise<KeptAnchor | null> {
  const text = await findSetting(tx, SETTING);
  return text === undefined ? null : anchorSchema.parse(JSON.parse(text));
}

/**
 * Keeps the anchor for a restart of the program. It is the time itself: what a province whose own clock was ahead had signed
 * before it is held against nobody any more.
 */
export async function putTimeAnchor(tx: WriteTx, anchor: TimeAnchor): Promise<void> {
  const kept: KeptAnchor = { ...anchor, afterSeq: (await findHead(tx))?.seq ?? 0 };
  await putSetting(tx, SETTING, JSON.stringify(kept));
  await putSetting(tx, SAID, String(anchor.serverTime));
}

/** ms UTC at the province when it signed what it said last, by whatever road: it has certainly come so far. 0: nothing yet. */
export async function findProvinceTime(tx: ReadTx): Promise<number> {
  return Number((await findSetting(tx, SAID)) ?? 0);
}

/** Notes when the province signed something that was verified here; a floor under every clock (OPOP-Sync/1 8.2). */
export async function noteProvinceTime(tx: WriteTx, signedAt: number): Promise<void> {
  if (signedAt > (await findProvinceTime(tx))) await putSetting(tx, SAID, String(signedAt));
}
