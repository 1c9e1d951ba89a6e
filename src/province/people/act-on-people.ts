import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { PeopleAct, PeopleActAnswer, PeopleActRequest, PeopleDone, PeopleRefusal } from '../../contract/people.ts';
import { type LocalDate, localDateAt } from '../../domain/local-date.ts';
import { assertNever, err, ok, type Result } from '../../domain/result.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import type { Tx } from '../db/open.ts';
import { issueEnrolmentCode, revokeEnrolmentCode } from '../enrolment/enrolment.ts';
import { createOfficer, planMove, resetPin, setOfficerActive } from '../enrolment/officer-administration.ts';
import type { ProvinceContext } from '../province-context.ts';
import { inScope, isInScope, type Principals } from '../region/scope.ts';
import { openSessionOf } from './open-session.ts';

/** Who acts: the supervisor of a device, with the letters that are in force today. */
export type Actor = { readonly principals: Principals; readonly deviceId: string };

type Refused = PeopleRefusal | 'OUT_OF_SCOPE';
/** What an act answers, and whom it concerns, for the record. */
type Done = Partial<Pick<PeopleDone, 'code' | 'expiresAt' | 'session'>> & {
  readonly officerId?: string;
  readonly outletId?: string;
};
type Acting = {
  readonly tx: Tx;
  readonly now: number;
  readonly today: LocalDate;
  readonly principals: Principals;
};
type Of<A extends PeopleAct['act']> = Extract<PeopleAct, { readonly act: A }>;

const inHis = ({ tx, principals, today }: Acting, outletId: string): Promise<boolean> =>
  isInScope(tx, principals, { outletId, on: today });

