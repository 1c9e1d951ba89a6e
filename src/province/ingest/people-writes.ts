import { type Insertable, type OperationNodeSource, sql } from 'kysely';
import type { EntryBody, EntryEnvelope } from '../../contract/journal-entry.ts';
import type { Database } from '../db/schema.ts';
import type { Tx } from '../db/open.ts';
import type { ReadBody } from './typed-body.ts';

/** An officer's own new PIN, as his counter sent it. */
export type OwnPin = Pick<EntryBody<'officer.pin-changed'>, 'replaces' | 'verifier'> & {
  readonly officerId: string;
  readonly deviceId: string;
  /** ms UTC; the word of a device that was revoked before counts for nothing. */
  readonly receivedAt: number;
};

type Standing = { readonly lastSignInAt: number | null; readonly lockedUntil: number | null };

/** What entries say of the people at a counter. */
export type PeopleWrites = {
  readonly standing: Map<string, Standing>;
  readonly reads: Insertable<Database['announcement_read']>[];
  readonly pins: OwnPin[];
};

export const noPeopleWrites = (): PeopleWrites => ({ standing: new Map(), reads: [], pins: [] });

type Taken = {
  readonly envelope: EntryEnvelope;
  readonly hash: string;
  readonly read: ReadBody;
  readonly receivedAt: number;
};

/** Collects who was at the counter, who was locked out, who read what, and who chose a PIN. */
export function addPeople({ standing, reads, pins }: PeopleWrites, { envelope, hash, read, receivedAt }: Taken): void {
  const { officerId, deviceId, wallMs } = envelope;
  if (read.type === 'officer.unlocked') {
    const { officerId: whom } = read.body;
    standing.set(whom, { lastSignInAt: standing.get(whom)?.lastSignInAt ?? null, lockedUntil: null });
  }
  if (officerId === null) return;
  const before = standing.get(officerId);
  if (read.type === 'officer.signed-in') standing.set(officerId, { lastSignInAt: wallMs, lockedUntil: null });
  if (read.type === 'officer.sign-in-refused') {
    standing.set(officerId, { lastSignInAt: before?.lastSignInAt ?? null, lockedUntil: read.body.lockedUntil });
  }
  if (read.type === 'officer.pin-changed') {
    standing.set(officerId, { lastSignInAt: before?.lastSignInAt ?? null, lockedUntil: null });
    pins.push({ officerId, deviceId, receivedAt, replaces: read.body.replaces, verifier: read.body.verifier });
  }
  if (read.type === 'announcement.read') {
    const { announcementId: announcement_id } = read.body;
    const of = { device_id: deviceId, announcement_id, officer_id: officerId };
    reads.push({ ...of, hash, read_at: wallMs, received_at: receivedAt });
  }
}

/** To be written; exactly once: constraint announcement_read_once. */
export function peopleRows(
  tx: Tx,
  deviceId: string,
  { standing, reads }: PeopleWrites,
): readonly OperationNodeSource[] {
  const rows = [...standing];
  const standings =
    (): OperationNodeSource => sql`insert into officer_standing as s (device_id, officer_id, last_sign_in_at, locked_until)
      select ${deviceId}::uuid, * from unnest(${rows.map(([officerId]) => officerId)}::text[],
        ${rows.map(([, { lastSignInAt }]) => lastSignInAt)}::bigint[], ${rows.map(([, one]) => one.lockedUntil)}::bigint[])
      on conflict on constraint officer_standing_once do update
        set last_sign_in_at = greatest(s.last_sign_in_at, excluded.last_sign_in_at), locked_until = excluded.locked_until`;
  const read = (): OperationNodeSource =>
    tx
      .insertInto('announcement_read')
      .values(reads)
      .onConflict((conflict) => conflict.doNothing());
  return [...(rows.length === 0 ? [] : [standings()]), ...(reads.length === 0 ? [] : [read()])];
}
