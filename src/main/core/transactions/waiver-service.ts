import type { Refusal } from '../../../contract/errors.ts';
import { mayWaive, type WaivedPaper } from '../../../domain/checklist.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { ApprovalGrant } from '../approvals/approval-grant.ts';
import { useForWaiver } from '../approvals/waiver-act.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { findDraft, putContent } from './draft-store.ts';
import { checklistOf } from './draft-view.ts';
import { type GatherDeps, gatherDraft } from './selling-facts.ts';

type WaiveRefusal = Refusal<
  | 'TRANSACTION_UNKNOWN'
  | 'TRANSACTION_CLOSED'
  | 'DOCUMENT_KIND_UNKNOWN'
  | 'WAIVER_NOT_ALLOWED'
  | 'WAIVER_NEEDS_SUPERVISOR'
  | 'APPROVAL_OTHER'
  | 'APPROVAL_USED'
>;

export type WaiverService = {
  /**
   * Lets a missing paper of a sale pass; the entry is written at once. `approval` is for this paper alone, and null where
   * policy wants none. The same waiver again writes nothing.
   */
  readonly waive: (
    signIn: SignIn,
    transactionId: string,
    waiver: WaivedPaper,
    approval: ApprovalGrant | null,
  ) => Promise<Result<Record<string, never>, WaiveRefusal | StorageRefusal>>;
};

const isSame = (one: WaivedPaper, other: WaivedPaper): boolean =>
  one.kind === other.kind && one.reason === other.reason && one.approvedBy === other.approvedBy;

export function createWaiverService(
  deps: GatherDeps & { readonly journal: Journal; readonly events: EventsPort },
): WaiverService {
  const { journal, cipher, events } = deps;
  return {
    waive: async (signIn, transactionId, waiver, approval) => {
      const waived = await journal.record(async (tx, append) => {
        const draft = await findDraft(tx, cipher, transactionId);
        if (draft === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        if (draft.state !== 'open') {
          return err({ code: 'TRANSACTION_CLOSED' as const, details: { state: draft.state } });
        }
        const gathered = await gatherDraft(tx, deps, draft, null);
        if (gathered === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        const line = checklistOf(gathered).find((one) => one.kind === waiver.kind);
        if (line === undefined) return err({ code: 'DOCUMENT_KIND_UNKNOWN' as const, path: ['kind'] });
        const may = mayWaive(line, waiver.approvedBy);
        if (may !== 'ALLOWED') return err({ code: may, path: ['kind'] });
        const { content } = draft;
        if (content.waivers.some((one) => isSame(one, waiver))) return ok({});
        const { officerId } = signIn;
        const cashSessionId = gathered.session?.cashSessionId ?? null;
        const act = { ...waiver, stream: transactionId, officerId, cashSessionId };
        const used = await useForWaiver(tx, append, approval, act);
        if (!used.ok) return used;
        append({
          type: 'document.waived',
          stream: transactionId,
          officerId,
          cashSessionId,
          body: waiver,
        });
        const waivers = [...content.waivers.filter((one) => one.kind !== waiver.kind), waiver];
        await putContent(tx, cipher, transactionId, { ...content, waivers });
        return ok({});
      });
      if (waived.ok) events.publish('transactions');
      return waived;
    },
  };
}
