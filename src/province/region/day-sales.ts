import { type RawBuilder, sql } from 'kysely';
import type { RegionDayTransactionsAnswer } from '../../contract/region-day.ts';
import type { Db } from '../db/open.ts';
import { rupiah } from '../../domain/rupiah.ts';
import { readCursor, writeCursor } from './cursors.ts';
import type { DayKey } from './write-days.ts';

/**
 * Sales of a day with the five axes as the province knows them. Delivery is `acknowledged`, because it is here; paper as the
 * counter told it last; pages as they came.
 */
const salesOf = (items: RawBuilder<unknown>) => sql`
  select i.*, s.total, case when c.transaction_id is null then 'paid' else 'voided' end as business,
    case when x.hash is null then 'acknowledged' else 'quarantined' end as delivery,
    coalesce(d.central, 'not-booked') as central, coalesce(p.print, 'not-printed') as print, coalesce(g.pages, 'none') as documents
  from (${items}) i
  join sale s on s.device_id = i.device_id and s.transaction_id = i.transaction_id and s.hash = i.hash
  left join cash_return c on c.device_id = i.device_id and c.transaction_id = i.transaction_id
  left join suspense x on x.device_id = i.device_id and x.hash = i.hash and x.reason in ('FORK', 'CONFLICT')
  left join lateral (select central from decision d where d.device_id = i.device_id
    and d.transaction_id = i.transaction_id order by d.decided_at desc limit 1) d on true
  left join lateral (select case
      when e.type = 'print.settled' and e.text::jsonb #>> '{body,result}' = 'printed' then 'printed'
      when e.type = 'print.answered' and e.text::jsonb #>> '{body,cameOut}' = 'true' then 'printed'
      when e.type = 'print.requested' or e.text::jsonb #>> '{body,result}' = 'unknown' then 'print-unknown'
      else 'spoiled' end as print
    from entry e where e.stream = i.stream and e.device_id = i.device_id and e.type like 'print.%'
    order by e.epoch_n desc, e.seq desc limit 1) p on true
  left join lateral (select case when bool_or(z.document_id is not null) then 'missing'
      when bool_and(k.document_id is not null) then 'stored' else 'uploading' end as pages
    from captured_page t left join document k on k.device_id = t.device_id and k.document_id = t.document_id
      left join page_decision z on z.device_id = t.device_id and z.document_id = t.document_id and k.document_id is null
    where t.device_id = i.device_id and t.stream = i.stream
      and not exists (select 1 from discarded_page r where r.device_id = t.device_id and r.document_id = t.document_id)
    having count(*) > 0) g on true`;

const itemsOfDay = ({ outletId, businessOn }: DayKey) => sql`select * from day_item
  where outlet_id = ${outletId} and business_on = ${businessOn} and type = 'transaction.paid'`;

type Axis = 'business' | 'delivery' | 'central' | 'print' | 'documents';
/** How many sales stand where, per axis. */
export type AxesCount = Readonly<Record<Axis, Record<string, number>>>;

export async function countAxes(db: Db, day: DayKey): Promise<{ readonly count: number; readonly axes: AxesCount }> {
  const { rows } = await sql<Readonly<Record<Axis, string>> & { count: number }>`
    select business, delivery, central, print, documents, count(*)::int as count from (${salesOf(itemsOfDay(day))}) sales
    group by 1, 2, 3, 4, 5`.execute(db);
  const axes: AxesCount = { business: {}, delivery: {}, central: {}, print: {}, documents: {} };
  for (const row of rows) {
    for (const axis of ['business', 'delivery', 'central', 'print', 'documents'] as const) {
      axes[axis][row[axis]] = (axes[axis][row[axis]] ?? 0) + row.count;
    }
  }
  return { count: rows.reduce((sum, { count }) => sum + count, 0), axes };
}

type Row = Readonly<Record<Axis, string>> & {
  readonly place: number;
  readonly transactionId: string;
  readonly entryHash: string;
  readonly receiptNumber: string;
  readonly deviceNo: number;
  readonly takenAt: number;
  readonly officerId: string | null;
  readonly officerName: string | null;
  readonly total: number;
};

const personOf = (officerId: string | null, name: string | null) =>
  officerId === null ? null : { officerId, name: name ?? officerId };

/** Sales of a day in the order in which they came: what comes while somebody turns pages stands behind. */
export async function readDaySales(
  db: Db,
  day: DayKey,
  { cursor, limit }: { readonly cursor: string | null; readonly limit: number },
): Promise<RegionDayTransactionsAnswer> {
  const [after = '0'] = readCursor(cursor, 1);
  const page = sql`${itemsOfDay(day)} and place > ${after}::bigint order by place limit ${limit + 1}`;
  const { rows } = await sql<Row>`select s.place, s.transaction_id as "transactionId", s.hash as "entryHash",
      s.number as "receiptNumber", v.device_no as "deviceNo", s.at as "takenAt", s.officer_id as "officerId",
      o.name as "officerName", s.total, s.business, s.delivery, s.central, s.print, s.documents
    from (${salesOf(page)}) s join device v on v.device_id = s.device_id
      left join officer o on o.officer_id = s.officer_id order by s.place`.execute(db);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    transactions: shown.map(({ place: _place, officerId, officerName, total, ...row }) => ({
      ...row,
      total: rupiah(total),
      by: personOf(officerId, officerName),
    })),
    next: rows.length > shown.length && last !== undefined ? writeCursor([String(last.place)]) : null,
  };
}
