import type { z } from 'zod';
import type { Refusal } from '../../../contract/errors.ts';
import type { applicationRowSchema, ApplicationView } from '../../../contract/views-documents.ts';
import { moveApplication } from '../../../domain/application-state.ts';
import { mayWaive, type WaivedPaper } from '../../../domain/checklist.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { ApprovalGrant } from '../approvals/approval-grant.ts';
import { useForWaiver } from '../approvals/waiver-act.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { StorageRefusal, WriteTx } from '../db/open.ts';
import type { Append, Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { missingLines, waiversOf } from '../services/service-view.ts';
import {
  type Application,
  type ApplicationContent,
  insertStep,
  putApplication,
  readApplications,
} from './application-store.ts';
import { applicationRow, linesOf } from './application-view.ts';
import {
  closedAs,
  gatherApplication,
  type GatherApplicationDeps,
  getApplication,
  viewApplication,
} from './gather-application.ts';
import type { HeldOriginals } from './receive-application.ts';

type ApplicationRow = z.infer<typeof applicationRowSchema>;
type OpenRefusal = Refusal<'APPLICATION_UNKNOWN' | 'APPLICATION_CLOSED'>;
type WaiverRefusal = Refusal<
  'DOCUMENT_KIND_UNKNOWN' | 'WAIVER_NOT_ALLOWED' | 'WAIVER_NEEDS_SUPERVISOR' | 'APPROVAL_OTHER' | 'APPROVAL_USED'
>;

/** The most rows that a list shows; older ones are found by their number in the papers. */
const LONGEST_LIST = 500;

/** What is done with an application that stands, or that is looked at. */
export type ApplicationsService = {
  /** Lets a missing paper pass; the entry is written at once, and the same waiver again writes nothing. */
  readonly waive: (
    signIn: SignIn,
    applicationId: string,
    waiver: WaivedPaper,
    approval: ApprovalGrant | null,
  ) => Promise<Result<ApplicationView, OpenRefusal | WaiverRefusal | StorageRefusal>>;
  /** Papers that were missing came later; the same ticks again write nothing. */
  readonly complete: (
    signIn: SignIn,
    applicationId: string,
    documents: ApplicationContent['documents'],
  ) => Promise<Result<ApplicationView, OpenRefusal | StorageRefusal>>;
  /** The look at the person is an entry. */
  readonly get: (
    signIn: SignIn,
    applicationId: string,
  ) => Promise<Result<ApplicationView, Refusal<'APPLICATION_UNKNOWN'> | StorageRefusal>>;
  /** Names and plates of who waits; the look is an entry. */
  readonly list: (signIn: SignIn, show: 'open' | 'all') => Promise<Result<ApplicationRow[], StorageRefusal>>;
};

type Deps = GatherApplicationDeps & {
  readonly journal: Journal;
  readonly events: EventsPort;
  readonly originals: HeldOriginals;
  readonly closePages: (tx: WriteTx, stream: string) => Promise<void>;
};

const isSameWaiver = (one: WaivedPaper, other: WaivedPaper): boolean =>
  one.kind === other.kind && one.reason === other.reason && one.approvedBy === other.approvedBy;

export function createApplicationsService(deps: Deps): ApplicationsService {
  const { journal, cipher, events } = deps;

  const published = <R extends { readonly ok: boolean }>(result: R): R => {
    if (result.ok) events.publish('applications');
    return result;
  };

  /** Says of an application that stands what is there now, and where it stands by that. */
  const restate = async (
    tx: WriteTx,
    append: Append,
    signIn: SignIn,
    application: Application,
  ): Promise<Result<Application, Refusal<'APPLICATION_CLOSED'>>> => {
    const lines = linesOf(await gatherApplication(tx, deps, application));
    const missing = missingLines(lines).map((line) => line.kind);
    const moved = moveApplication(application.state, { type: 'complete', missing: missing.length });
    if (!moved.ok) return err(closedAs(application));
    const { applicationId } = application;
    const entry = append({
      type: 'application.completed',
      stream: applicationId,
      officerId: signIn.officerId,
      cashSessionId: (await findOpenSession(tx))?.cashSessionId ?? null,
      body: {
        applicationId,
        documents: lines.map(({ kind, present }) => ({ kind, present })),
        waivers: waiversOf(lines),
        missing,
      },
    });
    const now: Application = {
      ...application,
      state: moved.value,
      reason: moved.value === 'received' ? null : application.reason,
    };
    await putApplication(tx, cipher, now);
    if (now.state !== application.state) {
      await insertStep(tx, applicationId, { at: entry.wallMs, state: moved.value, reason: null, decisionId: null });
    }
    if (now.state === 'received') await deps.closePages(tx, applicationId);
    return ok(now);
  };

  return {
    waive: async (signIn, applicationId, waiver, approval) =>
      published(
        await journal.record(async (tx, append) => {
          const found = await getApplication(tx, deps, applicationId);
          if (!found.ok) return found;
          const before = found.value;
          if (!['draft', 'received', 'incomplete'].includes(before.state)) return err(closedAs(before));
          const lines = linesOf(await gatherApplication(tx, deps, before));
          const line = lines.find((one) => one.kind === waiver.kind);
          if (line === undefined) return err({ code: 'DOCUMENT_KIND_UNKNOWN' as const, path: ['kind'] });
          const may = mayWaive(line, waiver.approvedBy);
          if (may !== 'ALLOWED') return err({ code: may, path: ['kind'] });
          const { content } = before;
          if (content.waivers.some((one) => isSameWaiver(one, waiver))) {
            return ok(await viewApplication(tx, deps, before));
          }
          const { officerId } = signIn;
          const cashSessionId = (await findOpenSession(tx))?.cashSessionId ?? null;
          const act = { ...waiver, stream: applicationId, officerId, cashSessionId };
          const used = await useForWaiver(tx, append, approval, act);
          if (!used.ok) return used;
          append({
            type: 'document.waived',
            stream: applicationId,
            officerId,
            cashSessionId,
            body: waiver,
          });
          const waivers = [...content.waivers.filter((one) => one.kind !== waiver.kind), waiver];
          const application: Application = { ...before, content: { ...content, waivers } };
          if (before.state === 'draft') {
            await putApplication(tx, cipher, application);
            return ok(await viewApplication(tx, deps, application));
          }
          const restated = await restate(tx, append, signIn, application);
          return restated.ok ? ok(await viewApplication(tx, deps, restated.value)) : restated;
        }),
      ),

    complete: async (signIn, applicationId, documents) =>
      published(
        await journal.record(async (tx, append) => {
          const found = await getApplication(tx, deps, applicationId);
          if (!found.ok) return found;
          const before = found.value;
          const ticks = documents.map(({ kind, present, held }) => ({ kind, present, held: present && held }));
          if (JSON.stringify(ticks) === JSON.stringify(before.content.documents)) {
            return ok(await viewApplication(tx, deps, before));
          }
          const application: Application = { ...before, content: { ...before.content, documents: ticks } };
          const restated = await restate(tx, append, signIn, application);
          if (!restated.ok) return restated;
          const isHeld = (kind: string): boolean =>
            before.content.documents.some((one) => one.kind === kind && one.held);
          const kinds = ticks.filter((one) => one.held && !isHeld(one.kind)).map((one) => one.kind);
          await deps.originals.receive(tx, append, { stream: applicationId, kinds, officerId: signIn.officerId });
          return ok(await viewApplication(tx, deps, restated.value));
        }),
      ),

    get: (signIn, applicationId) =>
      journal.record(async (tx, append) => {
        const found = await getApplication(tx, deps, applicationId);
        if (!found.ok) return err({ code: 'APPLICATION_UNKNOWN' as const });
        append({
          type: 'personal-data.viewed',
          stream: applicationId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { what: 'application', count: 1 },
        });
        return ok(await viewApplication(tx, deps, found.value));
      }),

    list: (signIn, show) =>
      journal.record(async (tx, append) => {
        const rows: ApplicationRow[] = [];
        for (const application of await readApplications(tx, cipher, show, LONGEST_LIST)) {
          rows.push(applicationRow(await gatherApplication(tx, deps, application), deps.today()));
        }
        if (rows.length > 0) {
          append({
            type: 'personal-data.viewed',
            stream: signIn.stream,
            officerId: signIn.officerId,
            cashSessionId: null,
            body: { what: 'application-list', count: rows.length },
          });
        }
        return ok(rows);
      }),
  };
}
