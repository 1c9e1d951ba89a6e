import type { ApprovalProof } from '../../../contract/approval-proof.ts';
import {
  type ApprovalAsked,
  type ApprovalMethod,
  isRequestAlive,
  mayApproveAct,
  mayBeRemote,
  mayTryCode,
} from '../../../domain/approval.ts';
import { tagOf } from '../../../domain/approval-request.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { ReadTx, StorageRefusal } from '../db/open.ts';

import { bindingOf, codeFor, isSameCode, listCodeFor } from './approval-codes.ts';
import { countWrongCode, findRequest, isListPlaceUsed, readWrongCodes, type StoredRequest } from './approval-store.ts';
import type { ApprovalDeskDeps, ApprovalRefusal, Asker, SupervisorKey } from './desk-parts.ts';
import { appendRefusal, type Proved } from './use-approval.ts';

/** A refused code; `counts` where it was a guess. */
type Refused = { readonly refusal: ApprovalRefusal; readonly counts: boolean };
type Judged = Result<Proved, Refused>;

const refused = (refusal: ApprovalRefusal, counts = false): Judged => err({ refusal, counts });

/** Judges one code in one commit: what it counts and what it refuses is on the disk before anybody is told. */
async function inOneCommit(
  deps: ApprovalDeskDeps,
  asker: Asker,
  asked: ApprovalAsked,
  of: { readonly method: ApprovalMethod; readonly approverId: string | null; readonly requestId: string | null },
  judge: (tx: ReadTx) => Promise<Judged>,
): Promise<Result<Proved, ApprovalRefusal | StorageRefusal>> {
  const judged = await deps.journal.record(async (tx, append) => {
    const judgement = await judge(tx);
    if (!judgement.ok) {
      const { refusal, counts } = judgement.error;
      if (counts) await countWrongCode(tx, deps.today(), of.requestId);
      const reason = String(refusal.details?.['reason'] ?? refusal.code);
      appendRefusal(append, asker, asked, { ...of, reason });
    }
    return ok(judgement);
  });
  if (!judged.ok) return judged;
  return judged.value.ok ? judged.value : err(judged.value.error.refusal);
}

/** Why a request takes no code, before the code is looked at; null where it does. */
function problemOf(
  deps: ApprovalDeskDeps,
  asked: ApprovalAsked,
  request: StoredRequest | undefined,
): ApprovalRefusal | null {
  if (request === undefined) return { code: 'APPROVAL_UNKNOWN' };
  if (request.usedAt !== null) return { code: 'APPROVAL_USED' };
  if (!isRequestAlive(request.requestedOn, deps.today())) return { code: 'APPROVAL_EXPIRED' };
  const { nonce } = request;
  const [wanted, given] = [asked, request].map(
    (of) => bindingOf({ ...plain(of), nonce, deviceId: deps.deviceId }).hash,
  );
  return wanted === given ? null : { code: 'APPROVAL_OTHER' };
}

const plain = ({ action, subject, amount, contentHash }: ApprovalAsked): ApprovalAsked => ({
  action,
  subject,
  amount,
  contentHash,
});

/** Tries that are left, or the refusal. */
async function triesOf(
  deps: ApprovalDeskDeps,
  tx: ReadTx,
  triesOfRequest: number,
): Promise<Result<number, ApprovalRefusal>> {
  const { wrong } = await readWrongCodes(tx, deps.today());
  const may = mayTryCode({ triesOfRequest, wrongToday: wrong });
  if (may.ok) return ok(may.value.triesLeft);
  return err({ code: 'APPROVAL_TRIES_SPENT', details: { of: may.error === 'DAY_SPENT' ? 'day' : 'request' } });
}

/** Every key is tried, so that the time says nothing of whose the code is. */
function ownersOf(keys: readonly SupervisorKey[], code: string, expected: (key: Uint8Array) => string) {
  return keys.filter(({ key }) => isSameCode(code, expected(key)));
}

