import { sql } from 'kysely';
import { formatReceiptNumber, nonceTagOf } from '../../domain/receipt-number.ts';
import type { Db, Tx } from '../db/open.ts';
import { askedDays, type FoundOnDay } from './day-legs.ts';
import type { DayKey } from './write-days.ts';

type Places = DayKey & {
  readonly deviceNo: number;
  readonly epochN: number;
  readonly nonce: string;
  readonly fromSeq: number;
  readonly toSeq: number;
  /** The sale whose paper bears another number than that of its place; null for places that never came. */
  readonly entryHash: string | null;
  readonly at: number;
};

/** Numbers as papers would bear them: the first, and the last where there are several. */
function numbersOf({ outletId, deviceNo, epochN, nonce, fromSeq, toSeq }: Places): string {
  const nonceTag = nonceTagOf(Buffer.from(nonce, 'base64url').toString('hex'));
  const numberOf = (seq: number): string =>
    formatReceiptNumber({ outletCode: outletId, deviceNo, epochN, nonceTag, seq });
  return fromSeq === toSeq ? numberOf(fromSeq) : `${numberOf(fromSeq)} s.d. ${numberOf(toSeq)}`;
}

/**
 * Receipt numbers that should be in custody and are not: places before an entry that waits for them, on the day on which it
 * came; and numbers of sales whose paper bears another one, on the day of the sale. A declared gap is a finding of its own.
 */
export async function readMissingNumbers(
  db: Db | Tx,
  days: readonly DayKey[],
  most: number,
): Promise<readonly FoundOnDay[]> {
  const { rows } = await sql<Places>`
    with asked as (select k.outlet_id, k.business_on, v.device_id, v.device_no,
        (extract(epoch from k.business_on::timestamp at time zone 'Asia/Jakarta') * 1000)::bigint as first,
        (extract(epoch from (k.business_on + 1)::timestamp at time zone 'Asia/Jakarta') * 1000)::bigint as after
      from ${askedDays(days)} join device v on v.outlet_id = k.outlet_id),
    waiting as (select a.*, p.epoch_n, p.epoch_nonce, p.seq, p.received_at,
        (select coalesce(max(b.seq), 0) from (
          select max(seq) as seq from entry where device_id = p.device_id and epoch_n = p.epoch_n
            and epoch_nonce = p.epoch_nonce and seq < p.seq
          union all select max(seq) from pending_entry where device_id = p.device_id and epoch_n = p.epoch_n
            and epoch_nonce = p.epoch_nonce and seq < p.seq
          union all select max(seq) from damaged_entry where device_id = p.device_id and epoch_n = p.epoch_n
            and epoch_nonce = p.epoch_nonce and seq < p.seq) b) as before
      from asked a join pending_entry p on p.device_id = a.device_id and p.received_at >= a.first
        and p.received_at < a.after)
    select outlet_id as "outletId", business_on as "businessOn", device_no as "deviceNo", epoch_n as "epochN",
      epoch_nonce as nonce, before + 1 as "fromSeq", seq - 1 as "toSeq", null as "entryHash", received_at as at
    from waiting where seq > before + 1
    union all
    select a.outlet_id, a.business_on, a.device_no, i.epoch_n, i.epoch_nonce, i.seq, i.seq, i.hash, i.at
    from asked a join day_item i on i.outlet_id = a.outlet_id and i.business_on = a.business_on
      and i.device_id = a.device_id and i.number is not null
    where i.number not like a.outlet_id || '-' || lpad(a.device_no::text, 2, '0') || '-' || i.epoch_n || '__-'
      || lpad(i.seq::text, 6, '0') || '-__'
    order by "outletId", "businessOn", at, "fromSeq" limit ${most}`.execute(db);
  return rows.map((row) => ({
    outletId: row.outletId,
    businessOn: row.businessOn,
    kind: 'number-missing',
    what: numbersOf(row),
    deviceNo: row.deviceNo,
    entryHash: row.entryHash,
    at: row.at,
  }));
}
