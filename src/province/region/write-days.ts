import { sql } from 'kysely';
import type { LocalDate } from '../../domain/local-date.ts';
import type { Tx } from '../db/open.ts';
import type { DayItem, DayWrites } from '../ingest/day-writes.ts';
import { CASH_ACCOUNTS, DEPOSIT_TYPE, TAKING_ACCOUNTS, TAKING_TYPES } from './day-items.ts';

/** A day of an outlet. */
export type DayKey = { readonly outletId: string; readonly businessOn: LocalDate };

/** `ofSession`: its cash session is known to the province. */
type Placed = DayItem & DayKey & { readonly ofSession: boolean };

const dayKey = ({ outletId, businessOn }: DayKey): string => `${outletId} ${businessOn}`;

/** The day of a cash session is the day on which it was opened, whatever the clock says when it is closed. */
async function daysOfSessions(tx: Tx, deviceId: string, items: readonly DayItem[]): Promise<Map<string, DayKey>> {
  const ids = [...new Set(items.flatMap(({ envelope }) => envelope.cashSessionId ?? []))];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<DayKey & { id: string }>`
    select cash_session_id as id, outlet_id as "outletId", business_on as "businessOn" from day_session
    where device_id = ${deviceId} and cash_session_id = any(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, outletId, businessOn }) => [id, { outletId, businessOn }]));
}

async function placed(tx: Tx, deviceId: string, items: readonly DayItem[]): Promise<readonly Placed[]> {
  const { outlet_id: outletId } = await tx
    .selectFrom('device')
    .select('outlet_id')
    .where('device_id', '=', deviceId)
    .executeTakeFirstOrThrow();
  const sessions = await daysOfSessions(tx, deviceId, items);
  return items.map((item) => {
    const { cashSessionId } = item.envelope;
    const known = cashSessionId === null ? undefined : sessions.get(cashSessionId);
    const own: DayKey = { outletId, businessOn: item.on };
    if (item.read.type === 'cash-session.opened' && cashSessionId !== null && known === undefined) {
      sessions.set(cashSessionId, own);
    }
    return { ...item, ...(known ?? own), ofSession: known !== undefined };
  });
}

async function writeSessions(tx: Tx, deviceId: string, items: readonly Placed[]): Promise<void> {
  for (const { envelope, hash, read, outletId, businessOn } of items) {
    const id = envelope.cashSessionId;
    if (read.type === 'cash-session.opened' && id !== null) {
      await sql`insert into day_session (device_id, cash_session_id, outlet_id, business_on, opened_by, opened_at, opened_hash)
        values (${deviceId}, ${id}, ${outletId}, ${businessOn}, ${envelope.officerId ?? ''}, ${envelope.wallMs}, ${hash})
        on conflict do nothing`.execute(tx);
    }
    if (read.type === 'cash-session.closed' && id !== null) {
      const { counted, expected, variance, sales } = read.body;
      await sql`update day_session set closed_at = ${envelope.wallMs}, closed_hash = ${hash}, counted = ${counted},
          expected = ${expected}, variance = ${variance}, sales = ${sales}
        where device_id = ${deviceId} and cash_session_id = ${id} and closed_hash is null`.execute(tx);
    }
    if (read.type === 'cash-variance.explained') {
      await sql`update day_session set explanation = ${read.body.explanation}
        where device_id = ${deviceId} and cash_session_id = ${read.body.cashSessionId}`.execute(tx);
    }
  }
}

/** Sums of lines under a key, in the order of the keys: two pushes never wait for each other crosswise. */
function sumBy<T>(
  values: readonly T[],
  keyOf: (value: T) => string,
  add: (sum: number[], value: T) => void,
  width: number,
) {
  const sums = new Map<string, { readonly first: T; readonly sum: number[] }>();
  for (const value of values) {
    const key = keyOf(value);
    const held = sums.get(key) ?? { first: value, sum: Array.from({ length: width }, () => 0) };
    add(held.sum, value);
    sums.set(key, held);
  }
  return [...sums].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, held]) => held);
}

const plus = (sum: number[], at: number, more: number): void => void (sum[at] = (sum[at] ?? 0) + more);

const isTaking = (type: string, account: string): boolean =>
  TAKING_TYPES.includes(type) && TAKING_ACCOUNTS.includes(account);
const isCash = (type: string, account: string): boolean => type !== DEPOSIT_TYPE && CASH_ACCOUNTS.includes(account);

/** Items, sessions opened, sessions closed, sales, takings, cash: what the items of a push add to their days. */
function addToDay(sum: number[], { read, lines, ofSession }: Placed): void {
  plus(sum, 0, 1);
  plus(sum, 1, read.type === 'cash-session.opened' ? 1 : 0);
  plus(sum, 2, read.type === 'cash-session.closed' && ofSession ? 1 : 0);
  plus(sum, 3, read.type === 'transaction.paid' ? 1 : read.type === 'transaction.voided' ? -1 : 0);
  for (const { account, amount } of lines) {
    plus(sum, 4, isTaking(read.type, account) ? amount : 0);
    plus(sum, 5, isCash(read.type, account) ? amount : 0);
  }
}

/** The row of a day is held until the end of the transaction: the places of its items are the order of their commits. */
async function writeOutletDays(tx: Tx, items: readonly Placed[]): Promise<void> {
  const days = sumBy(items, dayKey, addToDay, 6);
  const column = (at: number): number[] => days.map(({ sum }) => sum[at] ?? 0);
  await sql`insert into outlet_day as d (outlet_id, business_on, items, sessions, open_sessions, sales, takings, cash)
    select o, b, i, s, s - c, n, t, m from unnest(${days.map(({ first }) => first.outletId)}::text[],
      ${days.map(({ first }) => first.businessOn)}::date[], ${column(0)}::int[], ${column(1)}::int[], ${column(2)}::int[],
      ${column(3)}::int[], ${column(4)}::bigint[], ${column(5)}::bigint[]) as n(o, b, i, s, c, n, t, m)
    on conflict (outlet_id, business_on) do update set items = d.items + excluded.items,
      sessions = d.sessions + excluded.sessions, open_sessions = d.open_sessions + excluded.open_sessions,
      sales = d.sales + excluded.sales, takings = d.takings + excluded.takings, cash = d.cash + excluded.cash,
      parts = greatest(d.parts, d.closed_parts + 1)`.execute(tx);
}

async function writeItems(tx: Tx, deviceId: string, items: readonly Placed[]): Promise<void> {
  const column = <T>(of: (item: Placed) => T): T[] => items.map(of);
  const transactionOf = ({ read: { body } }: Placed): string | null =>
    'transactionId' in body && typeof body.transactionId === 'string' ? body.transactionId : null;
  await sql`insert into day_item (device_id, hash, outlet_id, business_on, type, stream, epoch_n, epoch_nonce, seq,
      cash_session_id, officer_id, transaction_id, number, at, received_at)
    select ${deviceId}::uuid, * from unnest(${column(({ hash }) => hash)}::text[], ${column((one) => one.outletId)}::text[],
      ${column((one) => one.businessOn)}::date[], ${column(({ read }) => read.type)}::text[],
      ${column(({ envelope }) => envelope.stream)}::uuid[], ${column(({ envelope }) => envelope.epoch.n)}::int[],
      ${column(({ envelope }) => envelope.epoch.nonce)}::text[], ${column(({ envelope }) => envelope.seq)}::bigint[],
      ${column(({ envelope }) => envelope.cashSessionId)}::uuid[], ${column(({ envelope }) => envelope.officerId)}::text[],
      ${column(transactionOf)}::uuid[],
      ${column(({ read }) => (read.type === 'transaction.paid' ? read.body.receiptNumber : null))}::text[],
      ${column(({ envelope }) => envelope.wallMs)}::bigint[], ${column((one) => one.receivedAt)}::bigint[])`.execute(
    tx,
  );
}

type Line = DayKey & { readonly type: string; readonly account: string; readonly amount: number };

async function writeFigures(tx: Tx, deviceId: string, items: readonly Placed[]): Promise<void> {
  const lines: Line[] = items.flatMap((item) => {
    const of = { outletId: item.outletId, businessOn: item.businessOn, type: item.read.type };
    return [{ ...of, account: '', amount: 0 }, ...item.lines.map((line) => ({ ...of, ...line }))];
  });
  const add = (sum: number[], { amount }: Line): void => {
    plus(sum, 0, amount);
    plus(sum, 1, 1);
  };
  const figures = sumBy(lines, (line) => `${dayKey(line)} ${line.type} ${line.account}`, add, 2);
  await sql`insert into day_figure as f (device_id, outlet_id, business_on, type, account, amount, entries)
    select ${deviceId}::uuid, * from unnest(${figures.map(({ first }) => first.outletId)}::text[],
      ${figures.map(({ first }) => first.businessOn)}::date[], ${figures.map(({ first }) => first.type)}::text[],
      ${figures.map(({ first }) => first.account)}::text[], ${figures.map(({ sum }) => sum[0] ?? 0)}::bigint[],
      ${figures.map(({ sum }) => sum[1] ?? 0)}::int[])
    on conflict (device_id, outlet_id, business_on, type, account)
      do update set amount = f.amount + excluded.amount, entries = f.entries + excluded.entries`.execute(tx);
  const accounts = sumBy(
    lines.filter(({ account }) => account !== ''),
    ({ account }) => account,
    add,
    2,
  );
  if (accounts.length === 0) return;
  await sql`insert into account_balance as b (device_id, account, amount)
    select ${deviceId}::uuid, * from unnest(${accounts.map(({ first }) => first.account)}::text[],
      ${accounts.map(({ sum }) => sum[0] ?? 0)}::bigint[])
    on conflict (device_id, account) do update set amount = b.amount + excluded.amount`.execute(tx);
}

async function writeStanding(tx: Tx, deviceId: string, { newest, rulePackId }: DayWrites): Promise<void> {
  if (newest === null) return;
  const { epoch, seq, wallMs, timeTrust } = newest.envelope;
  await sql`insert into device_standing as d (device_id, epoch_n, epoch_nonce, seq, hash, at, time_trust, rule_pack_id)
    values (${deviceId}, ${epoch.n}, ${epoch.nonce}, ${seq}, ${newest.hash}, ${wallMs}, ${timeTrust}, ${rulePackId})
    on conflict (device_id) do update set epoch_n = excluded.epoch_n, epoch_nonce = excluded.epoch_nonce,
      seq = excluded.seq, hash = excluded.hash, at = excluded.at, time_trust = excluded.time_trust,
      rule_pack_id = coalesce(excluded.rule_pack_id, d.rule_pack_id)
    where (excluded.epoch_n, excluded.seq) > (d.epoch_n, d.seq)`.execute(tx);
}

/** Writes what accepted entries say of the days of outlets, with all figures that follow from it, in the caller's transaction. */
export async function writeDays(tx: Tx, deviceId: string, writes: DayWrites): Promise<void> {
  await writeStanding(tx, deviceId, writes);
  if (writes.items.length === 0) return;
  const items = await placed(tx, deviceId, writes.items);
  await writeOutletDays(tx, items);
  await writeSessions(tx, deviceId, items);
  await writeItems(tx, deviceId, items);
  await writeFigures(tx, deviceId, items);
}
