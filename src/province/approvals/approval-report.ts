import { err, ok, type Result } from '../../domain/result.ts';
import type { Db } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { answerApproval } from './settle-approvals.ts';

const LONGEST_LIST = 1000;

/** Approvals that nobody has confirmed yet, or that were disputed, oldest first; times in ms UTC. */
export async function readOpenApprovals(db: Db) {
  const rows = await db
    .selectFrom('approval_used as u')
    .innerJoin('device as d', 'd.device_id', 'u.device_id')
    .selectAll('u')
    .select('d.outlet_id')
    .where((eb) => eb.or([eb('u.answer', 'is', null), eb('u.answer', '=', 'disputed')]))
    .orderBy('u.received_at')
    .limit(LONGEST_LIST)
    .execute();
  return rows.map((row) => ({
    approvalId: row.approval_id,
    outletId: row.outlet_id,
    deviceId: row.device_id,
    action: row.action,
    amount: row.amount,
    method: row.method,
    approvedBy: row.approved_by,
    usedAt: row.used_at,
    answer: row.answer ?? 'waiting',
    overdue: row.overdue_at !== null,
  }));
}

/** A person at the province says for a supervisor whether an approval was his; CHANGES_NOTHING where that was said before. */
export async function sayForSupervisor(
  context: ProvinceContext,
  said: { readonly approvalId: string; readonly answer: 'confirmed' | 'disputed' },
): Promise<Result<{ readonly approvalId: string; readonly answer: string }, 'APPROVAL_UNKNOWN' | 'CHANGES_NOTHING'>> {
  const { approvalId, answer } = said;
  return context.db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('approval_used')
      .select('device_id')
      .where('approval_id', '=', approvalId)
      .executeTakeFirst();
    if (row === undefined) return err('APPROVAL_UNKNOWN');
    const word = { deviceId: row.device_id, approvalId, answer, saidBy: 'province' };
    return (await answerApproval(tx, context, word)) ? ok({ approvalId, answer }) : err('CHANGES_NOTHING');
  });
}
