import { sql } from 'kysely';
import type { BookingParts } from '../booking/booking-parts.ts';
import { findSale, type SaleInCustody } from '../booking/read-sale.ts';
import type { Tx } from '../db/open.ts';
import { isFrozen } from '../restore/server-rollback.ts';
import { type Done, doCaseWork, type Work } from './case-steps.ts';
import { markUnclaimed } from './unclaimed.ts';

/** The sale or its key may still come; what never comes stays visible in `last_problem`. */
const RETRY_FLOOR_MS = 2000;
const RETRY_CEILING_MS = 300_000;

type Step = 'idle' | 'worked' | 'postponed';

const WAIT_FOR_SALE: Done = { wait: 'SALE_NOT_DECIDED' };

async function takeWork(tx: Tx, now: number): Promise<Work | undefined> {
  return (
    tx
      .selectFrom('case_work')
      .select(['device_id', 'cause', 'transaction_id', 'kind', 'attempts'])
      .where('done_at', 'is', null)
      .where('not_before', '<=', now)
      .orderBy('not_before')
      // First come, first served: of two applications for the same money the first has it.
      .orderBy('work_no')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
  );
}

/** Holds the sale against its own booking and against other work on it; undefined while it is not decided for the first time. */
async function lockDecidedSale(tx: Tx, work: Work): Promise<SaleInCustody | undefined> {
  const booking = await tx
    .selectFrom('booking_work')
    .select('done_at')
    .where('device_id', '=', work.device_id)
    .where('transaction_id', '=', work.transaction_id)
    .forUpdate()
    .executeTakeFirst();
  if (booking === undefined || booking.done_at === null) return undefined;
  return findSale(tx, work.device_id, work.transaction_id);
}

async function doWork(parts: BookingParts, tx: Tx, work: Work): Promise<Done> {
  const sale = await lockDecidedSale(tx, work);
  return sale === undefined ? WAIT_FOR_SALE : doCaseWork(parts, tx, work, sale);
}

/** Sooner where only the sale or a key has to come. */
async function close(tx: Tx, work: Work, done: Done, now: number): Promise<Step> {
  const query = tx.updateTable('case_work').where('device_id', '=', work.device_id).where('cause', '=', work.cause);
  if (done === 'done') {
    await query.set({ done_at: now, last_problem: null }).execute();
    return 'worked';
  }
  const wait = Math.min(RETRY_CEILING_MS, RETRY_FLOOR_MS * 2 ** Math.min(work.attempts, 10));
  await query.set({ attempts: work.attempts + 1, last_problem: done.wait, not_before: now + wait }).execute();
  return 'postponed';
}

/** Inside a larger question: whether anything is due. The worker asks several times a second, and mostly nothing is. */
export const caseIsDue = (now: number) =>
  sql<boolean>`exists (select 1 from case_work where done_at is null and not_before <= ${now})`;

async function isAnyDue({ db, now }: BookingParts['context']): Promise<boolean> {
  const { rows } = await sql<{ readonly due: boolean }>`select ${caseIsDue(now())} as due`.execute(db);
  return rows[0]?.due === true;
}

async function workNext(parts: BookingParts): Promise<Step> {
  const { context } = parts;
  if (!(await isAnyDue(context))) return 'idle';
  const failed: { work?: Work; problem?: string } = {};
  try {
    return await context.db.transaction().execute(async (tx) => {
      if (await isFrozen(tx)) return 'idle';
      const work = await takeWork(tx, context.now());
      if (work === undefined) return 'idle';
      failed.work = work;
      return close(tx, work, await doWork(parts, tx, work), context.now());
    });
  } catch (error) {
    const { work } = failed;
    if (work === undefined) throw error;
    const problem = String(error).slice(0, 200);
    context.log('error', 'CASE_WORK_FAILED', { device: work.device_id, transaction: work.transaction_id, problem });
    return context.db.transaction().execute((tx) => close(tx, work, { wait: problem }, context.now()));
  }
}

/**
 * Does what cases ask for, one by one, until nothing is due, then marks refunds that nobody fetched; answers how many were
 * done. Exactly once: the row is locked, and what follows from it and `done_at` are one commit.
 */
export async function workOnCases(parts: BookingParts): Promise<number> {
  let worked = 0;
  for (let step = await workNext(parts); step !== 'idle'; step = await workNext(parts)) {
    if (step === 'worked') worked += 1;
  }
  return worked + (await markUnclaimed(parts.context));
}
