import { type Selectable, sql } from 'kysely';
import { SIGNATURE_CONTEXT } from '../../contract/sync-protocol.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { signText } from '../crypto/ed25519.ts';
import type { Db, Tx } from '../db/open.ts';
import type { Database } from '../db/schema.ts';
import { appendPage } from '../feeds/feed-pages.ts';
import type { ProvinceContext } from '../province-context.ts';
import type { KeyPurpose, KeyRing } from './key-ring.ts';

const DAY_MS = 86_400_000;
const LIFE_MS = 5 * 365 * DAY_MS;
/** "A new key MUST overlap the old one by at least 180 days" (OPOP-Sync/1 2.2): a counter that was away for so long still knows a key that is at work. */
export const LEAST_OVERLAP_DAYS = 180;
/** A hello carries at most this many, the newest. */
const MOST_IN_HELLO = 40;

type Statement = { readonly text: string; readonly sig: string };

/** A key as the root speaks of it today; times in ms UTC. */
export type StatedKey = {
  readonly keyId: string;
  readonly purpose: KeyPurpose;
  readonly publicKey: string;
  readonly from: number;
  readonly to: number;
  readonly revoked: boolean;
} & Statement;

type Facts = Omit<StatedKey, 'text' | 'sig'>;

/** A row of `key_statement`. */
export type StatementRow = Selectable<Database['key_statement']>;

/** Rows of `key_statement` as the root's words. */
export function statedKeysOf(rows: readonly StatementRow[]): readonly StatedKey[] {
  return rows.map((row) => ({
    keyId: row.key_id,
    purpose: row.purpose,
    publicKey: row.public_key,
    from: row.from_at,
    to: row.to_at,
    revoked: row.revoked,
    text: row.text,
    sig: row.sig,
  }));
}

/** Every key of the province with its present statement, newest first; the only place where they are kept. */
export async function readStatedKeys(db: Db | Tx): Promise<readonly StatedKey[]> {
  return statedKeysOf(await db.selectFrom('key_statement').selectAll().orderBy('made_no', 'desc').execute());
}

/** The key that signs, or to which others seal, at a moment: the newest one that is neither revoked nor over. */
function atWork(stated: readonly StatedKey[], purpose: KeyPurpose, now: number): StatedKey | undefined {
  return stated.find((key) => key.purpose === purpose && !key.revoked && key.from <= now && now < key.to);
}

/** A node whose folder lacks the key at work must not sign with one that was revoked. */
export class KeyFileMissing extends Error {
  override readonly name = 'KeyFileMissing';
}

type KeyHolder = Pick<ProvinceContext, 'keys' | 'now' | 'log'>;

/**
 * Puts the keys to work that the database names; a node learns of a rotation by another one here.
 * Without its file a node stays with its older key, unless that key was revoked: then it must not sign at all.
 */
export function putKeysToWork(stated: readonly StatedKey[], { keys, now, log }: KeyHolder): void {
  const [signing, sealing] = [atWork(stated, 'signing', now()), atWork(stated, 'sealing', now())];
  if (signing === undefined || sealing === undefined) return;
  if (!keys.appoint(signing.keyId, sealing.keyId)) {
    log('error', 'KEY_FILE_MISSING', { signing: signing.keyId, sealing: sealing.keyId });
    const isRevoked = stated.some(({ keyId, revoked }) => revoked && keyId === keys.signing.keyId);
    if (isRevoked) throw new KeyFileMissing(`the keys folder of this node lacks signing-${signing.keyId}.pem`);
  }
}

/** Asks the database which keys are at work, and puts them there; answers what is stated. */
export async function refreshKeys(db: Db | Tx, holder: KeyHolder): Promise<readonly StatedKey[]> {
  const stated = await readStatedKeys(db);
  putKeysToWork(stated, holder);
  return stated;
}

/** The statements that open every contact, so that everything else in it can be checked. */
export function openingStatements(stated: readonly StatedKey[]): Statement[] {
  return stated.slice(0, MOST_IN_HELLO).map(({ text, sig }) => ({ text, sig }));
}

/** The same for whoever has not asked what is stated; also puts the keys to work. */
export async function keyStatements(context: ProvinceContext): Promise<readonly Statement[]> {
  return openingStatements(await refreshKeys(context.db, context));
}

/** "A key statement MUST be signed by" the root (OPOP-Sync/1 2.1). */
function stateKey(ring: KeyRing, facts: Facts): StatedKey {
  const { purpose, keyId, publicKey, from, to, revoked } = facts;
  const text = canonicalJson({ purpose, keyId, publicKey, from, to, revoked });
  return { ...facts, text, sig: signText(ring.root, SIGNATURE_CONTEXT.keyStatement, text) };
}

