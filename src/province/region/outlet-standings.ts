import { sql } from 'kysely';
import { addDays, localDateAt } from '../../domain/local-date.ts';
import type { Db, Tx } from '../db/open.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readCalendars } from './calendars.ts';
import { groupBy } from './group-by.ts';
import { type Gathered, rulesNow, SHOWN_DAYS, type Standing, standOf, type World } from './outlet-worries.ts';
import {
  readCounters,
  readEnrolled,
  readFortnight,
  readOpenSessions,
  readPackVersions,
  readWaiting,
} from './region-facts.ts';

/** Changes with the shape of what is kept: what an older program worked out is worked out anew. */
const SHAPE = 1;

/** By what an outlet is judged now; what was worked out by anything else is old. */
export type MadeFor = { readonly key: string; readonly now: number };

/** The day, the rules and the policy in force: heads of feeds that only grow. */
export async function madeForNow({ db, now }: Pick<ProvinceContext, 'db' | 'now'>): Promise<MadeFor> {
  const { rows } = await sql<{
    heads: string | null;
  }>`select string_agg(feed || ' ' || to_version, ' ' order by feed) as heads
    from (select feed, max(to_version) as to_version from feed_page where scope = 'all' and feed in ('rules', 'policy')
      group by feed) newest`.execute(db);
  const at = now();
  return { key: `${String(SHAPE)} ${localDateAt(at)} ${rows[0]?.heads ?? ''}`, now: at };
}

/** Whether what is kept of an outlet (`s`) is what would be worked out now; `outlet` is a column with its number. */
export const isFresh = ({ key, now }: MadeFor, outlet: string) =>
  sql<boolean>`(s.outlet_id is not null and s.made_for = ${key} and s.good_until > ${now}
    and ${sql.ref(outlet)} not in (select outlet_id from outlet_change))`;

/** Holds the rows of outlets until the transaction ends, in one order; answers those that somebody else has not mended. */
async function holdOld(tx: Tx, outletIds: readonly string[], madeFor: MadeFor): Promise<readonly string[]> {
  await sql`insert into outlet_standing select i, '', 0, 0, false, 0, 0, 0, 0, 0, 0, 0, '{}'::jsonb
    from unnest(${[...outletIds]}::text[]) i order by i on conflict do nothing`.execute(tx);
  await sql`select 1 from outlet_standing where outlet_id = any(${[...outletIds]}) order by outlet_id
    for update`.execute(tx);
  const { rows } = await sql<{ id: string }>`select s.outlet_id as id from outlet_standing s
    where s.outlet_id = any(${[...outletIds]}) and not ${isFresh(madeFor, 's.outlet_id')}`.execute(tx);
  return rows.map(({ id }) => id);
}

async function gather(db: Db | Tx, outletIds: readonly string[], world: World): Promise<readonly Gathered[]> {
  const byOutlet = <T extends { readonly outletId: string }>(rows: readonly T[]) =>
    groupBy(rows, ({ outletId }) => outletId);
  const enrolled = byOutlet(await readEnrolled(db, outletIds));
  const devices = byOutlet(await readCounters(db, outletIds));
  const sessions = byOutlet(await readOpenSessions(db, outletIds));
  const days = byOutlet(await readFortnight(db, outletIds, addDays(world.today, -SHOWN_DAYS)));
  const waiting = byOutlet(await readWaiting(db, outletIds, world.today));
  return outletIds.map((outletId) => ({
    outletId,
    since: enrolled.get(outletId)?.[0]?.since ?? null,
    devices: devices.get(outletId) ?? [],
    sessions: sessions.get(outletId) ?? [],
    facts: days.get(outletId) ?? [],
    waiting: waiting.get(outletId)?.[0],
  }));
}

async function keep(tx: Tx, standings: readonly Standing[], { key }: MadeFor): Promise<void> {
  const rows = standings.map(({ shown, goodUntil, weight, worried, ...counts }) => ({
    outlet_id: shown.outletId,
    good_until: goodUntil,
    weight,
    worried,
    unsent: shown.unsent,
    quarantined: shown.quarantined,
    undeposited: shown.undeposited,
    open_sessions: shown.openSessions.length,
    waiting_close: counts.waitingClose,
    waiting_reconciliation: counts.waitingReconciliation,
    lacking_next: counts.lackingNext,
    shown,
  }));
  await sql`update outlet_standing s set made_for = ${key}, good_until = n.good_until, weight = n.weight,
      worried = n.worried, unsent = n.unsent, quarantined = n.quarantined, undeposited = n.undeposited,
      open_sessions = n.open_sessions, waiting_close = n.waiting_close,
      waiting_reconciliation = n.waiting_reconciliation, lacking_next = n.lacking_next, shown = n.shown
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) n (outlet_id text, good_until bigint, weight integer,
      worried boolean, unsent integer, quarantined integer, undeposited bigint, open_sessions integer,
      waiting_close integer, waiting_reconciliation integer, lacking_next integer, shown jsonb)
    where s.outlet_id = n.outlet_id`.execute(tx);
}

/**
 * Works out anew how outlets stand. Marks are read before facts: whatever changes between the two has a mark that is not
 * taken away. Who comes second waits for the first and finds it done.
 */
export async function renewStandings(
  { db }: Pick<ProvinceContext, 'db'>,
  outletIds: readonly string[],
  madeFor: MadeFor,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const old = await holdOld(tx, outletIds, madeFor);
    if (old.length === 0) return;
    const { rows: seen } = await sql<{
      outletId: string;
      no: number;
    }>`select outlet_id as "outletId", change_no as no from outlet_change
      where outlet_id = any(${[...old]})`.execute(tx);
    const today = localDateAt(madeFor.now);
    const world: World = {
      now: madeFor.now,
      today,
      policy: await publishedPolicy(tx),
      calendars: await readCalendars(tx, old, { from: addDays(today, -SHOWN_DAYS), to: today }),
      rules: rulesNow(await readPackVersions(tx), today),
    };
    const standings = (await gather(tx, old, world)).map((one) => standOf(one, world));
    await keep(tx, standings, madeFor);
    await sql`delete from outlet_change c
      using unnest(${seen.map(({ outletId }) => outletId)}::text[], ${seen.map(({ no }) => no)}::bigint[]) as m (outlet_id, no)
      where c.outlet_id = m.outlet_id and c.change_no = m.no`.execute(tx);
  });
}
