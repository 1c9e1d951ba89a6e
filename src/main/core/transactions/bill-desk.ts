import type { InquiryRequest } from '../../../contract/sync-protocol.ts';
import type { Bill } from '../../../contract/sync-protocol.ts';

/** Asks the province for its figure; a signed and verified bill, or why there is none. */
export type Inquirer = {
  /** True while the last contact was answered; a guess, never a promise. */
  readonly hasLine: () => boolean;
  /** Answers within the limit of 2 s (OPOP-Sync/1 section 9); never throws for a dead line. */
  readonly ask: (request: InquiryRequest) => Promise<{ readonly bill: Bill } | { readonly noBill: string }>;
};

/** What is known of the province's figure for one draft. */
export type BillState =
  | { readonly state: 'not-asked' }
  | { readonly state: 'asking' }
  | { readonly state: 'answered'; readonly bill: Bill }
  | { readonly state: 'silent' };

/** Keeps the bills of open drafts in memory: a bill lives ten minutes, a restart asks again. */
export type BillDesk = {
  readonly stateOf: (transactionId: string) => BillState;
  /** Asks once at a time per draft; a second call waits for the same answer. */
  readonly ask: (transactionId: string, request: InquiryRequest) => Promise<BillState>;
  readonly forget: (transactionId: string) => void;
  readonly hasLine: () => boolean;
};

export function createBillDesk(inquirer: Inquirer): BillDesk {
  const states = new Map<string, BillState>();
  const running = new Map<string, Promise<BillState>>();

  const askOnce = async (transactionId: string, request: InquiryRequest): Promise<BillState> => {
    states.set(transactionId, { state: 'asking' });
    const answer = await inquirer.ask(request);
    const state: BillState = 'bill' in answer ? { state: 'answered', bill: answer.bill } : { state: 'silent' };
    // A draft that was forgotten meanwhile keeps nothing: the answer came too late.
    if (states.has(transactionId)) states.set(transactionId, state);
    return state;
  };

  return {
    stateOf: (transactionId) => states.get(transactionId) ?? { state: 'not-asked' },
    ask: (transactionId, request) => {
      const already = running.get(transactionId);
      if (already !== undefined) return already;
      const asked = askOnce(transactionId, request).finally(() => running.delete(transactionId));
      running.set(transactionId, asked);
      return asked;
    },
    forget: (transactionId) => {
      states.delete(transactionId);
    },
    hasLine: inquirer.hasLine,
  };
}
