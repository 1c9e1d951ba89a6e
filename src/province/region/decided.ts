import { sql } from 'kysely';
import type { DecidedByOther, RegionDecidedAnswer } from '../../contract/region-words.ts';
import { localDateAt } from '../../domain/local-date.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readCursor, writeCursor } from './cursors.ts';
import { inScope, type Principals } from './scope.ts';

/** Places are given before commits: for so long after it came a word may still appear before one that was told. */
const COMMITTED_AFTER_MS = 30_000;
const MOST = 200;

type Row = Omit<DecidedByOther, 'by'> & {
  readonly place: number;
  readonly receivedAt: number;
  readonly officerId: string;
  readonly name: string | null;
};

async function placeBefore({ db }: ProvinceContext, settledBefore: number): Promise<number> {
  const { rows } = await sql<{ place: number }>`select coalesce(max(place), 0)::bigint as place from day_decision
    where received_at < ${settledBefore}`.execute(db);
  return rows[0]?.place ?? 0;
}

/**
 * Words of others that count, of days and things in his scope, in the order in which they came. The cursor goes only as far
 * as nothing can come in before it, so the newest words are told again for a while; whoever asks knows them by their hash.
 */
export async function readDecided(
  context: ProvinceContext,
  principals: Principals,
  cursor: string | null,
): Promise<RegionDecidedAnswer> {
  const settledBefore = context.now() - COMMITTED_AFTER_MS;
  const [from] = readCursor(cursor, 1);
  if (from === undefined || !/^\d{1,15}$/.test(from)) {
    return { decided: [], next: writeCursor([String(await placeBefore(context, settledBefore))]) };
  }
  const { rows } = await sql<Row>`select w.place, w.received_at as "receivedAt", w.hash, w.type,
      w.outlet_id as "outletId", o.name as "outletName", w.business_on as "businessOn", w.part, w.item,
      w.subject_kind as kind, w.subject, w.decision, w.supervisor as "officerId", f.name, w.at
    from day_decision w join outlet o on o.outlet_id = w.outlet_id left join officer f on f.officer_id = w.supervisor
    where w.place > ${from}::bigint and w.applied and w.supervisor <> ${principals.supervisorId}
      and ${inScope(principals, sql`w.outlet_id`, sql`coalesce(w.business_on, ${localDateAt(context.now())}::date)`)}
    order by w.place limit ${MOST}`.execute(context.db);
  const news = rows.findIndex(({ receivedAt }) => receivedAt >= settledBefore);
  const settled = rows.slice(0, news === -1 ? rows.length : news).at(-1);
  return {
    decided: rows.map(({ place: _place, receivedAt: _receivedAt, officerId, name, ...word }) => ({
      ...word,
      by: { officerId, name: name ?? officerId },
    })),
    next: writeCursor([settled === undefined ? from : String(settled.place)]),
  };
}
