import { ok } from '../../domain/result.ts';
import type { SignIn } from './auth/sign-in.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';
import { voidPaper } from './printing/void-document.ts';
import { voidFacts } from './transactions/papers.ts';
import type { VoidedSale } from './transactions/void-service.ts';

/** The slip with both numbers; null when no printer could be asked. The void stands without it. */
async function printVoid(
  counter: Counter,
  signIn: SignIn,
  voided: VoidedSale,
  asked: { readonly approver: string; readonly printerId: string | null },
): Promise<string | null> {
  const context = await counter.paperContext();
  const officers = await counter.auth.officers();
  const approverName = officers.find(({ officerId }) => officerId === asked.approver)?.name ?? asked.approver;
  const facts = voidFacts(context, signIn.name, { ...voided, approverName });
  const printed = await counter.printing.printPaper({
    kind: 'void',
    stream: voided.sale.transactionId,
    cashSessionId: voided.sale.cashSessionId,
    officerId: signIn.officerId,
    reason: null,
    printerId: asked.printerId,
    copyNo: (earlier) => earlier.filter((job) => job.kind === 'void' && job.state !== 'failed').length,
    document: () => voidPaper(facts),
  });
  return printed.ok ? printed.value.jobId : null;
}

/** Sales that are taken back while nothing of them has left. */
export function voidHandlers(counter: Counter): Pick<Handlers, 'transactions.void'> {
  return {
    'transactions.void': async ({ transactionId, reason, approval, printerId }, { signIn }) => {
      const asked = await counter.voids.asked(transactionId);
      if (!asked.ok) return asked;
      const voided = await counter.approvals.allow(signIn, asked.value, approval, (grant) =>
        counter.voids.voidSale(signIn, { transactionId, reason }, grant),
      );
      if (!voided.ok) return voided;
      // "Mirrored before the cash goes back": at most 2 s, and the screen says what became of it. The paper that comes
      // after it is another entry, whose own copy may still be on its way.
      const secondCopy = await counter.mirror.follow();
      const printJobId = await printVoid(counter, signIn, voided.value, {
        approver: voided.value.body.approvedBy,
        printerId,
      });
      counter.loop.wake();
      const { sale, body, returned } = voided.value;
      const { receiptNumber } = sale;
      return ok({ transactionId, receiptNumber, voidNumber: body.voidNumber, returned, printJobId, secondCopy });
    },
  };
}
