import type { CaseOwner, ExceptionKind } from '../../../domain/exception-case.ts';
import { type LocalDate, parseLocalDate } from '../../../domain/local-date.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { CaseTables } from '../db/schema-cases.ts';

/** A case that somebody took in hand. */
export type CaseFile = {
  readonly caseId: string;
  /** What it is about, as the list of cases names it. */
  readonly caseKey: string;
  readonly number: string;
  readonly kind: ExceptionKind;
  readonly transactionId: string | null;
  readonly owner: CaseOwner;
  readonly promisedOn: LocalDate;
  readonly openedSeq: number;
  /** ms UTC. */
  readonly openedAt: number;
};

function toFile(row: CaseTables['case_file']): CaseFile {
  const promised = parseLocalDate(row.promised_on);
  if (!promised.ok) throw new Error('a stored day is none');
  return {
    caseId: row.case_id,
    caseKey: row.case_key,
    number: row.number,
    kind: row.kind,
    transactionId: row.transaction_id,
    owner: row.owner,
    promisedOn: promised.value,
    openedSeq: row.opened_seq,
    openedAt: row.opened_at,
  };
}

/** Idempotent by constraint: one thing is one case. */
export async function insertFile(tx: WriteTx, file: CaseFile): Promise<void> {
  await tx
    .insertInto('case_file')
    .values({
      case_id: file.caseId,
      case_key: file.caseKey,
      number: file.number,
      kind: file.kind,
      transaction_id: file.transactionId,
      owner: file.owner,
      promised_on: file.promisedOn,
      opened_seq: file.openedSeq,
      opened_at: file.openedAt,
    })
    .execute();
}

export async function findFile(tx: ReadTx, caseKey: string): Promise<CaseFile | undefined> {
  const row = await tx.selectFrom('case_file').selectAll().where('case_key', '=', caseKey).executeTakeFirst();
  return row === undefined ? undefined : toFile(row);
}

export async function findFileById(tx: ReadTx, caseId: string): Promise<CaseFile | undefined> {
  const row = await tx.selectFrom('case_file').selectAll().where('case_id', '=', caseId).executeTakeFirst();
  return row === undefined ? undefined : toFile(row);
}

/** Files of every case of one sale, oldest first. */
export async function readFilesOf(tx: ReadTx, transactionId: string): Promise<readonly CaseFile[]> {
  const rows = await tx
    .selectFrom('case_file')
    .selectAll()
    .where('transaction_id', '=', transactionId)
    .orderBy('opened_seq')
    .execute();
  return rows.map(toFile);
}

/** Files of many cases at once, by what they are about. */
export async function findFiles(tx: ReadTx, caseKeys: readonly string[]): Promise<ReadonlyMap<string, CaseFile>> {
  if (caseKeys.length === 0) return new Map();
  const rows = await tx
    .selectFrom('case_file')
    .selectAll()
    .where('case_key', 'in', [...caseKeys])
    .execute();
  return new Map(rows.map((row) => [row.case_key, toFile(row)]));
}

export async function putOwner(tx: WriteTx, caseId: string, owner: CaseOwner): Promise<void> {
  await tx.updateTable('case_file').set({ owner }).where('case_id', '=', caseId).execute();
}

/** Places of the entries about a case, oldest first, beside the one that opened it. */
export async function readEventPlaces(tx: ReadTx, caseId: string): Promise<readonly number[]> {
  const rows = await tx.selectFrom('case_event').select('seq').where('case_id', '=', caseId).orderBy('seq').execute();
  return rows.map(({ seq }) => seq);
}

export async function insertEvent(tx: WriteTx, caseId: string, seq: number): Promise<void> {
  await tx.insertInto('case_event').values({ case_id: caseId, seq }).execute();
}
