import type { ApprovalAsked, ApprovalMethod } from '../../../domain/approval.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { StorageRefusal, WriteTx } from '../db/open.ts';
import type { Append } from '../journal/journal.ts';
import { bindingOf } from './approval-codes.ts';
import type { ApprovalGrant } from './approval-grant.ts';
import type { ApprovalDeskDeps, Asker } from './desk-parts.ts';
import { crossOut, findRequest, insertApproval, isListPlaceUsed, spendRequest } from './approval-store.ts';

/** An approval whose PIN or code was right. */
export type Proved = {
  readonly method: ApprovalMethod;
  /** Of a request its own id. */
  readonly approvalId: string;
  readonly approvedBy: string;
  readonly nonce: string;
  readonly requestedAt: number;
  readonly list?: { readonly list: number; readonly place: number };
};

type UseDeps = Pick<ApprovalDeskDeps, 'journal' | 'deviceId' | 'now' | 'newId'>;

/** What is written down of a refusal. */
export type RefusedFacts = {
  readonly method: ApprovalMethod;
  readonly approverId: string | null;
  readonly reason: string;
  readonly requestId?: string | null;
};

/** Appends a refusal to an open commit. */
export function appendRefusal(append: Append, asker: Asker, asked: ApprovalAsked, facts: RefusedFacts): void {
  const { action, subject, amount } = asked;
  const { method, approverId, reason, requestId = null } = facts;
  append({
    type: 'approval.refused',
    stream: asker.stream,
    // An officer whom only his own word names is nobody yet.
    officerId: asker.atDoor === true ? null : asker.officerId,
    cashSessionId: null,
    body: { action, subject, amount, method, approverId, requestId, reason },
  });
}

/** A refusal is an entry of its own: the act that it belongs to was never committed. */
export async function noteRefusal(
  { journal }: Pick<UseDeps, 'journal'>,
  asker: Asker,
  asked: ApprovalAsked,
  facts: RefusedFacts,
): Promise<Result<void, StorageRefusal>> {
  return await journal.record(async (_tx, append) => {
    appendRefusal(append, asker, asked, facts);
    return ok(undefined);
  });
}

/** Whether the paper behind an approval was used up by another act meanwhile. */
async function isSpent(tx: WriteTx, { method, approvalId, approvedBy, list }: Proved): Promise<boolean> {
  if (method === 'code') return (await findRequest(tx, approvalId))?.usedAt !== null;
  return list !== undefined && (await isListPlaceUsed(tx, { supervisorId: approvedBy, ...list }));
}

/** The grant of a proved approval, and why its use was refused, if it was. */
export function grantOf(
  deps: UseDeps,
  asker: Asker,
  asked: ApprovalAsked,
  proved: Proved,
): { readonly grant: ApprovalGrant; readonly refused: () => string | null } {
  const state: { used: boolean; refused: string | null } = { used: false, refused: null };
  const { method, approvalId, approvedBy, nonce, requestedAt, list } = proved;
  const binding = (of: ApprovalAsked): string => bindingOf({ ...of, nonce, deviceId: deps.deviceId }).hash;
  const refuse = (code: 'APPROVAL_OTHER' | 'APPROVAL_USED') => {
    state.refused = code;
    return err({ code });
  };

  const use: ApprovalGrant['use'] = async (tx, append, act) => {
    const { action, subject, amount, contentHash } = act;
    const bound = binding({ action, subject, amount, contentHash });
    if (bound !== binding(asked)) return refuse('APPROVAL_OTHER');
    if (state.used || (await isSpent(tx, proved))) return refuse('APPROVAL_USED');
    const usedAt = deps.now();
    if (method === 'code') await spendRequest(tx, approvalId, usedAt);
    if (list !== undefined) await crossOut(tx, { supervisorId: approvedBy, ...list }, usedAt);
    const { seq } = append({
      type: 'approval.used',
      stream: act.stream,
      officerId: act.officerId,
      cashSessionId: act.cashSessionId,
      body: {
        approvalId,
        action,
        subject,
        amount,
        contentHash,
        nonce,
        binding: bound,
        requestedAt,
        requestedBy: asker.officerId,
        approvedBy,
        method,
        list: list ?? null,
      },
    });
    const { officerId: requestedBy } = asker;
    await insertApproval(tx, { approvalId, seq, action, subject, amount, method, approvedBy, requestedBy, usedAt });
    state.used = true;
    return ok({ approvalId, approvedBy });
  };
  return { grant: { approvedBy, use }, refused: () => state.refused };
}
