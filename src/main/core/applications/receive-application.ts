import type { Refusal } from '../../../contract/errors.ts';
import type { ApplicationPersonal, NamedPerson } from '../../../contract/entry-bodies-documents.ts';
import type { ApplicationView } from '../../../contract/views-documents.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { moveApplication } from '../../../domain/application-state.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { promisedOn, type Service, serviceOff } from '../../../domain/service.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { StorageRefusal, WriteTx } from '../db/open.ts';
import type { Append, Appended, Journal } from '../journal/journal.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { EventsPort } from '../ports.ts';
import { findService } from '../services/service-store.ts';
import { missingLines, waiversOf } from '../services/service-view.ts';
import { type Application, insertStep, putApplication } from './application-store.ts';
import { fieldProblemsOf, linesOf } from './application-view.ts';
import {
  closedAs,
  gatherApplication,
  type GatherApplicationDeps,
  getApplication,
  viewApplication,
} from './gather-application.ts';

/** The drawer of originals as an application needs it; every part writes inside the caller's commit. */
export type HeldOriginals = {
  /** Originals that stay here from now on; nothing for no kinds. */
  readonly receive: (
    tx: WriteTx,
    append: Append,
    held: { readonly stream: string; readonly kinds: readonly string[]; readonly officerId: string },
  ) => Promise<void>;
  /** What lies in the drawer of one stream. */
  readonly heldOf: (
    tx: WriteTx,
    stream: string,
  ) => Promise<readonly { readonly holdingId: string; readonly kind: string }[]>;
  readonly close: (tx: WriteTx, holdingIds: readonly string[], handOverId: string, atMs: number) => Promise<void>;
};

/** What a hand-over is recorded by. */
export type Taking = {
  readonly to: 'owner' | 'representative' | 'agency';
  readonly name: string;
  readonly evidence: string;
};

/** The result that came from the agency, beside the citizen's own papers. */
const RESULT = 'result';

export type ReceiveService = {
  /** One commit: entry, holdings, projection. The same application again is the one that stands: `entry` is null then. */
  readonly receive: (
    signIn: SignIn,
    applicationId: string,
  ) => Promise<
    Result<
      { readonly view: ApplicationView; readonly entry: Appended | null },
      | Refusal<'APPLICATION_UNKNOWN' | 'APPLICATION_CLOSED' | 'SERVICE_OFF' | 'SERVICE_FORM_INVALID' | 'PAYER_MISSING'>
      | StorageRefusal
    >
  >;
  /** Gives result and papers to the citizen: one commit with the holdings that end by it. */
  readonly handOver: (
    signIn: SignIn,
    applicationId: string,
    taking: Taking,
  ) => Promise<
    Result<
      {
        readonly view: ApplicationView;
        readonly entry: Appended;
        readonly handOverId: string;
        readonly handOverNumber: string;
        readonly kinds: readonly string[];
      },
      Refusal<'APPLICATION_UNKNOWN' | 'APPLICATION_CLOSED'> | StorageRefusal
    >
  >;
};

type Deps = GatherApplicationDeps & {
  readonly journal: Journal;
  readonly subjectKeys: SubjectKeys;
  readonly events: EventsPort;
  readonly newId: () => string;
  readonly originals: HeldOriginals;
  /** Number on the paper of the entry at a position. */
  readonly numberAt: (position: Pick<Appended, 'epoch' | 'seq'>) => string;
  readonly closePages: (tx: WriteTx, stream: string) => Promise<void>;
};

type NotReady = Refusal<'SERVICE_OFF' | 'SERVICE_FORM_INVALID' | 'PAYER_MISSING'>;

/** Why the papers cannot be received now; `current` is the service as the province has it today. */
function notReady(application: Application, current: Service | undefined, today: LocalDate): NotReady | null {
  const off = serviceOff(current ?? application.service, today);
  if (off !== null) return { code: 'SERVICE_OFF', details: { because: off } };
  if (application.content.applicant.name === null) return { code: 'PAYER_MISSING', path: ['applicant', 'name'] };
  const [problem] = fieldProblemsOf(application);
  if (problem === undefined) return null;
  return { code: 'SERVICE_FORM_INVALID', path: ['fields', problem.name], details: { problem: problem.problem } };
}

