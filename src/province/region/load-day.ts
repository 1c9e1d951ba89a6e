import { sql } from 'kysely';
import { applyToBatch, type DailyBatch, type DailyBatchEvent, NEW_DAILY_BATCH } from '../../domain/daily-batch.ts';
import { sha256 } from '../crypto/hashing.ts';
import type { Db, Tx } from '../db/open.ts';
import { askedDays, byDay, keyOfDay } from './day-legs.ts';
import type { DayKey } from './write-days.ts';

/** What a signature names: the hash over the hashes of a part's items in their order. */
export const itemsHashOf = (items: readonly string[]): string => sha256(items.join('\n'));

type Row = DayKey & {
  readonly hash: string;
  readonly type: string;
  readonly officer: string | null;
  readonly session: string | null;
  readonly part: number | null;
  readonly item: string | null;
  readonly note: string | null;
  readonly at: number;
};

/** Items of days and the words on them that counted, in the order in which they came. */
async function readRows(db: Db | Tx, days: readonly DayKey[]): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select i.outlet_id as "outletId", i.business_on as "businessOn", place, hash, type, officer_id as officer,
      cash_session_id as session, null::int as part, null as item, null as note, at
    from ${askedDays(days)} join day_item i on i.outlet_id = k.outlet_id and i.business_on = k.business_on
    union all
    select d.outlet_id, d.business_on, place, hash, type, supervisor, null, part, item, note, at
    from ${askedDays(days)} join day_decision d on d.outlet_id = k.outlet_id and d.business_on = k.business_on
    where d.applied
    order by place`.execute(db);
  return rows;
}

/** What stands in the database was changed by hand: events that were possible once are not any more. */
export class DayCannotBeReplayed extends Error {
  override readonly name = 'DayCannotBeReplayed';
}

/** An event that happened already: it was possible then, so it is possible in the same order now. */
function replayed(batch: DailyBatch, event: DailyBatchEvent): DailyBatch {
  const after = applyToBatch(batch, event);
  if (!after.ok) throw new DayCannotBeReplayed(`${event.kind} is ${after.error}`);
  return after.value;
}

function signed(batch: DailyBatch, row: Row): DailyBatch {
  const part = row.part ?? 0;
  const signature = { by: row.officer ?? '', at: row.at };
  const items = batch.parts.find(({ number }) => number === part)?.items ?? [];
  const complete = replayed(batch, { kind: 'completed' });
  return row.type === 'day.close-signed'
    ? replayed(complete, { kind: 'close-signed', part, items, signature })
    : replayed(complete, { kind: 'reconciliation-signed', part, settled: true, signature });
}

function step(batch: DailyBatch, row: Row): DailyBatch {
  const item = row.item ?? '';
  switch (row.type) {
    case 'day.close-signed':
    case 'day.reconciliation-signed':
      return signed(batch, row);
    case 'day.item-held':
      return replayed(batch, { kind: 'item-held', item, reason: row.note ?? '' });
    case 'day.item-returned':
      return replayed(batch, { kind: 'item-returned', item, reason: row.note ?? '' });
    case 'day.item-settled':
      return replayed(batch, { kind: 'item-settled', item });
    default: {
      const arrived = replayed(batch, { kind: 'item-arrived', item: row.hash });
      const sessionId = row.session ?? '';
      if (row.type === 'cash-session.opened') {
        return replayed(arrived, { kind: 'session-opened', sessionId, by: row.officer ?? '' });
      }
      if (row.type !== 'cash-session.closed' || !arrived.sessions.has(sessionId)) return arrived;
      return replayed(arrived, { kind: 'session-closed', sessionId });
    }
  }
}

/** Outlets of which entries wait for one before them: what they belong to is not all here. */
async function readPending(db: Db | Tx, days: readonly DayKey[]): Promise<ReadonlySet<string>> {
  const outlets = [...new Set(days.map(({ outletId }) => outletId))];
  const { rows } = await sql<{ outletId: string }>`select distinct d.outlet_id as "outletId"
    from device d join pending_entry p on p.device_id = d.device_id where d.outlet_id = any(${outlets})`.execute(db);
  return new Set(rows.map(({ outletId }) => outletId));
}

function dayOf(rows: readonly Row[], isPending: boolean): DailyBatch {
  const batch = rows.reduce(step, NEW_DAILY_BATCH);
  const officers = rows.flatMap(({ type, officer }) => (officer === null || type.startsWith('day.') ? [] : [officer]));
  const isOpen = [...batch.sessions.values()].includes('open');
  return { ...batch, complete: !isOpen && !isPending, workedBy: new Set([...batch.workedBy, ...officers]) };
}

/**
 * Days as they stand, by `keyOfDay`. Whoever wrote an item of a day took part: he signs nothing of it. What came late joined
 * the part that was not signed, so what was signed never changes.
 */
export async function loadDays(db: Db | Tx, days: readonly DayKey[]): Promise<ReadonlyMap<string, DailyBatch>> {
  const rows = byDay(await readRows(db, days));
  const pending = await readPending(db, days);
  return new Map(days.map((day) => [keyOfDay(day), dayOf(rows.get(keyOfDay(day)) ?? [], pending.has(day.outletId))]));
}

/** One of them. */
export async function loadDay(db: Db | Tx, day: DayKey): Promise<DailyBatch> {
  return (await loadDays(db, [day])).get(keyOfDay(day)) ?? NEW_DAILY_BATCH;
}
