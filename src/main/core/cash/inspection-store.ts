import { sql } from 'kysely';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { VarianceState } from './cash-store.ts';

/** Word by word the condition of the partial index. */
const IS_OPEN = sql<boolean>`variance_state = 'open'`;

/** An inspection as the projection holds it; what was counted stands in its entry. */
export type StoredInspection = {
  readonly inspectionId: string;
  readonly seq: number;
  readonly cashSessionId: string;
  readonly number: string;
  readonly inspectedBy: string;
  readonly inspectorName: string;
  readonly officerId: string;
  readonly officerName: string;
  /** ms UTC. */
  readonly inspectedAt: number;
  /** Counted less expected, drawer and safe together. */
  readonly variance: Rupiah;
  readonly varianceState: VarianceState;
};

const COLUMNS = [
  'inspection_id as inspectionId',
  'seq',
  'cash_session_id as cashSessionId',
  'number',
  'inspected_by as inspectedBy',
  'inspector_name as inspectorName',
  'officer_id as officerId',
  'officer_name as officerName',
  'inspected_at as inspectedAt',
  'variance',
  'variance_state as varianceState',
] as const;

const toInspection = (row: Omit<StoredInspection, 'variance'> & { readonly variance: number }): StoredInspection => ({
  ...row,
  variance: rupiah(row.variance),
});

/** Idempotent by constraint: an inspection has one entry. */
export async function insertInspection(tx: WriteTx, inspection: StoredInspection): Promise<void> {
  await tx
    .insertInto('cash_inspection')
    .values({
      inspection_id: inspection.inspectionId,
      seq: inspection.seq,
      cash_session_id: inspection.cashSessionId,
      number: inspection.number,
      inspected_by: inspection.inspectedBy,
      inspector_name: inspection.inspectorName,
      officer_id: inspection.officerId,
      officer_name: inspection.officerName,
      inspected_at: inspection.inspectedAt,
      variance: inspection.variance,
      variance_state: inspection.varianceState,
      explained_seq: null,
    })
    .execute();
}

export async function findInspection(tx: ReadTx, inspectionId: string): Promise<StoredInspection | undefined> {
  const row = await tx
    .selectFrom('cash_inspection')
    .select(COLUMNS)
    .where('inspection_id', '=', inspectionId)
    .executeTakeFirst();
  return row === undefined ? undefined : toInspection(row);
}

/** The newest inspections first. */
export async function readInspections(tx: ReadTx, limit: number): Promise<readonly StoredInspection[]> {
  const rows = await tx.selectFrom('cash_inspection').select(COLUMNS).orderBy('seq', 'desc').limit(limit).execute();
  return rows.map(toInspection);
}

/** Inspections whose variance nobody has explained yet, oldest first. */
export async function readUnexplainedInspections(tx: ReadTx): Promise<readonly StoredInspection[]> {
  const rows = await tx.selectFrom('cash_inspection').select(COLUMNS).where(IS_OPEN).orderBy('seq').execute();
  return rows.map(toInspection);
}

/** Somebody has explained what an inspection found. */
export async function putInspectionExplained(tx: WriteTx, inspectionId: string, seq: number): Promise<void> {
  await tx
    .updateTable('cash_inspection')
    .set({ variance_state: 'explained', explained_seq: seq })
    .where('inspection_id', '=', inspectionId)
    .execute();
}
