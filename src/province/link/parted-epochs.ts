import { sql } from 'kysely';
import type { Epoch } from '../../contract/primitives.ts';
import type { Db } from '../db/open.ts';

/**
 * Where the device opened `newer`, when that shows a second computer: both its `own` epoch, which it names again, and `newer`
 * were opened at our word over a line, `newer` after `own`, and `newer` does not stand on `own`. One computer that is put back
 * to an image comes back to what it left, but only to what the image held; to get here it needs two images, the older one
 * first (OPOP-Sync/1 4.4). Undefined where it proves nothing, also where custody does not hold the whole way between them.
 */
export async function findParted(db: Db, deviceId: string, own: Epoch, newer: Epoch): Promise<number | undefined> {
  const { rows } = await sql<{ readonly from: number }>`
    with recursive line as (
      select n, nonce, reason, opened_hash from epoch
        where device_id = ${deviceId} and n = ${newer.n} and nonce = ${newer.nonce}
      union
      select before.n, before.nonce, before.reason, before.opened_hash from line
        join entry opening on opening.device_id = ${deviceId} and opening.hash = line.opened_hash
        join entry last on last.device_id = ${deviceId} and last.hash = opening.prev
        join epoch before on before.device_id = ${deviceId} and before.n = last.epoch_n and before.nonce = last.epoch_nonce)
    select other.first_seq as "from" from epoch own join epoch other on other.device_id = own.device_id
      where own.device_id = ${deviceId} and own.n = ${own.n} and own.nonce = ${own.nonce} and own.reason = 'rotate'
        and other.n = ${newer.n} and other.nonce = ${newer.nonce} and other.reason = 'rotate'
        and other.n > own.n and other.received_at > own.received_at
        and exists (select 1 from line where reason = 'enrolment')
        and not exists (select 1 from line where n = own.n and nonce = own.nonce)`.execute(db);
  return rows[0]?.from;
}
