import type { Refusal } from '../../../contract/errors.ts';
import type { ApplicationPersonal, NamedPerson } from '../../../contract/entry-bodies-documents.ts';
import type { ApplicationView } from '../../../contract/views-documents.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { moveApplication } from '../../../domain/application-state.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { promisedOn, type Service, serviceOff } from '../../../domain/service.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { Db, StorageRefusal, WriteTx } from '../db/open.ts';
import { parseEnvelope } from '../journal/entry-text.ts';
import type { Append, Appended, Journal } from '../journal/journal.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { EventsPort } from '../ports.ts';
import { findService } from '../services/service-store.ts';
import { missingLines, waiversOf } from '../services/service-view.ts';
import { type Application, findApplication, insertStep, putApplication } from './application-store.ts';
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

/** A result that was given, with all that its paper needs. */
export type HandedOver = {
  readonly view: ApplicationView;
  readonly entry: Appended;
  readonly handOverId: string;
  readonly handOverNumber: string;
  readonly kinds: readonly string[];
};

/** A received application with the place of its entry, and the sentences of its service for the slip. */
export type ApplicationPaper = {
  readonly view: ApplicationView;
  readonly place: Pick<Appended, 'epoch' | 'seq' | 'hash' | 'wallMs' | 'timeTrust'>;
  readonly notes: readonly string[];
};

/** The result that came from the agency, beside the citizen's own papers. */
const RESULT = 'result';
/** An entry names no more kinds. */
const MOST_KINDS = 30;

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
  ) => Promise<Result<HandedOver, Refusal<'APPLICATION_UNKNOWN' | 'APPLICATION_CLOSED'> | StorageRefusal>>;
  /** What the citizen's slip says now; undefined for what was never received. */
  readonly paperOf: (applicationId: string) => Promise<ApplicationPaper | undefined>;
};

type Deps = GatherApplicationDeps & {
  readonly db: Db;
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
  const { db, journal, cipher, subjectKeys, events } = deps;

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
    const bodyKey = await subjectKeys.takeBodyKey(tx, applicationId);
    const sealed = subjectKeys.sealUnder(bodyKey, applicationId, personal);
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

  /** Every paper that is given: the agency's own, and what lay here or, where it came back, what was sent. */
  const kindsGiven = (application: Application, held: readonly { readonly kind: string }[]): string[] => {
    const sent = application.content.documents.filter((one) => one.present).map((one) => one.kind);
    const own = application.state === 'returned' ? sent : [];
    return [...new Set([RESULT, ...held.map((one) => one.kind), ...own])].slice(0, MOST_KINDS);
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
        // Under the key of the application: whoever is erased there is erased here.
        const bodyKey = await subjectKeys.takeBodyKey(tx, applicationId);
        const sealed = subjectKeys.sealUnder(bodyKey, applicationId, person);
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

    paperOf: (applicationId) =>
      db.read(async (tx) => {
        const application = await findApplication(tx, cipher, applicationId);
        if (application === undefined || application.received === null) return undefined;
        const entry = await journal.find(tx, application.received.seq);
        if (entry === undefined) throw new Error('a received application without its entry');
        const { timeTrust } = parseEnvelope(entry.text);
        const view = await viewApplication(tx, deps, application);
        return { view, place: { ...entry, timeTrust }, notes: application.service.slipNotes };
      }),
  };
}
