import type { Role } from '../../../contract/primitives.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';

/** An auditor's letter, its first and its last day. */
export type Mandate = { readonly letter: string; readonly from: LocalDate; readonly to: LocalDate };

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
  /** The one day on which somebody of another outlet works here; null for the outlet's own. */
  readonly substituteOn: string | null;
  /** By which letter an auditor may look, and on which days; null for everybody else. */
  readonly mandate: Mandate | null;
};

type Row = {
  officer_id: string;
  name: string;
  role: Role;
  active: number;
  pin_sealed: string;
  failures: number;
  locked_until: number | null;
  substitute_on: string | null;
  mandate_letter: string | null;
  mandate_from: string | null;
  mandate_to: string | null;
};

function mandateOf({ mandate_letter: letter, mandate_from: from, mandate_to: to }: Row): Mandate | null {
  if (letter === null || from === null || to === null) return null;
  return { letter, from: from as LocalDate, to: to as LocalDate }; // written by putOfficer only
}

const toOfficer = (row: Row): Officer => ({
  officerId: row.officer_id,
  name: row.name,
  role: row.role,
  active: row.active === 1,
  pinSealed: row.pin_sealed,
  failures: row.failures,
  lockedUntil: row.locked_until,
  substituteOn: row.substitute_on,
  mandate: mandateOf(row),
});

/**
 * Whether somebody may be here on a day: the outlet's own while they are active, a substitute on his one day, an auditor on
 * the days of his letter and on no other.
 */
export function worksHere(
  { active, role, substituteOn, mandate }: Pick<Officer, 'active' | 'role' | 'substituteOn' | 'mandate'>,
  today: LocalDate,
): boolean {
  if (!active) return false;
  if (role === 'auditor') return mandate !== null && mandate.from <= today && today <= mandate.to;
  return substituteOn === null || substituteOn === today;
}

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
  officer: Pick<Officer, 'officerId' | 'name' | 'role' | 'active' | 'pinSealed'> & {
    readonly approvalKeySealed: string | null;
    readonly mandate: Mandate | null;
  },
): Promise<void> {
  const row = {
    approval_key_sealed: officer.approvalKeySealed,
    // Whom the province sends is the outlet's own from now on.
    substitute_on: null,
    name: officer.name,
    role: officer.role,
    active: officer.active ? 1 : 0,
    pin_sealed: officer.pinSealed,
    mandate_letter: officer.mandate?.letter ?? null,
    mandate_from: officer.mandate?.from ?? null,
    mandate_to: officer.mandate?.to ?? null,
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

const KEY_CONTEXT = 'officer.approval-key';

/** Seals the key that a supervisor and this counter share; base64url as the province sent it. */
export function sealApprovalKey(cipher: ColumnCipher, key: string): string {
  return cipher.seal(key, KEY_CONTEXT);
}

/** Active supervisors who share a key with this counter, by name. */
export async function readApprovalKeys(
  tx: ReadTx,
  cipher: ColumnCipher,
): Promise<readonly { readonly officerId: string; readonly name: string; readonly key: Uint8Array }[]> {
  const rows = await tx
    .selectFrom('officer')
    .select(['officer_id', 'name', 'approval_key_sealed'])
    .where('role', '=', 'supervisor')
    .where('active', '=', 1)
    .where('approval_key_sealed', 'is not', null)
    .orderBy('name')
    .execute();
  return rows.flatMap(({ officer_id: officerId, name, approval_key_sealed: sealed }) =>
    sealed === null ? [] : [{ officerId, name, key: Buffer.from(cipher.open(sealed, KEY_CONTEXT), 'base64url') }],
  );
}

/** A PIN that was chosen here with a supervisor's approval; what was counted of wrong ones is forgotten with the old one. */
export async function setPin(tx: WriteTx, officerId: string, pinSealed: string): Promise<void> {
  await tx
    .updateTable('officer')
    .set({ pin_sealed: pinSealed, failures: 0, locked_until: null })
    .where('officer_id', '=', officerId)
    .execute();
}

/** Admits an officer of another outlet for one day; who was a substitute before is one again. */
export async function putSubstitute(
  tx: WriteTx,
  officer: Pick<Officer, 'officerId' | 'name' | 'pinSealed'> & { readonly on: LocalDate },
): Promise<void> {
  const { officerId, name, pinSealed, on } = officer;
  const row = { name, pin_sealed: pinSealed, substitute_on: on, active: 1, failures: 0, locked_until: null };
  await tx
    .insertInto('officer')
    .values({ officer_id: officerId, role: 'officer', ...row })
    .onConflict((conflict) => conflict.column('officer_id').doUpdateSet(row))
    .execute();
}
