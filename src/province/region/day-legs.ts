import { sql } from 'kysely';
import type { DayFinding } from '../../contract/region-day.ts';
import type { Db, Tx } from '../db/open.ts';
import { groupBy } from './group-by.ts';
import { TAKING_TYPES } from './day-items.ts';
import type { DayKey } from './write-days.ts';

/** What is asked of many days at once comes back under this. */
export const keyOfDay = ({ outletId, businessOn }: DayKey): string => `${outletId} ${businessOn}`;

/** A row for each asked day, to be joined. */
export const askedDays = (days: readonly DayKey[]) =>
  sql`unnest(${days.map(({ outletId }) => outletId)}::text[], ${days.map(({ businessOn }) => businessOn)}::date[])
    as k(outlet_id, business_on)`;

/** A finding of a day among many. */
export type FoundOnDay = DayKey & DayFinding;

/** Groups rows by their day. */
export function byDay<T extends DayKey>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  return groupBy(rows, keyOfDay);
}

/** A day in its counts and sums; amounts in whole rupiah. */
export type DayRow = DayKey & {
  readonly items: number;
  readonly sessions: number;
  readonly openSessions: number;
  readonly sales: number;
  readonly takings: number;
  readonly parts: number;
  readonly closedParts: number;
  readonly reconciledParts: number;
  readonly held: number;
  readonly returned: number;
};

export async function readDayRows(db: Db | Tx, days: readonly DayKey[]): Promise<ReadonlyMap<string, DayRow>> {
  const { rows } =
    await sql<DayRow>`select d.outlet_id as "outletId", d.business_on as "businessOn", d.items, d.sessions,
      d.open_sessions as "openSessions", d.sales, d.takings, d.parts, d.closed_parts as "closedParts",
      d.reconciled_parts as "reconciledParts", d.held, d.returned
    from ${askedDays(days)} join outlet_day d on d.outlet_id = k.outlet_id and d.business_on = k.business_on`.execute(
      db,
    );
  return new Map(rows.map((row) => [keyOfDay(row), row]));
}

/** A cash session of a day. */
export type DaySession = DayKey & {
  readonly deviceId: string;
  readonly sessionId: string;
  readonly openedBy: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly closedHash: string | null;
  readonly counted: number | null;
  readonly expected: number | null;
  readonly variance: number | null;
  readonly sales: number | null;
  readonly explanation: string | null;
};

export async function readSessions(db: Db | Tx, days: readonly DayKey[]): Promise<readonly DaySession[]> {
  const { rows } = await sql<DaySession>`select s.outlet_id as "outletId", s.business_on as "businessOn",
      s.device_id as "deviceId", s.cash_session_id as "sessionId", s.opened_by as "openedBy", s.opened_at as "openedAt",
      s.closed_at as "closedAt", s.closed_hash as "closedHash", s.counted, s.expected, s.variance, s.sales, s.explanation
    from ${askedDays(days)} join day_session s on s.outlet_id = k.outlet_id and s.business_on = k.business_on
    order by s.opened_at`.execute(db);
  return rows;
}

/** What moved through drawers beside sales and closes, what providers promised, and what is between sums and charges. */
export type DayMoney = DayKey & {
  readonly drawerBeside: number;
  readonly provider: number;
  readonly rounding: number;
  readonly fee: number;
};

export async function readMoney(db: Db | Tx, days: readonly DayKey[]): Promise<ReadonlyMap<string, DayMoney>> {
  const taking = sql`f.type = any(${[...TAKING_TYPES]})`;
  const { rows } = await sql<DayMoney>`select f.outlet_id as "outletId", f.business_on as "businessOn",
      coalesce(sum(f.amount) filter (where f.account = 'cash-drawer' and not ${taking}
        and f.type <> 'cash-session.closed'), 0)::bigint as "drawerBeside",
      coalesce(sum(f.amount) filter (where f.account = 'provider-clearing' and ${taking}), 0)::bigint as provider,
      coalesce(sum(f.amount) filter (where f.account = 'rounding' and ${taking}), 0)::bigint as rounding,
      coalesce(-sum(f.amount) filter (where f.account = 'agent-fee' and ${taking}), 0)::bigint as fee
    from ${askedDays(days)} join day_figure f on f.outlet_id = k.outlet_id and f.business_on = k.business_on
    group by 1, 2`.execute(db);
  return new Map(rows.map((row) => [keyOfDay(row), row]));
}

