import { sql } from 'kysely';
import type { SignedText } from '../../contract/primitives.ts';
import { type CustodyReceipt, custodyReceiptSchema, SIGNATURE_CONTEXT } from '../../contract/sync-protocol.ts';
import type { Db, Tx } from '../db/open.ts';
import { noteIncidents } from '../ingest/incidents.ts';
import type { StatedKey } from '../keys/key-statements.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isOurSignatureBy } from './own-signature.ts';

const FROZEN = 'frozen-since';

/** Inside a larger question: the same as `isFrozen`. */
export const frozenNow = sql<boolean>`exists (select 1 from meta where key = ${FROZEN})`;

/** Whether an older backup is at work here and nobody has declared it: feeds and bookings wait, pushes go on. */
export async function isFrozen(db: Db | Tx): Promise<boolean> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', FROZEN).executeTakeFirst();
  return row !== undefined;
}

/** Feeds and bookings go on; only whoever declares a restore may say so. */
export async function unfreeze(tx: Tx): Promise<void> {
  await tx.deleteFrom('meta').where('key', '=', FROZEN).execute();
}

/** A custody receipt with the entry up to which it reaches. */
export type ReceiptOfHead = CustodyReceipt & { readonly head: string };

/** A receipt that we signed for an entry of this device; undefined for every other text. Whether we still know the entry is another question. */
export function readOwnReceipt(
  context: ProvinceContext,
  stated: readonly StatedKey[],
  deviceId: string,
  signed: SignedText | null,
): ReceiptOfHead | undefined {
  if (signed === null || !isOurSignatureBy(context, stated, SIGNATURE_CONTEXT.custodyReceipt, signed)) return undefined;
  const receipt = custodyReceiptSchema.safeParse(JSON.parse(signed.text)).data;
  if (receipt === undefined || receipt.head === null || receipt.deviceId !== deviceId) return undefined;
  return { ...receipt, head: receipt.head };
}

/**
 * "The first custody receipt that the server itself signed but no longer knows raises SERVER_ROLLBACK: feeds freeze"
 * (OPOP-Sync/1 7.1). A receipt of an earlier incarnation tells nothing new: that restore was declared. Either way what
 * this device pushes again up to there waits for its returned pages before it is booked. Answers whether feeds froze.
 */
export async function noticeRollback(
  context: ProvinceContext,
  deviceId: string,
  lost: ReceiptOfHead,
): Promise<boolean> {
  return context.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('device')
      .set((eb) => ({ lost_through: eb.fn<number>('greatest', ['lost_through', eb.val(lost.ackSeq)]) }))
      .where('device_id', '=', deviceId)
      .execute();
    // Held, not remembered from the beginning of the hello: a person may be declaring the restore in this very moment, and
    // what he ended may not begin again.
    const { value: incarnation } = await tx
      .selectFrom('meta')
      .select('value')
      .where('key', '=', 'incarnation')
      .forShare()
      .executeTakeFirstOrThrow();
    if (lost.incarnation < incarnation) return false;
    context.log('error', 'SERVER_ROLLBACK', { device: deviceId, ackSeq: lost.ackSeq });
    const { n, nonce } = lost.epoch;
    const facts = { n, nonce, ackSeq: lost.ackSeq, head: lost.head, incarnation: lost.incarnation };
    await noteIncidents(tx, deviceId, [{ kind: 'SERVER_ROLLBACK', evidence: lost.head, facts }], context.now());
    await tx
      .insertInto('meta')
      .values({ key: FROZEN, value: String(context.now()) })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
    return true;
  });
}
