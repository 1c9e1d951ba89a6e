import { sql } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import { epochSchema } from '../../contract/primitives.ts';
import type { SignedEntry } from '../../contract/journal-entry.ts';
import {
  type CustodyReceipt,
  type PushAnswer,
  type PushRequest,
  SIGNATURE_CONTEXT,
} from '../../contract/sync-protocol.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Tx } from '../db/open.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { signedBy } from '../keys/key-ring.ts';
import type { ProvinceContext } from '../province-context.ts';
import { KEY_MISSING } from '../booking/read-sale.ts';
import { findEpochHead, findKnownEntry } from './entry-store.ts';
import { type Judgement, judgeEntry, setAsideAfterFault } from './judge-entry.ts';

type Said = Exclude<Judgement, 'GAP'>;

/** The entry before the batch is unknown: everything rolls back, nothing was stored. */
class GapFound extends Error {
  override readonly name = 'GapFound';
}

/** A push of a device of which we hold nothing, without one readable entry: there is no epoch to sign a receipt for. */
class NothingReadable extends Error {
  override readonly name = 'NothingReadable';
}

/** Faults of the line to the database, of its disk or of two transactions at once: not the item's fault, so the push fails whole. */
function isItemsFault(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(22|23|21)/.test(error.code ?? '');
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}

/** Judges one item under a savepoint, so that an item on which we fail does not take the others with it. */
async function judgeUnderSavepoint(
  tx: Tx,
  context: ProvinceContext,
  device: KnownDevice,
  item: SignedEntry,
  likelySeq: number,
): Promise<Said> {
  const push = { tx, context, signer: device };
  await sql`savepoint item`.execute(tx);
  let judgement: Judgement;
  try {
    judgement = await judgeEntry(push, item, likelySeq);
  } catch (error) {
    if (!isItemsFault(error)) throw error;
    context.log('error', 'ITEM_FAULT', { device: device.deviceId, seq: likelySeq, error: String(error).slice(0, 200) });
    await sql`rollback to savepoint item`.execute(tx);
    judgement = await setAsideAfterFault(push, item, likelySeq);
  }
  await sql`release savepoint item`.execute(tx);
  if (judgement === 'GAP') throw new GapFound();
  return judgement;
}

async function storeSubjectKeys(tx: Tx, device: KnownDevice, request: PushRequest, receivedAt: number): Promise<void> {
  if (request.subjectKeys.length === 0) return;
  await tx
    .insertInto('subject_key')
    .values(
      request.subjectKeys.map(({ subject, jwe }) => ({
        device_id: device.deviceId,
        subject,
        jwe,
        received_at: receivedAt,
      })),
    )
    .onConflict((conflict) => conflict.columns(['device_id', 'subject']).doNothing())
    .execute();
  await wakeSales(tx, device, request, receivedAt);
}

/** A sale that waited for its key goes on at once. */
async function wakeSales(tx: Tx, device: KnownDevice, request: PushRequest, receivedAt: number): Promise<void> {
  const subjects = request.subjectKeys.map(({ subject }) => subject);
  await tx
    .updateTable('booking_work')
    .from('sale')
    .set({ not_before: receivedAt })
    .whereRef('sale.device_id', '=', 'booking_work.device_id')
    .whereRef('sale.transaction_id', '=', 'booking_work.transaction_id')
    .where('booking_work.device_id', '=', device.deviceId)
    .where('booking_work.done_at', 'is', null)
    .where('booking_work.last_problem', '=', KEY_MISSING)
    .where('sale.subject', 'in', subjects)
    .execute();
}

type Epoch = CustodyReceipt['epoch'];

/** The epoch of the newest entry in custody. */
async function newestEpoch(tx: Tx, deviceId: string): Promise<Epoch | undefined> {
  const row = await tx
    .selectFrom('entry')
    .select(['epoch_n', 'epoch_nonce'])
    .where('device_id', '=', deviceId)
    .orderBy('received_at', 'desc')
    .orderBy('epoch_n', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : { n: row.epoch_n, nonce: row.epoch_nonce };
}

const epochOnly = z.object({ epoch: epochSchema });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (_notJson) {
    return undefined; // bytes that tell nothing
  }
}

