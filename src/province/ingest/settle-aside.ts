import { sql } from 'kysely';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Db, Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isFrozen } from '../restore/server-rollback.ts';
import { lockChain } from './entry-store.ts';
import { isEnded, readSaid, sayOfItem, tellSecondWords } from './second-words.ts';

/** An item that waits at the province for a person, oldest first where there are several. */
export type AsideItem = {
  readonly deviceId: string;
  readonly outletId: string;
  readonly seq: number;
  readonly hash: string;
  /** As the counter has it: `QUARANTINED:UNKNOWN_TYPE`, `CONFLICT`, `FORK`, `QUARANTINED:DAMAGED`. */
  readonly word: string;
  /** What the entry says that it is; null where its bytes cannot be read. */
  readonly type: string | null;
  readonly since: number;
};

/** Everything that was set aside and has no last word: entries of a chain, bytes without a place in it, damaged rows. */
const OPEN_ITEMS = sql`select a.*, d.outlet_id from (
    select e.device_id, e.seq, e.hash, e.verdict, e.reason, e.type, e.received_at from entry e where e.verdict <> 'ACCEPTED'
    union all
    select s.device_id, s.seq, s.hash, s.verdict, s.reason, null, s.received_at from suspended_entry s
      where not exists (select 1 from entry e where e.device_id = s.device_id and e.hash = s.hash)
    union all
    select x.device_id, x.seq, x.raw_hash, 'QUARANTINED', 'DAMAGED', null, x.received_at from damaged_entry x) a
  join device d on d.device_id = a.device_id
  where not ${isEnded('a')}`;

type Row = {
  readonly device_id: string;
  readonly outlet_id: string;
  readonly seq: number;
  readonly hash: string;
  readonly verdict: string;
  readonly reason: string | null;
  readonly type: string | null;
  readonly received_at: number;
  readonly said: string | null;
};

/** Items that wait, oldest first; of one device where it is named. */
export async function readAside(db: Db | Tx, deviceId?: string): Promise<readonly AsideItem[]> {
  const { rows } = await sql<Row>`
    select distinct on (o.device_id, o.hash) o.*, w.said from (${OPEN_ITEMS}) o
    left join lateral (select r.verdict || coalesce(':' || r.reason, '') as said from reverdict r
      where r.device_id = o.device_id and r.hash = o.hash order by r.word_no desc limit 1) w on true
    where ${deviceId ?? null}::uuid is null or o.device_id = ${deviceId ?? null}::uuid
    order by o.device_id, o.hash, o.received_at`.execute(db);
  return rows
    .map((row) => ({
      deviceId: row.device_id,
      outletId: row.outlet_id,
      seq: row.seq,
      hash: row.hash,
      word: row.said ?? (row.reason === null ? row.verdict : `${row.verdict}:${row.reason}`),
      type: row.type,
      since: row.received_at,
    }))
    .toSorted((left, right) => left.since - right.since || left.seq - right.seq);
}

/**
 * A person ends what no program can: settled outside the programs, or refused for good, with his reason in words for the
 * counter. What is accepted or ended stays so: constraint reverdict_ended_once. No money moves here.
 */
export async function settleAside(
  context: ProvinceContext,
  said: {
    readonly deviceId: string;
    readonly hash: string;
    readonly outcome: 'SETTLED' | 'REFUSED';
    /** At most 300 characters, without a person's name. */
    readonly reason: string;
    readonly by: string;
  },
): Promise<Result<AsideItem, 'NOT_ASIDE' | 'FEEDS_FROZEN'>> {
  const { deviceId, hash, outcome, reason, by } = said;
  if (await isFrozen(context.db)) return err('FEEDS_FROZEN');
  return await context.db.transaction().execute(async (tx) => {
    await lockChain(tx, deviceId);
    const item = (await readAside(tx, deviceId)).find((one) => one.hash === hash);
    if (item === undefined) return err('NOT_ASIDE' as const);
    const before = await readSaid(tx, deviceId, hash);
    const word = { seq: item.seq, hash, word: outcome, reason: null, note: reason, saidBy: by };
    await sayOfItem(tx, context, { deviceId, saidBefore: before.length }, word);
    await tellSecondWords(tx, context, deviceId);
    return ok(item);
  });
}
