import { sql } from 'kysely';
import type { PushRequest } from '../../contract/sync-protocol.ts';
import { KEY_MISSING } from '../booking/read-sale.ts';
import type { Tx } from '../db/open.ts';
import type { ProvedItem } from './proved-item.ts';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/giu;

/**
 * OPOP-Sync/1 5.10: nobody signs a body key. A carrier's counts only beside a genuine entry that names its subject: so every counter sends
 * them, and who merely saw a paper cannot.
 */
export function keysBesideEntries(
  keys: PushRequest['subjectKeys'],
  items: readonly ProvedItem[],
): PushRequest['subjectKeys'] {
  if (keys.length === 0) return keys;
  const texts = items.flatMap(({ item, proof }) => (proof.proof === 'genuine' ? [item.text] : []));
  const named = new Set(texts.flatMap((text) => text.match(UUID) ?? []).map((one) => one.toLowerCase()));
  return keys.filter(({ subject }) => named.has(subject.toLowerCase()));
}

/**
 * Keeps the body keys that travel beside entries; a sale that waited for its key goes on at once. `vouched` when the device
 * itself sent them. None keeps out another: which of them is the right one the sealed body tells. Idempotency: index
 * subject_key_once.
 */
export async function storeSubjectKeys(
  tx: Tx,
  deviceId: string,
  keys: PushRequest['subjectKeys'],
  vouched: boolean,
  receivedAt: number,
): Promise<void> {
  if (keys.length === 0) return;
  const subjects = keys.map(({ subject }) => subject);
  await sql`with kept as (
      insert into subject_key (device_id, subject, jwe, vouched, received_at)
      select ${deviceId}::uuid, k.subject, k.jwe, ${vouched}::boolean, ${receivedAt}::bigint
      from unnest(${subjects}::uuid[], ${keys.map(({ jwe }) => jwe)}::text[]) as k (subject, jwe)
      on conflict do nothing)
    update booking_work w set not_before = ${receivedAt} from sale s
    where s.device_id = w.device_id and s.transaction_id = w.transaction_id and w.device_id = ${deviceId}
      and w.done_at is null and w.last_problem = ${KEY_MISSING} and s.subject = any(${subjects}::uuid[])`.execute(tx);
}

/**
 * Erases the keys of people whose erasure is in custody, also those that a repeated push has just brought back. A key is
 * kept as long as a sale that it opens waits for its booking; the worker removes it afterwards. Keys of pages wait for
 * nothing (OPOP-Sync/1 10.7).
 */
export async function eraseSubjectKeys(tx: Tx, deviceId: string, at: number): Promise<void> {
  await sql`delete from subject_key k using erased_subject e
    where e.device_id = ${deviceId} and k.device_id = e.device_id and k.subject = e.subject
      and not exists (select 1 from sale s join booking_work w
          on w.device_id = s.device_id and w.transaction_id = s.transaction_id
        where s.device_id = k.device_id and s.subject = k.subject and w.done_at is null)`.execute(tx);
  await sql`with gone as (
      delete from document_key k using erased_subject e
      where e.device_id = ${deviceId} and k.device_id = e.device_id and k.stream = e.subject
      returning k.device_id, k.document_id)
    insert into document_erasure (device_id, document_id, cause, erased_at)
    select device_id, document_id, 'person', ${at}::bigint from gone on conflict do nothing`.execute(tx);
}
