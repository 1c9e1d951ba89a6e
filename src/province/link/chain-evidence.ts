import { sql } from 'kysely';
import type { ChainPlace, HelloBody } from '../../contract/sync-protocol.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { isInCustody } from '../ingest/entry-store.ts';
import { rollbackEvidence } from '../ingest/declared-gap.ts';
import { type Incident, markCloned, noteIncidents } from '../ingest/incidents.ts';
import type { ProvinceContext } from '../province-context.ts';

/** What a hello proves against itself; `ahead` is the newest entry in custody that the counter does not know. */
export type ChainEvidence =
  | { readonly action: 'CLONE' }
  | { readonly action: 'ROTATE'; readonly ahead: ChainPlace }
  | { readonly action: null };

const NOTHING: ChainEvidence = { action: null };

async function isCloned({ db }: ProvinceContext, deviceId: string): Promise<boolean> {
  const row = await db.selectFrom('device').select('cloned_at').where('device_id', '=', deviceId).executeTakeFirst();
  return typeof row?.cloned_at === 'number';
}

/** A place of this epoch where the counter has another hash than custody: two copies wrote there. */
async function contradiction({ db }: ProvinceContext, hello: HelloBody) {
  const own = hello.head === null ? [] : [{ seq: hello.seq, hash: hello.head }];
  const said = new Map([...hello.locator, ...own].map(({ seq, hash }) => [seq, hash]));
  const { rows } = await sql<{ seq: number; hash: string }>`
    select seq, hash from entry where device_id = ${hello.deviceId} and epoch_n = ${hello.epoch.n}
      and epoch_nonce = ${hello.epoch.nonce} and seq = any(${[...said.keys()]}::bigint[]) order by seq`.execute(db);
  return rows.find(({ seq, hash }) => said.get(seq) !== hash);
}

/** The newest entry of the counter's epoch that we hold, waiting ones too, when it is later than the counter's own head. */
async function entryAhead({ db }: ProvinceContext, hello: HelloBody): Promise<ChainPlace | null> {
  const { n, nonce } = hello.epoch;
  const { rows } = await sql<{ seq: number; hash: string }>`
    select seq, hash from (
      (select seq, hash from entry where device_id = ${hello.deviceId} and epoch_n = ${n} and epoch_nonce = ${nonce}
        and seq > ${hello.seq} order by seq desc limit 1)
      union all
      (select seq, hash from pending_entry where device_id = ${hello.deviceId} and epoch_n = ${n}
        and epoch_nonce = ${nonce} and seq > ${hello.seq} order by seq desc limit 1)) held
    order by seq desc limit 1`.execute(db);
  const [ahead] = rows;
  return ahead === undefined ? null : { epoch: { n, nonce }, seq: ahead.seq, hash: ahead.hash };
}

/** The newest entry of the newest epoch that was opened after the counter's own: of a higher number, or of the same one and later. */
async function newerEpoch({ db }: ProvinceContext, { deviceId, epoch }: HelloBody): Promise<ChainPlace | null> {
  const { rows } = await sql<{ n: number; nonce: string; seq: number; hash: string }>`
    select e.n, e.nonce, coalesce(held.seq, e.first_seq) as seq, coalesce(held.hash, e.opened_hash) as hash
    from epoch e left join lateral (
      select seq, hash from (
        select seq, hash from entry where device_id = e.device_id and epoch_n = e.n and epoch_nonce = e.nonce
        union all
        select seq, hash from pending_entry where device_id = e.device_id and epoch_n = e.n
          and epoch_nonce = e.nonce) of_epoch order by seq desc limit 1) held on true
    where e.device_id = ${deviceId} and (e.n > ${epoch.n}
      or (e.n = ${epoch.n} and e.nonce <> ${epoch.nonce} and e.received_at > (select o.received_at from epoch o
        where o.device_id = e.device_id and o.n = ${epoch.n} and o.nonce = ${epoch.nonce})))
    order by e.n desc, e.received_at desc limit 1`.execute(db);
  const [found] = rows;
  return found === undefined ? null : { epoch: { n: found.n, nonce: found.nonce }, seq: found.seq, hash: found.hash };
}

