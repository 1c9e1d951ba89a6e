import type { Refusal } from '../../../contract/errors.ts';
import type { ApprovalAsked } from '../../../domain/approval.ts';
import type { Result } from '../../../domain/result.ts';
import type { WriteTx } from '../db/open.ts';
import type { Append } from '../journal/journal.ts';

/** An act as it sees itself inside its own commit, with the place of its entries. */
export type ApprovedAct = ApprovalAsked & {
  readonly stream: string;
  readonly officerId: string | null;
  readonly cashSessionId: string | null;
};

/** What the act's own entries may name. */
export type ApprovalUsed = { readonly approvalId: string; readonly approvedBy: string };

/**
 * One approval that was proved for one act. A service takes it as a value and uses it inside its own `journal.record`,
 * after its own checks: `approval.used` then stands in the same commit as the act. Another act than the one that was
 * approved, or a second use, is refused, and the commit with it.
 */
export type ApprovalGrant = {
  readonly approvedBy: string;
  readonly use: (
    tx: WriteTx,
    append: Append,
    act: ApprovedAct,
  ) => Promise<Result<ApprovalUsed, Refusal<'APPROVAL_OTHER' | 'APPROVAL_USED'>>>;
};
