import { type OperationNodeSource, sql } from 'kysely';
import type { LocalDate } from '../../domain/local-date.ts';
import type { Tx } from '../db/open.ts';
import type { ChainFacts } from '../ingest/chain-facts.ts';
import type { DayItem, DayWrites } from '../ingest/day-writes.ts';
import { CASH_ACCOUNTS, DEPOSIT_TYPE, TAKING_ACCOUNTS, TAKING_TYPES } from './day-items.ts';

/** A day of an outlet. */
export type DayKey = { readonly outletId: string; readonly businessOn: LocalDate };

type OfDevice = Pick<ChainFacts, 'deviceId' | 'outletId' | 'sessions'>;

/** `ofSession`: its cash session is known to the province. */
type Placed = DayItem & DayKey & { readonly ofSession: boolean };

const dayKey = ({ outletId, businessOn }: DayKey): string => `${outletId} ${businessOn}`;

/** The day of a cash session is the day on which it was opened, whatever the clock says when it is closed. */
function placed({ outletId, sessions: known }: OfDevice, items: readonly DayItem[]): readonly Placed[] {
  const sessions = new Map(known);
  return items.map((item) => {
    const { cashSessionId } = item.envelope;
    const held = cashSessionId === null ? undefined : sessions.get(cashSessionId);
    const own: DayKey = { outletId, businessOn: item.on };
    if (item.read.type === 'cash-session.opened' && cashSessionId !== null && held === undefined) {
      sessions.set(cashSessionId, own);
    }
    return { ...item, ...(held ?? own), ofSession: held !== undefined };
  });
}

/** Sessions that were opened: the first word about each stays. */
function openedSessions(deviceId: string, items: readonly Placed[]): readonly OperationNodeSource[] {
  const opened = items.flatMap(({ envelope, hash, read, outletId, businessOn }) =>
    read.type === 'cash-session.opened' && envelope.cashSessionId !== null
      ? [{ id: envelope.cashSessionId, outletId, businessOn, by: envelope.officerId ?? '', at: envelope.wallMs, hash }]
      : [],
  );
  if (opened.length === 0) return [];
  const column = <T>(of: (one: (typeof opened)[number]) => T): T[] => opened.map(of);
  return [
    sql`insert into day_session (device_id, cash_session_id, outlet_id, business_on, opened_by, opened_at, opened_hash)
      select ${deviceId}::uuid, * from unnest(${column(({ id }) => id)}::uuid[], ${column((one) => one.outletId)}::text[],
        ${column((one) => one.businessOn)}::date[], ${column(({ by }) => by)}::text[], ${column(({ at }) => at)}::bigint[],
        ${column(({ hash }) => hash)}::text[])
      on conflict do nothing`,
  ];
}

type SessionEnd = Partial<
  Record<'closed_at' | 'counted' | 'expected' | 'variance' | 'sales', number> & {
    closed_hash: string;
    explanation: string;
  }
>;

