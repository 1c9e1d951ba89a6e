import { sql } from 'kysely';
import type { RegionSignal, RegionSignalsAnswer, RegionSignalsRequest } from '../../contract/region-insight.ts';
import { signalsFrom } from '../../domain/fraud-signals.ts';
import type { FraudSignal } from '../../domain/signal.ts';
import { addDays, type LocalDate, localDateAt } from '../../domain/local-date.ts';
import { SIGNAL_KINDS } from '../../domain/signal-policy.ts';
import type { Db } from '../db/open.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readCursor, writeCursor } from './cursors.ts';
import { readNames } from './day-page-facts.ts';
import { readOutlets } from './region-facts.ts';
import type { Principals } from './scope.ts';
import { readCases } from './signal-cases.ts';
import { type EntryPlaces, entryPlaces, readShares } from './signal-shares.ts';

/** Days that are looked at, today among them. */
const DAYS = 30;

type Found = { readonly outletId: string; readonly outletName: string; readonly signal: FraudSignal };

const rankOf = ({ signal }: Found): number =>
  SIGNAL_KINDS.indexOf(signal.kind) + (signal.level === 'few' ? SIGNAL_KINDS.length : 0);
const keyOf = (found: Found): string =>
  [
    String(rankOf(found)).padStart(2, '0'),
    found.outletId,
    found.signal.officerId ?? '',
    String(found.signal.seqs[0]),
  ].join(' ');

type OfOutlet = { readonly outletId: string; readonly hash: string };

/** The day of each entry of an outlet that is an item of one, by its hash. */
async function readDaysOf(db: Db, entries: readonly OfOutlet[]): Promise<ReadonlyMap<string, LocalDate>> {
  const { rows } = await sql<{ hash: string; on: LocalDate }>`select t.hash, i.business_on as on
    from unnest(${entries.map(({ outletId }) => outletId)}::text[], ${entries.map(({ hash }) => hash)}::text[])
      as t(outlet_id, hash) join device v on v.outlet_id = t.outlet_id
      join day_item i on i.device_id = v.device_id and i.hash = t.hash`.execute(db);
  return new Map(rows.map(({ hash, on }) => [hash, on]));
}

async function shownSignals(db: Db, shown: readonly Found[], { hashOf }: EntryPlaces): Promise<RegionSignal[]> {
  const nameOf = await readNames(
    db,
    shown.flatMap(({ signal }) => signal.officerId ?? []),
  );
  const entriesOf = ({ signal }: Found): string[] => signal.seqs.flatMap((seq) => hashOf(seq) ?? []);
  const days = await readDaysOf(
    db,
    shown.flatMap((found) => entriesOf(found).map((hash) => ({ outletId: found.outletId, hash }))),
  );
  return shown.map((found) => {
    const { outletId, outletName, signal } = found;
    const entries = entriesOf(found);
    const businessOn = entries.map((hash) => days.get(hash)).find((on) => on !== undefined) ?? null;
    return {
      outletId,
      outletName,
      kind: signal.kind,
      level: signal.level,
      by: signal.officerId === null ? null : nameOf(signal.officerId),
      figures: [...signal.figures],
      businessOn,
      entries,
    };
  });
}

/** What is worth a look in the newest days of a region, the gravest kind first: questions, page by page. */
export async function readSignals(
  context: ProvinceContext,
  principals: Principals,
  { cursor, limit }: Pick<RegionSignalsRequest, 'cursor' | 'limit'>,
): Promise<RegionSignalsAnswer> {
  const { db } = context;
  const now = context.now();
  const today = localDateAt(now);
  const policy = await publishedPolicy(db);
  const window = { principals, from: addDays(today, 1 - DAYS), to: today, now };
  const places = entryPlaces();
  const outlets = await readOutlets(db, principals, today);
  const shares = await readShares(db, window, policy, places);
  const outletIds = outlets.map(({ outletId }) => outletId);
  const cases = await readCases(context, window, policy, { outletIds, places });
  const none = { voids: [], reprints: [], belowCap: [], lookups: [] };
  const found = outlets
    .flatMap(({ outletId, name: outletName }): Found[] => {
      const own = cases.get(outletId);
      if (own === undefined) return [];
      const counted = shares.get(outletId)?.shares ?? none;
      const signals = signalsFrom(own, counted, policy.signals, policy.caps.perSale);
      return signals.map((signal) => ({ outletId, outletName, signal }));
    })
    .toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  const [after = ''] = readCursor(cursor, 1);
  const from = Number(after === '' ? 0 : after);
  const shown = found.slice(from, from + limit);
  const counts = new Map<FraudSignal['kind'], number>();
  for (const { signal } of found) counts.set(signal.kind, (counts.get(signal.kind) ?? 0) + 1);
  return {
    asOf: now,
    from: window.from,
    to: window.to,
    outlets: shares.size,
    sales: [...shares.values()].reduce((sum, { sales }) => sum + sales, 0),
    fewCases: policy.signals.fewCases,
    counts: [...counts].map(([kind, count]) => ({ kind, count })),
    signals: await shownSignals(db, shown, places),
    next: from + limit < found.length ? writeCursor([String(from + limit)]) : null,
  };
}
