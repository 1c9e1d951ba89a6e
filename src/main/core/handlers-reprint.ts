import type { ApprovalProof } from '../../contract/approval-proof.ts';
import type { ApprovalAsked } from '../../domain/approval.ts';
import { err, ok } from '../../domain/result.ts';
import { contentHashOf } from './approvals/approval-codes.ts';
import type { SignIn } from './auth/sign-in.ts';
import type { Counter } from './counter.ts';
import type { JournalPaper } from './printing/print-service.ts';
import { readPolicy } from './rules/rules-in-force.ts';

type Reprint = {
  readonly paper: JournalPaper;
  readonly transactionId: string;
  readonly reason: string;
  readonly approval: ApprovalProof | null;
};

/** A copy as its second person sees it: this sale, this SALINAN n, this reason. */
const reprintAct = (transactionId: string, copyNo: number, reason: string): ApprovalAsked => ({
  action: 'reprint',
  subject: transactionId,
  amount: copyNo,
  contentHash: contentHashOf({ reason }),
});

/** Prints a copy; those above the policy's number take a supervisor, in the same commit as the intent. */
export async function reprint(counter: Counter, signIn: SignIn, { paper, transactionId, reason, approval }: Reprint) {
  const { printing, approvals, db } = counter;
  const { reprintsWithoutSupervisor } = await db.read((tx) => readPolicy(tx));
  if (approval === null) {
    return await printing.printApproved(paper, async (_tx, _append, copyNo) =>
      copyNo <= reprintsWithoutSupervisor
        ? ok(undefined)
        : err({ code: 'APPROVAL_NEEDED' as const, details: { copyNo } }),
    );
  }
  const asked = reprintAct(transactionId, paper.copyNo(await counter.jobsOf(transactionId)), reason);
  return await approvals.allow(signIn, asked, approval, (grant) =>
    printing.printApproved(paper, async (tx, append, copyNo) => {
      const { officerId, cashSessionId } = paper;
      const act = { ...reprintAct(transactionId, copyNo, reason), stream: transactionId, officerId, cashSessionId };
      return await grant.use(tx, append, act);
    }),
  );
}