/** The epoch that the bytes themselves claim, for a device of which nothing stands in the chain yet. */
function claimedEpoch(items: readonly SignedEntry[]): Epoch | undefined {
  return items.map(({ text }) => epochOnly.safeParse(parseJson(text)).data?.epoch).find((epoch) => epoch !== undefined);
}

async function epochOfLast(
  tx: Tx,
  deviceId: string,
  items: readonly SignedEntry[],
  said: readonly Said[],
): Promise<Epoch | undefined> {
  const last = said.at(-1);
  if (last === undefined) return newestEpoch(tx, deviceId);
  const row = await tx
    .selectFrom('entry')
    .select(['epoch_n', 'epoch_nonce'])
    .where('device_id', '=', deviceId)
    .where('hash', '=', last.hash)
    .executeTakeFirst();
  if (row !== undefined) return { n: row.epoch_n, nonce: row.epoch_nonce };
  return (await newestEpoch(tx, deviceId)) ?? claimedEpoch(items);
}

async function custodyReceipt(
  tx: Tx,
  context: ProvinceContext,
  device: KnownDevice,
  items: readonly SignedEntry[],
  said: readonly Said[],
): Promise<CustodyReceipt | undefined> {
  const epoch = await epochOfLast(tx, device.deviceId, items, said);
  if (epoch === undefined) return undefined;
  const head = await findEpochHead(tx, device.deviceId, epoch.nonce);
  const last = said.at(-1);
  // Bytes that were set aside move the cursor too: they are in custody, though not in the chain.
  const ack = last !== undefined && last.seq > (head?.seq ?? 0) ? last : head;
  return {
    deviceId: device.deviceId,
    epoch,
    ackSeq: ack?.seq ?? 0,
    head: ack?.hash ?? null,
    verdicts: said.map(({ seq, hash, verdict }) => ({ seq, hash, verdict })),
    incarnation: context.incarnation,
    serverTime: context.now(),
  };
}

/** The newest entry before the batch that both sides know. */
async function commonBefore(context: ProvinceContext, device: KnownDevice, request: PushRequest): Promise<PushAnswer> {
  for (const item of [...request.entries].reverse()) {
    const known = await findKnownEntry(context.db, device.deviceId, item.hash);
    if (known !== undefined) return { answer: 'GAP', common: { seq: known.seq, hash: item.hash } };
  }
  const epoch = await context.db.transaction().execute((tx) => newestEpoch(tx, device.deviceId));
  const head = epoch === undefined ? undefined : await findEpochHead(context.db, device.deviceId, epoch.nonce);
  return { answer: 'GAP', common: head ?? null };
}

/**
 * Takes a push into custody in one transaction: entries verified, raw bytes appended, money applied, verdicts given, all
 * or nothing. Idempotency: constraints entry_position_once, entry_hash_once, suspended_once, sale_once; the same push
 * again answers DUPLICATE with the verdicts of the first time.
 */
export async function receivePush(
  context: ProvinceContext,
  device: KnownDevice,
  request: PushRequest,
): Promise<Result<PushAnswer, 'BAD_REQUEST'>> {
  try {
    const receipt = await context.db.transaction().execute(async (tx) => {
      // One push of a device at a time: positions are judged against what the push before it left.
      await sql`select 1 from device where device_id = ${device.deviceId} for update`.execute(tx);
      await storeSubjectKeys(tx, device, request, context.now());
      const said: Said[] = [];
      for (const item of request.entries) {
        said.push(await judgeUnderSavepoint(tx, context, device, item, (said.at(-1)?.seq ?? 0) + 1));
      }
      const made = await custodyReceipt(tx, context, device, request.entries, said);
      if (made === undefined) throw new NothingReadable();
      return made;
    });
    context.log('info', 'PUSH', { device: device.deviceId, entries: request.entries.length, ackSeq: receipt.ackSeq });
    const custody = signedBy(context.keys.signing, SIGNATURE_CONTEXT.custodyReceipt, receipt);
    return ok({ answer: 'STORED', custodyReceipt: custody });
  } catch (error) {
    if (error instanceof GapFound) return ok(await commonBefore(context, device, request));
    if (error instanceof NothingReadable) return err('BAD_REQUEST');
    throw error;
  }
}
