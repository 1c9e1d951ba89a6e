import { policySchema } from '../../contract/policy.ts';
import { parseRulePack } from '../../contract/rule-pack.ts';
import { DEFAULT_POLICY, type Policy } from '../../domain/policy.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { RulePack } from '../../domain/rule-pack-document.ts';
import { buildRulePackSet, type RulePackProblem, type RulePackSet } from '../../domain/rule-pack.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import type { Db, Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readFeedItems } from './feed-items.ts';
import { appendPage, findFeedHead, lockFeed } from './feed-pages.ts';

const EVERYONE = 'all';

/** The packs that the province has signed: the feed itself is the only place where they are kept. */
async function publishedPacks(db: Db | Tx): Promise<readonly RulePack[]> {
  return (await readFeedItems(db, 'rules', EVERYONE)).map((item) => {
    const parsed = parseRulePack(item);
    if (!parsed.ok) throw new Error(`a published rule pack cannot be read at ${parsed.path.join('.')}`);
    return parsed.value;
  });
}

/** The set that inquiry and booking use. A set with problems was never published, so one here is damage. */
export async function publishedRules(db: Db | Tx): Promise<RulePackSet> {
  const set = buildRulePackSet(await publishedPacks(db));
  if (!set.ok) throw new Error(`the published rule packs contradict each other: ${JSON.stringify(set.error)}`);
  return set.value;
}

/**
 * Reads the published set; made once per program, it reads and compiles the packs anew only when the feed has moved. `newest`
 * is the hash of the feed's newest page, where it was asked already.
 */
export type RulesReader = (db: Db | Tx, newest?: string | null) => Promise<RulePackSet>;

/** The newest page's hash names the whole chain before it: the same hash, the same packs. */
export function createRulesReader(): RulesReader {
  const held: { hash: string | null; set: RulePackSet | null } = { hash: null, set: null };
  return async (db, newest) => {
    const hash = newest === undefined ? ((await findFeedHead(db, 'rules', EVERYONE))?.hash ?? null) : newest;
    if (held.set !== null && hash !== null && hash === held.hash) return held.set;
    const set = await publishedRules(db);
    [held.hash, held.set] = [hash, set];
    return set;
  };
}

/** Publishes packs that are not out yet; refuses a set in which two packs claim one day, before anything is signed. */
export async function publishRules(
  context: ProvinceContext,
  packs: readonly RulePack[],
): Promise<
  Result<{ readonly version: number | null; readonly published: readonly string[] }, readonly RulePackProblem[]>
> {
  return context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, 'rules', EVERYONE);
    const before = await publishedPacks(tx);
    const isOut = (pack: RulePack): boolean =>
      before.some((known) => known.id === pack.id && canonicalJson(known) === canonicalJson(pack));
    const fresh = packs.filter((pack) => !isOut(pack));
    const set = buildRulePackSet([...before, ...fresh]);
    if (!set.ok) return err(set.error);
    if (fresh.length === 0) return ok({ version: null, published: [] });
    const version = await appendPage(tx, context, { feed: 'rules', scope: EVERYONE, items: fresh });
    return ok({ version, published: fresh.map(({ id }) => id) });
  });
}

/** The policy in force: the newest item of its feed. */
export async function publishedPolicy(db: Db | Tx): Promise<Policy> {
  const newest = (await readFeedItems(db, 'policy', EVERYONE)).at(-1);
  return newest === undefined ? DEFAULT_POLICY : policySchema.parse(newest);
}

/** Publishes a policy under the next version; nothing is signed when it says what is already in force. */
export async function publishPolicy(
  context: ProvinceContext,
  change: (policy: Policy) => Result<Policy, string>,
): Promise<Result<Policy, string>> {
  return context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, 'policy', EVERYONE);
    const before = await publishedPolicy(tx);
    const changed = change(before);
    if (!changed.ok) return changed;
    if (before.version > 0 && canonicalJson(changed.value) === canonicalJson(before)) return ok(before);
    const policy = { ...changed.value, version: before.version + 1 };
    await appendPage(tx, context, { feed: 'policy', scope: EVERYONE, items: [policy] });
    return ok(policy);
  });
}
