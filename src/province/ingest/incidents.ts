import type { Db, Tx } from '../db/open.ts';

/** Something that a person must know of; `evidence` makes it one incident however often it is seen (OPOP-Sync/1 4.6). */
export type Incident = {
  readonly kind:
    | 'DEVICE_ROLLBACK'
    | 'CLONE'
    | 'FORK'
    | 'GAP_REFUSED'
    | 'GAP_HELD'
    | 'DEVICE_BY_CERTIFICATE'
    | 'VOIDED_AFTER_BOOKING'
    | 'REFUNDED_AFTER_BOOKING'
    | 'PAID_TWICE'
    | 'APPROVAL_BROKEN'
    | 'APPROVAL_OWN'
    | 'APPROVAL_TWICE';
  readonly evidence: string;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
};

/** Writes incidents of one device; those with known evidence are left as they are. Answers how many are new. */
export async function noteIncidents(
  db: Db | Tx,
  deviceId: string,
  incidents: readonly (Omit<Incident, 'kind'> & { readonly kind: string })[],
  at: number,
): Promise<number> {
  if (incidents.length === 0) return 0;
  const written = await db
    .insertInto('incident')
    .values(
      incidents.map(({ kind, evidence, facts }) => ({
        device_id: deviceId,
        kind,
        evidence,
        facts: JSON.stringify(facts),
        at,
      })),
    )
    .onConflict((conflict) => conflict.columns(['device_id', 'kind', 'evidence']).doNothing())
    .returning('incident_no')
    .execute();
  return written.length;
}

/** From the first sign of a second copy on, every hello of this device id is told so. */
export async function markCloned(db: Db | Tx, deviceId: string, at: number): Promise<void> {
  await db
    .updateTable('device')
    .set({ cloned_at: at })
    .where('device_id', '=', deviceId)
    .where('cloned_at', 'is', null)
    .execute();
}