export function createReceiveService(deps: Deps): ReceiveService {
  const { journal, cipher, subjectKeys, events } = deps;

  const write = async (tx: WriteTx, append: Append, signIn: SignIn, draft: Application) => {
    const { applicationId, service, content } = draft;
    const lines = linesOf(await gatherApplication(tx, deps, draft));
    const missing = missingLines(lines).map((line) => line.kind);
    const moved = moveApplication(draft.state, { type: 'receive', missing: missing.length });
    if (!moved.ok) return err(closedAs(draft));
    const { name, phone, isSubject } = content.applicant;
    if (name === null) throw new Error('an application without a name was refused before');
    const personal: ApplicationPersonal = {
      applicantName: name,
      applicantPhone: phone,
      nrkb: content.nrkb,
      fields: content.fields,
    };
    const { sealed, bodyKey } = subjectKeys.sealPersonal(applicationId, personal);
    const receivedOn = deps.today();
    const promised = promisedOn(service, receivedOn);
    const entry = append({
      type: 'application.received',
      stream: applicationId,
      officerId: signIn.officerId,
      cashSessionId: (await findOpenSession(tx))?.cashSessionId ?? null,
      body: (position) => ({
        applicationId,
        serviceId: service.serviceId,
        packVersion: service.version,
        applicationNumber: deps.numberAt(position),
        receivedOn,
        promisedOn: promised,
        agency: service.agency,
        documents: lines.map(({ kind, present }) => ({ kind, present })),
        waivers: waiversOf(lines),
        missing,
        applicantIsSubject: isSubject,
        sealed,
      }),
    });
    await subjectKeys.storeSubjectKey(tx, applicationId, bodyKey);
    const application: Application = {
      ...draft,
      state: moved.value,
      received: { seq: entry.seq, applicationNumber: deps.numberAt(entry), receivedOn, promisedOn: promised },
    };
    await putApplication(tx, cipher, application);
    await insertStep(tx, applicationId, { at: entry.wallMs, state: moved.value, reason: null, decisionId: null });
    const kinds = lines.filter((line) => line.held).map((line) => line.kind);
    await deps.originals.receive(tx, append, { stream: applicationId, kinds, officerId: signIn.officerId });
    // Pages of an incomplete application are still added to: its key lives until the policy's hours are over.
    if (moved.value === 'received') await deps.closePages(tx, applicationId);
    return ok({ view: await viewApplication(tx, deps, application), entry });
  };

  /** Every paper that goes back: the result where there is one, and what was the citizen's own. */
  const kindsGiven = (application: Application, held: readonly { readonly kind: string }[]): string[] => {
    const own = application.content.documents.filter((one) => one.present).map((one) => one.kind);
    const kinds = application.state === 'ready' ? [RESULT, ...held.map((one) => one.kind)] : own;
    return [...new Set(kinds.length === 0 ? [RESULT] : kinds)];
  };

  return {
    receive: async (signIn, applicationId) => {
      const received = await journal.record(async (tx, append) => {
        const found = await getApplication(tx, deps, applicationId);
        if (!found.ok) return found;
        const draft = found.value;
        if (draft.state !== 'draft') return ok({ view: await viewApplication(tx, deps, draft), entry: null });
        const refusal = notReady(draft, await findService(tx, draft.service.serviceId), deps.today());
        return refusal === null ? await write(tx, append, signIn, draft) : err(refusal);
      });
      if (received.ok && received.value.entry !== null) events.publish('applications');
      return received;
    },

    handOver: async (signIn, applicationId, taking) => {
      const handed = await journal.record(async (tx, append) => {
        const found = await getApplication(tx, deps, applicationId);
        if (!found.ok) return found;
        const before = found.value;
        const moved = moveApplication(before.state, { type: 'hand-over' });
        if (!moved.ok) return err(closedAs(before));
        const handOverId = deps.newId();
        const person: NamedPerson = { name: taking.name, phone: null, nrkb: before.content.nrkb };
        const { sealed, bodyKey } = subjectKeys.sealPersonal(handOverId, person);
        const held = await deps.originals.heldOf(tx, applicationId);
        const holdingIds = held.map((one) => one.holdingId);
        const kinds = kindsGiven(before, held);
        const entry = append({
          type: 'originals.handed-over',
          stream: applicationId,
          officerId: signIn.officerId,
          cashSessionId: (await findOpenSession(tx))?.cashSessionId ?? null,
          body: (position) => ({
            handOverId,
            handOverNumber: deps.numberAt(position),
            holdingIds: [...holdingIds],
            kinds,
            to: taking.to,
            evidence: taking.evidence,
            sealed,
          }),
        });
        await subjectKeys.storeSubjectKey(tx, handOverId, bodyKey);
        await deps.originals.close(tx, holdingIds, handOverId, entry.wallMs);
        const application: Application = { ...before, state: moved.value, handedOverAt: entry.wallMs };
        await putApplication(tx, cipher, application);
        await insertStep(tx, applicationId, { at: entry.wallMs, state: moved.value, reason: null, decisionId: null });
        const view = await viewApplication(tx, deps, application);
        return ok({ view, entry, handOverId, handOverNumber: deps.numberAt(entry), kinds });
      });
      if (handed.ok) events.publish('applications');
      return handed;
    },
  };
}
