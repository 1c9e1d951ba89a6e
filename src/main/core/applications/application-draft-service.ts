import type { Refusal } from '../../../contract/errors.ts';
import type { ApplicationView } from '../../../contract/views-documents.ts';
import { moveApplication } from '../../../domain/application-state.ts';
import { keptValues } from '../../../domain/form-values.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { serviceOff } from '../../../domain/service.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import { abandonPages } from '../documents/abandon-pages.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { findService } from '../services/service-store.ts';
import {
  type Application,
  type ApplicationContent,
  findUnfinishedApplication,
  insertApplication,
  putApplication,
} from './application-store.ts';
import { closedAs, type GatherApplicationDeps, getApplication, viewApplication } from './gather-application.ts';

/** A draft left open longer than this is not offered again after a restart. */
const UNFINISHED_FOR_MS = 12 * 3_600_000;

type OpenRefusal = Refusal<'APPLICATION_UNKNOWN' | 'APPLICATION_CLOSED'>;

/** What one step of the screen changes; an absent part stays. */
export type ApplicationChange = {
  readonly applicant?: ApplicationContent['applicant'] | undefined;
  readonly financed?: boolean | undefined;
  readonly nrkb?: string | null | undefined;
  readonly fields?: ApplicationContent['fields'] | undefined;
  readonly documents?: ApplicationContent['documents'] | undefined;
};

/** Everything before the papers are received: kept at every step, never sent. */
export type ApplicationDraftService = {
  readonly begin: (
    signIn: SignIn,
    serviceId: string,
  ) => Promise<Result<ApplicationView, Refusal<'SERVICE_UNKNOWN' | 'SERVICE_OFF'> | StorageRefusal>>;
  readonly change: (
    applicationId: string,
    change: ApplicationChange,
  ) => Promise<Result<ApplicationView, OpenRefusal | StorageRefusal>>;
  readonly abandon: (applicationId: string) => Promise<Result<Record<string, never>, OpenRefusal | StorageRefusal>>;
  readonly unfinished: (signIn: SignIn) => Promise<ApplicationView | null>;
};

type Deps = GatherApplicationDeps & {
  readonly db: Db;
  readonly journal: Journal;
  readonly now: () => number;
  readonly events: EventsPort;
  readonly newId: () => string;
};

const BLANK: ApplicationContent = {
  applicant: { name: null, phone: null, isSubject: true },
  financed: false,
  nrkb: null,
  fields: {},
  documents: [],
  waivers: [],
  asked: [],
};

const textOrNull = (text: string | null): string | null => (text === '' ? null : text);

function changed(application: Application, change: ApplicationChange): Application {
  const { content, service } = application;
  const { applicant = content.applicant, nrkb = content.nrkb, financed = content.financed } = change;
  const documents = change.documents ?? content.documents;
  return {
    ...application,
    content: {
      ...content,
      applicant: { ...applicant, name: textOrNull(applicant.name), phone: textOrNull(applicant.phone) },
      nrkb: service.vehicle === 'required' ? nrkb : null,
      financed,
      // What is not valid yet is kept and named; what the form does not ask for is not kept.
      fields: change.fields === undefined ? content.fields : keptValues(service.fields, change.fields),
      documents: documents.map(({ kind, present, held }) => ({ kind, present, held: present && held })),
    },
  };
}

export function createApplicationDraftService(deps: Deps): ApplicationDraftService {
  const { db, cipher, events } = deps;

  const published = <R extends { readonly ok: boolean }>(result: R): R => {
    if (result.ok) events.publish('applications');
    return result;
  };

  return {
    begin: async (signIn, serviceId) =>
      published(
        await db.write(async (tx) => {
          const service = await findService(tx, serviceId);
          if (service === undefined) return err({ code: 'SERVICE_UNKNOWN' as const, path: ['serviceId'] });
          const off = serviceOff(service, deps.today());
          if (off !== null) return err({ code: 'SERVICE_OFF' as const, details: { because: off } });
          // A sale is not begun here: its draft stands beside its price.
          if (service.kind !== 'intake') return err({ code: 'SERVICE_OFF' as const, details: { because: 'SALE' } });
          const application: Application = {
            applicationId: deps.newId(),
            state: 'draft',
            officerId: signIn.officerId,
            begunAt: deps.now(),
            service,
            content: BLANK,
            received: null,
            decidedAt: null,
            reason: null,
            agencyNumber: null,
            handedOverAt: null,
          };
          await insertApplication(tx, cipher, application);
          return ok(await viewApplication(tx, deps, application));
        }),
      ),

    change: (applicationId, change) =>
      db.write(async (tx) => {
        const found = await getApplication(tx, deps, applicationId);
        if (!found.ok) return found;
        if (found.value.state !== 'draft') return err(closedAs(found.value));
        const application = changed(found.value, change);
        await putApplication(tx, cipher, application);
        return ok(await viewApplication(tx, deps, application));
      }),

    abandon: async (applicationId) =>
      published(
        await deps.journal.record(async (tx, append) => {
          const found = await getApplication(tx, deps, applicationId);
          if (!found.ok) return found;
          const moved = moveApplication(found.value.state, { type: 'abandon' });
          if (!moved.ok) return err(closedAs(found.value));
          // The person goes with the draft: nothing of him was sent, and nothing is kept.
          await putApplication(tx, cipher, { ...found.value, state: moved.value, content: BLANK });
          const { officerId } = found.value;
          await abandonPages(tx, append, { stream: applicationId, officerId, nowMs: deps.now() });
          return ok({});
        }),
      ),

    unfinished: (signIn) =>
      db.read(async (tx) => {
        const since = deps.now() - UNFINISHED_FOR_MS;
        const application = await findUnfinishedApplication(tx, cipher, signIn.officerId, since);
        return application === undefined ? null : await viewApplication(tx, deps, application);
      }),
  };
}
