import { type RawBuilder, sql } from 'kysely';
import type { RegionMonthAnswer, RegionMonthRequest } from '../../contract/region.ts';
import { rupiah } from '../../domain/rupiah.ts';
import type { Db } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readCursor, writeCursor } from './cursors.ts';
import { OWN_ACCOUNTS } from './day-items.ts';
import { groupBy } from './group-by.ts';
import { inScope, type Principals } from './scope.ts';

type DaySums = {
  readonly days: number;
  readonly daysSigned: number;
  readonly daysReconciled: number;
  readonly sales: number;
  readonly journal: number;
  readonly journalSigned: number;
};
type AccountSums = { readonly account: string; readonly all: number; readonly signed: number };
type Figures = RegionMonthAnswer['total'];
type Outlet = Pick<RegionMonthAnswer['outlets'][number], 'outletId' | 'name' | 'regency' | 'unsigned'>;

/** A day is signed where every part of it is closed by a signature: its figures are those of the signed day. */
const SIGNED = sql`d.closed_parts = d.parts`;

const DAY_SUMS = sql`count(*)::int as days, (count(*) filter (where ${SIGNED}))::int as "daysSigned",
  (count(*) filter (where d.reconciled_parts = d.parts))::int as "daysReconciled",
  coalesce(sum(greatest(d.sales, 0)), 0)::int as sales, coalesce(sum(d.takings), 0)::bigint as journal,
  coalesce(sum(d.takings) filter (where ${SIGNED}), 0)::bigint as "journalSigned"`;

const figuresOf = (row: DaySums, accounts: readonly AccountSums[]): Figures => ({
  days: row.days,
  daysSigned: row.daysSigned,
  daysReconciled: row.daysReconciled,
  sales: row.sales,
  journal: rupiah(row.journal),
  journalSigned: rupiah(row.journalSigned),
  accounts: accounts.map(({ account, all, signed }) => ({ account, all: rupiah(all), signed: rupiah(signed) })),
});

/** Sums of all outlets, and by where they stand; they are made by the database, whatever the page shows. */
async function readSums(db: Db, his: RawBuilder<unknown>) {
  const { rows } = await sql<DaySums & { readonly regency: string | null; readonly outlets: number }>`
    select o.regency, count(distinct d.outlet_id)::int as outlets, ${DAY_SUMS}
    from outlet_day d join outlet o on o.outlet_id = d.outlet_id where ${his}
    group by grouping sets ((), (o.regency)) order by o.regency collate "C"`.execute(db);
  const accounts = await sql<AccountSums>`select f.account, (-sum(f.amount))::bigint as all,
      coalesce(-sum(f.amount) filter (where ${SIGNED}), 0)::bigint as signed
    from outlet_day d join day_figure f on f.outlet_id = d.outlet_id and f.business_on = d.business_on
    where ${his} and f.account <> all(${[...OWN_ACCOUNTS]}) group by 1 order by f.account collate "C"`.execute(db);
  const whole = rows.find(({ regency }) => regency === null);
  if (whole === undefined) throw new Error('a sum over everything is one row');
  const regencies = rows.flatMap(({ regency, outlets, days, daysSigned, sales, journal, journalSigned }) =>
    regency === null
      ? []
      : [{ regency, outlets, days, daysSigned, sales, journal: rupiah(journal), journalSigned: rupiah(journalSigned) }],
  );
  return { total: figuresOf(whole, accounts.rows), regencies };
}

/** Outlets of a page by number, and one more. */
async function readOutletsOf(
  db: Db,
  his: RawBuilder<unknown>,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly (Outlet & DaySums)[]> {
  const { rows } = await sql<Outlet & DaySums>`select d.outlet_id as "outletId", o.name, o.regency, ${DAY_SUMS},
      coalesce(jsonb_agg(jsonb_build_object('on', d.business_on, 'waits', case when d.open_sessions > 0 then 'open'
        when d.closed_parts > 0 then 'supplement' else 'close' end) order by d.business_on)
        filter (where not (${SIGNED})), '[]') as unsigned
    from outlet_day d join outlet o on o.outlet_id = d.outlet_id where ${his} and d.outlet_id > ${after}
    group by 1, 2, 3 order by 1 limit ${limit + 1}`.execute(db);
  return rows;
}

async function readAccountsOf(
  db: Db,
  his: RawBuilder<unknown>,
  outletIds: readonly string[],
): Promise<ReadonlyMap<string, readonly AccountSums[]>> {
  const { rows } = await sql<AccountSums & { readonly outletId: string }>`select d.outlet_id as "outletId", f.account,
      (-sum(f.amount))::bigint as all, coalesce(-sum(f.amount) filter (where ${SIGNED}), 0)::bigint as signed
    from outlet_day d join day_figure f on f.outlet_id = d.outlet_id and f.business_on = d.business_on
    where ${his} and d.outlet_id = any(${[...outletIds]}) and f.account <> all(${[...OWN_ACCOUNTS]})
    group by 1, 2 order by 1, 2`.execute(db);
  return groupBy(rows, ({ outletId }) => outletId);
}

/** A month per outlet, beneficiary and regency: all days that were of his region on their date, and of them the signed ones. */
export async function readMonth(
  { db }: ProvinceContext,
  principals: Principals,
  { month, cursor, limit }: Pick<RegionMonthRequest, 'month' | 'cursor' | 'limit'>,
): Promise<RegionMonthAnswer> {
  const first = sql`${`${month}-01`}::date`;
  const his = sql`d.business_on >= ${first} and d.business_on < (${first} + interval '1 month')::date
    and ${inScope(principals, sql`d.outlet_id`, sql`d.business_on`)}`;
  const [after = ''] = readCursor(cursor, 1);
  const rows = await readOutletsOf(db, his, { after, limit });
  const shown = rows.slice(0, limit);
  const accounts = await readAccountsOf(
    db,
    his,
    shown.map(({ outletId }) => outletId),
  );
  const last = shown.at(-1);
  return {
    month,
    ...(await readSums(db, his)),
    outlets: shown.map((row) => ({
      outletId: row.outletId,
      name: row.name,
      regency: row.regency,
      unsigned: row.unsigned,
      ...figuresOf(row, accounts.get(row.outletId) ?? []),
    })),
    next: rows.length > shown.length && last !== undefined ? writeCursor([last.outletId]) : null,
  };
}
