import type { ApplicationView } from '../../contract/views-documents.ts';
import type { SignIn } from './auth/sign-in.ts';
import type { Counter } from './counter.ts';
import type { HandedOver } from './applications/receive-application.ts';
import { applicationPaper, type ApplicationSlipFacts } from './printing/application-document.ts';
import { APPLICATION_TEXT } from './printing/application-text.ts';
import { handOverPaper } from './printing/slip-documents.ts';
import { slipFacts } from './transactions/slip-papers.ts';

type Asked = { readonly officer: SignIn; readonly printerId: string | null };

const labelsOf = (lines: ApplicationView['documents']): string[] => lines.map((line) => line.label);

/** Prints the citizen's slip; null when no printer could be asked, or when there is nothing to print. The application stands without it. */
export async function printApplication(
  counter: Counter,
  applicationId: string,
  { officer, printerId }: Asked,
): Promise<string | null> {
  const paper = await counter.receiving.paperOf(applicationId);
  if (paper === undefined) return null;
  const { view, place, notes } = paper;
  const { applicationNumber, receivedOn, state } = view;
  if (applicationNumber === null || receivedOn === null || state === 'draft') return null;
  const context = await counter.paperContext();
  const slip = slipFacts(context, officer.name, place, {
    kind: 'application',
    subjectId: applicationId,
    number: applicationNumber,
    subject: view.nrkb ?? view.service.name,
    on: receivedOn,
    promisedOn: view.promisedOn,
  });
  const facts: ApplicationSlipFacts = {
    ...slip,
    serviceName: view.service.name,
    agency: view.service.agency,
    nrkb: view.nrkb,
    promisedOn: view.promisedOn,
    received: labelsOf(view.documents.filter((line) => line.present)),
    missing: view.missing,
    waived: labelsOf(view.documents.filter((line) => line.required && line.waived !== null)),
    held: labelsOf(view.documents.filter((line) => line.held)),
    state,
    reason: view.reason,
    agencyNumber: view.agencyNumber,
    notes,
  };
  const printed = await counter.printing.printPaper({
    kind: 'application',
    stream: applicationId,
    cashSessionId: null,
    officerId: officer.officerId,
    reason: null,
    printerId,
    copyNo: (earlier) => earlier.filter((job) => job.kind === 'application' && job.state !== 'failed').length,
    document: (copyNo) => applicationPaper(facts, copyNo),
  });
  return printed.ok ? printed.value.jobId : null;
}

/** The paper that both sign when the result is given; null when no printer could be asked. */
export async function printResultHandOver(
  counter: Counter,
  handed: HandedOver,
  to: 'owner' | 'representative' | 'agency',
  evidence: string,
  { officer, printerId }: Asked,
): Promise<string | null> {
  const { view, entry, handOverId, handOverNumber, kinds } = handed;
  const context = await counter.paperContext();
  const subject = view.nrkb ?? view.service.name;
  const slip = slipFacts(context, officer.name, entry, {
    kind: 'hand-over',
    subjectId: handOverId,
    number: handOverNumber,
    subject,
    on: counter.timekeeper.today(),
    promisedOn: null,
  });
  const labels = kinds.map(
    (kind) => view.documents.find((line) => line.kind === kind)?.label ?? APPLICATION_TEXT.result,
  );
  const printed = await counter.printing.printPaper({
    kind: 'hand-over',
    stream: handOverId,
    cashSessionId: entry.cashSessionId,
    officerId: officer.officerId,
    reason: null,
    printerId,
    copyNo: () => 0,
    document: () =>
      handOverPaper({ ...slip, subject, ofNumber: view.applicationNumber, labels: [...labels], to, evidence }),
  });
  return printed.ok ? printed.value.jobId : null;
}
