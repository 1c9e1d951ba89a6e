import { z } from 'zod';
import { decisionItemSchema } from '../../contract/feeds.ts';
import { referenceOf } from '../booking/core-vehicle.ts';
import type { Db } from '../db/open.ts';
import { type ProblemList, readStored } from './problem-list.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

const pageSchema = z.object({ items: z.array(z.object({ decisionId: z.string() })) });

/** Decisions that the feed of one device carries; its pages are read a batch at a time, and only their ids are kept. */
async function publishedFor(db: Db, deviceId: string, batch: number): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let after = 0; ; ) {
    const pages = await db
      .selectFrom('feed_page')
      .select(['text', 'to_version'])
      .where('feed', '=', 'decisions')
      .where('scope', '=', deviceId)
      .where('to_version', '>', after)
      .orderBy('to_version')
      .limit(batch)
      .execute();
    const last = pages.at(-1);
    if (last === undefined) return ids;
    // A page that cannot be read is named by the check of the pages; its decisions count as not carried.
    for (const { text } of pages) {
      for (const { decisionId } of readStored(pageSchema, text)?.items ?? []) ids.add(decisionId);
    }
    after = last.to_version;
  }
}

function readBatch(db: Db, after: { readonly deviceId: string; readonly decisionId: string }, batch: number) {
  return db
    .selectFrom('decision')
    .select(['decision_id', 'device_id', 'transaction_id', 'item'])
    .where((eb) => eb(eb.refTuple('device_id', 'decision_id'), '>', eb.tuple(after.deviceId, after.decisionId)))
    .orderBy('device_id')
    .orderBy('decision_id')
    .limit(batch)
    .execute();
}

type Row = Awaited<ReturnType<typeof readBatch>>[number];

const referenceIn = (row: Row): string => referenceOf({ deviceId: row.device_id, transactionId: row.transaction_id });

/** What the tax office booked of the sales of these decisions, each line as a text. */
async function bookedFor(db: Db, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  const booked = await db
    .selectFrom('core_booking')
    .select(['reference', 'component', 'period_due_on', 'amount'])
    .where('reference', 'in', [...new Set(rows.map(referenceIn))])
    .execute();
  return new Set(booked.map((one) => `${one.reference}/${one.period_due_on}/${one.component}=${String(one.amount)}`));
}

async function checkBookings(db: Db, rows: readonly Row[], problems: ProblemList): Promise<void> {
  const booked = await bookedFor(db, rows);
  for (const row of rows) {
    const item = decisionItemSchema.safeParse(row.item);
    if (!item.success) {
      problems.add('DECISION_UNREADABLE', row.decision_id);
      continue;
    }
    for (const { state, periodDueOn, component, expected } of item.data.outcomes) {
      const where = `${referenceIn(row)}/${periodDueOn}/${component}`;
      if (state === 'booked' && !booked.has(`${where}=${String(expected)}`)) problems.add('BOOKING_MISSING', where);
    }
  }
}

/** Every decision with the page that carries it and with its bookings, device by device; answers how many there are. */
export async function checkDecisions(db: Db, problems: ProblemList, batch: number): Promise<number> {
  let decisions = 0;
  let published: { readonly of: string; readonly ids: ReadonlySet<string> } = { of: NOBODY, ids: new Set() };
  for (let after = { deviceId: NOBODY, decisionId: NOBODY }; ; ) {
    const rows = await readBatch(db, after, batch);
    const last = rows.at(-1);
    if (last === undefined) return decisions;
    decisions += rows.length;
    for (const { device_id, decision_id } of rows) {
      if (published.of !== device_id) published = { of: device_id, ids: await publishedFor(db, device_id, batch) };
      if (!published.ids.has(decision_id)) problems.add('DECISION_NOT_IN_FEED', decision_id);
    }
    await checkBookings(db, rows, problems);
    after = { deviceId: last.device_id, decisionId: last.decision_id };
  }
}