/** Writes what the root says from now on and publishes it in feed `keys`; the newest statement of a key counts. */
async function publish(tx: Tx, context: ProvinceContext, facts: readonly Facts[]): Promise<void> {
  const stated = facts.map((one) => stateKey(context.keys, one));
  // The first of the list is the newest.
  for (const { keyId, purpose, publicKey, from, to, revoked, text, sig } of stated.toReversed()) {
    const row = { purpose, public_key: publicKey, from_at: from, to_at: to, revoked, text, sig };
    await tx
      .insertInto('key_statement')
      .values({ key_id: keyId, ...row })
      .onConflict((conflict) => conflict.column('key_id').doUpdateSet(row))
      .execute();
  }
  // The page is signed by the key that is at work after it: a page that revokes a key is not signed by it.
  await refreshKeys(tx, context);
  const items = stated.map(({ text, sig }) => ({ text, sig }));
  await appendPage(tx, context, { feed: 'keys', scope: 'all', items });
}

/** First start: the keys of the folder come to life. Later starts find them stated. */
export async function stateFirstKeys(tx: Tx, context: ProvinceContext): Promise<void> {
  const from = context.now();
  const { signing, sealing } = context.keys;
  await publish(tx, context, [
    {
      purpose: 'signing',
      keyId: signing.keyId,
      publicKey: signing.publicKey,
      from,
      to: from + LIFE_MS,
      revoked: false,
    },
    {
      purpose: 'sealing',
      keyId: sealing.keyId,
      publicKey: sealing.publicKey,
      from,
      to: from + LIFE_MS,
      revoked: false,
    },
  ]);
}

/** One change of keys at a time, until the transaction ends. */
async function lockKeys(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(7206004)`.execute(tx);
}

export type Rotation = { readonly keyId: string; readonly before: string | null; readonly beforeEndsAt: number | null };

/**
 * Makes a new key and puts it to work from now on; the one before stays good for `overlapDays` more, at least 180, so that
 * a counter that was away finds its way by what it knows. The new file must reach the keys folder of every node.
 */
export async function rotateKey(
  context: ProvinceContext,
  purpose: KeyPurpose,
  overlapDays = LEAST_OVERLAP_DAYS,
): Promise<Result<Rotation, 'OVERLAP_TOO_SHORT'>> {
  if (overlapDays < LEAST_OVERLAP_DAYS) return err('OVERLAP_TOO_SHORT');
  return context.db.transaction().execute(async (tx) => {
    await lockKeys(tx);
    const now = context.now();
    const before = atWork(await readStatedKeys(tx), purpose, now);
    const beforeEndsAt = before === undefined ? null : Math.min(before.to, now + overlapDays * DAY_MS);
    const made = context.keys.make(purpose);
    const fresh: Facts = { ...made, purpose, from: now, to: now + LIFE_MS, revoked: false };
    const ending = before === undefined || beforeEndsAt === null ? [] : [{ ...before, to: beforeEndsAt }];
    await publish(tx, context, [fresh, ...ending]);
    return ok({ keyId: made.keyId, before: before?.keyId ?? null, beforeEndsAt });
  });
}

/**
 * After a restore: keys whose files are in the folder and of which the older database knows nothing are stated again and
 * put to work. What had been revoked meanwhile is not in any file: a person revokes it again.
 */
export async function restateLostKeys(context: ProvinceContext): Promise<readonly string[]> {
  return context.db.transaction().execute(async (tx) => {
    await lockKeys(tx);
    const known = new Set((await readStatedKeys(tx)).map(({ keyId }) => keyId));
    const from = context.now();
    const lost = context.keys.all().filter(({ keyId }) => !known.has(keyId));
    if (lost.length > 0) {
      await publish(
        tx,
        context,
        lost.map((key) => ({ ...key, from, to: from + LIFE_MS, revoked: false })),
      );
    }
    return lost.map(({ keyId }) => keyId);
  });
}

/** Says that a key is not to be believed any more, from now on and for what it signed before. Saying it again changes nothing. */
export async function revokeKey(
  context: ProvinceContext,
  keyId: string,
): Promise<Result<{ readonly keyId: string; readonly purpose: KeyPurpose }, 'KEY_UNKNOWN' | 'KEY_IS_LAST'>> {
  return context.db.transaction().execute(async (tx) => {
    await lockKeys(tx);
    const stated = await readStatedKeys(tx);
    const key = stated.find((one) => one.keyId === keyId);
    if (key === undefined) return err('KEY_UNKNOWN');
    const { purpose } = key;
    if (key.revoked) return ok({ keyId, purpose });
    const others = stated.filter((one) => one.keyId !== keyId);
    if (atWork(others, purpose, context.now()) === undefined) return err('KEY_IS_LAST');
    await publish(tx, context, [{ ...key, revoked: true }]);
    return ok({ keyId, purpose });
  });
}
