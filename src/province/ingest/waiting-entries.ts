import { sql } from 'kysely';
import type { SignedEntry } from '../../contract/journal-entry.ts';
import type { Db, Tx } from '../db/open.ts';
import type { Said } from './judge-entry.ts';
import { type CustodyTx, judgeRun } from './judge-run.ts';
import { proveItems } from './proved-item.ts';
import type { Signer } from './verify-entry.ts';

const LONGEST_RUN = 200;

type Waiting = SignedEntry & { readonly seq: number; readonly prev: string | null };

/** The first waiting entry whose predecessor is satisfied by now; `behind` narrows the search to those that follow these hashes. */
export async function findReady(
  db: Db | Tx,
  deviceId: string,
  behind?: readonly string[],
): Promise<{ readonly hash: string; readonly seq: number } | undefined> {
  const near = behind === undefined ? sql`true` : sql`p.prev = any(${behind})`;
  const { rows } = await sql<{ hash: string; seq: number }>`
    select p.hash, p.seq from pending_entry p where p.device_id = ${deviceId} and ${near} and (
      exists (select 1 from entry e where e.device_id = p.device_id and e.hash = p.prev)
      or exists (select 1 from suspended_entry s where s.device_id = p.device_id and s.hash = p.prev)
      or exists (select 1 from damaged_entry d where d.device_id = p.device_id and d.epoch_n = p.epoch_n
        and d.epoch_nonce = p.epoch_nonce and d.seq = p.seq - 1 and d.vouched)
      or exists (select 1 from epoch g where g.device_id = p.device_id and g.gap_refused is null
        and p.seq - 1 between g.gap_from and g.gap_to
        and ((g.gap_n = p.epoch_n and g.gap_nonce = p.epoch_nonce) or (g.gap_n < p.epoch_n and g.n <= p.epoch_n
          and exists (select 1 from epoch o where o.device_id = p.device_id and o.opened_hash = p.hash)))))
    order by p.seq, p.hash limit 1`.execute(db);
  return rows[0];
}

/** A waiting entry and those that wait right behind it, oldest first. */
async function runFrom({ tx, deviceId }: CustodyTx, first: { hash: string; seq: number }): Promise<readonly Waiting[]> {
  const rows = await tx
    .selectFrom('pending_entry')
    .select(['text', 'hash', 'sig', 'seq', 'prev'])
    .where('device_id', '=', deviceId)
    .where('seq', '>=', first.seq)
    .orderBy('seq')
    .limit(LONGEST_RUN)
    .execute();
  const run = rows.filter(({ hash }) => hash === first.hash);
  for (const row of rows) if (row.prev === run.at(-1)?.hash) run.push(row);
  return run;
}

/**
 * Applies, in chain order, what waited for the entries that have just come, or for a gap that was just declared. Answers the
 * verdicts by hash: an item of this very request may have waited for a later one.
 */
export async function settleWaiting(
  custody: CustodyTx,
  signer: Signer,
  said: readonly Said[],
  gapsChanged: boolean,
): Promise<ReadonlyMap<string, Said>> {
  const settled = new Map<string, Said>();
  const anyone = await custody.tx
    .selectFrom('pending_entry')
    .select('hash')
    .where('device_id', '=', custody.deviceId)
    .limit(1)
    .executeTakeFirst();
  if (anyone === undefined) return settled;
  let changed = said.map(({ hash }) => hash);
  for (;;) {
    const first = await findReady(custody.tx, custody.deviceId, gapsChanged ? undefined : changed);
    if (first === undefined) return settled;
    const run = await runFrom(custody, first);
    const items = proveItems(run, signer);
    const judged = await judgeRun({ ...custody, road: 'waiting' }, items, first.seq);
    if (judged.every(({ verdict }) => verdict.verdict === 'PENDING'))
      throw new Error('a waiting entry was ready and still waits');
    for (const one of judged) settled.set(one.hash, one);
    changed = [...changed, ...judged.map(({ hash }) => hash)];
  }
}
