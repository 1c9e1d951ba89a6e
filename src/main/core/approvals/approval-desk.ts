import type { ApprovalProof } from '../../../contract/approval-proof.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { ApprovalRequestView } from '../../../contract/views-approvals.ts';
import { type ApprovalAsked, mayBeRemote, mayTryCode } from '../../../domain/approval.ts';
import { fitsRequest, inGroups, requestCharacters, tagOf } from '../../../domain/approval-request.ts';
import { addDays, startOfLocalDate } from '../../../domain/local-date.ts';
import { type AnyResult, assertNever, type Err, err, ok, type Result } from '../../../domain/result.ts';
import type { ReadTx, StorageRefusal } from '../db/open.ts';
import { bindingOf, deviceTag } from './approval-codes.ts';
import type { ApprovalGrant } from './approval-grant.ts';
import { insertRequest, isNonceFree, readWrongCodes } from './approval-store.ts';
import type { ApprovalDeskDeps, ApprovalRefusal, Asker } from './desk-parts.ts';
import { judgeCode, judgeListCode } from './judge-code.ts';
import { grantOf, noteRefusal, type Proved } from './use-approval.ts';

/**
 * The one place where a second person lets something pass. An approval is bound to action, subject, amount, content, nonce
 * and device; it is used once, in the same commit as the act; whatever is refused is an entry.
 */
export type ApprovalDesk = {
  /** A short request for a code from afar; alive until the end of the business day. */
  readonly request: (
    asker: Asker,
    asked: ApprovalAsked,
  ) => Promise<Result<ApprovalRequestView, Refusal<'APPROVAL_NOT_REMOTE'> | StorageRefusal>>;
  /**
   * Proves an approval, then lets the act run with it. The act uses the grant inside its own commit and answers what the
   * use answers; an act that fails for another reason leaves a code as it was, to be used again for the same act.
   */
  readonly allow: <R extends AnyResult>(
    asker: Asker,
    asked: ApprovalAsked,
    proof: ApprovalProof,
    act: (grant: ApprovalGrant) => Promise<R>,
  ) => Promise<R | Err<ApprovalRefusal | StorageRefusal>>;
};

const NONCE_BYTES = 4;

export function createApprovalDesk(deps: ApprovalDeskDeps): ApprovalDesk {
  const { journal, deviceId, random, newId, now, today } = deps;

  const drawNonce = async (tx: ReadTx): Promise<string> => {
    for (;;) {
      const nonce = tagOf(random.bytes(NONCE_BYTES));
      if (await isNonceFree(tx, today(), nonce)) return nonce;
    }
  };

  const request: ApprovalDesk['request'] = async (asker, asked) =>
    await journal.record(async (tx) => {
      const keys = (await deps.keys(tx)).filter((one) => one.officerId !== asker.officerId);
      const refused = (reason: string) => err({ code: 'APPROVAL_NOT_REMOTE' as const, details: { reason } });
      if (!fitsRequest(asked.amount)) return refused('AMOUNT');
      if (!mayBeRemote(asked.action, (await deps.policy(tx)).voidApproval)) return refused('POLICY');
      if (keys.length === 0) return refused('NO_SUPERVISOR');
      const nonce = await drawNonce(tx);
      const { head } = bindingOf({ ...asked, nonce, deviceId });
      const { action, amount } = asked;
      const facts = { action, amount, nonce, head, deviceTag: deviceTag(deviceId), askedAt: now() };
      const characters = requestCharacters(facts);
      const requestId = newId();
      const { officerId: requestedBy } = asker;
      const stored = { ...asked, requestId, nonce, characters, requestedBy, requestedOn: today(), requestedAt: now() };
      await insertRequest(tx, stored);
      const { wrong } = await readWrongCodes(tx, today());
      const may = mayTryCode({ triesOfRequest: 0, wrongToday: wrong });
      return ok({
        requestId,
        nonce,
        shortText: inGroups(characters),
        action,
        amount,
        triesLeft: may.ok ? may.value.triesLeft : 0,
        expiresAt: startOfLocalDate(addDays(today(), 1)),
        supervisors: keys.map(({ officerId, name }) => ({ officerId, name })),
      });
    });

  const byPin = async (
    asker: Asker,
    asked: ApprovalAsked,
    { supervisorId, pin }: Extract<ApprovalProof, { by: 'pin' }>,
  ): Promise<Result<Proved, ApprovalRefusal | StorageRefusal>> => {
    const isSubject = supervisorId === asked.subject;
    const checked = isSubject
      ? err({ code: 'APPROVER_REFUSED' as const, path: ['approval'], details: { reason: 'SAME_PERSON' } })
      : await deps.checkPin(asker, { officerId: supervisorId, pin });
    if (checked.ok) {
      const nonce = await deps.db.read(drawNonce);
      return ok({ method: 'pin', approvalId: newId(), approvedBy: checked.value, nonce, requestedAt: now() });
    }
    if (checked.error.code !== 'APPROVER_REFUSED') return checked;
    const reason = String(checked.error.details?.['reason'] ?? checked.error.code);
    const noted = await noteRefusal(deps, asker, asked, { method: 'pin', approverId: supervisorId, reason });
    return noted.ok ? checked : noted;
  };

  const prove = async (
    asker: Asker,
    asked: ApprovalAsked,
    proof: ApprovalProof,
  ): Promise<Result<Proved, ApprovalRefusal | StorageRefusal>> => {
    switch (proof.by) {
      case 'pin':
        return await byPin(asker, asked, proof);
      case 'code':
        return await judgeCode(deps, asker, asked, proof);
      case 'list':
        return await judgeListCode(deps, asker, asked, proof);
      default:
        return assertNever(proof);
    }
  };

  return {
    request,
    allow: async (asker, asked, proof, act) => {
      const proved = await prove(asker, asked, proof);
      if (!proved.ok) return proved;
      const { grant, refused } = grantOf(deps, asker, asked, proved.value);
      const done = await act(grant);
      const reason = refused();
      if (done.ok || reason === null) return done;
      const { method, approvedBy: approverId, approvalId: requestId } = proved.value;
      const by = { method, approverId, requestId, reason };
      const noted = await noteRefusal(deps, asker, asked, by);
      return noted.ok ? done : noted;
    },
  };
}
