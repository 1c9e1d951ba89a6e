import type { Role } from '../../../contract/primitives.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';

/** An officer as the province sent him, with what this counter counted of wrong PINs. */
export type Officer = {
  readonly officerId: string;
  readonly name: string;
  readonly role: Role;
  readonly active: boolean;
  /** Verifier of the PIN, sealed under the data key. */
  readonly pinSealed: string;
  readonly failures: number;
  readonly lockedUntil: number | null;
};

type Row = {
  officer_id: string;
  name: string;
  role: Role;
  active: number;
  pin_sealed: string;
  failures: number;
  locked_until: number | null;
};

const toOfficer = (row: Row): Officer => ({
  officerId: row.officer_id,
  name: row.name,
  role: row.role,
  active: row.active === 1,
  pinSealed: row.pin_sealed,
  failures: row.failures,
  lockedUntil: row.locked_until,
});

export async function readOfficers(tx: ReadTx): Promise<readonly Officer[]> {
  const rows = await tx.selectFrom('officer').selectAll().orderBy('name').execute();
  return rows.map(toOfficer);
}

export async function findOfficer(tx: ReadTx, officerId: string): Promise<Officer | undefined> {
  const row = await tx.selectFrom('officer').selectAll().where('officer_id', '=', officerId).executeTakeFirst();
  return row === undefined ? undefined : toOfficer(row);
}

/** Applies one item of the officers feed; what this counter counted of failures stays. */
export async function putOfficer(
  tx: WriteTx,
  officer: Pick<Officer, 'officerId' | 'name' | 'role' | 'active' | 'pinSealed'>,
): Promise<void> {
  const row = {
    name: officer.name,
    role: officer.role,
    active: officer.active ? 1 : 0,
    pin_sealed: officer.pinSealed,
  };
  await tx
    .insertInto('officer')
    .values({ officer_id: officer.officerId, locked_until: null, ...row })
    .onConflict((conflict) => conflict.column('officer_id').doUpdateSet(row))
    .execute();
}

export async function setFailures(
  tx: WriteTx,
  officerId: string,
  state: { readonly failures: number; readonly lockedUntil: number | null },
): Promise<void> {
  await tx
    .updateTable('officer')
    .set({ failures: state.failures, locked_until: state.lockedUntil })
    .where('officer_id', '=', officerId)
    .execute();
}
