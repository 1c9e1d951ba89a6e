import { sql } from 'kysely';
import {
  type RegionOutcomesAnswer,
  type SupervisionOutcome,
  supervisionRefusalSchema,
} from '../../contract/region-words.ts';
import type { ProvinceContext } from '../province-context.ts';

type Row = {
  readonly hash: string;
  readonly applied: boolean;
  readonly refusal: string | null;
  readonly receivedAt: number;
  readonly firstBy: string | null;
  readonly firstName: string | null;
  readonly firstAt: number | null;
};

const outcomeOf = (row: Row): SupervisionOutcome => ({
  hash: row.hash,
  state: row.applied ? 'applied' : 'not-applied',
  refusal: row.refusal === null ? null : supervisionRefusalSchema.parse(row.refusal),
  firstBy:
    row.firstBy === null || row.firstAt === null
      ? null
      : { officerId: row.firstBy, name: row.firstName ?? row.firstBy, at: row.firstAt },
  decidedAt: row.receivedAt,
});

/** What became of words of this device; where one came second, whose was first. */
export async function readOutcomes(
  { db }: ProvinceContext,
  deviceId: string,
  hashes: readonly string[],
): Promise<RegionOutcomesAnswer> {
  const { rows } = await sql<Row>`select w.hash, w.applied, w.refusal, w.received_at as "receivedAt",
      coalesce(f.supervisor, q.supervisor) as "firstBy", o.name as "firstName", coalesce(f.at, q.at) as "firstAt"
    from day_decision w
    left join lateral (select supervisor, at from day_decision e where not w.applied and e.applied
      and e.outlet_id = w.outlet_id and e.business_on = w.business_on and e.type = w.type
      and e.part is not distinct from w.part and e.item is not distinct from w.item order by e.place limit 1) f on true
    left join queue_decision q on not w.applied and q.subject_kind = w.subject_kind and q.subject = w.subject
    left join officer o on o.officer_id = coalesce(f.supervisor, q.supervisor)
    where w.device_id = ${deviceId} and w.hash = any(${[...hashes]})`.execute(db);
  const known = new Map(rows.map((row) => [row.hash, outcomeOf(row)]));
  return {
    outcomes: [...new Set(hashes)].map(
      (hash) => known.get(hash) ?? { hash, state: 'unknown', refusal: null, firstBy: null, decidedAt: null },
    ),
  };
}
