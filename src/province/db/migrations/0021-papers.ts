const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];
const dayOf = (column: string): string => `(to_timestamp(${column} / 1000.0) at time zone 'Asia/Jakarta')::date`;

/** What stands on the papers of signed days, and what a region's signals and its quality of service are counted from. */
export const papers = {
  number: 21,
  name: '0021-papers',
  statements: [
    // As it was when it was signed; what a part consists of is kept with its close.
    `create table day_paper (
       outlet_id text not null, business_on date not null, part integer not null,
       kind text not null check (kind in ('close', 'reconciliation')), content text, signature text not null,
       constraint day_paper_once primary key (outlet_id, business_on, part, kind),
       constraint day_paper_content check ((kind = 'close') = (content is not null)))`,
    ...appendOnly('day_paper'),
    // One row a service at a counter: no plate, no person. Whatever order its entries come in, the row is the same.
    `create table counter_service (
       device_id uuid not null, stream uuid not null, outlet_id text not null, business_on date not null,
       begun_at bigint, looked_by text, looked_hash text, quoted boolean not null, arrived boolean not null,
       sold_at bigint, sold_by text, sale_hash text, amount bigint, online boolean, missing_papers integer,
       printed_at bigint, copies integer not null, voided_at bigint, voided_by text, void_hash text,
       constraint counter_service_once primary key (device_id, stream))`,
    `create index counter_service_by_day on counter_service (outlet_id, business_on)`,
    `create index counter_service_voided on counter_service (outlet_id, business_on) where voided_at is not null`,
    `create table queue_wait (
       device_id uuid not null, ticket_id uuid not null, outlet_id text not null, issued_at bigint, served_at bigint,
       constraint queue_wait_once primary key (device_id, ticket_id))`,
    `create index queue_wait_by_outlet on queue_wait (outlet_id, served_at)`,
    `create index entry_clock on entry (device_id, received_at) where type = 'clock.acknowledged'`,
    `create index decision_differs on decision (device_id, transaction_id) where central in ('short', 'over')`,

    // What came into custody before these tables stood.
    `create temporary table told on commit drop as
       select e.device_id, e.stream, e.hash, e.type, d.outlet_id, t.j -> 'body' as body, t.j ->> 'officerId' as officer,
         (t.j ->> 'wallMs')::bigint as at, least(${dayOf(`(t.j ->> 'wallMs')::bigint`)}, ${dayOf('e.received_at')}) as on_day
       from entry e join device d on d.device_id = e.device_id
         left join reverdict r on r.device_id = e.device_id and r.hash = e.hash
         cross join lateral (select e.text::jsonb as j) t
       where coalesce(r.verdict, e.verdict) = 'ACCEPTED' and e.type in ('personal-data.viewed', 'price.quoted',
         'arrival.recorded', 'transaction.paid', 'transaction.voided', 'print.requested', 'queue.ticket-issued',
         'queue.ticket-settled')`,
    `delete from told where (type = 'personal-data.viewed' and body ->> 'what' <> 'owner-name')
       or (type = 'print.requested' and body ->> 'kind' not in ('receipt', 'copy'))`,
    `update told set stream = (body ->> 'transactionId')::uuid where type in ('transaction.paid', 'transaction.voided')`,
    `insert into counter_service
       select device_id, stream, min(outlet_id),
         coalesce(min(on_day) filter (where type = 'transaction.paid'), min(on_day)),
         min(at) filter (where type = 'personal-data.viewed'),
         (array_agg(officer order by at, hash) filter (where type = 'personal-data.viewed'))[1],
         (array_agg(hash order by at, hash) filter (where type = 'personal-data.viewed'))[1],
         bool_or(type = 'price.quoted'), bool_or(type = 'arrival.recorded'),
         min(at) filter (where type = 'transaction.paid'), min(officer) filter (where type = 'transaction.paid'),
         min(hash) filter (where type = 'transaction.paid'),
         min((body ->> 'payable')::bigint) filter (where type = 'transaction.paid'),
         bool_or(body ->> 'figure' = 'penetapan') filter (where type = 'transaction.paid'),
         min((select count(*) from jsonb_array_elements(body -> 'documents') t where not (t ->> 'present')::boolean)::int)
           filter (where type = 'transaction.paid'),
         min(at) filter (where type = 'print.requested' and body ->> 'kind' = 'receipt'),
         (count(*) filter (where type = 'print.requested' and body ->> 'kind' = 'copy'))::int,
         min(at) filter (where type = 'transaction.voided'), min(officer) filter (where type = 'transaction.voided'),
         min(hash) filter (where type = 'transaction.voided')
       from told where type not like 'queue.%' group by device_id, stream`,
    `insert into queue_wait
       select device_id, (body ->> 'ticketId')::uuid, min(outlet_id), min(at) filter (where type = 'queue.ticket-issued'),
         min(at) filter (where type = 'queue.ticket-settled' and body ->> 'outcome' = 'served')
       from told where type like 'queue.%' group by 1, 2`,
  ],
} as const;
