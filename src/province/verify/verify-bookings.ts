import { sql } from 'kysely';
import { z } from 'zod';
import { decisionItemSchema, feedPageSchema } from '../../contract/feeds.ts';
import { findSale, openPersonal, receiptVerifies } from '../booking/read-sale.ts';
import type { Db } from '../db/open.ts';
import type { SealingKey } from '../crypto/sealed-box.ts';
import type { ProblemList } from './problem-list.ts';

const itemsSchema = feedPageSchema.pick({ items: true });
const idSchema = z.object({ decisionId: z.string() });

/** Decisions that the feed of a device carries. */
async function publishedDecisions(db: Db): Promise<ReadonlySet<string>> {
  const pages = await db.selectFrom('feed_page').select('text').where('feed', '=', 'decisions').execute();
  const ids = pages.flatMap(({ text }) =>
    itemsSchema.parse(JSON.parse(text)).items.map((item) => idSchema.parse(item).decisionId),
  );
  return new Set(ids);
}

async function checkSales(db: Db, sealing: SealingKey, problems: ProblemList): Promise<number> {
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
    .select((eb) => [
      'sale.device_id',
      'sale.transaction_id',
      'work.done_at',
      'work.not_before',
      eb.fn.count('decision.decision_id').as('decisions'),
    ])
    .groupBy(['sale.device_id', 'sale.transaction_id', 'work.done_at', 'work.not_before'])
    .execute();
  for (const row of sales) {
    const where = `${row.device_id}/${row.transaction_id}`;
    if (row.not_before === null) problems.add('WORK_MISSING', where);
    if (row.done_at !== null && Number(row.decisions) === 0) problems.add('DECISION_MISSING', where);
    const sale = await findSale(db, row.device_id, row.transaction_id);
    if (sale === undefined) {
      problems.add('SALE_MISSING', where);
      continue;
    }
    const personal = await openPersonal(db, sealing, sale);
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
    .select(['entry.device_id', 'entry.seq'])
    .where('entry.type', '=', 'transaction.paid')
    .where('entry.verdict', '=', 'ACCEPTED')
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
    for (const outcome of decisionItemSchema.parse(row.item).outcomes) {
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
  sealing: SealingKey,
  problems: ProblemList,
): Promise<{ readonly sales: number; readonly decisions: number; readonly bookings: number }> {
  await checkUnapplied(db, problems);
  const sales = await checkSales(db, sealing, problems);
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
