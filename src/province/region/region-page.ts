import { sql } from 'kysely';
import type { RegionAnswer, RegionOutlet, RegionRequest } from '../../contract/region.ts';
import { localDateAt } from '../../domain/local-date.ts';
import { rupiah } from '../../domain/rupiah.ts';
import type { Db } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readCursor, writeCursor } from './cursors.ts';
import { isFresh, type MadeFor, madeForNow, renewStandings } from './outlet-standings.ts';
import { rulesNow, type ShownOutlet } from './outlet-worries.ts';
import { readPackVersions } from './region-facts.ts';
import { delegationOf, inScope, type Principals, regionOn } from './scope.ts';

type Overview = RegionAnswer['totals'] & {
  readonly outletIds: readonly string[];
  /** Outlets that have to be worked out anew. */
  readonly old: readonly string[];
  readonly lackingNext: number;
  readonly regions: RegionAnswer['regions'];
};

/** What is true of all outlets of a supervisor: one pass over rows without what is shown of them. */
async function readOverview(db: Db, principals: Principals, madeFor: MadeFor): Promise<Overview> {
  const on = sql`${localDateAt(madeFor.now)}::date`;
  const { rows } = await sql<Overview>`
    with his as materialized (select o.outlet_id, ${regionOn(sql`o.outlet_id`, on)} as region_id from outlet o
      where ${inScope(principals, sql`o.outlet_id`, on)})
    select count(*)::int as outlets, (count(*) filter (where s.worried))::int as worried,
      coalesce(sum(s.unsent), 0)::bigint as unsent, coalesce(sum(s.quarantined), 0)::bigint as quarantined,
      coalesce(sum(s.undeposited), 0)::bigint as undeposited, coalesce(sum(s.open_sessions), 0)::bigint as "openSessions",
      coalesce(sum(s.waiting_close), 0)::bigint as "waitingClose",
      coalesce(sum(s.waiting_reconciliation), 0)::bigint as "waitingReconciliation",
      coalesce(sum(s.lacking_next), 0)::bigint as "lackingNext",
      coalesce(array_agg(his.outlet_id), '{}') as "outletIds",
      coalesce(array_agg(his.outlet_id) filter (where not ${isFresh(madeFor, 'his.outlet_id')}), '{}') as old,
      coalesce((select jsonb_agg(jsonb_build_object('regionId', r.region_id, 'name', r.name) order by r.region_id)
        from region r where r.region_id in (select region_id from his)), '[]') as regions
    from his left join outlet_standing s on s.outlet_id = his.outlet_id`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('a sum without groups is one row');
  return row;
}

/** The same after whatever is old was worked out anew. */
async function currentOverview(context: ProvinceContext, principals: Principals, madeFor: MadeFor): Promise<Overview> {
  const overview = await readOverview(context.db, principals, madeFor);
  if (overview.old.length === 0) return overview;
  await renewStandings(context, overview.old, madeFor);
  return readOverview(context.db, principals, madeFor);
}

type Row = Pick<RegionOutlet, 'name' | 'regency' | 'regionName'> & {
  readonly weight: number;
  readonly shown: ShownOutlet;
  readonly delegationId: string | null;
};

/** Outlets worst first, from where the page before ended; no more of them than are shown, and one. */
async function readRows(
  db: Db,
  principals: Principals,
  outletIds: readonly string[],
  { cursor, limit, on }: Pick<RegionRequest, 'cursor' | 'limit'> & { readonly on: string },
): Promise<readonly Row[]> {
  const [weight, after] = readCursor(cursor, 2);
  const begins = weight === undefined || !/^\d{1,9}$/.test(weight);
  const day = sql`${on}::date`;
  const rest = begins
    ? sql`true`
    : sql`(s.weight < ${Number(weight)} or (s.weight = ${Number(weight)} and s.outlet_id > ${after ?? ''}))`;
  const { rows } = await sql<Row>`
    with page as materialized (select s.outlet_id, s.weight, s.shown from outlet_standing s
      where s.outlet_id = any(${[...outletIds]}) and ${rest} order by s.weight desc, s.outlet_id limit ${limit + 1})
    select page.weight, page.shown, o.name, o.regency, r.name as "regionName",
      ${delegationOf(principals, sql`page.outlet_id`, day)} as "delegationId"
    from page join outlet o on o.outlet_id = page.outlet_id
      left join region r on r.region_id = ${regionOn(sql`page.outlet_id`, day)}
    order by page.weight desc, page.outlet_id`.execute(db);
  return rows;
}

function rulesOf({ current, next }: ReturnType<typeof rulesNow>, lacking: number): RegionAnswer['rules'] {
  return {
    current: current === null ? null : { packId: current.packId, validFrom: current.validFrom },
    next: next === null ? null : { packId: next.packId, validFrom: next.validFrom, lacking },
  };
}

/** The region in one look: outlets worst first, a page of them, and what is true of all. */
export async function readRegion(
  context: ProvinceContext,
  principals: Principals,
  { cursor, limit }: Pick<RegionRequest, 'cursor' | 'limit'>,
): Promise<RegionAnswer> {
  const { db } = context;
  const madeFor = await madeForNow(context);
  const today = localDateAt(madeFor.now);
  const overview = await currentOverview(context, principals, madeFor);
  const { outletIds, old: _old, lackingNext, regions, ...totals } = overview;
  const rows = await readRows(db, principals, outletIds, { cursor, limit, on: today });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    asOf: madeFor.now,
    today,
    regions,
    delegations: [...principals.delegations],
    rules: rulesOf(rulesNow(await readPackVersions(db), today), lackingNext),
    totals: { ...totals, undeposited: rupiah(totals.undeposited) },
    outlets: page.map(({ weight: _weight, shown, delegationId, ...named }) => ({
      ...named,
      ...shown,
      delegation: principals.delegations.find((one) => one.delegationId === delegationId) ?? null,
    })),
    next:
      rows.length > page.length && last !== undefined ? writeCursor([String(last.weight), last.shown.outletId]) : null,
  };
}
