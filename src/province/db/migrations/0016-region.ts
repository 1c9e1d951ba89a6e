const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** Entries that are items of a day: all that move money, and what people did about sales. */
const ITEM_TYPES = `('cash-session.opened', 'cash-session.counted', 'cash-session.closed', 'cash-session.taken-over',
  'cash-session.handed-over', 'cash-variance.explained', 'cash.moved', 'cash.stored', 'cash.dispatched',
  'cash.courier-settled', 'cash.refused-by-bank', 'cash.written-off', 'cash.deposited', 'transaction.paid',
  'transaction.voided', 'shortfall.collected', 'shortfall.waived', 'cancellation.requested', 'refund.requested',
  'refund.approved', 'refund.paid-in-cash', 'payment.paid-twice', 'payment.ended', 'emergency-sheet.spoiled',
  'emergency-sheet.missing')`;
const TAKINGS = `('transaction.paid', 'transaction.voided', 'shortfall.collected', 'refund.paid-in-cash')`;
const dayOf = (column: string): string => `(to_timestamp(${column} / 1000.0) at time zone 'Asia/Jakarta')::date`;

/** Regions, who sees them, when outlets work, and the days of outlets as they are signed. */
export const region = {
  number: 16,
  name: '0016-region',
  statements: [
    `create table region (region_id text primary key, name text not null)`,
    // An outlet may move: its days belong to the region of their date.
    `create table outlet_region (
       outlet_id text not null references outlet, from_on date not null, region_id text not null references region,
       said_by text not null, said_at bigint not null,
       constraint outlet_region_once primary key (outlet_id, from_on))`,
    ...appendOnly('outlet_region'),
    `create index outlet_region_by_region on outlet_region (region_id)`,
    `create table supervisor_region (
       officer_id text not null references officer, region_id text not null references region,
       constraint supervisor_region_once primary key (officer_id, region_id))`,
    // Plh.: a colleague stands in, by a letter and for some days.
    `create table delegation (
       delegation_id uuid primary key, from_officer text not null references officer,
       to_officer text not null references officer, letter_number text not null, from_on date not null,
       to_on date not null, ended_on date, said_by text not null, said_at bigint not null,
       constraint delegation_of_another check (from_officer <> to_officer),
       constraint delegation_dates check (from_on <= to_on))`,
    `create index delegation_to on delegation (to_officer)`,
    `create table outlet_hours (
       outlet_id text not null references outlet, from_on date not null, opens_at text not null, closes_at text not null,
       days_off integer[] not null,
       constraint outlet_hours_once primary key (outlet_id, from_on))`,
    `create table outlet_closure (
       closure_id uuid primary key, outlet_id text not null references outlet, from_on date not null, to_on date not null,
       reason text not null,
       constraint outlet_closure_dates check (from_on <= to_on))`,
    `create index outlet_closure_by_outlet on outlet_closure (outlet_id, to_on)`,

    // What each chain said last, and which tariff its counter has.
    `create table device_standing (
       device_id uuid primary key, epoch_n integer not null, epoch_nonce text not null, seq bigint not null,
       hash text not null, at bigint not null, time_trust text not null, rule_pack_id text)`,
    `alter table device add column rules_version integer`,
    // Sums of all ledger lines, kept in the transaction that takes them into custody.
    `create table account_balance (
       device_id uuid not null, account text not null, amount bigint not null,
       constraint account_balance_once primary key (device_id, account))`,

    `create table day_session (
       device_id uuid not null, cash_session_id uuid not null, outlet_id text not null, business_on date not null,
       opened_by text not null, opened_at bigint not null, opened_hash text not null,
       closed_at bigint, closed_hash text, counted bigint, expected bigint, variance bigint,
       sales integer, explanation text,
       constraint day_session_once primary key (device_id, cash_session_id))`,
    `create index day_session_by_day on day_session (outlet_id, business_on)`,
    `create index day_session_open on day_session (outlet_id) where closed_hash is null`,
    // The order in which items and words on them came; within a day it is the order of their commits.
    `create sequence day_place`,
    `create table day_item (
       device_id uuid not null, hash text not null, outlet_id text not null, business_on date not null,
       place bigint not null default nextval('day_place'), type text not null, stream uuid not null,
       epoch_n integer not null, epoch_nonce text not null, seq bigint not null,
       cash_session_id uuid, officer_id text, transaction_id uuid, number text, at bigint not null,
       received_at bigint not null,
       constraint day_item_once primary key (device_id, hash))`,
    ...appendOnly('day_item'),
    `create index day_item_by_day on day_item (outlet_id, business_on, place)`,
    `create index day_item_by_number on day_item (number) where number is not null`,
    `create index day_item_by_transaction on day_item (device_id, transaction_id) where transaction_id is not null`,
    // By type and account; an account of no letters counts entries.
    `create table day_figure (
       device_id uuid not null, outlet_id text not null, business_on date not null, type text not null,
       account text not null, amount bigint not null, entries integer not null,
       constraint day_figure_once primary key (device_id, outlet_id, business_on, type, account))`,
    `create index day_figure_by_day on day_figure (outlet_id, business_on)`,
    `create table outlet_day (
       outlet_id text not null, business_on date not null, items integer not null, sessions integer not null,
       open_sessions integer not null, sales integer not null, takings bigint not null, cash bigint not null,
       parts integer not null default 1, closed_parts integer not null default 0,
       reconciled_parts integer not null default 0, held integer not null default 0, returned integer not null default 0,
       constraint outlet_day_once primary key (outlet_id, business_on))`,
    `create index outlet_day_waiting on outlet_day (outlet_id, business_on)
       where closed_parts < parts or reconciled_parts < parts`,
    // Every word of a supervisor, also the one that came second.
    `create table day_decision (
       device_id uuid not null, hash text not null, place bigint not null default nextval('day_place'), type text not null,
       outlet_id text not null, business_on date, supervisor text not null, delegation_id uuid, part integer,
       items_hash text, item text, subject_kind text, subject text, decision text, note text,
       at bigint not null, received_at bigint not null, applied boolean not null, refusal text,
       constraint day_decision_once primary key (device_id, hash),
       constraint day_decision_refusal check (applied = (refusal is null)))`,
    ...appendOnly('day_decision'),
    `create index day_decision_by_day on day_decision (outlet_id, business_on, place)`,
    `create index day_decision_by_subject on day_decision (subject_kind, subject) where subject is not null`,
    // Who was first with a word on something that waits.
    `create table queue_decision (
       subject_kind text not null, subject text not null, outlet_id text not null, device_id uuid not null,
       hash text not null, supervisor text not null, decision text not null, at bigint not null,
       constraint queue_decision_once primary key (subject_kind, subject))`,
    ...appendOnly('queue_decision'),
    `create index entry_set_aside on entry (device_id) where verdict = 'QUARANTINED'`,
    `create index decision_of_sale on decision (device_id, transaction_id, decided_at)`,
    `create index form_told_by_sale on form_told (device_id, transaction_id) where transaction_id is not null`,

    // What came into custody before these tables stood.
    `create temporary table taken on commit drop as
       select e.device_id, e.hash, e.type, e.stream, e.epoch_n, e.epoch_nonce, e.seq, e.received_at, t.j as envelope,
         (t.j ->> 'cashSessionId')::uuid as cash_session_id, (t.j ->> 'wallMs')::bigint as at, d.outlet_id,
         least(${dayOf(`(t.j ->> 'wallMs')::bigint`)}, ${dayOf('e.received_at')}) as own_on
       from entry e join device d on d.device_id = e.device_id
         left join reverdict r on r.device_id = e.device_id and r.hash = e.hash
         cross join lateral (select e.text::jsonb as j) t
       where coalesce(r.verdict, e.verdict) = 'ACCEPTED' and e.type in ${ITEM_TYPES}`,
    `insert into day_session (device_id, cash_session_id, outlet_id, business_on, opened_by, opened_at, opened_hash)
       select device_id, cash_session_id, outlet_id, own_on, coalesce(envelope ->> 'officerId', ''), at, hash
       from taken where type = 'cash-session.opened' and cash_session_id is not null on conflict do nothing`,
    `update day_session s set closed_at = t.at, closed_hash = t.hash, counted = (t.envelope #>> '{body,counted}')::bigint,
         expected = (t.envelope #>> '{body,expected}')::bigint, variance = (t.envelope #>> '{body,variance}')::bigint,
         sales = (t.envelope #>> '{body,sales}')::integer
       from taken t where t.type = 'cash-session.closed' and t.device_id = s.device_id
         and t.cash_session_id = s.cash_session_id`,
    `update day_session s set explanation = t.envelope #>> '{body,explanation}'
       from taken t where t.type = 'cash-variance.explained' and t.device_id = s.device_id
         and (t.envelope #>> '{body,cashSessionId}')::uuid = s.cash_session_id`,
    `insert into day_item (device_id, hash, outlet_id, business_on, type, stream, epoch_n, epoch_nonce, seq,
         cash_session_id, officer_id, transaction_id, number, at, received_at)
       select t.device_id, t.hash, coalesce(s.outlet_id, t.outlet_id), coalesce(s.business_on, t.own_on), t.type, t.stream,
         t.epoch_n, t.epoch_nonce, t.seq, t.cash_session_id, t.envelope ->> 'officerId',
         (t.envelope #>> '{body,transactionId}')::uuid,
         case when t.type = 'transaction.paid' then t.envelope #>> '{body,receiptNumber}' end, t.at, t.received_at
       from taken t left join day_session s on s.device_id = t.device_id and s.cash_session_id = t.cash_session_id
       order by t.received_at, t.seq`,
    `insert into account_balance (device_id, account, amount)
       select device_id, account, sum(amount) from ledger_line group by device_id, account`,
    `insert into day_figure (device_id, outlet_id, business_on, type, account, amount, entries)
       select device_id, outlet_id, business_on, type, '', 0, count(*) from day_item group by 1, 2, 3, 4
       union all
       select i.device_id, i.outlet_id, i.business_on, i.type, l.account, sum(l.amount), count(*)
       from day_item i join ledger_line l on l.device_id = i.device_id and l.epoch_n = i.epoch_n
         and l.epoch_nonce = i.epoch_nonce and l.seq = i.seq
       group by 1, 2, 3, 4, 5`,
    `insert into outlet_day (outlet_id, business_on, items, sessions, open_sessions, sales, takings, cash)
       select f.outlet_id, f.business_on,
         coalesce(sum(f.entries) filter (where f.account = ''), 0),
         coalesce(sum(f.entries) filter (where f.account = '' and f.type = 'cash-session.opened'), 0),
         (select count(*) from day_session s where s.outlet_id = f.outlet_id and s.business_on = f.business_on
           and s.closed_hash is null),
         coalesce(sum(case f.type when 'transaction.paid' then f.entries when 'transaction.voided' then -f.entries end)
           filter (where f.account = ''), 0),
         coalesce(sum(f.amount) filter (where f.account in ('cash-drawer', 'provider-clearing') and f.type in ${TAKINGS}), 0),
         coalesce(sum(f.amount) filter (where f.account in ('cash-drawer', 'safe-or-courier', 'float')
           and f.type <> 'cash.deposited'), 0)
       from day_figure f group by f.outlet_id, f.business_on`,
    `insert into device_standing (device_id, epoch_n, epoch_nonce, seq, hash, at, time_trust, rule_pack_id)
       select distinct on (e.device_id) e.device_id, e.epoch_n, e.epoch_nonce, e.seq, e.hash,
         (t.j ->> 'wallMs')::bigint, t.j ->> 'timeTrust', t.j ->> 'rulePackId'
       from entry e cross join lateral (select e.text::jsonb as j) t order by e.device_id, e.epoch_n desc, e.seq desc`,
  ],
};
