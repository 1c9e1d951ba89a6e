import type { EntryEnvelope, SignedEntry } from '../../contract/journal-entry.ts';
import type { Db, Tx } from '../db/open.ts';

/** A verdict as it is kept; DUPLICATE is never kept, it points at one of these. */
export type StoredVerdict = 'ACCEPTED' | 'QUARANTINED' | 'CONFLICT' | 'FORK';

export type KnownEntry = {
  readonly seq: number;
  readonly epochNonce: string | null;
  readonly verdict: StoredVerdict;
  /** Stands on a branch of the chain that is in suspense. */
  readonly suspended: boolean;
};

/** An entry or a suspended item with this hash, whichever the device handed over. */
export async function findKnownEntry(db: Db | Tx, deviceId: string, hash: string): Promise<KnownEntry | undefined> {
  const entry = await db
    .selectFrom('entry')
    .select(['seq', 'epoch_nonce', 'verdict'])
    .where('device_id', '=', deviceId)
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (entry !== undefined) {
    return { seq: entry.seq, epochNonce: entry.epoch_nonce, verdict: entry.verdict, suspended: false };
  }
  const suspended = await db
    .selectFrom('suspended_entry')
    .select(['seq', 'epoch_nonce', 'verdict'])
    .where('device_id', '=', deviceId)
    .where('hash', '=', hash)
    .orderBy('verdict')
    .limit(1)
    .executeTakeFirst();
  if (suspended === undefined) return undefined;
  return { seq: suspended.seq, epochNonce: suspended.epoch_nonce, verdict: suspended.verdict, suspended: true };
}

/** The verdict of exactly these bytes when they were set aside before. */
export async function findSuspendedItem(
  tx: Tx,
  deviceId: string,
  itemHash: string,
): Promise<{ readonly seq: number; readonly verdict: StoredVerdict } | undefined> {
  return tx
    .selectFrom('suspended_entry')
    .select(['seq', 'verdict'])
    .where('device_id', '=', deviceId)
    .where('item_hash', '=', itemHash)
    .executeTakeFirst();
}

/** The hash that already stands at a position, if any. */
export async function findAtPosition(tx: Tx, envelope: EntryEnvelope): Promise<string | undefined> {
  const row = await tx
    .selectFrom('entry')
    .select('hash')
    .where('device_id', '=', envelope.deviceId)
    .where('epoch_n', '=', envelope.epoch.n)
    .where('epoch_nonce', '=', envelope.epoch.nonce)
    .where('seq', '=', envelope.seq)
    .executeTakeFirst();
  return row?.hash;
}

/** The newest entry of an epoch in custody. */
export async function findEpochHead(
  db: Db | Tx,
  deviceId: string,
  epochNonce: string,
): Promise<{ readonly seq: number; readonly hash: string } | undefined> {
  return db
    .selectFrom('entry')
    .select(['seq', 'hash'])
    .where('device_id', '=', deviceId)
    .where('epoch_nonce', '=', epochNonce)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export type KeptVerdict = {
  readonly verdict: 'ACCEPTED' | 'QUARANTINED' | 'CONFLICT';
  readonly reason: string | null;
};

/** Appends the raw bytes of an entry at its position. Idempotency: constraints entry_position_once and entry_hash_once. */
export async function insertEntry(
  tx: Tx,
  envelope: EntryEnvelope,
  item: SignedEntry,
  kept: KeptVerdict,
  receivedAt: number,
): Promise<void> {
  await tx
    .insertInto('entry')
    .values({
      device_id: envelope.deviceId,
      epoch_n: envelope.epoch.n,
      epoch_nonce: envelope.epoch.nonce,
      seq: envelope.seq,
      hash: item.hash,
      prev: envelope.prev,
      type: envelope.type,
      stream: envelope.stream,
      text: item.text,
      sig: item.sig,
      verdict: kept.verdict,
      reason: kept.reason,
      received_at: receivedAt,
    })
    .execute();
}

export type SuspendedItem = {
  readonly deviceId: string;
  readonly itemHash: string;
  readonly item: SignedEntry;
  /** Null when the text is not an envelope. */
  readonly envelope: EntryEnvelope | null;
  readonly seq: number;
  readonly verdict: 'QUARANTINED' | 'FORK';
  readonly reason: string | null;
};

/** Keeps the bytes of an item that may not stand in the chain. Idempotency: constraint suspended_once. */
export async function insertSuspended(tx: Tx, suspended: SuspendedItem, receivedAt: number): Promise<void> {
  const { deviceId, itemHash, item, envelope, seq, verdict, reason } = suspended;
  await tx
    .insertInto('suspended_entry')
    .values({
      device_id: deviceId,
      item_hash: itemHash,
      epoch_n: envelope?.epoch.n ?? null,
      epoch_nonce: envelope?.epoch.nonce ?? null,
      seq,
      hash: item.hash,
      raw: Buffer.from(item.text),
      sig: item.sig,
      verdict,
      reason,
      received_at: receivedAt,
    })
    .execute();
}

/** Takes an accepted entry out of what may be booked, because a fork stands beside it. */
export async function putInSuspense(tx: Tx, deviceId: string, hash: string, reason: string, at: number): Promise<void> {
  await tx
    .insertInto('suspense')
    .values({ device_id: deviceId, hash, reason, at })
    .onConflict((conflict) => conflict.columns(['device_id', 'hash']).doNothing())
    .execute();
}
