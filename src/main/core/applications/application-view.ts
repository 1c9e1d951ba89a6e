import type { z } from 'zod';
import type { applicationRowSchema, ApplicationView, ChecklistLine } from '../../../contract/views-documents.ts';
import { checklistFor, withAskedFor } from '../../../domain/checklist.ts';
import { type FieldProblem, formProblems } from '../../../domain/form-values.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { serviceView, checklistLines, missingLines } from '../services/service-view.ts';
import type { Application, ApplicationStep } from './application-store.ts';

type ApplicationRow = z.infer<typeof applicationRowSchema>;

/** What a view needs beside the application itself. */
export type ApplicationFacts = {
  readonly application: Application;
  readonly ownerKind: 'person' | 'company';
  readonly pages: ReadonlyMap<string, number>;
};

/** The checklist of an application with what was done; what the agency asked for is required now. */
export function linesOf({ application, ownerKind, pages }: ApplicationFacts): ChecklistLine[] {
  const { service, content } = application;
  const { documents, waivers, financed, applicant, asked } = content;
  const checklist = checklistFor(service.documents, { ownerKind, financed, represented: !applicant.isSubject });
  return checklistLines(withAskedFor(checklist, asked), { documents, waivers, pages });
}

/** What is wrong with the form, the plate among it where the service is about a vehicle. */
export function fieldProblemsOf({ service, content }: Application): readonly FieldProblem[] {
  const plate: readonly FieldProblem[] =
    service.vehicle === 'required' && content.nrkb === null ? [{ name: 'nrkb', problem: 'missing' }] : [];
  return [...plate, ...formProblems(service.fields, content.fields)];
}

/** `abandoned` is shown nowhere: such an application is not found any more. */
const shownState = (state: Application['state']): ApplicationView['state'] => (state === 'abandoned' ? 'draft' : state);

/** An application as the officer sees it. */
export function applicationView(
  facts: ApplicationFacts,
  steps: readonly ApplicationStep[],
  today: LocalDate,
): ApplicationView {
  const { application } = facts;
  const { content, received } = application;
  const lines = linesOf(facts);
  return {
    applicationId: application.applicationId,
    service: serviceView(application.service, today),
    state: shownState(application.state),
    applicationNumber: received?.applicationNumber ?? null,
    receivedOn: received?.receivedOn ?? null,
    promisedOn: received?.promisedOn ?? null,
    applicant: content.applicant,
    financed: content.financed,
    nrkb: content.nrkb,
    fields: content.fields,
    fieldProblems: [...fieldProblemsOf(application)],
    documents: lines,
    missing: missingLines(lines).map((line) => line.label),
    reason: application.reason,
    agencyNumber: application.agencyNumber,
    steps: steps.map(({ at, state, reason }) => ({ at, state: shownState(state), reason })),
  };
}

/** An application in the list. */
export function applicationRow(facts: ApplicationFacts, today: LocalDate): ApplicationRow {
  const { application, pages } = facts;
  const { content, received, service, state } = application;
  if (received === null) throw new Error('a draft stands in no list');
  const isWaiting = state !== 'ready' && state !== 'returned' && state !== 'handed-over';
  return {
    applicationId: application.applicationId,
    applicationNumber: received.applicationNumber,
    serviceName: service.name,
    applicantName: content.applicant.name,
    nrkb: content.nrkb,
    state: shownState(state),
    receivedOn: received.receivedOn,
    promisedOn: received.promisedOn,
    late: isWaiting && received.promisedOn !== null && received.promisedOn < today,
    missing: missingLines(linesOf(facts)).map((line) => line.label),
    pages: [...pages.values()].reduce((sum, count) => sum + count, 0),
  };
}
