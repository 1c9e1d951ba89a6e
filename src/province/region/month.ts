import { sql } from 'kysely';
import type { RegionMonthAnswer, RegionMonthRequest } from '../../contract/region.ts';
import { type Rupiah, rupiah } from '../../domain/rupiah.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readCursor, writeCursor } from './cursors.ts';
import { OWN_ACCOUNTS } from './day-items.ts';
import { groupBy } from './group-by.ts';
import { inScope, type Principals } from './scope.ts';

type DaySums = {
  readonly outletId: string;
  readonly name: string;
  readonly regency: string;
  readonly days: number;
  readonly daysSigned: number;
  readonly daysReconciled: number;
  readonly sales: number;
  readonly journal: number;
  readonly journalSigned: number;
  readonly unsigned: RegionMonthAnswer['outlets'][number]['unsigned'];
};
type AccountSums = {
  readonly outletId: string;
  readonly account: string;
  readonly all: number;
  readonly signed: number;
};
type Figures = RegionMonthAnswer['total'];

/** A day is signed where every part of it is closed by a signature: its figures are those of the signed day. */
const SIGNED = sql`d.closed_parts = d.parts`;

const figuresOf = (row: DaySums, accounts: readonly AccountSums[]): Figures => ({
  days: row.days,
  daysSigned: row.daysSigned,
  daysReconciled: row.daysReconciled,
  sales: row.sales,
  journal: rupiah(row.journal),
  journalSigned: rupiah(row.journalSigned),
  accounts: accounts.map(({ account, all, signed }) => ({ account, all: rupiah(all), signed: rupiah(signed) })),
});

function totalOf(rows: readonly DaySums[], accounts: readonly AccountSums[]): Figures {
  const sum = (of: (row: DaySums) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const byAccount = new Map<string, { all: Rupiah; signed: Rupiah }>();
  for (const { account, all, signed } of accounts) {
    const held = byAccount.get(account);
    byAccount.set(account, { all: rupiah((held?.all ?? 0) + all), signed: rupiah((held?.signed ?? 0) + signed) });
  }
  return {
    days: sum(({ days }) => days),
    daysSigned: sum(({ daysSigned }) => daysSigned),
    daysReconciled: sum(({ daysReconciled }) => daysReconciled),
    sales: sum(({ sales }) => sales),
    journal: rupiah(sum(({ journal }) => journal)),
    journalSigned: rupiah(sum(({ journalSigned }) => journalSigned)),
    accounts: [...byAccount]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([account, sums]) => ({ account, ...sums })),
  };
}

/** Sums by where outlets stand. */
function regenciesOf(rows: readonly DaySums[]): RegionMonthAnswer['regencies'] {
  return [...groupBy(rows, ({ regency }) => regency)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([regency, own]) => {
      const { days, daysSigned, sales, journal, journalSigned } = totalOf(own, []);
      return { regency, outlets: own.length, days, daysSigned, sales, journal, journalSigned };
    });
}

/** A month per outlet, beneficiary and regency: all days that were of his region on their date, and of them the signed ones. */
export async function readMonth(
  { db }: ProvinceContext,
  principals: Principals,
  { month, cursor, limit }: Pick<RegionMonthRequest, 'month' | 'cursor' | 'limit'>,
): Promise<RegionMonthAnswer> {
  const first = sql`${`${month}-01`}::date`;
  const his = sql`d.business_on >= ${first} and d.business_on < ${first} + interval '1 month'
    and ${inScope(principals, sql`d.outlet_id`, sql`d.business_on`)}`;
  const days = await sql<DaySums>`select d.outlet_id as "outletId", o.name, o.regency, count(*)::int as days,
      (count(*) filter (where ${SIGNED}))::int as "daysSigned",
      (count(*) filter (where d.reconciled_parts = d.parts))::int as "daysReconciled",
      sum(greatest(d.sales, 0))::int as sales, sum(d.takings)::bigint as journal,
      coalesce(sum(d.takings) filter (where ${SIGNED}), 0)::bigint as "journalSigned",
      coalesce(jsonb_agg(jsonb_build_object('on', d.business_on, 'waits', case when d.open_sessions > 0 then 'open'
        when d.closed_parts > 0 then 'supplement' else 'close' end) order by d.business_on)
        filter (where not (${SIGNED})), '[]') as unsigned
    from outlet_day d join outlet o on o.outlet_id = d.outlet_id where ${his}
    group by 1, 2, 3 order by 1`.execute(db);
  const accounts = await sql<AccountSums>`select d.outlet_id as "outletId", f.account,
      (-sum(f.amount))::bigint as all, coalesce(-sum(f.amount) filter (where ${SIGNED}), 0)::bigint as signed
    from outlet_day d join day_figure f on f.outlet_id = d.outlet_id and f.business_on = d.business_on
    where ${his} and f.account <> all(${[...OWN_ACCOUNTS]})
    group by 1, 2 order by 1, 2`.execute(db);
  const byOutlet = groupBy(accounts.rows, ({ outletId }) => outletId);
  const [after = ''] = readCursor(cursor, 1);
  const rest = days.rows.filter(({ outletId }) => outletId > after);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return {
    month,
    total: totalOf(days.rows, accounts.rows),
    regencies: regenciesOf(days.rows),
    outlets: shown.map((row) => ({
      outletId: row.outletId,
      name: row.name,
      regency: row.regency,
      unsigned: row.unsigned,
      ...figuresOf(row, byOutlet.get(row.outletId) ?? []),
    })),
    next: rest.length > shown.length && last !== undefined ? writeCursor([last.outletId]) : null,
  };
}
