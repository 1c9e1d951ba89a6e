import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { parseRulePack } from '../contract/rule-pack.ts';
import type { RulePack } from '../domain/rule-pack-document.ts';
import { ok } from '../domain/result.ts';
import { findFeedHead, lockFeed } from './feeds/feed-pages.ts';
import { publishFirstServices } from './feeds/published-services.ts';
import { publishPolicy, publishRules } from './feeds/published-rules.ts';
import { refreshKeys, stateFirstKeys } from './keys/key-statements.ts';
import type { ProvinceContext } from './province-context.ts';

const RULE_PACKS = new URL('../../resources/rule-packs/', import.meta.url);

/** The packs that ship with the product; the province signs them at its first start. */
function shippedPacks(): readonly RulePack[] {
  return readdirSync(RULE_PACKS)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const parsed = parseRulePack(JSON.parse(readFileSync(new URL(name, RULE_PACKS), 'utf8')));
      if (!parsed.ok) throw new Error(`the shipped rule pack ${name} cannot be read at ${parsed.path.join('.')}`);
      return parsed.value;
    });
}

/** The keys in a database and in the folder must belong together, or nothing signed here would verify anywhere. */
export class KeysOfAnotherProvince extends Error {
  override readonly name = 'KeysOfAnotherProvince';
}

async function takeIdentity({ db, keys, now }: ProvinceContext): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(7206003)`.execute(tx);
    const rows = await tx.selectFrom('meta').selectAll().execute();
    const value = (key: string): string | undefined => rows.find((row) => row.key === key)?.value;
    const rootKeyId = value('root-key-id');
    if (rootKeyId !== undefined && rootKeyId !== keys.root.keyId) {
      throw new KeysOfAnotherProvince('this database belongs to other keys; name their folder with --keys');
    }
    if (value('incarnation') !== undefined) return;
    await tx
      .insertInto('meta')
      .values([
        { key: 'incarnation', value: uuidV7({ msecs: now() }) },
        { key: 'root-key-id', value: keys.root.keyId },
      ])
      .execute();
  });
}

/** First start: identity, key statements, signed rule packs, first policy, services. Later starts find them. */
export async function prepareFirstStart(context: ProvinceContext): Promise<void> {
  await takeIdentity(context);
  await refreshKeys(context.db, context);
  await publishFirstPages(context);
  await publishFirstServices(context);
}

/** Key statements, the shipped rules and the first policy, once. */
async function publishFirstPages(context: ProvinceContext): Promise<void> {
  if ((await findFeedHead(context.db, 'policy', 'all')) !== undefined) return;
  await context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, 'keys', 'all');
    if ((await findFeedHead(tx, 'keys', 'all')) === undefined) await stateFirstKeys(tx, context);
  });
  const rules = await publishRules(context, shippedPacks());
  if (!rules.ok) throw new Error(`the shipped rule packs contradict each other: ${JSON.stringify(rules.error)}`);
  await publishPolicy(context, (policy) => ok(policy));
}
