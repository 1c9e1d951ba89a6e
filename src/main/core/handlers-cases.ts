import { ok } from '../../domain/result.ts';
import { refundView } from './cases/case-page.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';
import {
  printCaseLetter,
  printCashRefund,
  printRefundForm,
  printTopUp,
  reprintCasePaper,
} from './handlers-case-papers.ts';
import { printJobView } from './printing/print-service.ts';

type CaseMethods = Extract<
  keyof Handlers,
  `cases.${string}` | `shortfalls.${string}` | `cancellations.${string}` | `refunds.${string}`
>;

/** Cases as pages, and what people do about them. */
export function caseHandlers(counter: Counter): Pick<Handlers, CaseMethods> {
  const { cases, shortfalls, cancellations, cashRefunds, refunds, approvals, mirror, loop } = counter;
  return {
    'cases.page': async ({ caseId }) => await cases.page(caseId),
    'cases.open': async ({ caseId }, { signIn }) => await cases.open(signIn, caseId),
    'cases.assign': async (asked, { signIn }) => {
      const assigned = await cases.assign(signIn, asked);
      if (assigned.ok) loop.wake();
      return assigned;
    },
    'cases.note': async (asked, { signIn }) => await cases.note(signIn, asked),
    'cases.open-note': async (asked, { signIn }) => await cases.openNote(signIn, asked),
    'cases.print-letter': async ({ caseId, printerId }, { signIn }) => {
      // A letter without a number helps nobody: the case gets one.
      const opened = await cases.open(signIn, caseId);
      if (!opened.ok) return opened;
      const printed = await printCaseLetter(counter, signIn, opened.value, printerId);
      return printed.ok ? ok(printJobView(printed.value, opened.value.receiptNumber)) : printed;
    },
    'cases.reprint': async (asked, { signIn }) => {
      const printed = await reprintCasePaper(counter, signIn, asked);
      return printed.ok ? ok(printJobView(printed.value, null)) : printed;
    },
    'cases.match': async ({ transactionId, decisionId, nrkb, chassisNumber }, { signIn }) => {
      const matched = await cases.match(signIn, { transactionId, decisionId, vehicle: { nrkb, chassisNumber } });
      if (matched.ok) loop.wake();
      return matched;
    },

    'shortfalls.collect': async ({ printerId, ...asked }, { signIn }) => {
      const collected = await shortfalls.collect(signIn, asked);
      if (!collected.ok) return collected;
      const secondCopy = await mirror.follow();
      const printJobId = await printTopUp(counter, signIn, collected.value, printerId);
      loop.wake();
      const { collectionNumber, payable, change } = collected.value.body;
      return ok({ collectionNumber, payable, change, printJobId, secondCopy });
    },
    'shortfalls.waive': async ({ approval, ...asked }, { signIn }) => {
      const act = await shortfalls.waiverAsked(asked.transactionId, asked.decisionId);
      if (!act.ok) return act;
      const waived = await approvals.allow(signIn, act.value, approval, (grant) =>
        shortfalls.waive(signIn, asked, grant),
      );
      if (!waived.ok) return waived;
      loop.wake();
      return ok({});
    },

    'cancellations.preview': async ({ transactionId }) => await cancellations.preview(transactionId),
    'cancellations.request': async ({ approval, ...asked }, { signIn }) => {
      const act = await cancellations.asked(asked.transactionId);
      if (!act.ok) return act;
      const requested = await approvals.allow(signIn, act.value, approval, (grant) =>
        cancellations.request(signIn, asked, grant),
      );
      if (requested.ok) loop.wake();
      return requested;
    },

    'refunds.pay-in-cash': async ({ approval, printerId, isPayer: _confirmed, ...asked }, { signIn }) => {
      const act = await cashRefunds.asked(asked.transactionId);
      if (!act.ok) return act;
      const paid = await approvals.allow(signIn, act.value, approval, (grant) =>
        cashRefunds.payInCash(signIn, asked, grant),
      );
      if (!paid.ok) return paid;
      // "Mirrored before the cash goes back": at most 2 s, and the screen says what became of it.
      const secondCopy = await mirror.follow();
      const printJobId = await printCashRefund(counter, signIn, paid.value, printerId);
      loop.wake();
      const { refundNumber, amount } = paid.value.body;
      return ok({ refundNumber, amount, printJobId, secondCopy });
    },
    'refunds.request': async ({ transactionId, printerId, withoutPapers, ...person }, { signIn }) => {
      const requested = await refunds.request(signIn, { transactionId, person, withoutPapers });
      if (!requested.ok) return requested;
      const printJobId = await printRefundForm(counter, signIn, requested.value, printerId);
      loop.wake();
      const { refundId, refundNumber, amount } = requested.value.body;
      return ok({ refundId, refundNumber, amount, printJobId });
    },
    'refunds.approve': async ({ refundId, approval }, { signIn }) => {
      const act = await refunds.asked(refundId);
      if (!act.ok) return act;
      const approved = await approvals.allow(signIn, act.value, approval, (grant) =>
        refunds.approve(signIn, refundId, grant),
      );
      if (!approved.ok) return approved;
      loop.wake();
      return ok(refundView(approved.value));
    },
  };
}
