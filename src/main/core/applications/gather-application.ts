import type { ApplicationView } from '../../../contract/views-documents.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { findVehiclesByNrkb } from '../registry/registry-store.ts';
import { type Application, findApplication, readSteps } from './application-store.ts';
import { type ApplicationFacts, applicationView } from './application-view.ts';

export type GatherApplicationDeps = {
  readonly cipher: ColumnCipher;
  readonly today: () => LocalDate;
  /** Pages in safe keeping of one stream, by kind of paper. */
  readonly pagesOf: (tx: ReadTx, stream: string) => Promise<ReadonlyMap<string, number>>;
};

/** A company where the registry says so of the plate; else a person. */
async function ownerKindOf(tx: ReadTx, cipher: ColumnCipher, nrkb: string | null): Promise<'person' | 'company'> {
  if (nrkb === null) return 'person';
  const [vehicle] = await findVehiclesByNrkb(tx, cipher, nrkb);
  return vehicle?.record.facts['ownerKind'] === 'company' ? 'company' : 'person';
}

/** Reads what a checklist depends on. */
export async function gatherApplication(
  tx: ReadTx,
  deps: GatherApplicationDeps,
  application: Application,
): Promise<ApplicationFacts> {
  return {
    application,
    ownerKind: await ownerKindOf(tx, deps.cipher, application.content.nrkb),
    pages: await deps.pagesOf(tx, application.applicationId),
  };
}

/** The application as the screen shows it, in this one view of the database. */
export async function viewApplication(
  tx: ReadTx,
  deps: GatherApplicationDeps,
  application: Application,
): Promise<ApplicationView> {
  const facts = await gatherApplication(tx, deps, application);
  return applicationView(facts, await readSteps(tx, application.applicationId), deps.today());
}

/** An application that was not given up. */
export async function getApplication(
  tx: ReadTx,
  { cipher }: Pick<GatherApplicationDeps, 'cipher'>,
  applicationId: string,
): Promise<Result<Application, Refusal<'APPLICATION_UNKNOWN' | 'APPLICATION_CLOSED'>>> {
  const application = await findApplication(tx, cipher, applicationId);
  if (application === undefined) return err({ code: 'APPLICATION_UNKNOWN' });
  const isGone = application.state === 'abandoned';
  return isGone ? err({ code: 'APPLICATION_CLOSED', details: { state: application.state } }) : ok(application);
}

/** Why an application does not take what was asked of it. */
export function closedAs(application: Application): Refusal<'APPLICATION_CLOSED'> {
  return { code: 'APPLICATION_CLOSED', details: { state: application.state } };
}
