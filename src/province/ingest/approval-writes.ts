import { createHash } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import { BINDING_CONTEXT, bindingText } from '../../domain/approval.ts';
import { tagOf } from '../../domain/approval-request.ts';
import type { Tx } from '../db/open.ts';
import type { Database } from '../db/schema.ts';
import type { Incident } from './incidents.ts';
import type { ReadBody } from './typed-body.ts';

type Row<T extends keyof Database> = Insertable<Database[T]>;

/** What entries say of approvals, on the counter's side and on the supervisor's. */
export type ApprovalWrites = {
  readonly used: Row<'approval_used'>[];
  readonly given: Row<'approval_given'>[];
  readonly told: Row<'approval_told'>[];
  readonly refused: Row<'approval_refused'>[];
  readonly incidents: Incident[];
};

export function noApprovalWrites(): ApprovalWrites {
  return { used: [], given: [], told: [], refused: [], incidents: [] };
}

/** An accepted entry; `receivedAt` in ms UTC. */
type Taken = {
  readonly envelope: EntryEnvelope;
  readonly hash: string;
  readonly read: ReadBody;
  readonly receivedAt: number;
};

function addUsed(writes: ApprovalWrites, { envelope, hash, read, receivedAt }: Taken): void {
  if (read.type !== 'approval.used') return;
  const { deviceId } = envelope;
  const { approvalId, action, subject, amount, contentHash, nonce, approvedBy, requestedBy, method } = read.body;
  const bytes = createHash('sha256')
    .update(BINDING_CONTEXT + bindingText({ action, subject, amount, contentHash, nonce, deviceId }), 'utf8')
    .digest();
  const facts = { approvalId, action, amount, approvedBy };
  // What is written beside the hash is what the supervisor is asked about; it must be what was bound.
  if (bytes.toString('base64url') !== read.body.binding) {
    writes.incidents.push({ kind: 'APPROVAL_BROKEN', evidence: hash, facts });
    return;
  }
  if (approvedBy === requestedBy || approvedBy === envelope.officerId || approvedBy === subject) {
    writes.incidents.push({ kind: 'APPROVAL_OWN', evidence: hash, facts });
  }
  writes.used.push({
    device_id: deviceId,
    approval_id: approvalId,
    hash,
    action,
    subject,
    amount,
    method,
    approved_by: approvedBy,
    requested_by: requestedBy,
    nonce,
    head: tagOf(bytes),
    used_at: envelope.wallMs,
    received_at: receivedAt,
    answer: null,
    answered_at: null,
    answered_by: null,
    asked_at: null,
    overdue_at: null,
  });
}

/** Collects what an accepted entry says of an approval; entries of other kinds say nothing. */
export function addApproval(writes: ApprovalWrites, taken: Taken): void {
  const { envelope, hash, read, receivedAt } = taken;
  const { deviceId: device_id, officerId } = envelope;
  addUsed(writes, taken);
  if (read.type === 'approval.given' && officerId !== null) {
    const { counterId, action, amount, head, nonce } = read.body;
    const of = { supervisor: officerId, counter_id: counterId, action, amount, head, nonce };
    writes.given.push({ device_id, hash, ...of, received_at: receivedAt, used_by: null });
  }
  if (read.type === 'approval.answered' && officerId !== null) {
    const { approvalId, counterId, isOwn } = read.body;
    const of = { supervisor: officerId, counter_id: counterId, approval_id: approvalId, is_own: isOwn };
    writes.told.push({ device_id, hash, ...of, received_at: receivedAt, settled_at: null });
  }
  if (read.type === 'approval.refused') {
    const { action, amount, method, approverId: approver, reason } = read.body;
    writes.refused.push({ device_id, hash, action, amount, method, approver, reason, received_at: receivedAt });
  }
}

/** An approval that was used twice: its second act stands in the journal like any other, and a person has to look. */
async function writeUsed(tx: Tx, rows: ApprovalWrites['used']): Promise<readonly Incident[]> {
  const twice: Incident[] = [];
  for (const row of rows) {
    const written = await tx
      .insertInto('approval_used')
      .values(row)
      .onConflict((conflict) => conflict.columns(['device_id', 'approval_id']).doNothing())
      .returning('hash')
      .executeTakeFirst();
    if (written !== undefined) continue;
    const first = await tx
      .selectFrom('approval_used')
      .select('hash')
      .where('device_id', '=', row.device_id)
      .where('approval_id', '=', row.approval_id)
      .executeTakeFirstOrThrow();
    if (first.hash === row.hash) continue;
    const facts = { approvalId: row.approval_id, action: row.action, amount: Number(row.amount) };
    twice.push({ kind: 'APPROVAL_TWICE', evidence: row.hash, facts });
  }
  return twice;
}

/** Writes what was collected, each once; answers what a person has to know. */
export async function writeApprovals(tx: Tx, writes: ApprovalWrites): Promise<readonly Incident[]> {
  const twice = await writeUsed(tx, writes.used);
  for (const [table, rows] of [
    ['approval_given', writes.given],
    ['approval_told', writes.told],
    ['approval_refused', writes.refused],
  ] as const) {
    if (rows.length === 0) continue;
    await tx
      .insertInto(table)
      .values([...rows])
      .onConflict((conflict) => conflict.columns(['device_id', 'hash']).doNothing())
      .execute();
  }
  return [...writes.incidents, ...twice];
}
