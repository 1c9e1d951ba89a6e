import type { ApprovalProof } from '../../contract/approval-proof.ts';
import type { WaivedPaper } from '../../domain/checklist.ts';
import { type AnyResult, type Err, ok } from '../../domain/result.ts';
import type { ApprovalGrant } from './approvals/approval-grant.ts';
import type { ApprovalRefusal } from './approvals/desk-parts.ts';
import { waiverAct } from './approvals/waiver-act.ts';
import type { SignIn } from './auth/sign-in.ts';
import type { Counter } from './counter.ts';
import type { StorageRefusal } from './db/open.ts';
import type { Handlers } from './dispatch.ts';
import { printApplication, printResultHandOver } from './handlers-application-papers.ts';

type ApplicationMethods =
  | Extract<keyof Handlers, `applications.${string}` | 'services.list'>
  | 'transactions.waive-document'
  | 'transactions.set-financed';

/** A waiver as it was asked for, with the second person where there is one. */
type AskedWaiver = { readonly kind: string; readonly reason: string; readonly approval: ApprovalProof | null };

/** The approval is for this one paper: it is asked again for the next. */
async function waived<R extends AnyResult>(
  { approvals }: Counter,
  signIn: SignIn,
  stream: string,
  { kind, reason, approval }: AskedWaiver,
  waive: (waiver: WaivedPaper, grant: ApprovalGrant | null) => Promise<R>,
): Promise<R | Err<ApprovalRefusal | StorageRefusal>> {
  if (approval === null) return await waive({ kind, reason, approvedBy: null }, null);
  const act = waiverAct(stream, { kind, reason });
  return await approvals.allow(signIn, act, approval, async (grant) =>
    waive({ kind, reason, approvedBy: grant.approvedBy }, grant),
  );
}

/** Services beside the sale, and the waivers of both. */
export function applicationHandlers(counter: Counter): Pick<Handlers, ApplicationMethods> {
  const { services, applicationDrafts, applications, receiving, waivers, transactions } = counter;
  return {
    'services.list': async () => ok(await services.list()),
    'applications.begin': async ({ serviceId }, { signIn }) => await applicationDrafts.begin(signIn, serviceId),
    'applications.change': async ({ applicationId, ...change }) =>
      await applicationDrafts.change(applicationId, change),
    'applications.abandon': async ({ applicationId }) => {
      const abandoned = await applicationDrafts.abandon(applicationId);
      if (abandoned.ok) await counter.documents.letGo(applicationId);
      return abandoned;
    },
    'applications.unfinished': async (_input, { signIn }) => ok(await applicationDrafts.unfinished(signIn)),
    'applications.waive': async ({ applicationId, ...asked }, { signIn }) => {
      const id = applicationId;
      return await waived(counter, signIn, id, asked, async (waiver, grant) =>
        applications.waive(signIn, id, waiver, grant),
      );
    },
    'transactions.waive-document': async ({ transactionId, ...asked }, { signIn }) => {
      const done = await waived(counter, signIn, transactionId, asked, async (waiver, grant) =>
        waivers.waive(signIn, transactionId, waiver, grant),
      );
      return done.ok ? await transactions.draft(transactionId) : done;
    },
    'transactions.set-financed': async ({ transactionId, financed }) =>
      await transactions.change(transactionId, (content) => ({ ...content, financed })),
    'applications.receive': async ({ applicationId, printerId }, { signIn }) => {
      const received = await receiving.receive(signIn, applicationId);
      if (!received.ok) return received;
      const { view, entry } = received.value;
      // The same call again belongs to the paper that was printed.
      const printJobId =
        entry === null
          ? ((await counter.jobsOf(applicationId)).at(-1)?.jobId ?? null)
          : await printApplication(counter, applicationId, { officer: signIn, printerId });
      counter.loop.wake();
      return ok({ application: view, printJobId });
    },
    'applications.complete': async ({ applicationId, documents }, { signIn }) => {
      const completed = await applications.complete(signIn, applicationId, documents);
      if (completed.ok) counter.loop.wake();
      return completed;
    },
    'applications.get': async ({ applicationId }, { signIn }) => await applications.get(signIn, applicationId),
    'applications.list': async ({ show }, { signIn }) => await applications.list(signIn, show),
    'applications.print-slip': async ({ applicationId, printerId }, { signIn }) => {
      const found = await applications.get(signIn, applicationId);
      if (!found.ok) return found;
      if (found.value.applicationNumber === null) return { ok: false, error: { code: 'NOTHING_TO_PRINT' } };
      return ok({ printJobId: await printApplication(counter, applicationId, { officer: signIn, printerId }) });
    },
    'applications.hand-over': async ({ applicationId, to, name, evidence, printerId }, { signIn }) => {
      const handed = await receiving.handOver(signIn, applicationId, { to, name, evidence });
      if (!handed.ok) return handed;
      const asked = { officer: signIn, printerId };
      const printJobId = await printResultHandOver(counter, handed.value, to, evidence, asked);
      counter.loop.wake();
      return ok({ application: handed.value.view, printJobId });
    },
  };
}
