import { sql } from 'kysely';
import { capBand, type BelowCap, type OfficerShare, type SignalShares } from '../../domain/signal-shares.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Db } from '../db/open.ts';
import { inScope, type Principals } from './scope.ts';

/** A look that is younger than this may still become a sale. */
const STILL_OPEN_MS = 86_400_000;

/** Whose days, from when to when, and the moment in which it is asked. */
export type Window = {
  readonly principals: Principals;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly now: number;
};

/** The days of a supervisor, one row for each; whatever is counted joins them. */
export const hisDays = ({ principals, from, to }: Window) => sql`his as materialized (select d.outlet_id, d.business_on
  from outlet_day d where d.business_on between ${from}::date and ${to}::date
    and ${inScope(principals, sql`d.outlet_id`, sql`d.business_on`)})`;

/** Where entries are shown by hash: a place in a list that grows, as the domain names entries by numbers. */
export type EntryPlaces = {
  readonly seqOf: (hash: string) => number;
  readonly hashOf: (seq: number) => string | undefined;
};

export function entryPlaces(): EntryPlaces {
  const hashes: string[] = [];
  return {
    seqOf: (hash) => hashes.push(hash) - 1,
    hashOf: (seq) => hashes[seq],
  };
}

type Counted = {
  readonly outletId: string;
  readonly officerId: string | null;
  readonly sales: number;
  readonly voids: number;
  readonly voidHashes: readonly string[];
  readonly copied: number;
  readonly copiedHashes: readonly string[];
  readonly near: number;
  readonly under: number;
  readonly nearHashes: readonly string[];
  readonly looks: number;
  readonly empty: number;
  readonly emptyHashes: readonly string[];
};

/** The first twenty hashes of some rows, oldest first; put in order after they were gathered, so that no pass is sorted. */
const firstOf = (hash: string, at: string, of: ReturnType<typeof sql>) =>
  sql`array(select u.hash from unnest(array_agg(${sql.ref(hash)}) filter (where ${of}),
    array_agg(${sql.ref(at)}) filter (where ${of})) as u(hash, at) order by u.at, u.hash limit 20)`;

/** Counts of services per outlet and officer: one pass over the narrow rows, whatever the number of entries. */
async function countServices(db: Db, window: Window, policy: Policy): Promise<readonly Counted[]> {
  const cap = policy.caps.perSale ?? 0;
  const band = cap === 0 ? 0 : capBand(policy.caps.perSale ?? policy.agentFee, policy.signals);
  const sold = sql`s.sold_at is not null`;
  const isVoid = sql`s.voided_at is not null`;
  const isCopied = sql`s.copies > 0 and s.sold_at is not null`;
  const isNear = sql`${cap}::bigint > 0 and s.amount <= ${cap}::bigint and s.amount > ${cap - band}::bigint`;
  const isUnder = sql`${cap}::bigint > 0 and s.amount <= ${cap - band}::bigint and s.amount > ${cap - 3 * band}::bigint`;
  const isLook = sql`s.begun_at is not null and not s.quoted and (s.sold_at is not null
    or s.begun_at < ${window.now - STILL_OPEN_MS}::bigint)`;
  const isEmpty = sql`${isLook} and s.sold_at is null`;
  const { rows } = await sql<Counted>`with ${hisDays(window)}
    select s.outlet_id as "outletId", coalesce(s.sold_by, s.looked_by) as "officerId",
      (count(*) filter (where ${sold}))::int as sales,
      (count(*) filter (where ${isVoid}))::int as voids, ${firstOf('s.void_hash', 's.voided_at', isVoid)} as "voidHashes",
      (count(*) filter (where ${isCopied}))::int as copied,
      ${firstOf('s.sale_hash', 's.sold_at', isCopied)} as "copiedHashes",
      (count(*) filter (where ${isNear}))::int as near, (count(*) filter (where ${isUnder}))::int as under,
      ${firstOf('s.sale_hash', 's.sold_at', isNear)} as "nearHashes",
      (count(*) filter (where ${isLook}))::int as looks,
      greatest(count(*) filter (where ${isEmpty}) - count(*) filter (where s.arrived), 0)::int as empty,
      ${firstOf('s.looked_hash', 's.begun_at', isEmpty)} as "emptyHashes"
    from his h join counter_service s on s.outlet_id = h.outlet_id and s.business_on = h.business_on
    group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}

/** Shares of one outlet's officers, and how many sales they were counted of. */
type OutletShares = { readonly sales: number; readonly shares: SignalShares };

/** Shares by outlet. What nobody sold, priced or kept as an arrival is a look without a sale. */
export async function readShares(
  db: Db,
  window: Window,
  policy: Policy,
  { seqOf }: EntryPlaces,
): Promise<ReadonlyMap<string, OutletShares>> {
  const outlets = new Map<string, Counted[]>();
  for (const row of await countServices(db, window, policy)) {
    outlets.set(row.outletId, [...(outlets.get(row.outletId) ?? []), row]);
  }
  const seqs = (hashes: readonly string[]): number[] => hashes.map(seqOf);
  return new Map(
    [...outlets].map(([outletId, rows]) => {
      const belowCap = rows.map(
        ({ officerId, near, under, nearHashes }): BelowCap => ({ officerId, near, under, seqs: seqs(nearHashes) }),
      );
      const share = (of: (row: Counted) => Omit<OfficerShare, 'officerId'>): readonly OfficerShare[] =>
        rows.map((row) => ({ officerId: row.officerId, ...of(row) }));
      const shares: SignalShares = {
        voids: share(({ voids, sales, voidHashes }) => ({ cases: voids, of: sales, seqs: seqs(voidHashes) })),
        reprints: share(({ copied, sales, copiedHashes }) => ({ cases: copied, of: sales, seqs: seqs(copiedHashes) })),
        belowCap,
        lookups: share(({ empty, looks, emptyHashes }) => ({ cases: empty, of: looks, seqs: seqs(emptyHashes) })),
      };
      return [outletId, { sales: rows.reduce((sum, { sales }) => sum + sales, 0), shares }];
    }),
  );
}
