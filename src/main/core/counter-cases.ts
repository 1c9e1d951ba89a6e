import { type CancellationService, createCancellationService } from './cases/cancellation-service.ts';
import { type CaseDesk, createCaseDesk } from './cases/case-desk.ts';
import { type CashRefundService, createCashRefundService } from './cases/cash-refund-service.ts';
import { createRefundService, type RefundService } from './cases/refund-service.ts';
import { createShortfallService, type ShortfallService } from './cases/shortfall-service.ts';
import { createExceptionsService, type ExceptionsService } from './exceptions/exceptions-service.ts';
import type { Foundation } from './foundation.ts';

/** What needs a person, and what people do about it. */
export type CaseFeatures = {
  readonly exceptions: ExceptionsService;
  readonly cases: CaseDesk;
  readonly shortfalls: ShortfallService;
  readonly cancellations: CancellationService;
  readonly cashRefunds: CashRefundService;
  readonly refunds: RefundService;
};

/** Wires the list of cases, their pages and their steps. */
export function wireCases(foundation: Foundation): CaseFeatures {
  const { timekeeper } = foundation;
  const exceptions = createExceptionsService({
    ...foundation,
    now: timekeeper.now,
    clockJumpMs: () => {
      const { needsAcknowledgement, jumpMs } = timekeeper.state();
      return needsAcknowledgement ? (jumpMs ?? 0) : null;
    },
  });
  const cancellations = createCancellationService(foundation);
  const cashRefunds = createCashRefundService(foundation);
  return {
    exceptions,
    cancellations,
    cashRefunds,
    shortfalls: createShortfallService(foundation),
    refunds: createRefundService(foundation),
    cases: createCaseDesk({ ...foundation, findRow: exceptions.findRow, cancellations, cashRefunds }),
  };
}
