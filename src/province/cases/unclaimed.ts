import { sql } from 'kysely';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isFrozen } from '../restore/server-rollback.ts';
import { decideRefundById } from './decide-by-id.ts';

const DAY_MS = 86_400_000;
/** Of one round; the rest come in the next. */
const AT_MOST = 100;

const reasonOf = (days: number): string =>
  `Disetujui ${String(days)} hari yang lalu dan belum dapat dibayarkan. Uangnya tetap hak warga.`;

/** Inside a larger question: whether one is old enough for the shortest time that the policy may say. */
export const refundIsOld = (now: number) =>
  sql<boolean>`exists (select 1 from refund where state = 'approved' and moved_at <= ${now - DAY_MS})`;

/** Approved refunds that nobody could be paid for so many days as the policy says, those that wait longest first. */
async function findDue(context: ProvinceContext): Promise<{ readonly days: number; readonly ids: readonly string[] }> {
  const { db } = context;
  const days = (await publishedPolicy(db)).cases.unclaimedDays;
  const due = await db
    .selectFrom('refund')
    .select('refund_id')
    .where('state', '=', 'approved')
    .where('moved_at', '<=', context.now() - days * DAY_MS)
    .orderBy('moved_at')
    .limit(AT_MOST)
    .execute();
  return { days, ids: due.map((row) => row.refund_id) };
}

/**
 * Says of approved refunds that they are unclaimed, in the feed of their counters; the money stays owed (OPOP-Sync/1 13.9).
 * Answers how many; asked for only where `refundIsOld`. Exactly once: each is locked, and moves from `approved` alone.
 */
export async function markUnclaimed(context: ProvinceContext): Promise<number> {
  const { days, ids } = await findDue(context);
  if (ids.length === 0 || (await isFrozen(context.db))) return 0;
  let marked = 0;
  for (const refundId of ids) {
    const word = {
      state: 'unclaimed',
      saidBy: 'province',
      reason: reasonOf(days),
      reference: null,
      reversal: null,
    } as const;
    const decided = await decideRefundById(context, refundId, word);
    if (decided.ok) marked += 1;
    // Paid or marked meanwhile, which is as good; a sale that is gone is for `verify` to name.
    else context.log('warn', 'REFUND_NOT_MARKED', { refund: refundId, problem: decided.error });
  }
  return marked;
}