/** The first close of a session counts, and the last word on its variance; it may have been opened a moment ago. */
async function writeEnds(tx: Tx, deviceId: string, items: readonly Placed[]): Promise<void> {
  const ends = new Map<string, SessionEnd>();
  for (const { envelope, hash, read } of items) {
    const id = envelope.cashSessionId;
    if (read.type === 'cash-session.closed' && id !== null) {
      const { counted, expected, variance, sales } = read.body;
      const closed = { closed_at: envelope.wallMs, closed_hash: hash, counted, expected, variance, sales };
      ends.set(id, { ...closed, ...ends.get(id) });
    }
    if (read.type === 'cash-variance.explained') {
      const { cashSessionId, explanation } = read.body;
      ends.set(cashSessionId, { ...ends.get(cashSessionId), explanation });
    }
  }
  if (ends.size === 0) return;
  const rows = [...ends].map(([id, end]) => ({ id, ...end }));
  const first = (name: string) =>
    sql`${sql.ref(name)} = case when s.closed_hash is null then ${sql.ref(`t.${name}`)} else ${sql.ref(`s.${name}`)} end`;
  await sql`update day_session s set ${sql.join(['closed_at', 'counted', 'expected', 'variance', 'sales'].map(first))},
      closed_hash = coalesce(s.closed_hash, t.closed_hash), explanation = coalesce(t.explanation, s.explanation)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (id uuid, closed_at bigint, closed_hash text,
      counted bigint, expected bigint, variance bigint, sales integer, explanation text)
    where s.device_id = ${deviceId} and s.cash_session_id = t.id`.execute(tx);
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

function dayItems(deviceId: string, items: readonly Placed[]): OperationNodeSource {
  const column = <T>(of: (item: Placed) => T): T[] => items.map(of);
  const transactionOf = ({ read: { body } }: Placed): string | null =>
    'transactionId' in body && typeof body.transactionId === 'string' ? body.transactionId : null;
  return sql`insert into day_item (device_id, hash, outlet_id, business_on, type, stream, epoch_n, epoch_nonce, seq,
      cash_session_id, officer_id, transaction_id, number, at, received_at)
    select ${deviceId}::uuid, * from unnest(${column(({ hash }) => hash)}::text[], ${column((one) => one.outletId)}::text[],
      ${column((one) => one.businessOn)}::date[], ${column(({ read }) => read.type)}::text[],
      ${column(({ envelope }) => envelope.stream)}::uuid[], ${column(({ envelope }) => envelope.epoch.n)}::int[],
      ${column(({ envelope }) => envelope.epoch.nonce)}::text[], ${column(({ envelope }) => envelope.seq)}::bigint[],
      ${column(({ envelope }) => envelope.cashSessionId)}::uuid[], ${column(({ envelope }) => envelope.officerId)}::text[],
      ${column(transactionOf)}::uuid[],
      ${column(({ read }) => (read.type === 'transaction.paid' ? read.body.receiptNumber : null))}::text[],
      ${column(({ envelope }) => envelope.wallMs)}::bigint[], ${column((one) => one.receivedAt)}::bigint[])`;
}

type Line = DayKey & { readonly type: string; readonly account: string; readonly amount: number };

function dayFigures(deviceId: string, items: readonly Placed[]): readonly OperationNodeSource[] {
  const lines: Line[] = items.flatMap((item) => {
    const of = { outletId: item.outletId, businessOn: item.businessOn, type: item.read.type };
    return [{ ...of, account: '', amount: 0 }, ...item.lines.map((line) => ({ ...of, ...line }))];
  });
  const add = (sum: number[], { amount }: Line): void => {
    plus(sum, 0, amount);
    plus(sum, 1, 1);
  };
  const figures = sumBy(lines, (line) => `${dayKey(line)} ${line.type} ${line.account}`, add, 2);
  const ofDay = sql`insert into day_figure as f (device_id, outlet_id, business_on, type, account, amount, entries)
    select ${deviceId}::uuid, * from unnest(${figures.map(({ first }) => first.outletId)}::text[],
      ${figures.map(({ first }) => first.businessOn)}::date[], ${figures.map(({ first }) => first.type)}::text[],
      ${figures.map(({ first }) => first.account)}::text[], ${figures.map(({ sum }) => sum[0] ?? 0)}::bigint[],
      ${figures.map(({ sum }) => sum[1] ?? 0)}::int[])
    on conflict (device_id, outlet_id, business_on, type, account)
      do update set amount = f.amount + excluded.amount, entries = f.entries + excluded.entries`;
  const accounts = sumBy(
    lines.filter(({ account }) => account !== ''),
    ({ account }) => account,
    add,
    2,
  );
  if (accounts.length === 0) return [ofDay];
  const balances = sql`insert into account_balance as b (device_id, account, amount)
    select ${deviceId}::uuid, * from unnest(${accounts.map(({ first }) => first.account)}::text[],
      ${accounts.map(({ sum }) => sum[0] ?? 0)}::bigint[])
    on conflict (device_id, account) do update set amount = b.amount + excluded.amount`;
  return [ofDay, balances];
}

function deviceStanding(deviceId: string, { newest, rulePackId }: DayWrites): readonly OperationNodeSource[] {
  if (newest === null) return [];
  const { epoch, seq, wallMs, timeTrust } = newest.envelope;
  return [
    sql`insert into device_standing as d (device_id, epoch_n, epoch_nonce, seq, hash, at, time_trust, rule_pack_id)
    values (${deviceId}, ${epoch.n}, ${epoch.nonce}, ${seq}, ${newest.hash}, ${wallMs}, ${timeTrust}, ${rulePackId})
    on conflict (device_id) do update set epoch_n = excluded.epoch_n, epoch_nonce = excluded.epoch_nonce,
      seq = excluded.seq, hash = excluded.hash, at = excluded.at, time_trust = excluded.time_trust,
      rule_pack_id = coalesce(excluded.rule_pack_id, d.rule_pack_id)
    where (excluded.epoch_n, excluded.seq) > (d.epoch_n, d.seq)`,
  ];
}

/** What accepted entries say of the days of outlets, to be written in one breath by whoever holds those days. */
export type DayRows = {
  readonly inserts: readonly OperationNodeSource[];
  /** Afterwards: it touches sessions that may be among the inserts. */
  readonly end: () => Promise<void>;
};

/** Takes hold of the days that the entries belong to, with their sums, in the caller's transaction; answers what else is to be written. */
export async function writeDays(tx: Tx, device: OfDevice, writes: DayWrites): Promise<DayRows> {
  const { deviceId } = device;
  const standing = deviceStanding(deviceId, writes);
  const items = placed(device, writes.items);
  if (items.length === 0) return { inserts: standing, end: async () => undefined };
  // By itself and first: the places of items are drawn while the row of their day is held.
  await writeOutletDays(tx, items);
  return {
    inserts: [
      ...standing,
      ...openedSessions(deviceId, items),
      dayItems(deviceId, items),
      ...dayFigures(deviceId, items),
    ],
    end: () => writeEnds(tx, deviceId, items),
  };
}
