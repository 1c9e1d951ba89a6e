import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { PageDecision } from '../../contract/feeds.ts';
import type { Tx } from '../db/open.ts';
import { appendPage } from '../feeds/feed-pages.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isFrozen } from '../restore/server-rollback.ts';

const DAY_MS = 86_400_000;
/** Decisions of one page of the feed. */
const MOST = 500;

type Wanting = { readonly device_id: string; readonly document_id: string; readonly reason: PageDecision['reason'] };

/**
 * Pages that a person must take again: entries spoke of them and they never came, or they came and nobody can read them.
 * One that was discarded, taken again, or whose citizen was erased is missed by nobody.
 */
async function findWanting(tx: Tx, before: number): Promise<readonly Wanting[]> {
  const { rows } = await sql<Wanting>`
    select c.device_id, c.document_id, case when d.document_id is null then 'NEVER_CAME' else 'UNREADABLE' end as reason
    from captured_page c
      left join document d on d.device_id = c.device_id and d.document_id = c.document_id
    where (d.state = 'refused' or (d.document_id is null and c.received_at < ${before}::bigint))
      and not exists (select 1 from discarded_page x where x.device_id = c.device_id and x.document_id = c.document_id)
      and not exists (select 1 from erased_subject e where e.device_id = c.device_id and e.subject = c.stream)
      and not exists (select 1 from page_decision p where p.device_id = c.device_id and p.document_id = c.document_id)
    order by c.device_id, c.received_at limit ${MOST}`.execute(tx);
  return rows;
}

async function decide(tx: Tx, context: ProvinceContext, wanting: readonly Wanting[]): Promise<number> {
  const decidedAt = context.now();
  const byDevice = new Map<string, PageDecision[]>();
  for (const { device_id, document_id, reason } of wanting) {
    const decisionId = uuidV7({ msecs: decidedAt });
    const row = { device_id, document_id, decision_id: decisionId, reason, decided_at: decidedAt };
    const written = await tx
      .insertInto('page_decision')
      .values(row)
      .onConflict((conflict) => conflict.columns(['device_id', 'document_id']).doNothing())
      .returning('document_id')
      .executeTakeFirst();
    if (written === undefined) continue;
    const items = byDevice.get(device_id) ?? [];
    items.push({ decisionId, documentId: document_id, decidedAt, page: 'take-again', reason });
    byDevice.set(device_id, items);
  }
  let decided = 0;
  for (const [scope, items] of byDevice) {
    await appendPage(tx, context, { feed: 'decisions', scope, items });
    decided += items.length;
  }
  return decided;
}

/**
 * "A page missing for 14 days becomes a decision *take it again*" (OPOP-Sync/1 10.6), once. Answers how many were decided.
 * Nothing is decided while an older backup is at work: the pages may be here in truth.
 */
export async function decideMissingPages(context: ProvinceContext): Promise<number> {
  const { missingDocumentDays } = await publishedPolicy(context.db);
  const before = context.now() - missingDocumentDays * DAY_MS;
  const decided = await context.db.transaction().execute(async (tx) => {
    if (await isFrozen(tx)) return 0;
    return decide(tx, context, await findWanting(tx, before));
  });
  if (decided > 0) context.log('warn', 'PAGES_MISSING', { decided });
  return decided;
}
