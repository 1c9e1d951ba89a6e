import { sql } from 'kysely';
import type { DayPaperContent } from '../../contract/day-paper.ts';
import type { BatchPart } from '../../domain/daily-batch.ts';
import { rupiah } from '../../domain/rupiah.ts';
import type { Db, Tx } from '../db/open.ts';
import { OWN_ACCOUNTS, TAKING_ACCOUNTS, TAKING_TYPES } from './day-items.ts';
import { readDayOutlet } from './day-page-facts.ts';
import { itemsHashOf } from './load-day.ts';
import type { DayKey } from './write-days.ts';

/** The items of a part, to be joined; a day of an outlet has an index by its items. */
const itemsOf = ({ outletId, businessOn }: DayKey, { items }: BatchPart) => sql`(select i.*, v.device_no from day_item i
  join device v on v.device_id = i.device_id where i.outlet_id = ${outletId} and i.business_on = ${businessOn}
    and i.hash = any(${[...items]}))`;

const linesOf = (key: DayKey, part: BatchPart) => sql`${itemsOf(key, part)} i join ledger_line l
  on l.device_id = i.device_id and l.epoch_n = i.epoch_n and l.epoch_nonce = i.epoch_nonce and l.seq = i.seq`;

type Sessions = DayPaperContent['sessions'];
type Documents = DayPaperContent['documents'];

async function readSessions(db: Db | Tx, key: DayKey, part: BatchPart): Promise<Sessions> {
  const { rows } = await sql<
    Omit<Sessions[number], 'counted' | 'expected' | 'variance'> &
      Record<'counted' | 'expected' | 'variance', number | null>
  >`select v.device_no as "deviceNo", coalesce(o.name, s.opened_by) as by, s.opened_at as "openedAt",
      s.closed_at as "closedAt", coalesce(s.sales, (select count(*) from day_item i where i.device_id = s.device_id
        and i.outlet_id = s.outlet_id and i.business_on = s.business_on and i.cash_session_id = s.cash_session_id
        and i.type = 'transaction.paid'))::int as sales,
      s.counted, s.expected, s.variance, s.explanation, s.closed_hash as "closeHash"
    from day_session s join device v on v.device_id = s.device_id left join officer o on o.officer_id = s.opened_by
    where s.outlet_id = ${key.outletId} and s.business_on = ${key.businessOn}
      and coalesce(s.closed_hash, s.opened_hash) = any(${[...part.items]})
    order by s.opened_at limit 100`.execute(db);
  const amount = (value: number | null) => (value === null ? null : rupiah(value));
  return rows.map(({ counted, expected, variance, ...row }) => ({
    ...row,
    counted: amount(counted),
    expected: amount(expected),
    variance: amount(variance),
  }));
}

async function readDocuments(db: Db | Tx, key: DayKey, part: BatchPart): Promise<Documents> {
  const kinds = await sql<Documents['kinds'][number]>`select type, count(*)::int as count from ${itemsOf(key, part)} i
    group by type order by type limit 60`.execute(db);
  const numbers = await sql<Documents['numbers'][number]>`select device_no as "deviceNo",
      (array_agg(number order by epoch_n, seq))[1] as first, (array_agg(number order by epoch_n desc, seq desc))[1] as last,
      count(*)::int as count
    from ${itemsOf(key, part)} i where number is not null group by device_no order by device_no limit 99`.execute(db);
  const deposits = await sql<Omit<Documents['deposits'][number], 'amount'> & { readonly amount: number }>`
    select p.slip_number as "slipNumber", p.bank, p.deposited_on as "depositedOn", p.amount
    from ${itemsOf(key, part)} i join deposit p on p.device_id = i.device_id and p.hash = i.hash
    order by p.received_at, p.deposit_id limit 100`.execute(db);
  return {
    kinds: kinds.rows,
    numbers: numbers.rows,
    deposits: deposits.rows.map(({ amount, ...row }) => ({ ...row, amount: rupiah(amount) })),
  };
}

/** What a part of a day consists of, from its items alone: what came later is in none of its figures. */
export async function readPaperContent(
  db: Db | Tx,
  key: DayKey,
  part: BatchPart,
): Promise<DayPaperContent | undefined> {
  const outlet = await readDayOutlet(db, key);
  if (outlet === undefined) return undefined;
  const { name: outletName, ...ofOutlet } = outlet;
  const taken = await sql<{ takings: number }>`select coalesce(sum(l.amount), 0)::bigint as takings
    from ${linesOf(key, part)} where i.type = any(${[...TAKING_TYPES]}) and l.account = any(${[...TAKING_ACCOUNTS]})`.execute(
    db,
  );
  const accounts = await sql<{ account: string; amount: number }>`select l.account, (-sum(l.amount))::bigint as amount
    from ${linesOf(key, part)} where l.account <> all(${[...OWN_ACCOUNTS]})
    group by 1 having sum(l.amount) <> 0 order by 1 limit 120`.execute(db);
  const heads = await sql<DayPaperContent['heads'][number]>`select distinct on (device_no) device_id as "deviceId",
      device_no as "deviceNo", epoch_n as "epochN", seq, hash
    from ${itemsOf(key, part)} i order by device_no, epoch_n desc, seq desc limit 99`.execute(db);
  return {
    ...key,
    outletName,
    ...ofOutlet,
    part: part.number,
    items: part.items.length,
    itemsHash: itemsHashOf(part.items),
    takings: rupiah(taken.rows[0]?.takings ?? 0),
    accounts: accounts.rows.map(({ account, amount }) => ({ account, amount: rupiah(amount) })),
    sessions: await readSessions(db, key, part),
    documents: await readDocuments(db, key, part),
    heads: heads.rows,
  };
}
