import { sql } from 'kysely';
import type { ChainPlace, HelloBody } from '../../contract/sync-protocol.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { isInCustody } from '../ingest/entry-store.ts';
import { markCloned, noteIncidents } from '../ingest/incidents.ts';
import type { ProvinceContext } from '../province-context.ts';

/** What a hello proves against itself; `ahead` is the newest entry in custody that the counter does not know. */
export type ChainEvidence =
  | { readonly action: 'CLONE' }
  | { readonly action: 'ROTATE'; readonly ahead: ChainPlace | null }
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

/** Whether an epoch after the counter's own was opened: of a higher number, or of the same one and later. */
async function hasNewerEpoch({ db }: ProvinceContext, { deviceId, epoch }: HelloBody): Promise<boolean> {
  const { rows } = await sql<{ one: number }>`
    select 1 as one from epoch e where e.device_id = ${deviceId} and (e.n > ${epoch.n}
      or (e.n = ${epoch.n} and e.nonce <> ${epoch.nonce} and e.received_at > (select o.received_at from epoch o
        where o.device_id = e.device_id and o.n = ${epoch.n} and o.nonce = ${epoch.nonce}))) limit 1`.execute(db);
  return rows.length > 0;
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
  const other = await contradiction(context, hello);
  if (other !== undefined) {
    context.log('error', 'CLONE', { device: deviceId, seq: other.seq });
    const facts = { n, nonce, seq: other.seq, stands: other.hash };
    await context.db.transaction().execute(async (tx) => {
      await markCloned(tx, deviceId, at);
      await noteIncidents(tx, deviceId, [{ kind: 'CLONE', evidence: `${n}/${nonce}/${other.seq}`, facts }], at);
    });
    return { action: 'CLONE' };
  }
  const isKnown = hello.head === null || (await isInCustody(context.db, deviceId, hello.head));
  const ahead = isKnown ? await entryAhead(context, hello) : null;
  if (ahead === null && !(await hasNewerEpoch(context, hello))) return NOTHING;
  const evidence = ahead === null ? `older/${n}/${nonce}` : `${n}/${nonce}/${hello.seq}`;
  const facts = { n, nonce, seq: hello.seq, aheadSeq: ahead?.seq ?? null };
  const isNew = (await noteIncidents(context.db, deviceId, [{ kind: 'DEVICE_ROLLBACK', evidence, facts }], at)) > 0;
  if (isNew) context.log('error', 'DEVICE_ROLLBACK', { device: deviceId, seq: hello.seq });
  return { action: 'ROTATE', ahead };
}
