const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** What people do about sales that were not simply booked: collected, waived, matched, asked back, refunded; and the money. */
export const cases = {
  number: 12,
  name: '0012-cases',
  statements: [
    // What comes to be done about a sale after its first settlement; the cause is the hash of an entry, or an order's id.
    `create table case_work (
       device_id uuid not null, cause text not null, transaction_id uuid not null, kind text not null,
       not_before bigint not null, attempts integer not null default 0, last_problem text, done_at bigint,
       work_no bigint not null generated always as identity,
       constraint case_work_once primary key (device_id, cause),
       constraint case_work_kind check (kind in
         ('settle-again', 'match', 'cancel', 'returned', 'refund-asked', 'refund-approved')))`,
    `create index case_work_waiting on case_work (not_before, work_no) where done_at is null`,
    `create table shortfall (
       device_id uuid not null, shortfall_id uuid not null, transaction_id uuid not null, hash text not null,
       kind text not null check (kind in ('collected', 'waived')), parts jsonb not null,
       rounding bigint not null, received_at bigint not null,
       constraint shortfall_once primary key (device_id, shortfall_id))`,
    ...appendOnly('shortfall'),
    `create index shortfall_by_transaction on shortfall (device_id, transaction_id)`,
    `create table cancellation (
       device_id uuid not null, request_id uuid not null, transaction_id uuid not null, paid_hash text not null,
       received_at bigint not null, answer text check (answer in ('voided', 'settled')), answered_at bigint,
       constraint cancellation_once primary key (device_id, request_id))`,
    `create index cancellation_by_transaction on cancellation (device_id, transaction_id)`,
    // Cash that a counter gave back; a sale's cash goes back once.
    `create table cash_return (
       device_id uuid not null, transaction_id uuid not null, hash text not null,
       kind text not null check (kind in ('void', 'refund')), received_at bigint not null,
       constraint cash_return_once primary key (device_id, transaction_id))`,
    ...appendOnly('cash_return'),
    `create table refund (
       device_id uuid not null, refund_id uuid not null, transaction_id uuid not null, hash text not null,
       number text not null, amount bigint not null check (amount > 0), whole boolean not null, parts jsonb not null,
       asked_by text, requested_at bigint not null,
       state text not null check (state in ('requested', 'approved', 'paid', 'rejected', 'unclaimed')),
       reference text, reason text, moved_at bigint not null,
       constraint refund_once primary key (device_id, refund_id))`,
    `create index refund_by_state on refund (state, moved_at)`,
    `create index refund_by_id on refund (refund_id)`,
    `create index refund_by_transaction on refund (device_id, transaction_id)`,
    // "One refund per component and period": a rejected application lets its parts go.
    `create table refund_part (
       device_id uuid not null, transaction_id uuid not null, component text not null, period_due_on date not null,
       refund_id uuid not null,
       constraint refund_part_once primary key (device_id, transaction_id, component, period_due_on))`,
    `create table refund_step (
       device_id uuid not null, refund_id uuid not null, step_id uuid not null, at bigint not null, state text not null,
       said_by text not null, reason text, reference text,
       constraint refund_step_once primary key (device_id, refund_id, step_id))`,
    ...appendOnly('refund_step'),
    // The province's own lines beside those of the entries: they move a sale's money as decisions are made.
    `create table case_line (
       device_id uuid not null, transaction_id uuid not null, cause text not null, line_no integer not null,
       account text not null, amount bigint not null, at bigint not null,
       constraint case_line_once primary key (device_id, transaction_id, cause, line_no))`,
    ...appendOnly('case_line'),
    `create index case_line_by_account on case_line (account)`,
    `create table core_resettlement (
       device_id uuid not null, transaction_id uuid not null, cause text not null, answer jsonb not null,
       constraint resettlement_once primary key (device_id, transaction_id, cause))`,
    ...appendOnly('core_resettlement'),
  ],
};
