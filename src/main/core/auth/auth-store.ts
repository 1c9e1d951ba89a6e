import type { Role } from '../../../contract/primitives.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared, preparedWrite } from '../db/prepared.ts';
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
  /** Until when his PIN is a one-time start code, ms UTC; null once he has chosen one. */
  readonly startsUntil: number | null;
  /** SHA-256 of the verifier that the province knows; null where no page said so yet. */
  readonly pinBase: string | null;
  /** This device is the one that the province appointed to him. */
  readonly isOwnDevice: boolean;
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
  starts_until: number | null;
  pin_base: string | null;
  own_device: number;
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
  startsUntil: row.starts_until,
  pinBase: row.pin_base,
  isOwnDevice: row.own_device === 1,
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

const selectOfficer = prepared<{ officerId: string }>()((from, of) =>
  from.selectFrom('officer').selectAll().where('officer_id', '=', of('officerId')),
);

export async function findOfficer(tx: ReadTx, officerId: string): Promise<Officer | undefined> {
  const [row] = selectOfficer(tx, { officerId });
  return row === undefined ? undefined : toOfficer(row);
}

/** An item of the officers feed, ready to be written. */
export type SentOfficer = Pick<
  Officer,
  'officerId' | 'name' | 'role' | 'active' | 'pinSealed' | 'mandate' | 'startsUntil'
> & {
  readonly verifierHash: string;
  readonly approvalKeySealed: string | null;
  /** Whether the page says that this device is his own. */
  readonly isOwnDevice: boolean;
};

/** Whether a PIN chosen here has come in the place of this verifier. */
async function isReplaced(tx: ReadTx, officerId: string, verifierHash: string): Promise<boolean> {
  const row = await tx
    .selectFrom('replaced_pin')
    .select('officer_id')
    .where('officer_id', '=', officerId)
    .where('verifier_hash', '=', verifierHash)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Applies one item of the officers feed; what this counter counted of failures stays, but for somebody who got a new start
 * code. A verifier that was replaced here is older than the PIN at work, whenever its page comes.
 */
export async function putOfficer(tx: WriteTx, officer: SentOfficer): Promise<void> {
  const row = {
    approval_key_sealed: officer.approvalKeySealed,
    // Whom the province sends is the outlet's own from now on.
    substitute_on: null,
    name: officer.name,
    role: officer.role,
    active: officer.active ? 1 : 0,
    own_device: officer.isOwnDevice ? 1 : 0,
    mandate_letter: officer.mandate?.letter ?? null,
    mandate_from: officer.mandate?.from ?? null,
    mandate_to: officer.mandate?.to ?? null,
  };
  const pin = { pin_sealed: officer.pinSealed, pin_base: officer.verifierHash, starts_until: officer.startsUntil };
  const unlocked = officer.startsUntil === null ? {} : { failures: 0, locked_until: null };
  const isOld = await isReplaced(tx, officer.officerId, officer.verifierHash);
  await tx
    .insertInto('officer')
    .values({ officer_id: officer.officerId, locked_until: null, ...row, ...pin })
    .onConflict((conflict) => conflict.column('officer_id').doUpdateSet(isOld ? row : { ...row, ...pin, ...unlocked }))
    .execute();
}

/** A PIN that its owner chose here: what it replaces never comes back, wrong ones before it are forgotten. */
export async function putOwnPin(
  tx: WriteTx,
  officerId: string,
  of: { readonly pinSealed: string; readonly base: string; readonly replaces: string },
): Promise<void> {
  await tx
    .insertInto('replaced_pin')
    .values({ officer_id: officerId, verifier_hash: of.replaces })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx
    .updateTable('officer')
    .set({ pin_sealed: of.pinSealed, pin_base: of.base, starts_until: null, failures: 0, locked_until: null })
    .where('officer_id', '=', officerId)
    .execute();
}

const updateFailures = preparedWrite<{ officerId: string; failures: number; lockedUntil: number | null }>()((to, of) =>
  to
    .updateTable('officer')
    .set({ failures: of('failures'), locked_until: of('lockedUntil') })
    .where('officer_id', '=', of('officerId')),
);

export async function setFailures(
  tx: WriteTx,
  officerId: string,
  state: { readonly failures: number; readonly lockedUntil: number | null },
): Promise<void> {
  updateFailures(tx, { officerId, failures: state.failures, lockedUntil: state.lockedUntil });
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
    .set({ pin_sealed: pinSealed, starts_until: null, failures: 0, locked_until: null })
    .where('officer_id', '=', officerId)
    .execute();
}

/** Admits an officer of another outlet for one day; who was a substitute before is one again. */
export async function putSubstitute(
  tx: WriteTx,
  officer: Pick<Officer, 'officerId' | 'name' | 'pinSealed'> & { readonly on: LocalDate },
): Promise<void> {
  const { officerId, name, pinSealed, on } = officer;
  const fresh = { starts_until: null, failures: 0, locked_until: null };
  const row = { name, pin_sealed: pinSealed, substitute_on: on, active: 1, ...fresh };
  await tx
    .insertInto('officer')
    .values({ officer_id: officerId, role: 'officer', ...row })
    .onConflict((conflict) => conflict.column('officer_id').doUpdateSet(row))
    .execute();
}
