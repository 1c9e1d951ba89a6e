import { sql } from 'kysely';
import type { SignalCases } from '../../domain/fraud-signals.ts';
import { depositDue } from '../../domain/deposit-due.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import type { Policy } from '../../domain/policy.ts';
import { rupiah } from '../../domain/rupiah.ts';
import { findSale, findSaleFacts, openPersonal } from '../booking/read-sale.ts';
import type { Db } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { groupBy } from './group-by.ts';
import { type EntryPlaces, hisDays, type Window } from './signal-shares.ts';

/** Sales of one due date, lower and within a day of a void: more of them than this are no pair of papers. */
const MOST_COMPARED = 5;

type OfOutlet<T> = T & { readonly outletId: string };

type Voided = {
  readonly outletId: string;
  readonly deviceId: string;
  readonly stream: string;
  readonly on: LocalDate;
  readonly at: number;
  readonly officerId: string | null;
  readonly hash: string;
  readonly saleHash: string;
  readonly soldAt: number;
  readonly soldBy: string | null;
  readonly amount: number;
  readonly printedAt: number | null;
};

async function readVoided({ db }: ProvinceContext, window: Window): Promise<readonly Voided[]> {
  const { rows } = await sql<Voided>`with ${hisDays(window)}
    select s.outlet_id as "outletId", s.device_id as "deviceId", s.stream, s.business_on as on,
      s.voided_at as at, s.voided_by as "officerId",
      s.void_hash as hash, s.sale_hash as "saleHash", s.sold_at as "soldAt", s.sold_by as "soldBy", s.amount,
      s.printed_at as "printedAt"
    from his h join counter_service s on s.outlet_id = h.outlet_id and s.business_on = h.business_on
      and s.voided_at is not null and s.sold_at is not null
    order by s.voided_at`.execute(db);
  return rows;
}

type Later = {
  readonly deviceId: string;
  readonly stream: string;
  readonly at: number;
  readonly officerId: string | null;
  readonly hash: string;
  readonly amount: number;
};

/** The plate of a sale, to be compared and never told; null where it was erased or its key is away. */
async function plateOf({ db, keys }: ProvinceContext, deviceId: string, transactionId: string): Promise<string | null> {
  const sale = await findSale(db, deviceId, transactionId);
  const personal = sale === undefined ? undefined : await openPersonal(keys, sale, await findSaleFacts(db, sale));
  return personal?.ok === true ? personal.value.nrkb : null;
}

/** Lower sales of the same due date at the outlet within a day of each void, under its hash: one question for all voids. */
async function readLater(db: Db, voids: readonly Voided[]): Promise<ReadonlyMap<string, readonly Later[]>> {
  const asked = voids.map(({ outletId, on, at, amount, deviceId, saleHash, hash }) => ({
    outlet_id: outletId,
    on_day: on,
    at,
    amount,
    device_id: deviceId,
    sale_hash: saleHash,
    hash,
  }));
  const { rows } = await sql<Later & { readonly voidHash: string }>`
    select v.hash as "voidHash", l.* from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      as v(outlet_id text, on_day date, at bigint, amount bigint, device_id uuid, sale_hash text, hash text)
    cross join lateral (
      select s.device_id as "deviceId", s.stream, s.sold_at as at, s.sold_by as "officerId", s.sale_hash as hash, s.amount
      from counter_service s join entry e on e.device_id = s.device_id and e.hash = s.sale_hash
      where s.outlet_id = v.outlet_id and s.business_on between v.on_day and v.on_day + 1
        and s.sold_at > v.at and s.amount < v.amount
        and e.text::jsonb #> '{body,periods}' = (select f.text::jsonb #> '{body,periods}' from entry f
          where f.device_id = v.device_id and f.hash = v.sale_hash)
      order by s.sold_at limit ${MOST_COMPARED}) l`.execute(db);
  return groupBy(rows, ({ voidHash }) => voidHash);
}

/** The first of some later sales that is of the same plate. */
async function soldAgain(
  context: ProvinceContext,
  voided: Voided,
  lower: readonly Later[],
): Promise<Later | undefined> {
  if (lower.length === 0) return undefined;
  const plate = await plateOf(context, voided.deviceId, voided.stream);
  for (const later of lower) {
    if (plate !== null && plate === (await plateOf(context, later.deviceId, later.stream))) return later;
  }
  return undefined;
}

