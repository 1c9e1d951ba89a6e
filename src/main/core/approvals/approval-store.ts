import {
  type ApprovalAction,
  type ApprovalAsked,
  type ApprovalMethod,
  countingDay,
  isUnconfirmed,
} from '../../../domain/approval.ts';
import { type LocalDate, parseLocalDate } from '../../../domain/local-date.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { readPolicy } from '../rules/rules-in-force.ts';

/** A request as the counter keeps it. */
export type StoredRequest = ApprovalAsked & {
  readonly requestId: string;
  readonly nonce: string;
  readonly characters: string;
  readonly requestedBy: string | null;
  readonly requestedOn: LocalDate;
  readonly requestedAt: number;
  readonly tries: number;
  readonly usedAt: number | null;
};

function day(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (!parsed.ok) throw new Error('a stored day is none');
  return parsed.value;
}

/** Whether the nonce was not yet drawn on this day. */
export async function isNonceFree(tx: ReadTx, requestedOn: LocalDate, nonce: string): Promise<boolean> {
  const row = await tx
    .selectFrom('approval_request')
    .select('request_id')
    .where('requested_on', '=', requestedOn)
    .where('nonce', '=', nonce)
    .executeTakeFirst();
  return row === undefined;
}

export async function insertRequest(tx: WriteTx, request: Omit<StoredRequest, 'tries' | 'usedAt'>): Promise<void> {
  await tx
    .insertInto('approval_request')
    .values({
      request_id: request.requestId,
      action: request.action,
      subject: request.subject,
      amount: request.amount,
      content_hash: request.contentHash,
      nonce: request.nonce,
      characters: request.characters,
      requested_by: request.requestedBy,
      requested_on: request.requestedOn,
      requested_at: request.requestedAt,
      used_at: null,
    })
    .execute();
}

export async function findRequest(tx: ReadTx, requestId: string): Promise<StoredRequest | undefined> {
  const row = await tx
    .selectFrom('approval_request')
    .selectAll()
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    requestId: row.request_id,
    action: row.action,
    subject: row.subject,
    amount: row.amount,
    contentHash: row.content_hash,
    nonce: row.nonce,
    characters: row.characters,
    requestedBy: row.requested_by,
    requestedOn: day(row.requested_on),
    requestedAt: row.requested_at,
    tries: row.tries,
    usedAt: row.used_at,
  };
}

/** Spends a request; the database refuses a second time. */
export async function spendRequest(tx: WriteTx, requestId: string, usedAt: number): Promise<void> {
  await tx.updateTable('approval_request').set({ used_at: usedAt }).where('request_id', '=', requestId).execute();
}

/** Wrong codes of the day that counts: a clock that was set back gives no new tries. */
export async function readWrongCodes(
  tx: ReadTx,
  today: LocalDate,
): Promise<{ readonly on: LocalDate; readonly wrong: number }> {
  const newest = await tx
    .selectFrom('approval_tries')
    .selectAll()
    .orderBy('counted_on', 'desc')
    .limit(1)
    .executeTakeFirst();
  const on = countingDay(today, newest === undefined ? null : day(newest.counted_on));
  return { on, wrong: newest?.counted_on === on ? newest.wrong : 0 };
}

/** Counts one wrong code, against its request where there is one. */
export async function countWrongCode(tx: WriteTx, today: LocalDate, requestId: string | null): Promise<void> {
  const { on, wrong } = await readWrongCodes(tx, today);
  await tx
    .insertInto('approval_tries')
    .values({ counted_on: on, wrong: wrong + 1 })
    .onConflict((conflict) => conflict.column('counted_on').doUpdateSet({ wrong: wrong + 1 }))
    .execute();
  if (requestId === null) return;
  await tx
    .updateTable('approval_request')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('request_id', '=', requestId)
    .execute();
}

export async function isListPlaceUsed(
  tx: ReadTx,
  of: { readonly supervisorId: string; readonly list: number; readonly place: number },
): Promise<boolean> {
  const row = await tx
    .selectFrom('approval_list_use')
    .select('used_at')
    .where('supervisor_id', '=', of.supervisorId)
    .where('list', '=', of.list)
    .where('place', '=', of.place)
    .executeTakeFirst();
  return row !== undefined;
}

/** Crosses out one line of a sealed list; the database refuses a second time. */
export async function crossOut(
  tx: WriteTx,
  of: { readonly supervisorId: string; readonly list: number; readonly place: number },
  usedAt: number,
): Promise<void> {
  await tx
    .insertInto('approval_list_use')
    .values({ supervisor_id: of.supervisorId, list: of.list, place: of.place, used_at: usedAt })
    .execute();
}

/** An approval that was used here, as it waits for its supervisor's word. */
export type StoredApproval = {
  readonly approvalId: string;
  readonly seq: number;
  readonly action: ApprovalAction;
  readonly subject: string;
  readonly amount: number;
  readonly method: ApprovalMethod;
  readonly approvedBy: string;
  readonly requestedBy: string | null;
  readonly usedAt: number;
  readonly answer: 'waiting' | 'confirmed' | 'disputed';
};

export async function insertApproval(tx: WriteTx, approval: Omit<StoredApproval, 'answer'>): Promise<void> {
  await tx
    .insertInto('approval')
    .values({
      approval_id: approval.approvalId,
      seq: approval.seq,
      action: approval.action,
      subject: approval.subject,
      amount: approval.amount,
      method: approval.method,
      approved_by: approval.approvedBy,
      requested_by: approval.requestedBy,
      used_at: approval.usedAt,
      answered_at: null,
    })
    .execute();
}

/** An approval that a person has to ask about. */
export type UnsettledApproval = StoredApproval & { readonly approverName: string };

/** Approvals whose supervisor says that they were not his, and those that nobody has signed for in the policy's days. */
export async function readUnsettledApprovals(tx: ReadTx, nowMs: number): Promise<readonly UnsettledApproval[]> {
  const { approvalConfirmDays } = await readPolicy(tx);
  const rows = await tx
    .selectFrom('approval')
    .leftJoin('officer', 'officer.officer_id', 'approval.approved_by')
    .selectAll('approval')
    .select('officer.name')
    .where('answer', '<>', 'confirmed')
    .orderBy('used_at')
    .execute();
  return rows
    .filter(
      ({ answer, used_at: usedOnMs }) =>
        answer === 'disputed' || isUnconfirmed({ usedOnMs, confirmed: false }, nowMs, approvalConfirmDays),
    )
    .map((row) => ({
      approvalId: row.approval_id,
      seq: row.seq,
      action: row.action,
      subject: row.subject,
      amount: row.amount,
      method: row.method,
      approvedBy: row.approved_by,
      requestedBy: row.requested_by,
      usedAt: row.used_at,
      answer: row.answer,
      approverName: row.name ?? row.approved_by,
    }));
}
