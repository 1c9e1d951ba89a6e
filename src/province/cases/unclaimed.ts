import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isFrozen } from '../restore/server-rollback.ts';
import { decideRefundById } from './decide-by-id.ts';

const DAY_MS = 86_400_000;
/** Of one round; the rest come in the next. */
const AT_MOST = 100;

const reasonOf = (days: number): string =>
  `Disetujui ${String(days)} hari yang lalu dan belum dapat dibayarkan. Uangnya tetap hak warga.`;

/** Approved refunds that nobody could be paid for so many days as the policy says, those that wait longest first. */
async function findDue(context: ProvinceContext): Promise<{ readonly days: number; readonly ids: readonly string[] }> {
  const { db } = context;
  const waiting = db.selectFrom('refund').where('state', '=', 'approved');
  // The policy is read only where one is old enough for the shortest that it may say.
  const old = await waiting
    .select('refund_id')
    .where('moved_at', '<=', context.now() - DAY_MS)
    .limit(1)
    .execute();
  if (old.length === 0) return { days: 0, ids: [] };
  const days = (await publishedPolicy(db)).cases.unclaimedDays;
  const due = await waiting
    .select('refund_id')
    .where('moved_at', '<=', context.now() - days * DAY_MS)
    .orderBy('moved_at')
    .limit(AT_MOST)
    .execute();
  return { days, ids: due.map((row) => row.refund_id) };
}

/**
 * Says of approved refunds that they are unclaimed, in the feed of their counters; the money stays owed (OPOP-Sync/1 13.9).
 * Answers how many. Exactly once: each is locked, and moves from `approved` alone.
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
