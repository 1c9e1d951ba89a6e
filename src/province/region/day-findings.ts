import { sql } from 'kysely';
import type { Db, Tx } from '../db/open.ts';
import { isEnded } from '../ingest/second-words.ts';
import { askedDays, type FoundOnDay } from './day-legs.ts';
import { readMissingNumbers } from './day-numbers.ts';
import type { DayKey } from './write-days.ts';

/** The most that are read of all asked days together. */
const MOST = 2000;

/**
 * What is wrong with the chains and papers of days: gaps, forks, damaged and quarantined rows on the day on which the
 * province learnt of them; numbers, forms and sheets on their own day; incidents. References only, never a person.
 */
export async function readFindings(db: Db | Tx, days: readonly DayKey[]): Promise<readonly FoundOnDay[]> {
  const { rows } = await sql<FoundOnDay>`
    with asked as (select k.outlet_id, k.business_on, v.device_id, v.device_no,
        (extract(epoch from k.business_on::timestamp at time zone 'Asia/Jakarta') * 1000)::bigint as first,
        (extract(epoch from (k.business_on + 1)::timestamp at time zone 'Asia/Jakarta') * 1000)::bigint as after
      from ${askedDays(days)} join device v on v.outlet_id = k.outlet_id),
    found as (
      select a.*, 'gap' as kind, e.gap_n || ': ' || e.gap_from || '-' || e.gap_to as what, e.opened_hash as hash,
        e.received_at as at
      from asked a join epoch e on e.device_id = a.device_id and e.gap_from is not null
        and e.received_at >= a.first and e.received_at < a.after
      union all
      select a.*, case s.verdict when 'FORK' then 'fork' else 'quarantined' end, s.seq::text, s.hash, s.received_at
      from asked a join suspended_entry s on s.device_id = a.device_id
        and s.received_at >= a.first and s.received_at < a.after
        and (s.verdict = 'FORK' or not ${isEnded('s')})
      union all
      select a.*, 'quarantined', coalesce(q.reason, '') || ' ' || q.seq, q.hash, q.received_at
      from asked a join entry q on q.device_id = a.device_id and q.verdict = 'QUARANTINED'
        and q.received_at >= a.first and q.received_at < a.after
        and not ${isEnded('q')}
      union all
      select a.*, 'damaged', x.epoch_n || ': ' || x.seq, null, x.received_at
      from asked a join damaged_entry x on x.device_id = a.device_id
        and x.received_at >= a.first and x.received_at < a.after
      union all
      select a.*, 'number-reused', i.number, i.hash, i.at
      from asked a join day_item i on i.outlet_id = a.outlet_id and i.business_on = a.business_on
        and i.device_id = a.device_id and i.number is not null
      where exists (select 1 from day_item j where j.number = i.number and j.hash <> i.hash)
      union all
      select a.*, case t.state when 'missing' then 'form-missing' else 'form-reused' end,
        t.series || ' ' || t.from_serial || case when t.to_serial > t.from_serial then '-' || t.to_serial else '' end,
        t.hash, t.received_at
      from asked a join form_told t on t.device_id = a.device_id and t.told_on = a.business_on
      where t.state = 'missing' or exists (select 1 from form_told o where o.form = t.form and o.series = t.series
        and o.from_serial <= t.to_serial and o.to_serial >= t.from_serial and o.hash <> t.hash
        and (o.state = 'used' or t.state = 'used'))
      union all
      select a.*, 'sheet-missing', s.from_number || '-' || s.to_number, s.hash, s.received_at
      from asked a join emergency_told s on s.device_id = a.device_id and s.told_on = a.business_on and s.state = 'missing'
      union all
      select a.*, 'incident', n.kind, null, n.at
      from asked a join incident n on n.device_id = a.device_id and n.at >= a.first and n.at < a.after)
    select outlet_id as "outletId", business_on as "businessOn", kind, what, device_no as "deviceNo", hash as "entryHash", at
    from found order by outlet_id, business_on, at, kind limit ${MOST}`.execute(db);
  return [...rows, ...(await readMissingNumbers(db, days, MOST))];
}
