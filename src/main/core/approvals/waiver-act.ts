import type { Refusal } from '../../../contract/errors.ts';
import type { ApprovalAsked } from '../../../domain/approval.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { WriteTx } from '../db/open.ts';
import type { Append } from '../journal/journal.ts';
import { contentHashOf } from './approval-codes.ts';
import type { ApprovalGrant } from './approval-grant.ts';

/** A missing paper of a sale or an application, as its second person sees it. */
export function waiverAct(
  stream: string,
  { kind, reason }: { readonly kind: string; readonly reason: string },
): ApprovalAsked {
  return { action: 'waiver', subject: stream, amount: 0, contentHash: contentHashOf({ kind, reason }) };
}

/** Uses the approval of a waiver, where it has one. */
export async function useForWaiver(
  tx: WriteTx,
  append: Append,
  approval: ApprovalGrant | null,
  of: {
    readonly stream: string;
    readonly officerId: string;
    readonly cashSessionId: string | null;
    readonly kind: string;
    readonly reason: string;
  },
): Promise<Result<unknown, Refusal<'APPROVAL_OTHER' | 'APPROVAL_USED'>>> {
  if (approval === null) return ok(undefined);
  const { stream, officerId, cashSessionId } = of;
  return await approval.use(tx, append, { ...waiverAct(stream, of), stream, officerId, cashSessionId });
}
