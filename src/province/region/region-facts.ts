import { sql } from 'kysely';
import type { LocalDate } from '../../domain/local-date.ts';
import type { Db } from '../db/open.ts';
import { isEnded } from '../ingest/second-words.ts';
import { inScope, type Principals } from './scope.ts';

/** An outlet of the region today. */
type OutletFacts = { readonly outletId: string; readonly name: string; readonly regency: string };

/** Outlets of a supervisor on a day; whoever has no counter yet is one too. */
export async function readOutlets(db: Db, principals: Principals, today: LocalDate): Promise<readonly OutletFacts[]> {
  const { rows } = await sql<OutletFacts>`select o.outlet_id as "outletId", o.name, o.regency from outlet o
    where ${inScope(principals, sql`o.outlet_id`, sql`${today}::date`)} order by o.outlet_id`.execute(db);
  return rows;
}

/** When the first counter of an outlet was enrolled, ms UTC; outlets without one are none of these. */
export async function readEnrolled(
  db: Db,
  outletIds: readonly string[],
): Promise<readonly { readonly outletId: string; readonly since: number }[]> {
  const { rows } = await sql<{ outletId: string; since: number }>`select outlet_id as "outletId",
      min(enrolled_at) as since from device where outlet_id = any(${[...outletIds]}) group by 1`.execute(db);
  return rows;
}

/** A counter and what its chain said last; devices of supervisors are none. Times in ms UTC. */
export type DeviceFacts = {
  readonly outletId: string;
  readonly deviceId: string;
  readonly deviceNo: number;
  readonly lastContactAt: number | null;
  /** When entries of it last came on a flashdisk. */
  readonly lastBundleAt: number | null;
  readonly unsent: number | null;
  readonly appVersion: string | null;
  readonly rulesVersion: number | null;
  readonly timeTrust: 'anchored' | 'rtc' | 'clamped' | 'suspect' | null;
  readonly rulePackId: string | null;
  readonly isCloned: boolean;
  readonly quarantined: number;
  /** Cash of the citizens, and what is with a bank and not confirmed; whole rupiah. */
  readonly cash: number;
  readonly banked: number;
};

export async function readCounters(db: Db, outletIds: readonly string[]): Promise<readonly DeviceFacts[]> {
  const { rows } = await sql<DeviceFacts>`
    with v as (select * from device d where d.outlet_id = any(${[...outletIds]}) and d.revoked_at is null
      and not exists (select 1 from supervisor_device s where s.device_id = d.device_id)),
    b as (select v.device_id,
        sum(b.amount) filter (where b.account in ('cash-drawer', 'safe-or-courier', 'float')) as cash,
        sum(b.amount) filter (where b.account = 'bank-in-transit') as banked
      from v join account_balance b on b.device_id = v.device_id group by 1),
    c as (select v.device_id, sum(c.amount) as confirmed from v join deposit_confirmation c on c.device_id = v.device_id
      group by 1),
    q as (select v.device_id, count(*) as quarantined from v join entry e on e.device_id = v.device_id
        and e.verdict = 'QUARANTINED'
        and not ${isEnded('e')} group by 1),
    a as (select v.device_id, count(*) as aside from v join suspended_entry x on x.device_id = v.device_id
        and not ${isEnded('x')} group by 1)
    select v.outlet_id as "outletId", v.device_id as "deviceId", v.device_no as "deviceNo",
      v.last_contact_at as "lastContactAt", v.last_carried_at as "lastBundleAt", v.unsent, v.app_version as "appVersion", v.rules_version as "rulesVersion",
      s.time_trust as "timeTrust", s.rule_pack_id as "rulePackId", v.cloned_at is not null as "isCloned",
      (coalesce(q.quarantined, 0) + coalesce(a.aside, 0))::int as quarantined,
      coalesce(b.cash, 0)::bigint as cash, (coalesce(b.banked, 0) - coalesce(c.confirmed, 0))::bigint as banked
    from v left join device_standing s on s.device_id = v.device_id left join b on b.device_id = v.device_id
      left join c on c.device_id = v.device_id left join q on q.device_id = v.device_id
      left join a on a.device_id = v.device_id
    order by v.outlet_id, v.device_no`.execute(db);
  return rows;
}

export type OpenSession = {
  readonly outletId: string;
  readonly openedOn: LocalDate;
  readonly openedAt: number;
  readonly by: string;
};

export async function readOpenSessions(db: Db, outletIds: readonly string[]): Promise<readonly OpenSession[]> {
  const { rows } = await sql<OpenSession>`select s.outlet_id as "outletId", s.business_on as "openedOn",
      s.opened_at as "openedAt", coalesce(o.name, s.opened_by) as by
    from day_session s left join officer o on o.officer_id = s.opened_by
    where s.outlet_id = any(${[...outletIds]}) and s.closed_hash is null order by s.opened_at`.execute(db);
  return rows;
}

/** A day of the fortnight in counts. */
export type DayFacts = {
  readonly outletId: string;
  readonly on: LocalDate;
  readonly sessions: number;
  readonly openSessions: number;
  readonly sales: number;
  readonly items: number;
  readonly parts: number;
  readonly closedParts: number;
  readonly reconciledParts: number;
  readonly held: number;
  readonly returned: number;
};

export async function readFortnight(
  db: Db,
  outletIds: readonly string[],
  from: LocalDate,
): Promise<readonly DayFacts[]> {
  const { rows } = await sql<DayFacts>`select outlet_id as "outletId", business_on as on, sessions,
      open_sessions as "openSessions", sales, items, parts, closed_parts as "closedParts",
      reconciled_parts as "reconciledParts", held, returned
    from outlet_day where outlet_id = any(${[...outletIds]}) and business_on >= ${from}`.execute(db);
  return rows;
}

/** How many days of an outlet wait for each signature, and its oldest cash that no deposit has taken. */
export type WaitingFacts = {
  readonly outletId: string;
  readonly close: number;
  readonly reconciliation: number;
  readonly oldestCash: LocalDate | null;
};

export async function readWaiting(
  db: Db,
  outletIds: readonly string[],
  today: LocalDate,
): Promise<readonly WaitingFacts[]> {
  const { rows } = await sql<WaitingFacts>`
    with deposited as (select v.outlet_id, sum(p.amount) as amount from device v join deposit p on p.device_id = v.device_id
        where v.outlet_id = any(${[...outletIds]}) group by 1),
    days as (select d.*, sum(cash) over (partition by outlet_id order by business_on) as through
      from outlet_day d where outlet_id = any(${[...outletIds]}))
    select d.outlet_id as "outletId",
      (count(*) filter (where closed_parts < parts and open_sessions = 0 and business_on < ${today}))::int as close,
      (count(*) filter (where closed_parts = parts and reconciled_parts < parts))::int as reconciliation,
      min(business_on) filter (where cash > 0 and through > coalesce(p.amount, 0)) as "oldestCash"
    from days d left join deposited p on p.outlet_id = d.outlet_id group by 1`.execute(db);
  return rows;
}

/** Packs of the rules feed with the version of the page that brought each; a pack of the same id that came later counts. */
export type PublishedPack = { readonly packId: string; readonly validFrom: LocalDate; readonly version: number };

export async function readPackVersions(db: Db): Promise<readonly PublishedPack[]> {
  const { rows } = await sql<PublishedPack>`select i ->> 'id' as "packId", i ->> 'validFrom' as "validFrom",
      p.to_version as version
    from feed_page p cross join lateral jsonb_array_elements(p.text::jsonb -> 'items') i
    where p.feed = 'rules' and p.scope = 'all' order by p.to_version`.execute(db);
  return rows;
}
