import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../db/open.ts';
import { CASH_ACCOUNTS, DEPOSIT_TYPE, TAKING_ACCOUNTS, TAKING_TYPES } from '../region/day-items.ts';
import { type BatchSummary, type DailyBatch, summaryOf } from '../../domain/daily-batch.ts';
import { DayCannotBeReplayed, itemsHashOf, loadDay } from '../region/load-day.ts';
import { keyOfDay } from '../region/day-legs.ts';
import type { DayKey } from '../region/write-days.ts';
import type { ProblemList, StoredProblem } from './problem-list.ts';

const DAYS_AT_ONCE = 50;

const LINES = sql`day_item i join ledger_line l on l.device_id = i.device_id and l.epoch_n = i.epoch_n
  and l.epoch_nonce = i.epoch_nonce and l.seq = i.seq`;

/** Sums that were kept as entries came, against the same sums worked out anew from the lines; whatever differs is named. */
const CHECKS: readonly { readonly problem: StoredProblem['problem']; readonly wrong: RawBuilder<{ where: string }> }[] =
  [
    {
      problem: 'BALANCE',
      wrong: sql`select coalesce(b.device_id, l.device_id)::text || '/' || coalesce(b.account, l.account) as "where"
      from account_balance b full join (select device_id, account, sum(amount) as amount from ledger_line group by 1, 2) l
        on l.device_id = b.device_id and l.account = b.account
      where coalesce(b.amount, 0) <> coalesce(l.amount, 0)`,
    },
    {
      problem: 'DAY_FIGURE',
      wrong: sql`select coalesce(f.outlet_id, w.outlet_id) || '/' || coalesce(f.business_on, w.business_on) || '/'
        || coalesce(f.type, w.type) || '/' || coalesce(f.account, w.account) as "where"
      from day_figure f full join (
        select device_id, outlet_id, business_on, type, '' as account, 0::numeric as amount, count(*) as entries
        from day_item group by 1, 2, 3, 4
        union all
        select i.device_id, i.outlet_id, i.business_on, i.type, l.account, sum(l.amount), count(*)
        from ${LINES} group by 1, 2, 3, 4, 5) w
        on w.device_id = f.device_id and w.outlet_id = f.outlet_id and w.business_on = f.business_on
          and w.type = f.type and w.account = f.account
      where coalesce(f.amount, 0) <> coalesce(w.amount, 0) or coalesce(f.entries, 0) <> coalesce(w.entries, 0)`,
    },
    {
      problem: 'DAY_FIGURE',
      wrong: sql`select coalesce(d.outlet_id, w.outlet_id) || '/' || coalesce(d.business_on, w.business_on) as "where"
      from outlet_day d full join (
        select f.outlet_id, f.business_on, sum(f.entries) filter (where f.account = '') as items,
          coalesce(sum(f.amount) filter (where f.type = any(${[...TAKING_TYPES]}) and f.account = any(${[...TAKING_ACCOUNTS]})), 0) as takings,
          coalesce(sum(f.amount) filter (where f.type <> ${DEPOSIT_TYPE} and f.account = any(${[...CASH_ACCOUNTS]})), 0) as cash,
          coalesce(sum(case f.type when 'transaction.paid' then f.entries when 'transaction.voided' then -f.entries end)
            filter (where f.account = ''), 0) as sales
        from day_figure f group by 1, 2) w on w.outlet_id = d.outlet_id and w.business_on = d.business_on
      where (d.items, d.takings, d.cash, d.sales) is distinct from (w.items, w.takings, w.cash, w.sales)`,
    },
    {
      // Every accepted entry that moves money is an item of exactly one day.
      problem: 'DAY_ITEM_MISSING',
      wrong: sql`select l.device_id || '/' || l.epoch_n || '/' || l.seq as "where"
      from (select distinct device_id, epoch_n, epoch_nonce, seq from ledger_line) l
      where not exists (select 1 from day_item i where i.device_id = l.device_id and i.epoch_n = l.epoch_n
        and i.epoch_nonce = l.epoch_nonce and i.seq = l.seq)`,
    },
  ];

type SignedPart = { readonly part: number; readonly itemsHash: string; readonly hash: string };

async function readSigned(db: Db | Tx, { outletId, businessOn }: DayKey): Promise<readonly SignedPart[]> {
  const { rows } = await sql<SignedPart>`select part, items_hash as "itemsHash", hash from day_decision
    where outlet_id = ${outletId} and business_on = ${businessOn} and applied and items_hash is not null`.execute(db);
  return rows;
}

/** A day whose events cannot have happened in their order was changed by hand. */
async function replayed(db: Db | Tx, key: DayKey): Promise<DailyBatch | undefined> {
  try {
    return await loadDay(db, key);
  } catch (error) {
    if (error instanceof DayCannotBeReplayed) return undefined; // the caller names it as a problem
    throw error;
  }
}

type Summary = Pick<BatchSummary, 'parts' | 'closedParts' | 'reconciledParts' | 'held' | 'returned'>;

async function verifySummary(db: Db | Tx, key: DayKey, batch: DailyBatch, problems: ProblemList): Promise<void> {
  const { rows } =
    await sql<Summary>`select parts, closed_parts as "closedParts", reconciled_parts as "reconciledParts",
      held, returned
    from outlet_day where outlet_id = ${key.outletId} and business_on = ${key.businessOn}`.execute(db);
  const [row] = rows;
  const summary = summaryOf(batch);
  const names = ['parts', 'closedParts', 'reconciledParts', 'held', 'returned'] as const;
  if (names.some((name) => row?.[name] !== summary[name])) problems.add('DAY_FIGURE', keyOfDay(key));
}

/** What was signed never changes: the items of a signed part give the hash that stands in the signed entry. */
async function verifySignatures(db: Db | Tx, problems: ProblemList): Promise<void> {
  for (let after = { outletId: '', businessOn: '0001-01-01' }; ; ) {
    const { rows } = await sql<DayKey>`select outlet_id as "outletId", business_on as "businessOn" from outlet_day d
      where (outlet_id, business_on) > (${after.outletId}, ${after.businessOn}::date)
        and exists (select 1 from day_decision w where w.outlet_id = d.outlet_id and w.business_on = d.business_on)
      order by 1, 2 limit ${DAYS_AT_ONCE}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    for (const key of rows) {
      const batch = await replayed(db, key);
      for (const { part, itemsHash, hash } of await readSigned(db, key)) {
        const items = batch?.parts.find(({ number }) => number === part)?.items;
        if (items === undefined || itemsHashOf(items) !== itemsHash) problems.add('DAY_SIGNATURE', hash);
      }
      if (batch !== undefined) await verifySummary(db, key, batch, problems);
    }
    after = last;
  }
}

/** The days of outlets: running sums equal their recomputation, and every signature still names what it named. */
export async function verifyDays(db: Db | Tx, problems: ProblemList): Promise<void> {
  for (const { problem, wrong } of CHECKS) {
    const { rows } = await sql<{ where: string }>`${wrong} limit 500`.execute(db);
    for (const { where } of rows) problems.add(problem, where);
  }
  await verifySignatures(db, problems);
}
