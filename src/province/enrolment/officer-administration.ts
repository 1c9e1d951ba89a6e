import { randomBytes, randomInt } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import { type LocalDate, localDateAt } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Db, Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { PIN_COST } from './pin-cost.ts';

/** Of what the province makes itself: an auditor's PIN, a start code. */
const PIN_DIGITS = 8;
/** A start code lives as long as an officer may be away over a long weekend. */
const START_CODE_LIFE_MS = 7 * 86_400_000;

/** Sends an officer again to every device that knows him: something of his has changed. */
export async function sendOfficerAgain(tx: Db | Tx, officerId: string): Promise<void> {
  await sql`update officer set change_no = nextval('officer_change') where officer_id = ${officerId}`.execute(tx);
}

/** A PIN that nobody chose, told once, with its verifier. */
export async function randomPin(): Promise<{ readonly pin: string; readonly verifier: string }> {
  const pin = Array.from({ length: PIN_DIGITS }, () => String(randomInt(10))).join('');
  return { pin, verifier: await hash(pin, { ...PIN_COST, salt: randomBytes(16) }) };
}

/** Lets an officer sign in again, or not any more; the next officers page of every device of the outlet says so. */
export async function setOfficerActive(
  { db }: { readonly db: Db | Tx },
  officerId: string,
  active: boolean,
): Promise<Result<{ readonly officerId: string; readonly active: boolean }, 'OFFICER_UNKNOWN'>> {
  const row = await db
    .updateTable('officer')
    .set((eb) => ({ active, change_no: eb.fn<number>('nextval', [eb.val('officer_change')]) }))
    .where('officer_id', '=', officerId)
    .returning('officer_id')
    .executeTakeFirst();
  return row === undefined ? err('OFFICER_UNKNOWN') : ok({ officerId, active });
}

/** A one-time start code as it is told, once; ms UTC. */
export type StartCode = { readonly code: string; readonly expiresAt: number };

/** Puts a new officer at an outlet; he chooses his PIN at its counter with the code. */
export async function createOfficer(
  tx: Tx,
  now: number,
  { officerId, name, outletId }: { readonly officerId: string; readonly name: string; readonly outletId: string },
): Promise<Result<StartCode, 'OFFICER_KNOWN'>> {
  const { pin: code, verifier } = await randomPin();
  const expiresAt = now + START_CODE_LIFE_MS;
  const person = { officer_id: officerId, outlet_id: outletId, name, role: 'officer', active: true };
  const written = await tx
    .insertInto('officer')
    .values({ ...person, pin_verifier: verifier, starts_until: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning('officer_id')
    .executeTakeFirst();
  return written === undefined ? err('OFFICER_KNOWN') : ok({ code, expiresAt });
}

/** Ends an officer's PIN; he chooses the next one with the code. */
export async function resetPin(tx: Tx, now: number, officerId: string): Promise<StartCode> {
  const { pin: code, verifier } = await randomPin();
  const expiresAt = now + START_CODE_LIFE_MS;
  await tx
    .updateTable('officer')
    .set({ pin_verifier: verifier, starts_until: expiresAt })
    .where('officer_id', '=', officerId)
    .execute();
  await sendOfficerAgain(tx, officerId);
  return { code, expiresAt };
}

/** Where an officer goes, and from which day on. */
export type OfficerMove = {
  readonly officerId: string;
  readonly toOutlet: string;
  readonly fromOn: LocalDate;
  readonly saidBy: string;
};

/**
 * Writes where an officer goes; a move that has not come to its day is replaced, and one to where he is takes it back. On its
 * day `applyMoves` puts him there.
 */
export async function planMove(
  tx: Tx,
  now: number,
  fromOutlet: string,
  { officerId, toOutlet, fromOn, saidBy }: OfficerMove,
): Promise<Result<void, 'SAME_OUTLET'>> {
  const replaced = await tx
    .updateTable('officer_move')
    .set({ replaced_at: now })
    .where('officer_id', '=', officerId)
    .where('applied_at', 'is', null)
    .where('replaced_at', 'is', null)
    .returning('officer_id')
    .executeTakeFirst();
  if (toOutlet === fromOutlet) return replaced === undefined ? err('SAME_OUTLET') : ok(undefined);
  const places = { officer_id: officerId, from_outlet: fromOutlet, to_outlet: toOutlet };
  await tx
    .insertInto('officer_move')
    .values({ ...places, from_on: fromOn, said_by: saidBy, said_at: now })
    .execute();
  await applyMovesIn(tx, now);
  return ok(undefined);
}

/** Puts officers where they go from today on; both outlets learn it with their next officers page. */
async function applyMovesIn(tx: Tx, now: number): Promise<number> {
  const { rows } = await sql<{ officer_id: string }>`with due as (
      update officer_move set applied_at = ${now}
      where applied_at is null and replaced_at is null and from_on <= ${localDateAt(now)}
      returning officer_id, to_outlet)
    update officer o set outlet_id = due.to_outlet, change_no = nextval('officer_change')
    from due where due.officer_id = o.officer_id returning o.officer_id`.execute(tx);
  return rows.length;
}

/** Inside a larger question: whether the day of a move has come. */
export const moveIsDue = (now: number) => sql<boolean>`exists (select 1 from officer_move
  where applied_at is null and replaced_at is null and from_on <= ${localDateAt(now)})`;

/** Carries out the moves whose day has come; answers how many there were. */
export async function applyMoves({ db, now }: Pick<ProvinceContext, 'db' | 'now'>): Promise<number> {
  return db.transaction().execute((tx) => applyMovesIn(tx, now()));
}
