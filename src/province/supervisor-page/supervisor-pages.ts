import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import type { PageSignedIn, PageSignIn, PageWord } from '../../contract/supervisor-page.ts';
import { pageWordText, parseApprovalRequest, tagOf } from '../../domain/approval-request.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { pairsOf } from '../approvals/supervisors.ts';
import { sha256 } from '../crypto/hashing.ts';
import type { Db, Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isFrozen } from '../restore/server-rollback.ts';
import { newPageCode, readPageCode } from './sign-in-code.ts';

const CODE_LIFE_MS = 24 * 3_600_000;

async function findSupervisor(db: Db | Tx, officerId: string): Promise<{ readonly name: string } | undefined> {
  return db
    .selectFrom('officer')
    .select('name')
    .where('officer_id', '=', officerId)
    .where('role', '=', 'supervisor')
    .where('active', '=', true)
    .executeTakeFirst();
}

/** Makes a code that opens one page for a supervisor; an older one of his that nobody used is void. */
export async function issuePageCode(
  { db, now }: ProvinceContext,
  officerId: string,
): Promise<Result<{ readonly code: string; readonly expiresAt: number }, 'NOT_A_SUPERVISOR'>> {
  const code = newPageCode();
  const expiresAt = now() + CODE_LIFE_MS;
  return db.transaction().execute(async (tx) => {
    if ((await findSupervisor(tx, officerId)) === undefined) return err('NOT_A_SUPERVISOR');
    await dropOpenCodes(tx, officerId);
    const hash = sha256(code.replaceAll(' ', ''));
    await tx
      .insertInto('supervisor_page_code')
      .values({ code_hash: hash, officer_id: officerId, expires_at: expiresAt, used_at: null })
      .execute();
    return ok({ code, expiresAt });
  });
}

async function dropOpenCodes(tx: Tx, officerId: string): Promise<void> {
  await tx
    .deleteFrom('supervisor_page_code')
    .where('officer_id', '=', officerId)
    .where('used_at', 'is', null)
    .execute();
}

/** Ends every page of a supervisor and his open codes: nothing that they sign counts from now on. Answers how many pages. */
export async function revokePages({ db, now }: ProvinceContext, officerId: string): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await dropOpenCodes(tx, officerId);
    const ended = await tx
      .updateTable('supervisor_page')
      .set({ revoked_at: now() })
      .where('officer_id', '=', officerId)
      .where('revoked_at', 'is', null)
      .returning('page_id')
      .execute();
    return ended.length;
  });
}

/** The key of a page; undefined for coordinates that are no point of the curve. */
function keyOf({ x, y }: PageSignIn['key']): KeyObject | undefined {
  try {
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  } catch (_notAPoint) {
    return undefined; // the caller refuses it
  }
}

type SignInProblem = 'BAD_REQUEST' | 'CODE_UNKNOWN' | 'CODE_USED' | 'CODE_EXPIRED' | 'FEEDS_FROZEN';

/** Opens a page with a code, once: its key is known from then on, and it gets the keys of the counters under its supervisor. */
export async function signInPage(
  context: ProvinceContext,
  { code, key }: PageSignIn,
): Promise<Result<PageSignedIn, SignInProblem>> {
  const characters = readPageCode(code);
  if (characters === undefined) return err('CODE_UNKNOWN');
  if (keyOf(key) === undefined) return err('BAD_REQUEST');
  const now = context.now();
  return context.db.transaction().execute(async (tx) => {
    // An older backup may have forgotten that the code was used.
    if (await isFrozen(tx)) return err('FEEDS_FROZEN');
    const known = await tx
      .selectFrom('supervisor_page_code')
      .selectAll()
      .where('code_hash', '=', sha256(characters))
      .forUpdate()
      .executeTakeFirst();
    if (known === undefined) return err('CODE_UNKNOWN');
    if (known.used_at !== null) return err('CODE_USED');
    if (known.expires_at <= now) return err('CODE_EXPIRED');
    const supervisorId = known.officer_id;
    const supervisor = await findSupervisor(tx, supervisorId);
    if (supervisor === undefined) return err('CODE_UNKNOWN');
    const pageId = uuidV7({ msecs: now });
    await tx
      .updateTable('supervisor_page_code')
      .set({ used_at: now })
      .where('code_hash', '=', known.code_hash)
      .execute();
    const page = { page_id: pageId, officer_id: supervisorId, signing_key: `${key.x}.${key.y}` };
    await tx
      .insertInto('supervisor_page')
      .values({ ...page, signed_in_at: now, revoked_at: null })
      .execute();
    return ok({
      pageId,
      supervisorId,
      name: supervisor.name,
      counters: [...(await pairsOf(tx, context, supervisorId))],
    });
  });
}

function isSigned(signingKey: string, { pageId, counterId, request, sig }: PageWord): boolean {
  const [x = '', y = ''] = signingKey.split('.');
  const key = keyOf({ x, y });
  const text = Buffer.from(pageWordText(pageId, counterId, request), 'utf8');
  return key !== undefined && verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(sig, 'base64url'));
}

/**
 * Takes a supervisor's word that his page answered a request. It waits among those of his devices and is paired as they
 * are; the same word again changes nothing.
 */
export async function takePageWord(
  context: ProvinceContext,
  word: PageWord,
): Promise<Result<void, 'BAD_REQUEST' | 'BAD_SIGNATURE' | 'DEVICE_UNKNOWN' | 'DEVICE_REVOKED'>> {
  const { pageId, counterId, request } = word;
  const { db } = context;
  const page = await db.selectFrom('supervisor_page').selectAll().where('page_id', '=', pageId).executeTakeFirst();
  if (page === undefined) return err('DEVICE_UNKNOWN');
  if (!isSigned(page.signing_key, word)) return err('BAD_SIGNATURE');
  if (page.revoked_at !== null) return err('DEVICE_REVOKED');
  const seen = parseApprovalRequest(request, context.now());
  const ofThisCounter = seen.ok && seen.value.deviceTag === tagOf(Buffer.from(sha256(counterId), 'base64url'));
  if (!ofThisCounter) return err('BAD_REQUEST');
  const { action, amount, head, nonce } = seen.value;
  await db
    .insertInto('approval_given')
    .values({
      device_id: pageId,
      hash: sha256(pageWordText(pageId, counterId, request)),
      supervisor: page.officer_id,
      counter_id: counterId,
      action,
      amount,
      head,
      nonce,
      received_at: context.now(),
      used_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return ok(undefined);
}
