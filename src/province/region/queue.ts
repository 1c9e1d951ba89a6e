import { sql } from 'kysely';
import type { QueueItem, RegionQueueAnswer, RegionQueueRequest } from '../../contract/region.ts';
import { QUEUE_KINDS } from '../../contract/entry-bodies-supervision.ts';
import { localDateAt } from '../../domain/local-date.ts';
import { rupiah } from '../../domain/rupiah.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readCursor, writeCursor } from './cursors.ts';
import { inScope, type Principals } from './scope.ts';

const DAY_MS = 86_400_000;
/** What happened longer ago and was never looked at is no news any more; money has no such end. */
const NEWS_DAYS = 90;

type Row = {
  readonly kind: QueueItem['kind'];
  readonly subject: string;
  readonly outletId: string;
  readonly outletName: string;
  readonly deviceId: string;
  readonly since: number;
  readonly amount: number | null;
  readonly askedBy: string | null;
  readonly askedName: string | null;
  readonly approvedBy: string | null;
  readonly approvedName: string | null;
  readonly reason: string | null;
  readonly transactionId: string | null;
  readonly evidence: string | null;
  readonly businessOn: QueueItem['businessOn'];
};

/** Everything that waits for a word, whatever its kind; the scope is applied once, to all of it. */
const waiting = (newsSince: number, tolerance: number) => sql`
  select case u.action when 'void' then 'void' when 'waiver' then 'waiver' when 'waive-shortfall' then 'waiver'
      when 'cancellation' then 'cancellation' when 'variance' then 'variance' when 'refund-cash' then 'refund'
      when 'refund-application' then 'refund' else 'approval' end as kind,
    u.approval_id::text as subject, u.device_id, u.received_at as since, u.amount, u.requested_by as asked,
    u.approved_by as approved, u.action as reason, null::uuid as transaction_id, u.hash as evidence, null::date as on_day
  from approval_used u where u.answer is null
  union all
  select 'cancellation', c.request_id::text, c.device_id, c.received_at, null, null, null, null, c.transaction_id,
    c.paid_hash, null
  from cancellation c where c.answer is null
  union all
  select 'refund', r.refund_id::text, r.device_id, r.requested_at, r.amount, r.asked_by, null, r.number,
    r.transaction_id, r.hash, null
  from refund r where r.state = 'requested'
  union all
  select 'variance', s.cash_session_id::text, s.device_id, s.closed_at, s.variance, s.opened_by, null, null, null,
    s.closed_hash, s.business_on
  from day_session s where abs(s.variance) > ${tolerance} and s.explanation is null
    and not exists (select 1 from queue_decision q where q.subject_kind = 'variance' and q.subject = s.cash_session_id::text)
  union all
  select 'device', v.device_id::text, v.device_id, v.enrolled_at, null, null, null, v.device_no::text, null, null, null
  from device v where v.enrolled_at > ${newsSince} and v.revoked_at is null
    and not exists (select 1 from queue_decision q where q.subject_kind = 'device' and q.subject = v.device_id::text)
  union all
  select 'move', m.outlet_id || '/' || m.from_on, (select min(v.device_id::text)::uuid from device v
      where v.outlet_id = m.outlet_id), m.said_at, null, null, null, r.name, null, null, m.from_on
  from outlet_region m join region r on r.region_id = m.region_id
  where m.said_at > ${newsSince}
    and exists (select 1 from outlet_region b where b.outlet_id = m.outlet_id and b.from_on < m.from_on)
    and exists (select 1 from device v where v.outlet_id = m.outlet_id)
    and not exists (select 1 from queue_decision q where q.subject_kind = 'move'
      and q.subject = m.outlet_id || '/' || m.from_on)`;

/** Whose word it is: his own work is another's, an approval is confirmed by the one in whose name it was given. */
function mayNotOf(row: Row, supervisorId: string): QueueItem['mayNot'] {
  if (row.approvedBy !== null) return row.approvedBy === supervisorId ? null : 'ONLY_HE_WHO_APPROVED';
  if (row.kind === 'cancellation') return 'PROVINCE_DECIDES';
  return row.askedBy === supervisorId ? 'OWN_WORK' : null;
}

const personOf = (officerId: string | null, name: string | null) =>
  officerId === null || officerId === '' ? null : { officerId, name: name ?? officerId };

function itemOf(row: Row, supervisorId: string): QueueItem {
  return {
    kind: row.kind,
    subject: row.subject,
    outletId: row.outletId,
    outletName: row.outletName,
    deviceId: row.deviceId,
    since: row.since,
    amount: row.amount === null ? null : rupiah(row.amount),
    askedBy: personOf(row.askedBy, row.askedName),
    approvedBy: personOf(row.approvedBy, row.approvedName),
    reason: row.reason,
    transactionId: row.transactionId,
    evidence: row.evidence,
    businessOn: row.businessOn,
    mayNot: mayNotOf(row, supervisorId),
  };
}

/** What waits in the region for a word of a supervisor, oldest first; what came before stays before. */
export async function readQueue(
  { db, now }: ProvinceContext,
  principals: Principals,
  asked: Pick<RegionQueueRequest, 'kind' | 'cursor' | 'limit'>,
): Promise<RegionQueueAnswer> {
  const { varianceTolerance } = await publishedPolicy(db);
  const [since = '-1', subject = ''] = readCursor(asked.cursor, 2);
  const all = sql`(${waiting(now() - NEWS_DAYS * DAY_MS, varianceTolerance)}) w join device d on d.device_id = w.device_id
    join outlet o on o.outlet_id = d.outlet_id`;
  const his = inScope(principals, sql`o.outlet_id`, sql`coalesce(w.on_day, ${localDateAt(now())}::date)`);
  const counted = await sql<{
    kind: QueueItem['kind'];
    count: number;
  }>`select w.kind, count(*)::int as count from ${all}
    where ${his} group by 1 order by 1`.execute(db);
  const { rows } = await sql<Row>`select w.kind, w.subject, o.outlet_id as "outletId", o.name as "outletName",
      w.device_id as "deviceId", w.since, w.amount, w.asked as "askedBy", a.name as "askedName",
      w.approved as "approvedBy", p.name as "approvedName", w.reason, w.transaction_id as "transactionId", w.evidence,
      w.on_day as "businessOn"
    from ${all} left join officer a on a.officer_id = w.asked left join officer p on p.officer_id = w.approved
    where ${his} and (w.since, w.subject) > (${since}::bigint, ${subject})
      and (${asked.kind ?? null}::text is null or w.kind = ${asked.kind ?? null})
    order by w.since, w.subject limit ${asked.limit + 1}`.execute(db);
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    counts: QUEUE_KINDS.flatMap((kind) => {
      const found = counted.rows.find((row) => row.kind === kind);
      return found === undefined ? [] : [{ kind, count: found.count }];
    }),
    items: shown.map((row) => itemOf(row, principals.supervisorId)),
    next: rows.length > shown.length && last !== undefined ? writeCursor([String(last.since), last.subject]) : null,
  };
}
