import { sql } from 'kysely';
import { z } from 'zod';
import type { ApplicationState } from '../../../domain/application-state.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { Service } from '../../../domain/service.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { readPack } from '../services/service-store.ts';

const CONTEXT = 'application';
/** Stands where a name was, after the person was erased. */
const ERASED = '(dihapus)';

const contentSchema = z.object({
  applicant: z.object({ name: z.string().nullable(), phone: z.string().nullable(), isSubject: z.boolean() }),
  financed: z.boolean(),
  nrkb: z.string().nullable(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  documents: z.array(z.object({ kind: z.string(), present: z.boolean(), held: z.boolean() })),
  waivers: z.array(z.object({ kind: z.string(), reason: z.string(), approvedBy: z.string().nullable() })),
  /** Kinds that the agency asked for after it had the papers. */
  asked: z.array(z.string()),
});
/** What the officer took in; sealed, because it names the person. */
export type ApplicationContent = Readonly<z.infer<typeof contentSchema>>;

/** Papers that go on to an agency: a draft, or what the journal and the decisions made of it. */
export type Application = {
  readonly applicationId: string;
  readonly state: ApplicationState;
  readonly officerId: string;
  readonly begunAt: number;
  /** The service as it was when the papers were asked for. */
  readonly service: Service;
  readonly content: ApplicationContent;
  /** Null for a draft. */
  readonly received: {
    readonly seq: number;
    readonly applicationNumber: string;
    readonly receivedOn: LocalDate;
    readonly promisedOn: LocalDate | null;
  } | null;
  readonly decidedAt: number | null;
  readonly reason: string | null;
  readonly agencyNumber: string | null;
  readonly handedOverAt: number | null;
};

/** One step of its life. */
export type ApplicationStep = {
  readonly at: number;
  readonly state: Exclude<ApplicationState, 'draft'>;
  readonly reason: string | null;
  readonly decisionId: string | null;
};

type Row = {
  application_id: string;
  state: ApplicationState;
  officer_id: string;
  begun_at: number;
  pack: string;
  sealed: string;
  seq: number | null;
  application_number: string | null;
  received_on: string | null;
  promised_on: string | null;
  decided_at: number | null;
  reason: string | null;
  agency_number: string | null;
  handed_over_at: number | null;
};

function receivedOf(row: Row): Application['received'] {
  const { seq, application_number: applicationNumber, received_on: receivedOn, promised_on: promisedOn } = row;
  if (seq === null || applicationNumber === null || receivedOn === null) return null;
  // Both days are written by insertApplication and putApplication only.
  return { seq, applicationNumber, receivedOn: receivedOn as LocalDate, promisedOn: promisedOn as LocalDate | null };
}

const toApplication = (cipher: ColumnCipher, row: Row): Application => ({
  applicationId: row.application_id,
  state: row.state,
  officerId: row.officer_id,
  begunAt: row.begun_at,
  service: readPack(row.pack),
  content: contentSchema.parse(JSON.parse(cipher.open(row.sealed, CONTEXT))),
  received: receivedOf(row),
  decidedAt: row.decided_at,
  reason: row.reason,
  agencyNumber: row.agency_number,
  handedOverAt: row.handed_over_at,
});

const toRow = (cipher: ColumnCipher, application: Application) => ({
  state: application.state,
  sealed: cipher.seal(JSON.stringify(application.content), CONTEXT),
  seq: application.received?.seq ?? null,
  application_number: application.received?.applicationNumber ?? null,
  received_on: application.received?.receivedOn ?? null,
  promised_on: application.received?.promisedOn ?? null,
  decided_at: application.decidedAt,
  reason: application.reason,
  agency_number: application.agencyNumber,
  handed_over_at: application.handedOverAt,
});

/** Begins an application. */
export async function insertApplication(tx: WriteTx, cipher: ColumnCipher, application: Application): Promise<void> {
  await tx
    .insertInto('application')
    .values({
      application_id: application.applicationId,
      service_id: application.service.serviceId,
      officer_id: application.officerId,
      begun_at: application.begunAt,
      pack: JSON.stringify(application.service),
      ...toRow(cipher, application),
    })
    .execute();
}

/** Writes all that can change; its service and who began it cannot. */
export async function putApplication(tx: WriteTx, cipher: ColumnCipher, application: Application): Promise<void> {
  await tx
    .updateTable('application')
    .set(toRow(cipher, application))
    .where('application_id', '=', application.applicationId)
    .execute();
}

export async function findApplication(
  tx: ReadTx,
  cipher: ColumnCipher,
  applicationId: string,
): Promise<Application | undefined> {
  const row = await tx
    .selectFrom('application')
    .selectAll()
    .where('application_id', '=', applicationId)
    .executeTakeFirst();
  return row === undefined ? undefined : toApplication(cipher, row);
}

/** The officer's newest draft: what stood on the screen when the power went. */
export async function findUnfinishedApplication(
  tx: ReadTx,
  cipher: ColumnCipher,
  officerId: string,
  sinceMs: number,
): Promise<Application | undefined> {
  const row = await tx
    .selectFrom('application')
    .selectAll()
    .where('state', '=', sql.lit<'draft'>('draft'))
    .where('officer_id', '=', officerId)
    .where('begun_at', '>=', sinceMs)
    .orderBy('begun_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : toApplication(cipher, row);
}

/** What was received, newest first; `open` leaves out what was handed over. */
export async function readApplications(
  tx: ReadTx,
  cipher: ColumnCipher,
  show: 'open' | 'all',
  limit: number,
): Promise<readonly Application[]> {
  let query = tx.selectFrom('application').selectAll().where('seq', 'is not', null).orderBy('seq', 'desc').limit(limit);
  if (show === 'open') query = query.where('state', '<>', 'handed-over');
  return (await query.execute()).map((row) => toApplication(cipher, row));
}

/** Word by word the condition of the partial index `application_case`. */
const IS_CASE = sql<boolean>`state IN ('incomplete', 'returned')`;

/** Applications that need a person: a paper is missing, or the agency gave them back. */
export async function readApplicationCases(
  tx: ReadTx,
  cipher: ColumnCipher,
  limit: number,
): Promise<readonly Application[]> {
  const rows = await tx
    .selectFrom('application')
    .selectAll()
    .where(IS_CASE)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => toApplication(cipher, row));
}

export async function countApplicationCases(tx: ReadTx): Promise<number> {
  const row = await tx
    .selectFrom('application')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(IS_CASE)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Takes the person, the plate and the form off an application; its number, its papers and where it stands stay. */
export async function blankApplication(tx: WriteTx, cipher: ColumnCipher, application: Application): Promise<void> {
  const { documents, asked, financed, applicant } = application.content;
  const content: ApplicationContent = {
    applicant: { name: ERASED, phone: null, isSubject: applicant.isSubject },
    financed,
    nrkb: null,
    fields: {},
    documents,
    // Reasons are an officer's words and may name somebody.
    waivers: application.content.waivers.map((waiver) => ({ ...waiver, reason: ERASED })),
    asked,
  };
  await putApplication(tx, cipher, { ...application, content });
}

/** Appends a step; the same decision again adds none and answers false. */
export async function insertStep(tx: WriteTx, applicationId: string, step: ApplicationStep): Promise<boolean> {
  const written = await tx
    .insertInto('application_step')
    .values({
      application_id: applicationId,
      at: step.at,
      state: step.state,
      reason: step.reason,
      decision_id: step.decisionId,
    })
    .onConflict((conflict) => conflict.column('decision_id').doNothing())
    .executeTakeFirst();
  return written.numInsertedOrUpdatedRows === 1n;
}

/** Every step of one application in the order in which it became known here: two clocks made the times. */
export async function readSteps(tx: ReadTx, applicationId: string): Promise<readonly ApplicationStep[]> {
  const rows = await tx
    .selectFrom('application_step')
    .selectAll()
    .where('application_id', '=', applicationId)
    .orderBy('step_no')
    .execute();
  return rows.map(({ at, state, reason, decision_id: decisionId }) => ({ at, state, reason, decisionId }));
}
