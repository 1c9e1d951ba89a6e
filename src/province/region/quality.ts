import { sql } from 'kysely';
import type { RegionQualityAnswer, RegionQualityRequest } from '../../contract/region-insight.ts';
import { addDays, localDateAt, startOfLocalDate } from '../../domain/local-date.ts';
import { rupiah } from '../../domain/rupiah.ts';
import {
  mondayOf,
  type QualityFacts,
  type QualityWeek,
  serviceQuality,
  wordOfCentral,
} from '../../domain/service-quality.ts';
import type { Db } from '../db/open.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readCursor, writeCursor } from './cursors.ts';
import { groupBy } from './group-by.ts';
import { readOutlets } from './region-facts.ts';
import type { Principals } from './scope.ts';

/** Weeks that are shown, this one among them. */
const WEEKS = 8;

type Service = {
  readonly outletId: string;
  readonly at: number;
  readonly begunAt: number | null;
  readonly online: boolean;
  readonly missingPapers: number;
  readonly voidedAt: number | null;
  readonly central: string | null;
};

/** Sales of some outlets as quality sees them: narrow rows by day, and the last word of the tax office on each. */
async function readServices(db: Db, outletIds: readonly string[], from: string): Promise<readonly Service[]> {
  const { rows } = await sql<Service>`select s.outlet_id as "outletId", s.sold_at as at, s.begun_at as "begunAt",
      coalesce(s.online, false) as online, coalesce(s.missing_papers, 0) as "missingPapers", s.voided_at as "voidedAt",
      (select d.central from decision d where d.device_id = s.device_id and d.transaction_id = s.stream
        order by d.decided_at desc limit 1) as central
    from counter_service s where s.outlet_id = any(${[...outletIds]}) and s.business_on >= ${from}::date
      and s.sold_at is not null order by s.sold_at`.execute(db);
  return rows;
}

type Wait = { readonly outletId: string; readonly at: number; readonly ms: number };
type Variance = { readonly outletId: string; readonly at: number; readonly variance: number };

async function readWaits(db: Db, outletIds: readonly string[], fromMs: number): Promise<readonly Wait[]> {
  const { rows } = await sql<Wait>`select outlet_id as "outletId", served_at as at, served_at - issued_at as ms
    from queue_wait where outlet_id = any(${[...outletIds]}) and served_at >= ${fromMs} and issued_at is not null`.execute(
    db,
  );
  return rows;
}

async function readVariances(db: Db, outletIds: readonly string[], from: string): Promise<readonly Variance[]> {
  const { rows } = await sql<Variance>`select outlet_id as "outletId", closed_at as at, variance from day_session
    where outlet_id = any(${[...outletIds]}) and business_on >= ${from}::date and variance is not null`.execute(db);
  return rows;
}

function factsOf(services: readonly Service[], waits: readonly Wait[], variances: readonly Variance[]): QualityFacts {
  return {
    sales: services.map(({ at, begunAt, online, central }) => ({ at, begunAt, online, ...wordOfCentral(central) })),
    waits,
    voids: services.flatMap(({ voidedAt }) => (voidedAt === null ? [] : [{ at: voidedAt }])),
    variances: variances.map(({ at, variance }) => ({ at, variance: rupiah(variance) })),
    missingPapers: services.flatMap(({ at, missingPapers }) => Array.from({ length: missingPapers }, () => ({ at }))),
  };
}

const toldWeek = ({ reasons, ...week }: QualityWeek) => ({ ...week, reasons: reasons.slice(0, 20) });

/** How the outlets of a region served, week by week; by name, because it is no ranking. Only those of the page are read. */
export async function readQuality(
  { db, now }: ProvinceContext,
  principals: Principals,
  { cursor, limit }: Pick<RegionQualityRequest, 'cursor' | 'limit'>,
): Promise<RegionQualityAnswer> {
  const asOf = now();
  const to = localDateAt(asOf);
  const from = addDays(mondayOf(to), -7 * (WEEKS - 1));
  const { fewCases } = (await publishedPolicy(db)).signals;
  const nameOf = ({ name, outletId }: { readonly name: string; readonly outletId: string }): string =>
    `${name} ${outletId}`;
  const all = (await readOutlets(db, principals, to)).toSorted((left, right) =>
    nameOf(left) < nameOf(right) ? -1 : 1,
  );
  const [after = ''] = readCursor(cursor, 1);
  const rest = all.filter((one) => nameOf(one) > after);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  const outletIds = shown.map(({ outletId }) => outletId);
  const services = groupBy(await readServices(db, outletIds, from), ({ outletId }) => outletId);
  const waits = groupBy(await readWaits(db, outletIds, startOfLocalDate(from)), ({ outletId }) => outletId);
  const variances = groupBy(await readVariances(db, outletIds, from), ({ outletId }) => outletId);
  return {
    asOf,
    from,
    to,
    outlets: shown.map(({ outletId, name, regency }) => {
      const own = services.get(outletId) ?? [];
      const facts = factsOf(own, waits.get(outletId) ?? [], variances.get(outletId) ?? []);
      const weeks = serviceQuality(facts, from, to).map(toldWeek);
      return { outletId, name, regency, weeks, few: own.length < fewCases };
    }),
    next: rest.length > shown.length && last !== undefined ? writeCursor([nameOf(last)]) : null,
  };
}
