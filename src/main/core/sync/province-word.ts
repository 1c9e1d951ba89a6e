import { z } from 'zod';
import { hashSchema, instantSchema, uuidSchema } from '../../../contract/primitives.ts';
import { helloActionSchema } from '../../../contract/sync-protocol.ts';
import type { SellingStop } from '../../../domain/transaction.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { findSetting, putSetting } from '../device/enrolled-device-store.ts';
import { findNewestIncarnation } from '../rules/rules-store.ts';
import { readSyncState } from './delivery-store.ts';

const SETTING = 'province-word';

const wordSchema = z.object({
  action: helloActionSchema.default('OK'),
  /** ms UTC since when no feed is served; null while they are. */
  feedsFrozenSince: instantSchema.nullable().default(null),
  /** ms UTC since when no version of the protocol is common; null while one is. */
  protocolUnsupportedSince: instantSchema.nullable().default(null),
  /** Place and time, ms UTC, of the newest entry that says that the province had lost something. */
  rolledBack: z.object({ seq: z.int().positive(), atMs: instantSchema }).nullable().default(null),
  /** The newest place at the province for which an epoch was opened here. */
  rotatedFor: hashSchema.nullable().default(null),
  /** Incarnation and newest page of the province to which lost pages were given back. */
  returnedTo: z
    .object({ incarnation: uuidSchema, pageHash: hashSchema.nullable(), pages: z.int() })
    .nullable()
    .default(null),
});

/** What the province said in its last contacts, kept over a restart of the program. */
export type ProvinceWord = Readonly<z.infer<typeof wordSchema>>;

export async function findProvinceWord(tx: ReadTx): Promise<ProvinceWord> {
  const kept = await findSetting(tx, SETTING);
  return wordSchema.parse(kept === undefined ? {} : JSON.parse(kept));
}

/** Keeps what is new of it. */
export async function putProvinceWord(tx: WriteTx, change: Partial<ProvinceWord>): Promise<void> {
  await putSetting(tx, SETTING, JSON.stringify({ ...(await findProvinceWord(tx)), ...change }));
}

/**
 * Whether feeds stand still for what was signed in this life of the province (OPOP-Sync/1 7.1). While an older backup may be
 * at work nothing that it or its lost life signed is proven; a signature of a later life than any that this counter has met
 * proves that a person has declared the restore, by whatever road it came, and ends the standstill.
 */
export async function isFrozenFor(tx: WriteTx, incarnation: string): Promise<boolean> {
  if ((await findProvinceWord(tx)).feedsFrozenSince === null) return false;
  const met = [(await readSyncState(tx)).incarnation, await findNewestIncarnation(tx)];
  if (met.some((one) => one !== null && incarnation <= one)) return true;
  await putProvinceWord(tx, { feedsFrozenSince: null });
  return false;
}

/** "Expiry and revocation forbid new sales, never custody of older entries" (OPOP-Sync/1 2.5); a clone must enrol anew first. */
export async function findSellingStop(
  tx: ReadTx,
  certificateUntil: number,
  nowMs: number,
): Promise<SellingStop | null> {
  const { action } = await findProvinceWord(tx);
  if (action === 'STOP_SELLING' || action === 'REENROL' || action === 'CLONE') return action;
  return nowMs <= certificateUntil ? null : 'CERTIFICATE_ENDED';
}
