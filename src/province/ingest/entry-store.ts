import { sql } from 'kysely';
import type { Epoch } from '../../contract/primitives.ts';
import type { Db, Tx } from '../db/open.ts';

/** A verdict as it is kept; DUPLICATE is never kept, it points at one of these, and PENDING is none yet. */
export type StoredVerdict = 'ACCEPTED' | 'QUARANTINED' | 'CONFLICT' | 'FORK';

export type KnownEntry = {
  readonly seq: number;
  readonly verdict: StoredVerdict;
  /** Set aside: bytes in custody that have no place in the chain. */
  readonly suspended: boolean;
};

/** An entry or a suspended item with this hash, whichever the device handed over. */
export async function findKnownEntry(db: Db | Tx, deviceId: string, hash: string): Promise<KnownEntry | undefined> {
  const entry = await db
    .selectFrom('entry')
    .select(['seq', 'verdict'])
    .where('device_id', '=', deviceId)
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (entry !== undefined) return { ...entry, suspended: false };
  const suspended = await db
    .selectFrom('suspended_entry')
    .select(['seq', 'verdict'])
    .where('device_id', '=', deviceId)
    .where('hash', '=', hash)
    .orderBy('verdict')
    .limit(1)
    .executeTakeFirst();
  return suspended === undefined ? undefined : { ...suspended, suspended: true };
}

/** A place of a device's chain with the entry that stands there. */
export type StandingPlace = { readonly seq: number; readonly hash: string };

/** The newest entry before a place: of its own epoch, else of the newest epoch before it. */
export async function findEntryBefore(
  db: Db | Tx,
  deviceId: string,
  { epoch, seq }: { readonly epoch: Epoch; readonly seq: number },
): Promise<StandingPlace | undefined> {
  return db
    .selectFrom('entry')
    .select(['seq', 'hash'])
    .where('device_id', '=', deviceId)
    .where('seq', '<', seq)
    .where('epoch_n', '<=', epoch.n)
    .orderBy(sql`(epoch_nonce = ${epoch.nonce})`, 'desc')
    .orderBy('epoch_n', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Takes an accepted entry out of what may be booked, because a person has to look first. */
export async function putInSuspense(tx: Tx, deviceId: string, hash: string, reason: string, at: number): Promise<void> {
  await tx
    .insertInto('suspense')
    .values({ device_id: deviceId, hash, reason, at })
    .onConflict((conflict) => conflict.columns(['device_id', 'hash']).doNothing())
    .execute();
}

/** Two who judge one device's chain wait for each other, until the end of the transaction. */
export async function lockChain(tx: Tx, deviceId: string): Promise<void> {
  await sql`select 1 from device where device_id = ${deviceId} for no key update`.execute(tx);
}
