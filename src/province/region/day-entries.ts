import { sql } from 'kysely';
import type { RegionDayEntriesAnswer, RegionDayEntriesRequest } from '../../contract/region-day.ts';
import { rupiah } from '../../domain/rupiah.ts';
import type { Db } from '../db/open.ts';
import { readCursor, writeCursor } from './cursors.ts';
import { loadDay } from './load-day.ts';
import type { DayKey } from './write-days.ts';

type Row = {
  readonly place: number;
  readonly entryHash: string;
  readonly type: string;
  readonly deviceNo: number;
  readonly seq: number;
  readonly at: number;
  readonly receivedAt: number;
  readonly officerId: string | null;
  readonly officerName: string | null;
  readonly lines: readonly { readonly account: string; readonly amount: number }[];
};

/** Items of a day with what each moved and with which part it is signed, in the order in which they came. */
export async function readDayEntries(
  db: Db,
  day: DayKey,
  { type, cursor, limit }: Pick<RegionDayEntriesRequest, 'type' | 'cursor' | 'limit'>,
): Promise<RegionDayEntriesAnswer> {
  const [after = '0'] = readCursor(cursor, 1);
  const { rows } = await sql<Row>`select i.place, i.hash as "entryHash", i.type, v.device_no as "deviceNo", i.seq, i.at,
      i.received_at as "receivedAt", i.officer_id as "officerId", o.name as "officerName",
      coalesce((select jsonb_agg(jsonb_build_object('account', l.account, 'amount', l.amount) order by l.line_no)
        from ledger_line l where l.device_id = i.device_id and l.epoch_n = i.epoch_n and l.epoch_nonce = i.epoch_nonce
          and l.seq = i.seq), '[]') as lines
    from day_item i join device v on v.device_id = i.device_id left join officer o on o.officer_id = i.officer_id
    where i.outlet_id = ${day.outletId} and i.business_on = ${day.businessOn} and i.place > ${after}::bigint
      and (${type}::text is null or i.type = ${type})
    order by i.place limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const { parts } = await loadDay(db, day);
  const partOf = new Map(parts.flatMap(({ number, items }) => items.map((item) => [item, number] as const)));
  return {
    entries: shown.map((row) => ({
      entryHash: row.entryHash,
      type: row.type,
      deviceNo: row.deviceNo,
      seq: row.seq,
      at: row.at,
      receivedAt: row.receivedAt,
      by: row.officerId === null ? null : { officerId: row.officerId, name: row.officerName ?? row.officerId },
      part: partOf.get(row.entryHash) ?? null,
      lines: row.lines.map(({ account, amount }) => ({ account, amount: rupiah(amount) })),
    })),
    next: rows.length > shown.length && last !== undefined ? writeCursor([String(last.place)]) : null,
  };
}