/** The code of a supervisor who is far away, for one request. */
export async function judgeCode(
  deps: ApprovalDeskDeps,
  asker: Asker,
  asked: ApprovalAsked,
  { requestId, code }: Extract<ApprovalProof, { by: 'code' }>,
): Promise<Result<Proved, ApprovalRefusal | StorageRefusal>> {
  const of = { method: 'code', approverId: null, requestId } as const;
  return await inOneCommit(deps, asker, asked, of, async (tx) => {
    const request = await findRequest(tx, requestId);
    const problem = problemOf(deps, asked, request);
    if (problem !== null || request === undefined) return refused(problem ?? { code: 'APPROVAL_UNKNOWN' });
    if (!mayBeRemote(asked.action, (await deps.policy(tx)).voidApproval)) {
      return refused({ code: 'APPROVAL_NOT_REMOTE', details: { reason: 'POLICY' } });
    }
    const tries = await triesOf(deps, tx, request.tries);
    if (!tries.ok) return refused(tries.error);
    const keys = await deps.keys(tx);
    const owners = ownersOf(keys, code, (key) => codeFor(key, deps.deviceId, request.characters));
    const owner = owners.find(({ officerId }) => !isOwn(officerId, asker, request));
    if (owner !== undefined) {
      const { nonce, requestedAt } = request;
      return ok({ method: 'code', approvalId: requestId, approvedBy: owner.officerId, nonce, requestedAt });
    }
    if (owners.length > 0) return refused({ code: 'APPROVER_REFUSED', details: { reason: 'SAME_PERSON' } });
    return refused({ code: 'APPROVAL_CODE_WRONG', path: ['code'], details: { triesLeft: tries.value - 1 } }, true);
  });
}

/** Whether a supervisor would approve what he asked for, or what is about himself. */
function isOwn(officerId: string, asker: Asker, request: Pick<StoredRequest, 'requestedBy' | 'subject'>): boolean {
  const approver = { personId: officerId, role: 'supervisor' } as const;
  return [asker.officerId, request.requestedBy].some((askedBy) => !mayApproveAct(approver, askedBy, request).ok);
}

/** One line of a sealed list, crossed out by its use. */
export async function judgeListCode(
  deps: ApprovalDeskDeps,
  asker: Asker,
  asked: ApprovalAsked,
  { supervisorId, list, place, code }: Extract<ApprovalProof, { by: 'list' }>,
): Promise<Result<Proved, ApprovalRefusal | StorageRefusal>> {
  const of = { method: 'list', approverId: supervisorId, requestId: null } as const;
  return await inOneCommit(deps, asker, asked, of, async (tx) => {
    if (!mayBeRemote(asked.action, (await deps.policy(tx)).voidApproval)) {
      return refused({ code: 'APPROVAL_NOT_REMOTE', details: { reason: 'POLICY' } });
    }
    if (isOwn(supervisorId, asker, { requestedBy: null, subject: asked.subject })) {
      return refused({ code: 'APPROVER_REFUSED', details: { reason: 'SAME_PERSON' } });
    }
    const tries = await triesOf(deps, tx, 0);
    if (!tries.ok) return refused(tries.error);
    const owner = (await deps.keys(tx)).find((one) => one.officerId === supervisorId);
    const isRight = owner !== undefined && isSameCode(code, listCodeFor(owner.key, deps.deviceId, list, place));
    if (!isRight) {
      return refused({ code: 'APPROVAL_CODE_WRONG', path: ['code'], details: { triesLeft: tries.value - 1 } }, true);
    }
    if (await isListPlaceUsed(tx, { supervisorId, list, place })) return refused({ code: 'APPROVAL_USED' });
    // A list has no request: the line itself is what is used once.
    const nonce = tagOf(deps.random.bytes(4));
    return ok({
      method: 'list',
      approvalId: deps.newId(),
      approvedBy: supervisorId,
      nonce,
      requestedAt: deps.now(),
      list: { list, place },
    });
  });
}
