import { contentHashOf } from './approvals/approval-codes.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

type ApprovalMethods = Extract<keyof Handlers, `approvals.${string}`>;

/** What two people decide together. */
export function approvalHandlers({ approvals }: Pick<Counter, 'approvals'>): Pick<Handlers, ApprovalMethods> {
  return {
    'approvals.request': async ({ content, ...asked }, { signIn }) =>
      await approvals.request(signIn, { ...asked, contentHash: contentHashOf(content) }),
  };
}