/** Cash that a supervisor wrote off on a day: false notes, missing sums. */
export type Loss = DayKey & { readonly hash: string; readonly amount: number };

export async function readLosses(db: Db | Tx, days: readonly DayKey[]): Promise<readonly Loss[]> {
  const { rows } = await sql<Loss>`select i.outlet_id as "outletId", i.business_on as "businessOn", i.hash, l.amount
    from ${askedDays(days)} join day_item i on i.outlet_id = k.outlet_id and i.business_on = k.business_on
      and i.type = 'cash.written-off'
    join ledger_line l on l.device_id = i.device_id and l.epoch_n = i.epoch_n and l.epoch_nonce = i.epoch_nonce
      and l.seq = i.seq and l.account = 'cash-loss'`.execute(db);
  return rows;
}

/** How the sales of a day were booked. Sums in whole rupiah without fee and rounding. */
export type DayBookings = DayKey & {
  /** As the province booked them. */
  readonly booked: number;
  readonly undecided: number;
  /** Of those that are decided and booked otherwise than they were taken: a case explains each. */
  readonly cases: readonly { readonly hash: string; readonly amount: number }[];
  /** Sales that bear a form, each form counted; what is not booked and so needs none. */
  readonly onForms: number;
  readonly withoutForm: number;
  readonly formsNotDue: readonly { readonly hash: string; readonly amount: number }[];
};

/**
 * Sales of days with what the tax office decided last of each: booked parts at the amounts of the register. Cash that went
 * back counts as nothing, unless it was booked all the same, which is then a difference that nothing explains.
 */
export async function readBookings(db: Db | Tx, days: readonly DayKey[]): Promise<ReadonlyMap<string, DayBookings>> {
  const { rows } = await sql<DayBookings>`
    with told as (
      select i.outlet_id, i.business_on, i.hash, i.device_id, i.stream, i.transaction_id,
        case when c.transaction_id is null then s.total else 0 end as taken, d.central,
        case when d.central in ('booked', 'over') or c.transaction_id is null then
          (select coalesce(sum((o ->> 'expected')::bigint), 0) from jsonb_array_elements(d.item -> 'outcomes') o
            where o ->> 'state' in ('booked', 'over')) else 0 end as booked,
        coalesce(f.used, 0) as used
      from ${askedDays(days)}
      join day_item i on i.outlet_id = k.outlet_id and i.business_on = k.business_on and i.type = 'transaction.paid'
      join sale s on s.device_id = i.device_id and s.transaction_id = i.transaction_id and s.hash = i.hash
      left join cash_return c on c.device_id = i.device_id and c.transaction_id = i.transaction_id
      left join lateral (select central, item from decision d where d.device_id = i.device_id
        and d.transaction_id = i.transaction_id order by d.decided_at desc limit 1) d on true
      left join lateral (select sum(t.to_serial - t.from_serial + 1)::int as used from form_told t
        where t.device_id = i.device_id and t.transaction_id = i.transaction_id and t.form = 'tbpkp'
          and t.state = 'used') f on true),
    -- A sale that was not booked has no final receipt yet.
    read as (select *, taken > 0 and central in ('booked', 'over') as has_receipt from told)
    select outlet_id as "outletId", business_on as "businessOn",
      sum(booked)::bigint as booked,
      count(*) filter (where central is null and taken > 0)::int as undecided,
      coalesce(jsonb_agg(jsonb_build_object('hash', hash, 'amount', booked - taken))
        filter (where central is not null and taken > 0 and booked <> taken), '[]') as cases,
      coalesce(sum(case when taken > 0 then used * taken else used * greatest(booked, 1) end), 0)::bigint
        + coalesce(sum(taken) filter (where has_receipt and used = 0 and exists (select 1 from entry e
          where e.device_id = read.device_id and e.stream = read.stream and e.type = 'final-receipt.handed-over'
            and e.text::jsonb #>> '{body,by}' = 'link')), 0)::bigint as "onForms",
      count(*) filter (where has_receipt and used = 0 and not exists (select 1 from entry e
        where e.device_id = read.device_id and e.stream = read.stream and e.type = 'final-receipt.handed-over'
          and e.text::jsonb #>> '{body,by}' = 'link'))::int as "withoutForm",
      coalesce(jsonb_agg(jsonb_build_object('hash', hash, 'amount', -taken))
        filter (where taken > 0 and not has_receipt and central is not null and used = 0), '[]') as "formsNotDue"
    from read group by 1, 2`.execute(db);
  return new Map(rows.map((row) => [keyOfDay(row), row]));
}

