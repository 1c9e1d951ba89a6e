import type { LocalDate } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Db, Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { randomPin, sendOfficerAgain } from './officer-administration.ts';

/** A letter of assignment: who looks at which outlets, first and last day included. */
export type Mandate = {
  readonly officerId: string;
  readonly letter: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly outletIds: readonly string[];
};

/** A mandate that was given; the PIN is told once, and only for somebody who is new. */
export type GivenMandate = Mandate & { readonly pin: string | null };

type GiveRefusal = 'OUTLET_UNKNOWN' | 'NAME_MISSING' | 'NOT_AN_AUDITOR' | 'DAYS_WRONG' | 'LETTER_USED';

/** Makes the auditor where he is new; answers his PIN then. */
async function putAuditor(
  tx: Tx,
  { officerId, outletIds }: Mandate,
  name: string | null,
): Promise<Result<string | null, 'NAME_MISSING' | 'NOT_AN_AUDITOR'>> {
  const known = await tx.selectFrom('officer').select('role').where('officer_id', '=', officerId).executeTakeFirst();
  if (known !== undefined) return known.role === 'auditor' ? ok(null) : err('NOT_AN_AUDITOR');
  const [home] = outletIds;
  if (name === null || home === undefined) return err('NAME_MISSING');
  const { pin, verifier } = await randomPin();
  await tx
    .insertInto('officer')
    .values({ officer_id: officerId, outlet_id: home, name, role: 'auditor', active: true, pin_verifier: verifier })
    .execute();
  return ok(pin);
}

/** Gives an auditor his letter for some outlets; their counters know it from their next contact on. */
export async function giveMandate(
  { db, now }: Pick<ProvinceContext, 'db' | 'now'>,
  mandate: Mandate,
  name: string | null = null,
): Promise<Result<GivenMandate, GiveRefusal>> {
  const { officerId, letter, from, to, outletIds } = mandate;
  if (to < from) return err('DAYS_WRONG');
  if (outletIds.length === 0) return err('OUTLET_UNKNOWN');
  return db.transaction().execute(async (tx) => {
    const outlets = await tx.selectFrom('outlet').select('outlet_id').where('outlet_id', 'in', outletIds).execute();
    if (outlets.length !== new Set(outletIds).size) return err('OUTLET_UNKNOWN' as const);
    const auditor = await putAuditor(tx, mandate, name);
    if (!auditor.ok) return auditor;
    const used = await tx
      .selectFrom('auditor_mandate')
      .select('letter')
      .where('officer_id', '=', officerId)
      .where('letter', '=', letter)
      .limit(1)
      .executeTakeFirst();
    if (used !== undefined) return err('LETTER_USED' as const);
    const given = { officer_id: officerId, letter, from_on: from, to_on: to, given_at: now(), revoked_at: null };
    await tx
      .insertInto('auditor_mandate')
      .values(outletIds.map((outletId) => ({ ...given, outlet_id: outletId })))
      .execute();
    await sendOfficerAgain(tx, officerId);
    return ok({ ...mandate, pin: auditor.value });
  });
}

/** Takes a letter back, for all its outlets, at once where a counter has a line; answers for how many. */
export async function revokeMandate(
  { db, now }: Pick<ProvinceContext, 'db' | 'now'>,
  officerId: string,
  letter: string,
): Promise<Result<number, 'MANDATE_UNKNOWN'>> {
  return db.transaction().execute(async (tx) => {
    const revoked = await tx
      .updateTable('auditor_mandate')
      .set({ revoked_at: now() })
      .where('officer_id', '=', officerId)
      .where('letter', '=', letter)
      .where('revoked_at', 'is', null)
      .returning('outlet_id')
      .execute();
    if (revoked.length === 0) return err('MANDATE_UNKNOWN');
    await sendOfficerAgain(tx, officerId);
    return ok(revoked.length);
  });
}

/** The newest letter of an auditor for an outlet that was not taken back. */
export async function mandateFor(
  db: Db | Tx,
  officerId: string,
  outletId: string,
): Promise<{ readonly letter: string; readonly from: LocalDate; readonly to: LocalDate } | undefined> {
  return await db
    .selectFrom('auditor_mandate')
    .select(['letter', 'from_on as from', 'to_on as to'])
    .where('officer_id', '=', officerId)
    .where('outlet_id', '=', outletId)
    .where('revoked_at', 'is', null)
    .orderBy('given_at', 'desc')
    .orderBy('to_on', 'desc')
    .limit(1)
    .executeTakeFirst();
}
