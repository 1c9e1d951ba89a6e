import { sql } from 'kysely';
import type { PushRequest } from '../../contract/sync-protocol.ts';
import { KEY_MISSING } from '../booking/read-sale.ts';
import type { Tx } from '../db/open.ts';

/** Keeps the body keys that travel beside entries; a sale that waited for its key goes on at once. */
export async function storeSubjectKeys(
  tx: Tx,
  deviceId: string,
  request: PushRequest,
  receivedAt: number,
): Promise<void> {
  if (request.subjectKeys.length === 0) return;
  const rows = request.subjectKeys.map(({ subject, jwe }) => ({
    device_id: deviceId,
    subject,
    jwe,
    received_at: receivedAt,
  }));
  await tx
    .insertInto('subject_key')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['device_id', 'subject']).doNothing())
    .execute();
  await tx
    .updateTable('booking_work')
    .from('sale')
    .set({ not_before: receivedAt })
    .whereRef('sale.device_id', '=', 'booking_work.device_id')
    .whereRef('sale.transaction_id', '=', 'booking_work.transaction_id')
    .where('booking_work.device_id', '=', deviceId)
    .where('booking_work.done_at', 'is', null)
    .where('booking_work.last_problem', '=', KEY_MISSING)
    .where(
      'sale.subject',
      'in',
      rows.map(({ subject }) => subject),
    )
    .execute();
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
