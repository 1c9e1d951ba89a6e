import type { Db, Tx } from '../db/open.ts';

/** A page as the province took it; `reason` says why nobody can be shown it. */
export type TakenPage = {
  readonly documentId: string;
  readonly bytes: number;
  readonly state: 'stored' | 'refused';
  readonly reason: string | null;
};

/** May miss: not whole yet, or never begun. */
export async function findPage(db: Db | Tx, deviceId: string, documentId: string): Promise<TakenPage | undefined> {
  const [row] = await findPages(db, deviceId, [documentId]);
  return row;
}

/** The pages of a device among these; those that are not whole are left out. */
export async function findPages(
  db: Db | Tx,
  deviceId: string,
  documentIds: readonly string[],
): Promise<readonly TakenPage[]> {
  if (documentIds.length === 0) return [];
  return db
    .selectFrom('document')
    .select(['document_id as documentId', 'bytes', 'state', 'reason'])
    .where('device_id', '=', deviceId)
    .where('document_id', 'in', [...documentIds])
    .execute();
}
