import { sql } from 'kysely';
import type { RegionDayAnswer } from '../../contract/region-day.ts';
import { supervisionRefusalSchema, supervisionTypeSchema } from '../../contract/region-words.ts';
import { rupiah } from '../../domain/rupiah.ts';
import type { Db, Tx } from '../db/open.ts';
import { regionOn } from './scope.ts';
import type { DayKey } from './write-days.ts';

/** The outlet of a day, with its region on that date. */
export type DayOutlet = {
  readonly name: string;
  readonly address: string;
  readonly regency: string;
  readonly regionName: string | null;
};

export async function readDayOutlet(db: Db | Tx, { outletId, businessOn }: DayKey): Promise<DayOutlet | undefined> {
  const { rows } = await sql<DayOutlet>`select o.name, o.address, o.regency, r.name as "regionName"
    from outlet o left join region r on r.region_id = ${regionOn(sql`o.outlet_id`, sql`${businessOn}::date`)}
    where o.outlet_id = ${outletId}`.execute(db);
  return rows[0];
}

/** Names of people and numbers of devices, for everything that refers to them. */
export async function readNames(
  db: Db,
  officerIds: readonly string[],
): Promise<(officerId: string) => { officerId: string; name: string }> {
  const rows = await db
    .selectFrom('officer')
    .select(['officer_id', 'name'])
    .where('officer_id', 'in', officerIds.length === 0 ? [''] : [...new Set(officerIds)])
    .execute();
  const names = new Map(rows.map(({ officer_id: id, name }) => [id, name]));
  return (officerId) => ({ officerId, name: names.get(officerId) ?? officerId });
}

export async function readHeads(db: Db, outletId: string): Promise<RegionDayAnswer['heads']> {
  const { rows } = await sql<
    RegionDayAnswer['heads'][number]
  >`select v.device_id as "deviceId", v.device_no as "deviceNo",
      s.epoch_n as "epochN", s.seq, s.hash, v.last_contact_at as "lastContactAt"
    from device v join device_standing s on s.device_id = v.device_id
    where v.outlet_id = ${outletId} order by v.device_no limit 99`.execute(db);
  return rows;
}

/** What each session took, by the lines of its own sales. */
export async function readSessionTakings(db: Db, { outletId, businessOn }: DayKey) {
  const { rows } = await sql<{ sessionId: string; sales: number; takings: number }>`
    select i.cash_session_id as "sessionId",
      (count(distinct i.hash) filter (where i.type = 'transaction.paid')
        - count(distinct i.hash) filter (where i.type = 'transaction.voided'))::int as sales,
      coalesce(sum(l.amount), 0)::bigint as takings
    from day_item i left join ledger_line l on l.device_id = i.device_id and l.epoch_n = i.epoch_n
      and l.epoch_nonce = i.epoch_nonce and l.seq = i.seq and l.account in ('cash-drawer', 'provider-clearing')
    where i.outlet_id = ${outletId} and i.business_on = ${businessOn} and i.cash_session_id is not null
      and i.type in ('transaction.paid', 'transaction.voided', 'shortfall.collected', 'refund.paid-in-cash')
    group by 1`.execute(db);
  return new Map(rows.map(({ sessionId, sales, takings }) => [sessionId, { sales, takings }]));
}

/** Deposits that were recorded on the day, and those that carried cash of it: the oldest cash goes first. */
export async function readDayDeposits(db: Db, day: DayKey): Promise<RegionDayAnswer['deposits']> {
  const { outletId, businessOn } = day;
  const { rows } = await sql<{
    depositId: string;
    entryHash: string;
    amount: number;
    confirmed: number;
    depositedOn: RegionDayAnswer['deposits'][number]['depositedOn'];
    bank: string;
    slipNumber: string;
    byCourier: boolean;
  }>`with cash as (select coalesce(sum(cash) filter (where business_on < ${businessOn}), 0) as before,
        coalesce(sum(cash), 0) as through
      from outlet_day where outlet_id = ${outletId} and business_on <= ${businessOn}),
    told as (select p.*, sum(p.amount) over (order by p.received_at, p.deposit_id) as through,
        coalesce((select sum(c.amount) from deposit_confirmation c where c.device_id = p.device_id
          and c.deposit_id = p.deposit_id), 0) as confirmed
      from deposit p join device v on v.device_id = p.device_id where v.outlet_id = ${outletId})
    select t.deposit_id as "depositId", t.hash as "entryHash", t.amount, t.confirmed::bigint as confirmed,
      t.deposited_on as "depositedOn", t.bank, t.slip_number as "slipNumber", t.dispatch_id is not null as "byCourier"
    from told t, cash c
    where exists (select 1 from day_item i where i.device_id = t.device_id and i.hash = t.hash
        and i.outlet_id = ${outletId} and i.business_on = ${businessOn})
      or (t.through > c.before and t.through - t.amount < c.through)
    order by t.received_at, t.deposit_id limit 100`.execute(db);
  return rows.map(({ amount, confirmed, ...row }) => ({
    ...row,
    amount: rupiah(amount),
    confirmed: rupiah(confirmed),
  }));
}

/** Every word on a day, applied or not, the newest first. */
export async function readDayDecisions(db: Db, { outletId, businessOn }: DayKey) {
  const rows = await db
    .selectFrom('day_decision')
    .selectAll()
    .where('outlet_id', '=', outletId)
    .where('business_on', '=', businessOn)
    .orderBy('place', 'desc')
    .limit(400)
    .execute();
  return rows.map((row) => ({
    entryHash: row.hash,
    type: supervisionTypeSchema.parse(row.type),
    supervisor: row.supervisor,
    delegationId: row.delegation_id,
    at: row.at,
    part: row.part,
    item: row.item,
    note: row.note,
    applied: row.applied,
    refusal: row.refusal === null ? null : supervisionRefusalSchema.parse(row.refusal),
  }));
}

/** Types of items, by their hashes. */
export async function readTypes(db: Db, hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ hash: string; type: string }>`select hash, type from day_item
    where hash = any(${[...hashes]})`.execute(db);
  return new Map(rows.map(({ hash, type }) => [hash, type]));
}
