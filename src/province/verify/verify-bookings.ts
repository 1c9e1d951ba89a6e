import { sql } from 'kysely';
import { z } from 'zod';
import { decisionItemSchema } from '../../contract/feeds.ts';
import { findSale, findSaleFacts, openPersonal, receiptVerifies, type SaleInCustody } from '../booking/read-sale.ts';
import type { Db } from '../db/open.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { type ProblemList, readStored } from './problem-list.ts';

const pageSchema = z.object({ items: z.array(z.object({ decisionId: z.string() })) });

/** Decisions that the feed of a device carries. */
async function publishedDecisions(db: Db): Promise<ReadonlySet<string>> {
  const pages = await db.selectFrom('feed_page').select('text').where('feed', '=', 'decisions').execute();
  // A page that cannot be read is named by the check of the pages; its decisions count as not carried.
  const ids = pages.flatMap(
    ({ text }) => readStored(pageSchema, text)?.items.map(({ decisionId }) => decisionId) ?? [],
  );
  return new Set(ids);
}

/** A sale, or that it is gone, or that its entry is damaged. */
export async function findReadableSale(
  db: Db,
  deviceId: string,
  transactionId: string,
): Promise<SaleInCustody | 'missing' | 'unreadable'> {
  try {
    return (await findSale(db, deviceId, transactionId)) ?? 'missing';
  } catch (error) {
    // Damage inside the entry; anything else, the line to the database for one, is not a finding.
    if (error instanceof z.ZodError || error instanceof SyntaxError) return 'unreadable';
    throw error;
  }
}

async function checkSales(db: Db, keys: KeyRing, problems: ProblemList): Promise<number> {
  const sales = await db
    .selectFrom('sale')
    .leftJoin('booking_work as work', (join) =>
      join.onRef('work.device_id', '=', 'sale.device_id').onRef('work.transaction_id', '=', 'sale.transaction_id'),
    )
    .leftJoin('decision', (join) =>
      join
        .onRef('decision.device_id', '=', 'sale.device_id')
        .onRef('decision.transaction_id', '=', 'sale.transaction_id'),
    )
    .leftJoin('cash_return', (join) =>
      join
        .onRef('cash_return.device_id', '=', 'sale.device_id')
        .onRef('cash_return.transaction_id', '=', 'sale.transaction_id'),
    )
    .select((eb) => [
      'sale.device_id',
      'sale.transaction_id',
      'work.done_at',
      'work.not_before',
      'cash_return.kind as returned',
      eb.fn.count('decision.decision_id').as('decisions'),
    ])
    .groupBy(['sale.device_id', 'sale.transaction_id', 'work.done_at', 'work.not_before', 'cash_return.kind'])
    .execute();
  for (const row of sales) {
    const where = `${row.device_id}/${row.transaction_id}`;
    if (row.not_before === null) problems.add('WORK_MISSING', where);
    // What its counter took back before it was sent is never decided.
    const isDecided = Number(row.decisions) > 0 || row.returned === 'void';
    if (row.done_at !== null && !isDecided) problems.add('DECISION_MISSING', where);
    const sale = await findReadableSale(db, row.device_id, row.transaction_id);
    if (sale === 'missing' || sale === 'unreadable') {
      problems.add(sale === 'missing' ? 'SALE_MISSING' : 'SALE_UNREADABLE', where);
      continue;
    }
    const personal = await openPersonal(keys, sale, await findSaleFacts(db, sale));
    if (personal.ok && !receiptVerifies(sale, personal.value)) problems.add('RECEIPT_SIGNATURE', where);
  }
  return sales.length;
}

async function checkUnapplied(db: Db, problems: ProblemList): Promise<void> {
  const rows = await db
    .selectFrom('entry')
    .leftJoin('sale', (join) =>
      join.onRef('sale.device_id', '=', 'entry.device_id').onRef('sale.hash', '=', 'entry.hash'),
    )
    .leftJoin('reverdict', (join) =>
      join
        .onRef('reverdict.device_id', '=', 'entry.device_id')
        .onRef('reverdict.hash', '=', 'entry.hash')
        .on('reverdict.verdict', 'in', ['ACCEPTED', 'CONFLICT']),
    )
    .select(['entry.device_id', 'entry.seq'])
    .where('entry.type', '=', 'transaction.paid')
    .where((eb) => eb(eb.fn.coalesce('reverdict.verdict', 'entry.verdict'), '=', 'ACCEPTED'))
    .where('sale.hash', 'is', null)
    .execute();
  for (const row of rows) problems.add('SALE_MISSING', `${row.device_id}/${row.seq}`);
}

async function checkDecisions(db: Db, problems: ProblemList): Promise<number> {
  const published = await publishedDecisions(db);
  const decisions = await db
    .selectFrom('decision')
    .select(['decision_id', 'device_id', 'transaction_id', 'item'])
    .execute();
  for (const row of decisions) {
    if (!published.has(row.decision_id)) problems.add('DECISION_NOT_IN_FEED', row.decision_id);
    const reference = `${row.device_id}/${row.transaction_id}`;
    const booked = await db
      .selectFrom('core_booking')
      .select(['component', 'period_due_on', 'amount'])
      .where('reference', '=', reference)
      .execute();
    const item = decisionItemSchema.safeParse(row.item);
    if (!item.success) {
      problems.add('DECISION_UNREADABLE', row.decision_id);
      continue;
    }
    for (const outcome of item.data.outcomes) {
      if (outcome.state !== 'booked') continue;
      const found = booked.some(
        (one) =>
          one.component === outcome.component &&
          one.period_due_on === outcome.periodDueOn &&
          one.amount === outcome.expected,
      );
      if (!found) problems.add('BOOKING_MISSING', `${reference}/${outcome.periodDueOn}/${outcome.component}`);
    }
  }
  return decisions.length;
}

/** Sales with their work, decision and receipt; decisions with their page and bookings; bookings unique. */
export async function verifyBookings(
  db: Db,
  keys: KeyRing,
  problems: ProblemList,
): Promise<{ readonly sales: number; readonly decisions: number; readonly bookings: number }> {
  await checkUnapplied(db, problems);
  const sales = await checkSales(db, keys, problems);
  const decisions = await checkDecisions(db, problems);
  const { rows } = await sql<{ vehicle_id: string; period_due_on: string; component: string }>`
    select vehicle_id, period_due_on, component from core_booking
    group by vehicle_id, period_due_on, component having count(*) > 1`.execute(db);
  for (const row of rows) problems.add('BOOKING_TWICE', `${row.vehicle_id}/${row.period_due_on}/${row.component}`);
  const counted = await db
    .selectFrom('core_booking')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { sales, decisions, bookings: counted.count };
}