/** What was collected later of bills that came short, and what the tax office said last of the sale; without rounding. */
export type Collected = DayKey & { readonly amount: number; readonly central: string | null };

export async function readCollected(db: Db | Tx, days: readonly DayKey[]): Promise<readonly Collected[]> {
  const { rows } = await sql<Collected>`select i.outlet_id as "outletId", i.business_on as "businessOn",
      (select coalesce(sum((p ->> 'amount')::bigint), 0) from jsonb_array_elements(c.parts) p)::bigint as amount, d.central
    from ${askedDays(days)} join day_item i on i.outlet_id = k.outlet_id and i.business_on = k.business_on
      and i.type = 'shortfall.collected'
    join shortfall c on c.device_id = i.device_id and c.hash = i.hash
    left join lateral (select central from decision d where d.device_id = i.device_id
      and d.transaction_id = c.transaction_id and d.decided_at > c.received_at
      order by d.decided_at desc limit 1) d on true`.execute(db);
  return rows;
}

/** Outlets to which pre-printed forms were delivered, and since when (ms UTC). */
export async function readFormOutlets(db: Db | Tx, outletIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ outletId: string; since: number }>`select d.outlet_id as "outletId",
      min(f.received_at) as since
    from device d join form_delivery f on f.device_id = d.device_id and f.form = 'tbpkp'
    where d.outlet_id = any(${[...outletIds]}) group by 1`.execute(db);
  return new Map(rows.map(({ outletId, since }) => [outletId, since]));
}

/** Where the cash of a day is; the oldest cash of an outlet goes to the bank first. Whole rupiah. */
export type DayCash = DayKey & {
  /** What the day brought, before any deposit. */
  readonly cash: number;
  readonly deposited: number;
  readonly confirmed: number;
};

export async function readCash(db: Db | Tx, days: readonly DayKey[]): Promise<ReadonlyMap<string, DayCash>> {
  const outlets = [...new Set(days.map(({ outletId }) => outletId))];
  const { rows } = await sql<DayCash>`
    with sums as (select d.outlet_id, business_on, cash,
        sum(cash) over (partition by d.outlet_id order by business_on) - cash as before
      from outlet_day d where d.outlet_id = any(${outlets})),
    banked as (select v.outlet_id, sum(p.amount) as deposited,
        sum((select coalesce(sum(c.amount), 0) from deposit_confirmation c
          where c.device_id = p.device_id and c.deposit_id = p.deposit_id)) as confirmed
      from device v join deposit p on p.device_id = v.device_id where v.outlet_id = any(${outlets}) group by 1)
    select s.outlet_id as "outletId", s.business_on as "businessOn", s.cash,
      least(greatest(coalesce(b.deposited, 0) - s.before, 0), greatest(s.cash, 0))::bigint as deposited,
      least(greatest(coalesce(b.confirmed, 0) - s.before, 0), greatest(s.cash, 0))::bigint as confirmed
    from ${askedDays(days)} join sums s on s.outlet_id = k.outlet_id and s.business_on = k.business_on
      left join banked b on b.outlet_id = s.outlet_id`.execute(db);
  return new Map(rows.map((row) => [keyOfDay(row), row]));
}
