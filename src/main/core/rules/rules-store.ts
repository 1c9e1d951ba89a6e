import type { KeyStatement } from '../../../contract/feeds.ts';
import { policySchema } from '../../../contract/policy.ts';
import { parseRulePack } from '../../../contract/rule-pack.ts';
import type { Policy } from '../../../domain/policy.ts';
import { remembered } from '../../../domain/remembered.ts';
import type { RulePack } from '../../../domain/rule-pack-document.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared, preparedWrite } from '../db/prepared.ts';
import { findSetting, putSetting } from '../device/enrolled-device-store.ts';

/** Packs and policies change some times a year, and every step of a sale asks for them. */
const KEPT = 4;

/** One pack to a line: `JSON.stringify` writes none inside. */
const readPacks = remembered(KEPT, (lines): readonly RulePack[] =>
  lines.split('\n').map((text) => {
    const pack = parseRulePack(JSON.parse(text));
    if (!pack.ok) throw new Error(`a stored rule pack cannot be read at ${pack.path.join('.')}`);
    return pack.value;
  }),
);

const readPolicyText = remembered(KEPT, (text): Policy => policySchema.parse(JSON.parse(text)));

const selectPacks = prepared()((from) => from.selectFrom('rule_pack').select('text').orderBy('pack_id'));

/**
 * All rule packs of the signed feed, as received; the same list while they are the same. A row that cannot be read is a bug
 * or damage, never skipped.
 */
export async function readRulePacks(tx: ReadTx): Promise<readonly RulePack[]> {
  const rows = selectPacks(tx, {});
  return rows.length === 0 ? [] : readPacks(rows.map(({ text }) => text).join('\n'));
}

const UNSIGNED = 'rules-unsigned';

/** Remembers that rules came which the province did not sign; the next signed ones make it forgotten. */
export async function noteUnsignedRules(tx: WriteTx, unsigned: boolean): Promise<void> {
  await putSetting(tx, UNSIGNED, String(unsigned));
}

/** Whether the newest rules that came were unsigned. */
export async function cameUnsigned(tx: ReadTx): Promise<boolean> {
  return (await findSetting(tx, UNSIGNED)) === 'true';
}

// The last one received: a province that was restored numbers its policies anew.
const selectPolicy = prepared()((from) =>
  from.selectFrom('policy').select('text').orderBy('applied_no', 'desc').limit(1),
);

/** The newest policy that the province signed, or undefined before the first contact. */
export async function findPolicy(tx: ReadTx): Promise<Policy | undefined> {
  const [row] = selectPolicy(tx, {});
  return row === undefined ? undefined : readPolicyText(row.text);
}

/** Stores a pack under its id; a correction has an id of its own and says what it replaces. */
export async function putRulePack(tx: WriteTx, pack: RulePack, feedVersion: number): Promise<void> {
  await tx
    .insertInto('rule_pack')
    .values({ pack_id: pack.id, feed_version: feedVersion, text: JSON.stringify(pack) })
    .onConflict((conflict) =>
      conflict.column('pack_id').doUpdateSet({ feed_version: feedVersion, text: JSON.stringify(pack) }),
    )
    .execute();
}

export async function putPolicy(tx: WriteTx, policy: Policy): Promise<void> {
  const last = await tx
    .selectFrom('policy')
    .select((eb) => eb.fn.max<number | null>('applied_no').as('no'))
    .executeTakeFirstOrThrow();
  const row = { text: JSON.stringify(policy), applied_no: (last.no ?? 0) + 1 };
  await tx
    .insertInto('policy')
    .values({ policy_version: policy.version, ...row })
    .onConflict((conflict) => conflict.column('policy_version').doUpdateSet(row))
    .execute();
}

/** A key that the root key vouched for. */
export type ProvinceKey = Omit<KeyStatement, 'revoked'> & { readonly revoked: boolean };

const selectKeys = prepared()((from) => from.selectFrom('province_key').selectAll());

export async function readProvinceKeys(tx: ReadTx): Promise<readonly ProvinceKey[]> {
  const rows = selectKeys(tx, {});
  return rows.map((row) => ({
    purpose: row.purpose,
    keyId: row.key_id,
    publicKey: row.public_key,
    from: row.from_at,
    to: row.to_at,
    revoked: row.revoked === 1,
  }));
}

/**
 * The key that may have signed something at `signedAt` (ms UTC): a signature outside a key's time, or by a revoked one,
 * is none (OPOP-Sync/1 2.3). Null for what names no time of its own.
 */
export function findSigningKey(
  keys: readonly ProvinceKey[],
  keyId: string,
  signedAt: number | null,
): ProvinceKey | undefined {
  return keys.find(
    (key) =>
      key.keyId === keyId &&
      key.purpose === 'signing' &&
      !key.revoked &&
      (signedAt === null || (key.from <= signedAt && signedAt <= key.to)),
  );
}

const putKey = preparedWrite<{
  keyId: string;
  purpose: KeyStatement['purpose'];
  publicKey: string;
  from: number;
  to: number;
  revoked: number;
}>()((into, of) =>
  into
    .insertInto('province_key')
    .values({
      key_id: of('keyId'),
      purpose: of('purpose'),
      public_key: of('publicKey'),
      from_at: of('from'),
      to_at: of('to'),
      revoked: of('revoked'),
    })
    .onConflict((conflict) =>
      conflict.column('key_id').doUpdateSet((eb) => ({
        to_at: eb.fn<number>('min', [eb.ref('province_key.to_at'), eb.val(of('to'))]),
        revoked: eb.fn<number>('max', [eb.ref('province_key.revoked'), eb.val(of('revoked'))]),
      })),
    ),
);

