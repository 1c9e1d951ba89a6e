import type { InquiryRequest } from '../../../contract/sync-protocol.ts';
import type { Bill } from '../../../contract/sync-protocol.ts';

/** Asks the province for its figure; a signed and verified bill, or why there is none. */
export type Inquirer = {
  /** True while the last contact was answered; a guess, never a promise. */
  readonly hasLine: () => boolean;
  /** Answers within the limit of 2 s (OPOP-Sync/1 9.1); never throws for a dead line. */
  readonly ask: (request: InquiryRequest) => Promise<{ readonly bill: Bill } | { readonly noBill: string }>;
};

/** Keeps the bills of open drafts in memory: a bill lives ten minutes, a restart asks again. */
export type BillDesk = {
  /** The province's figure while it is valid; null before it came, when none came, and after its end. */
  readonly billOf: (transactionId: string) => Bill | null;
  /** Whether the province should be asked (again) for a draft that is on a screen: the line came back, or the bill ended. */
  readonly shouldAsk: (transactionId: string) => boolean;
  /** Asks once at a time per draft; a second call waits for the same answer. */
  readonly ask: (transactionId: string, request: InquiryRequest) => Promise<void>;
  /** An answer that is still on its way is not kept either: it belongs to what was asked before. */
  readonly forget: (transactionId: string) => void;
  readonly hasLine: () => boolean;
};

/** A province that answered without a bill is not asked by every look at the draft. */
const ASK_AGAIN_MS = 5_000;

/** `now` in ms UTC, the best estimate. */
export function createBillDesk(inquirer: Inquirer, now: () => number): BillDesk {
  const bills = new Map<string, Bill>();
  const running = new Map<string, Promise<void>>();
  const askedAt = new Map<string, number>();
  const billOf: BillDesk['billOf'] = (transactionId) => {
    const bill = bills.get(transactionId);
    return bill !== undefined && now() <= bill.validUntil ? bill : null;
  };

  return {
    billOf,
    shouldAsk: (transactionId) =>
      inquirer.hasLine() &&
      billOf(transactionId) === null &&
      !running.has(transactionId) &&
      now() - (askedAt.get(transactionId) ?? 0) > ASK_AGAIN_MS,
    ask: (transactionId, request) => {
      const already = running.get(transactionId);
      if (already !== undefined) return already;
      const isWanted = (): boolean => running.get(transactionId) === asked;
      const asked: Promise<void> = inquirer
        .ask(request)
        .then((answer) => {
          // Forgotten meanwhile: the answer came too late.
          if (!isWanted()) return;
          askedAt.set(transactionId, now());
          if ('bill' in answer) bills.set(transactionId, answer.bill);
          else bills.delete(transactionId);
        })
        .finally(() => {
          if (isWanted()) running.delete(transactionId);
        });
      running.set(transactionId, asked);
      return asked;
    },
    forget: (transactionId) => {
      bills.delete(transactionId);
      running.delete(transactionId);
      askedAt.delete(transactionId);
    },
    hasLine: inquirer.hasLine,
  };
}