type Cases = Pick<SignalCases, 'sales' | 'voids'>;

/** Voids with their sales, and what was sold of the same debt afterwards; the subject is the void, for nothing else matches. */
async function voidCases(
  context: ProvinceContext,
  voids: readonly Voided[],
  { seqOf }: EntryPlaces,
): Promise<readonly OfOutlet<Cases>[]> {
  const cases: OfOutlet<Cases>[] = [];
  const lower = await readLater(context.db, voids);
  for (const one of voids) {
    const { outletId, at, officerId, hash, stream, printedAt } = one;
    const fact = (hashOf: string, { at: soldAt, by, amount }: { at: number; by: string | null; amount: number }) => ({
      seq: seqOf(hashOf),
      at: soldAt,
      officerId: by,
      subject: stream,
      amount: rupiah(amount),
      copies: [],
    });
    const first = fact(one.saleHash, { at: one.soldAt, by: one.soldBy, amount: one.amount });
    const taken = { seq: seqOf(hash), at, officerId, saleSeq: first.seq, printedAt };
    const again = await soldAgain(context, one, lower.get(hash) ?? []);
    const later =
      again === undefined ? [] : [fact(again.hash, { at: again.at, by: again.officerId, amount: again.amount })];
    cases.push({ outletId, sales: [first, ...later], voids: [taken] });
  }
  return cases;
}

async function readBookings({ db }: ProvinceContext, window: Window) {
  const { rows } = await sql<
    OfOutlet<{ at: number; officerId: string | null; hash: string; taken: number; booked: number }>
  >`with ${hisDays(window)}
    select s.outlet_id as "outletId", s.sold_at as at, s.sold_by as "officerId", s.sale_hash as hash,
      (select coalesce(sum((o ->> 'taken')::bigint), 0) from jsonb_array_elements(d.item -> 'outcomes') o)::bigint as taken,
      (select coalesce(sum((o ->> 'expected')::bigint), 0) from jsonb_array_elements(d.item -> 'outcomes') o)::bigint as booked
    from his h join counter_service s on s.outlet_id = h.outlet_id and s.business_on = h.business_on
      and s.sold_at is not null
    join decision d on d.device_id = s.device_id and d.transaction_id = s.stream and d.central in ('short', 'over')
    where not exists (select 1 from decision l where l.device_id = d.device_id and l.transaction_id = d.transaction_id
      and l.decided_at > d.decided_at)
    order by s.sold_at limit 1000`.execute(db);
  return rows;
}

/** Slips that stand under more than one deposit, with the deposits of his own outlets and how many there are of all. */
async function readSharedSlips({ db }: ProvinceContext, window: Window) {
  const key = sql`upper(regexp_replace(p.bank || p.slip_number, '[^A-Za-z0-9]', '', 'g'))`;
  const { rows } = await sql<
    OfOutlet<{ at: number; hash: string; bank: string; slipNumber: string; depositedOn: LocalDate; amount: number }>
  >`with ${hisDays(window)},
    same as (select ${key} as slip from deposit p where p.deposited_on >= ${window.from}::date
      group by 1 having count(*) > 1)
    select v.outlet_id as "outletId", p.received_at as at, p.hash, p.bank, p.slip_number as "slipNumber",
      p.deposited_on as "depositedOn", p.amount
    from same join deposit p on ${key} = same.slip and p.deposited_on >= ${window.from}::date
      join device v on v.device_id = p.device_id
    order by p.received_at, p.deposit_id limit 1000`.execute(db);
  return rows;
}

async function readClocks({ db }: ProvinceContext, { now, from }: Window, outletIds: readonly string[]) {
  const { rows } = await sql<OfOutlet<{ at: number; officerId: string | null; hash: string }>>`
    select v.outlet_id as "outletId", (e.text::jsonb ->> 'wallMs')::bigint as at,
      e.text::jsonb ->> 'officerId' as "officerId", e.hash
    from device v join entry e on e.device_id = v.device_id and e.type = 'clock.acknowledged'
      and e.received_at >= (extract(epoch from ${from}::timestamp at time zone 'Asia/Jakarta') * 1000)::bigint
      and e.received_at <= ${now}
    where v.outlet_id = any(${[...outletIds]}) order by e.received_at limit 1000`.execute(db);
  return rows;
}