/**
 * A revoked key stays revoked, and the earliest end counts (OPOP-Sync/1 2.3): statements have no order of their own and come
 * by any road, so an older one must give nothing back (docs/decisions/0076-the-earliest-end-of-a-key.md).
 */
export async function putProvinceKey(tx: WriteTx, key: KeyStatement): Promise<void> {
  const { keyId, purpose, publicKey, from, to } = key;
  putKey(tx, { keyId, purpose, publicKey, from, to, revoked: key.revoked ? 1 : 0 });
}

/** Where a feed stands: the version applied, and until when it counts as fresh. */
export type FeedCursor = {
  readonly version: number;
  readonly pageHash: string;
  readonly incarnation: string;
  readonly freshUntil: number;
  readonly appliedAt: number;
  /** Incarnation of the province that has shown to hold this page; null: the page's own. */
  readonly confirmedIncarnation: string | null;
};

type CursorRow = {
  readonly version: number;
  readonly page_hash: string;
  readonly incarnation: string;
  readonly fresh_until: number;
  readonly applied_at: number;
  readonly confirmed_incarnation: string | null;
};

const toCursor = (row: CursorRow): FeedCursor => ({
  version: row.version,
  pageHash: row.page_hash,
  incarnation: row.incarnation,
  freshUntil: row.fresh_until,
  appliedAt: row.applied_at,
  confirmedIncarnation: row.confirmed_incarnation,
});

const selectCursors = prepared()((from) => from.selectFrom('feed_cursor').selectAll());
const selectCursor = prepared<{ feed: string; scope: string }>()((from, of) =>
  from.selectFrom('feed_cursor').selectAll().where('feed', '=', of('feed')).where('scope', '=', of('scope')),
);

/** Where every feed stands of which a page was applied. */
export async function readFeedCursors(
  tx: ReadTx,
): Promise<readonly { readonly feed: string; readonly scope: string; readonly cursor: FeedCursor }[]> {
  const rows = selectCursors(tx, {});
  return rows.map((row) => ({ feed: row.feed, scope: row.scope, cursor: toCursor(row) }));
}

export async function findFeedCursor(tx: ReadTx, feed: string, scope: string): Promise<FeedCursor | undefined> {
  const [row] = selectCursor(tx, { feed, scope });
  return row === undefined ? undefined : toCursor(row);
}

/** The newest life of the province of which a page was applied here; incarnations are UUIDv7, so their text order is their order. */
export async function findNewestIncarnation(tx: ReadTx): Promise<string | null> {
  const { newest } = await tx
    .selectFrom('feed_cursor')
    .select((eb) => eb.fn.max<string | null>('incarnation').as('newest'))
    .executeTakeFirstOrThrow();
  return newest;
}

/** How old what was received is: when it was applied last, and until when it counts as fresh (ms UTC). */
export type Freshness = { readonly freshUntil: number; readonly appliedAt: number };

const selectFreshness = prepared()((from) =>
  from
    .selectFrom('feed_cursor')
    .select(['feed', 'fresh_until', 'applied_at'])
    .where('feed', 'in', ['rules', 'registry'])
    .orderBy('applied_at', 'desc'),
);

/** The most recently refreshed cursors, over all their scopes, of the two feeds that a sale depends on. */
export async function readFreshness(
  tx: ReadTx,
): Promise<{ readonly rules: Freshness | undefined; readonly registry: Freshness | undefined }> {
  const rows = selectFreshness(tx, {});
  const newest = (feed: string): Freshness | undefined => {
    const row = rows.find((one) => one.feed === feed);
    return row === undefined ? undefined : { freshUntil: row.fresh_until, appliedAt: row.applied_at };
  };
  return { rules: newest('rules'), registry: newest('registry') };
}

const putCursor = preparedWrite<FeedCursor & { feed: string; scope: string }>()((to, of) => {
  const row = {
    version: of('version'),
    page_hash: of('pageHash'),
    incarnation: of('incarnation'),
    fresh_until: of('freshUntil'),
    applied_at: of('appliedAt'),
    confirmed_incarnation: of('confirmedIncarnation'),
  };
  return to
    .insertInto('feed_cursor')
    .values({ feed: of('feed'), scope: of('scope'), ...row })
    .onConflict((conflict) => conflict.columns(['feed', 'scope']).doUpdateSet(row));
});

export async function putFeedCursor(tx: WriteTx, feed: string, scope: string, cursor: FeedCursor): Promise<void> {
  putCursor(tx, { ...cursor, feed, scope });
}

/** Puts a cursor on a page that was applied before; freshness and age stay those of what was received last. */
export async function moveFeedCursor(
  tx: WriteTx,
  feed: string,
  scope: string,
  to: Pick<FeedCursor, 'version' | 'incarnation' | 'confirmedIncarnation'> & { readonly hash: string },
): Promise<void> {
  await tx
    .updateTable('feed_cursor')
    .set({
      version: to.version,
      page_hash: to.hash,
      incarnation: to.incarnation,
      confirmed_incarnation: to.confirmedIncarnation,
    })
    .where('feed', '=', feed)
    .where('scope', '=', scope)
    .execute();
}

/** The feed begins anew: the province has none of the pages that were applied here. */
export async function deleteFeedCursor(tx: WriteTx, feed: string, scope: string): Promise<void> {
  await tx.deleteFrom('feed_cursor').where('feed', '=', feed).where('scope', '=', scope).execute();
}