/** An officer on whom he may act, held until the transaction ends: of his region, an officer, and not himself. */
async function hisOfficer(
  acting: Acting,
  officerId: string,
): Promise<Result<{ readonly outletId: string; readonly active: boolean }, Refused>> {
  if (officerId === acting.principals.supervisorId) return err('SELF');
  const row = await acting.tx
    .selectFrom('officer')
    .select(['outlet_id as outletId', 'active', 'role'])
    .where('officer_id', '=', officerId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return err('OFFICER_UNKNOWN');
  if (!(await inHis(acting, row.outletId))) return err('OUT_OF_SCOPE');
  return row.role === 'officer' ? ok(row) : err('NOT_AN_OFFICER');
}

async function create(acting: Acting, { officerId, name, outletId }: Of<'create'>): Promise<Result<Done, Refused>> {
  if (officerId === acting.principals.supervisorId) return err('SELF');
  if (!(await inHis(acting, outletId))) return err('OUT_OF_SCOPE');
  const created = await createOfficer(acting.tx, acting.now, { officerId, name, outletId });
  return created.ok ? ok({ ...created.value, officerId, outletId }) : created;
}

async function setActive(
  acting: Acting,
  { officerId, act }: Of<'suspend'> | Of<'reinstate'>,
): Promise<Result<Done, Refused>> {
  const found = await hisOfficer(acting, officerId);
  if (!found.ok) return found;
  const { outletId, active } = found.value;
  if (active === (act === 'reinstate')) return err('ALREADY_SO');
  const set = await setOfficerActive({ db: acting.tx }, officerId, act === 'reinstate');
  if (!set.ok) return set;
  const session = act === 'suspend' ? await openSessionOf(acting.tx, officerId) : null;
  return ok({ officerId, outletId, session });
}

async function move(acting: Acting, { officerId, outletId, fromOn }: Of<'move'>): Promise<Result<Done, Refused>> {
  const found = await hisOfficer(acting, officerId);
  if (!found.ok) return found;
  if (!(await inHis(acting, outletId))) return err('OUT_OF_SCOPE');
  if (fromOn < acting.today) return err('DATE_PAST');
  const saidBy = acting.principals.supervisorId;
  const planned = await planMove(acting.tx, acting.now, found.value.outletId, {
    officerId,
    toOutlet: outletId,
    fromOn,
    saidBy,
  });
  if (!planned.ok) return planned;
  return ok({ officerId, outletId, session: await openSessionOf(acting.tx, officerId) });
}

async function setBack(acting: Acting, { officerId }: Of<'reset-pin'>): Promise<Result<Done, Refused>> {
  const found = await hisOfficer(acting, officerId);
  if (!found.ok) return found;
  const { outletId } = found.value;
  return ok({ ...(await resetPin(acting.tx, acting.now, officerId)), officerId, outletId });
}

async function issueCode(acting: Acting, { outletId }: Of<'issue-code'>): Promise<Result<Done, Refused>> {
  if (!(await inHis(acting, outletId))) return err('OUT_OF_SCOPE');
  const by = acting.principals.supervisorId;
  const issued = await issueEnrolmentCode({ db: acting.tx, now: () => acting.now }, outletId, by);
  if (!issued.ok) return err('OUT_OF_SCOPE');
  return ok({ code: issued.value.code, expiresAt: issued.value.expiresAt, outletId });
}

async function revokeCode(acting: Acting, { codeId }: Of<'revoke-code'>): Promise<Result<Done, Refused>> {
  const row = await acting.tx
    .selectFrom('enrolment_code')
    .select('outlet_id as outletId')
    .where('code_id', '=', codeId)
    .executeTakeFirst();
  if (row === undefined) return err('CODE_UNKNOWN');
  if (!(await inHis(acting, row.outletId))) return err('OUT_OF_SCOPE');
  const revoked = await revokeEnrolmentCode(acting.tx, codeId, acting.now);
  return revoked.ok ? ok({ outletId: row.outletId }) : revoked;
}

async function announce(acting: Acting, asked: Of<'announce'>): Promise<Result<Done, Refused>> {
  const { tx, now, today, principals } = acting;
  if (asked.untilOn < today) return err('DATE_PAST');
  const { rows } = await sql<{ id: string }>`select o.outlet_id as id from outlet o
    where ${inScope(principals, sql`o.outlet_id`, sql`${today}::date`)}`.execute(tx);
  const his = new Set(rows.map(({ id }) => id));
  const outletIds = [...new Set(asked.outletIds ?? his)];
  if (outletIds.length === 0 || outletIds.some((outletId) => !his.has(outletId))) return err('OUT_OF_SCOPE');
  const announcementId = uuidV7({ msecs: now });
  const { title, text, untilOn } = asked;
  await tx
    .insertInto('announcement')
    .values({
      announcement_id: announcementId,
      supervisor: principals.supervisorId,
      title,
      text,
      until_on: untilOn,
      made_at: now,
    })
    .execute();
  await tx
    .insertInto('announcement_outlet')
    .values(outletIds.map((outletId) => ({ announcement_id: announcementId, outlet_id: outletId })))
    .execute();
  return ok({});
}

/** Who wrote it takes it back, or who stands in for him. */
async function withdraw(acting: Acting, { announcementId }: Of<'withdraw'>): Promise<Result<Done, Refused>> {
  const { tx, now, principals } = acting;
  const row = await tx
    .selectFrom('announcement')
    .select(['supervisor', 'withdrawn_at'])
    .where('announcement_id', '=', announcementId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return err('ANNOUNCEMENT_UNKNOWN');
  const { supervisorId, delegations } = principals;
  const isHis = row.supervisor === supervisorId || delegations.some((one) => one.fromOfficerId === row.supervisor);
  if (!isHis) return err('OUT_OF_SCOPE');
  if (row.withdrawn_at !== null) return err('ALREADY_SO');
  await sql`update announcement set withdrawn_at = ${now}, change_no = nextval('announcement_change')
    where announcement_id = ${announcementId}`.execute(tx);
  return ok({});
}

function carryOut(acting: Acting, asked: PeopleAct): Promise<Result<Done, Refused>> {
  switch (asked.act) {
    case 'create':
      return create(acting, asked);
    case 'suspend':
    case 'reinstate':
      return setActive(acting, asked);
    case 'move':
      return move(acting, asked);
    case 'reset-pin':
      return setBack(acting, asked);
    case 'issue-code':
      return issueCode(acting, asked);
    case 'revoke-code':
      return revokeCode(acting, asked);
    case 'announce':
      return announce(acting, asked);
    case 'withdraw':
      return withdraw(acting, asked);
    default:
      return assertNever(asked);
  }
}

/** What this device asked under this number before; undefined for a new one. */
async function before(tx: Tx, deviceId: string, requestId: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`people/${deviceId}/${requestId}`}, 3))`.execute(tx);
  return await tx
    .selectFrom('people_act')
    .select(['supervisor', 'asked'])
    .where('device_id', '=', deviceId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
}

/**
 * Does what a supervisor asked, once, and writes it down with who, where and when, in one transaction. The same request again
 * is answered without its code: codes are kept nowhere.
 */
export async function actOnPeople(
  { db, now }: Pick<ProvinceContext, 'db' | 'now'>,
  { principals, deviceId }: Actor,
  { requestId, asked }: Pick<PeopleActRequest, 'requestId' | 'asked'>,
): Promise<Result<PeopleActAnswer, 'OUT_OF_SCOPE'>> {
  const nothing = { code: null, expiresAt: null, session: null };
  return await db.transaction().execute(async (tx): Promise<Result<PeopleActAnswer, 'OUT_OF_SCOPE'>> => {
    const known = await before(tx, deviceId, requestId);
    if (known !== undefined) {
      const isSame =
        known.supervisor === principals.supervisorId && canonicalJson(known.asked) === canonicalJson(asked);
      return ok(isSame ? { done: true, repeated: true, ...nothing } : { done: false, refusal: 'REQUEST_OTHER' });
    }
    const at = now();
    const acted = await carryOut({ tx, now: at, today: localDateAt(at), principals }, asked);
    if (!acted.ok) return acted.error === 'OUT_OF_SCOPE' ? err(acted.error) : ok({ done: false, refusal: acted.error });
    const { officerId = null, outletId = null, ...told } = acted.value;
    await tx
      .insertInto('people_act')
      .values({
        device_id: deviceId,
        request_id: requestId,
        supervisor: principals.supervisorId,
        act: asked.act,
        asked: JSON.stringify(asked),
        officer_id: officerId,
        outlet_id: outletId,
        at,
      })
      .execute();
    return ok({ done: true, repeated: false, ...nothing, ...told });
  });
}