/** Cash that no deposit has taken, per outlet: the days behind it whose deadline is over. */
async function readOverdue({ db }: ProvinceContext, policy: Policy, { now }: Window, outletIds: readonly string[]) {
  const { rows } = await sql<OfOutlet<{ on: LocalDate; amount: number; papers: number; hash: string | null }>>`
    with banked as (select v.outlet_id, sum(p.amount) as amount from device v join deposit p on p.device_id = v.device_id
        where v.outlet_id = any(${[...outletIds]}) group by 1),
    days as (select d.outlet_id, d.business_on, d.cash, d.sales,
        sum(d.cash) over (partition by d.outlet_id order by d.business_on) - coalesce(b.amount, 0) as above
      from outlet_day d left join banked b on b.outlet_id = d.outlet_id where d.outlet_id = any(${[...outletIds]}))
    select outlet_id as "outletId", business_on as on, least(cash, above)::bigint as amount, greatest(sales, 0) as papers,
      (select s.opened_hash from day_session s where s.outlet_id = d.outlet_id and s.business_on = d.business_on
        order by s.opened_at limit 1) as hash
    from days d where cash > 0 and above > 0 order by outlet_id, business_on`.execute(db);
  const rule = { deadlineDays: policy.depositDeadlineDays, holidays: policy.bankHolidays };
  return rows.flatMap((row) => {
    const due = depositDue(row.on, rule, now);
    return due.overdue ? [{ ...row, dueOn: due.dueOn }] : [];
  });
}

/** What is said entry by entry, per outlet: few rows of each, found by their indexes. */
export async function readCases(
  context: ProvinceContext,
  window: Window,
  policy: Policy,
  { outletIds, places }: { readonly outletIds: readonly string[]; readonly places: EntryPlaces },
): Promise<ReadonlyMap<string, SignalCases>> {
  const { seqOf } = places;
  const voids = groupBy(
    await voidCases(context, await readVoided(context, window), places),
    ({ outletId }) => outletId,
  );
  const bookings = groupBy(await readBookings(context, window), ({ outletId }) => outletId);
  const slips = await readSharedSlips(context, window);
  const clocks = groupBy(await readClocks(context, window, outletIds), ({ outletId }) => outletId);
  const overdue = groupBy(await readOverdue(context, policy, window, outletIds), ({ outletId }) => outletId);
  const placed = <T extends { readonly hash: string }>({ hash, ...row }: T) => ({ ...row, seq: seqOf(hash) });
  return new Map(
    outletIds.map((outletId) => {
      const cash = overdue.get(outletId) ?? [];
      const [oldest] = cash;
      const own = slips.filter((slip) => slip.outletId === outletId);
      const isShared = (slip: (typeof slips)[number]): boolean =>
        own.some((mine) => mine.bank === slip.bank && mine.slipNumber === slip.slipNumber);
      return [
        outletId,
        {
          sales: (voids.get(outletId) ?? []).flatMap(({ sales }) => sales),
          voids: (voids.get(outletId) ?? []).flatMap((one) => one.voids),
          bookings: (bookings.get(outletId) ?? []).map((row) => ({
            ...placed(row),
            taken: rupiah(row.taken),
            booked: rupiah(row.booked),
          })),
          clocks: (clocks.get(outletId) ?? []).map(placed),
          // The slip of another outlet counts, and is not shown: it may be of another region.
          deposits: [...own, ...slips.filter((slip) => slip.outletId !== outletId && isShared(slip))].map((slip) => ({
            ...slip,
            seq: slip.outletId === outletId ? seqOf(slip.hash) : -1,
            officerId: null,
            amount: rupiah(slip.amount),
          })),
          overdue:
            oldest === undefined || oldest.hash === null
              ? []
              : [
                  {
                    seq: seqOf(oldest.hash),
                    at: 0,
                    officerId: null,
                    amount: rupiah(cash.reduce((sum, { amount }) => sum + amount, 0)),
                    dueOn: oldest.dueOn,
                    papers: cash.reduce((sum, { papers }) => sum + papers, 0),
                  },
                ],
          today: window.to,
        },
      ];
    }),
  );
}