/**
 * An epoch that a device opened because we asked it to, over a line, while this one, which it had left, went on: two copies
 * wrote, each in an epoch of its own. What came before the other epoch is no sign of it.
 */
async function leftAndGoingOn({ db }: ProvinceContext, { deviceId, epoch, head }: HelloBody) {
  const { rows } = await sql<{ n: number; nonce: string; first_seq: number }>`
    select e.n, e.nonce, e.first_seq from epoch e
    join epoch own on own.device_id = e.device_id and own.n = ${epoch.n} and own.nonce = ${epoch.nonce}
    where e.device_id = ${deviceId} and e.reason = 'rotate' and ${head}::text is not null
      and (e.n > own.n or (e.n = own.n and e.nonce <> own.nonce and e.received_at > own.received_at))
      and not exists (select 1 from (
        select received_at from entry where device_id = e.device_id and hash = ${head}
        union all select received_at from suspended_entry where device_id = e.device_id and hash = ${head}
        union all select received_at from pending_entry where device_id = e.device_id and hash = ${head}) held
        where held.received_at <= e.received_at)
    order by e.n, e.received_at limit 1`.execute(db);
  return rows[0];
}

/** What makes two copies of a device certain: the place where they part, once for each epoch that shows it. */
async function secondCopy(context: ProvinceContext, hello: HelloBody): Promise<Omit<Incident, 'kind'> | undefined> {
  const { n, nonce } = hello.epoch;
  const other = await contradiction(context, hello);
  if (other !== undefined) {
    return { evidence: `${n}/${nonce}/${other.seq}`, facts: { n, nonce, seq: other.seq, stands: other.hash } };
  }
  const left = await leftAndGoingOn(context, hello);
  if (left === undefined) return undefined;
  const facts = { n, nonce, seq: hello.seq, otherN: left.n, otherNonce: left.nonce, otherFrom: left.first_seq };
  return { evidence: `left/${n}/${nonce}`, facts };
}

/**
 * Looks for a counter that came back from an older state, or that exists twice. A counter's head is never behind what it
 * pushed, so an answer that was lost on the way looks like neither: only what lies beyond its own head counts (OPOP-Sync/1 4.3, 4.4).
 */
export async function chainEvidence(
  context: ProvinceContext,
  { deviceId }: KnownDevice,
  hello: HelloBody,
): Promise<ChainEvidence> {
  if (await isCloned(context, deviceId)) return { action: 'CLONE' };
  const { n, nonce } = hello.epoch;
  const at = context.now();
  const copy = await secondCopy(context, hello);
  if (copy !== undefined) {
    context.log('error', 'CLONE', { device: deviceId, seq: hello.seq });
    await context.db.transaction().execute(async (tx) => {
      await markCloned(tx, deviceId, at);
      await noteIncidents(tx, deviceId, [{ kind: 'CLONE', ...copy }], at);
    });
    return { action: 'CLONE' };
  }
  const isKnown = hello.head === null || (await isInCustody(context.db, deviceId, hello.head));
  const ahead = (isKnown ? await entryAhead(context, hello) : null) ?? (await newerEpoch(context, hello));
  if (ahead === null) return NOTHING;
  // The same words as in the declaration that the counter will make of it.
  const evidence = rollbackEvidence(ahead.epoch, Math.min(hello.seq + 1, ahead.seq));
  const facts = { n, nonce, seq: hello.seq, aheadSeq: ahead.seq };
  const isNew = (await noteIncidents(context.db, deviceId, [{ kind: 'DEVICE_ROLLBACK', evidence, facts }], at)) > 0;
  if (isNew) context.log('error', 'DEVICE_ROLLBACK', { device: deviceId, seq: hello.seq });
  return { action: 'ROTATE', ahead };
}
