const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** The tax office's side: the reference core's register and bookings, the work between custody and booking, decisions. */
export const booking = {
  number: 2,
  name: '0002-booking',
  statements: [
    `create sequence vehicle_change`,
    `create table core_vehicle (
       vehicle_id uuid primary key, nrkb text not null, area text not null, chassis_tail text not null,
       record jsonb, published jsonb, hold_reason text, change_no bigint not null default nextval('vehicle_change'),
       constraint vehicle_plate_once unique (nrkb),
       constraint vehicle_is_somewhere check (record is not null or published is not null))`,
    `create index core_vehicle_by_change on core_vehicle (area, change_no)`,
    `create table core_booking (
       vehicle_id uuid not null references core_vehicle, period_due_on date not null, component text not null,
       amount bigint not null check (amount >= 0), channel text not null, paid_on date not null,
       reference text not null,
       constraint booking_once primary key (vehicle_id, period_due_on, component))`,
    ...appendOnly('core_booking'),
    `create index core_booking_by_reference on core_booking (reference)`,
    `create table core_settlement (
       device_id uuid not null, transaction_id uuid not null, answer jsonb not null,
       constraint settlement_once primary key (device_id, transaction_id))`,
    ...appendOnly('core_settlement'),
    `create table inquiry (
       device_id uuid not null references device, inquiry_id uuid not null, nrkb text not null,
       groups text[] not null, bill jsonb not null, issued_at bigint not null, valid_until bigint not null,
       primary key (device_id, inquiry_id))`,
    `create table booking_work (
       device_id uuid not null, transaction_id uuid not null, not_before bigint not null,
       attempts integer not null default 0, last_problem text, done_at bigint,
       constraint work_once primary key (device_id, transaction_id),
       foreign key (device_id, transaction_id) references sale)`,
    `create index work_waiting on booking_work (not_before) where done_at is null`,
    `create table decision (
       decision_id uuid primary key, device_id uuid not null, transaction_id uuid not null, central text not null,
       item jsonb not null, decided_at bigint not null,
       foreign key (device_id, transaction_id) references sale)`,
    ...appendOnly('decision'),
    `create index decision_by_transaction on decision (transaction_id)`,
    `create sequence final_receipt_number`,
    `create table final_receipt (
       number text primary key, token text not null unique, device_id uuid not null, transaction_id uuid not null,
       issued_on date not null, nrkb text not null, periods date[] not null, total bigint not null,
       constraint final_receipt_once unique (device_id, transaction_id))`,
    ...appendOnly('final_receipt'),
    `create table notification (
       notification_id uuid primary key, device_id uuid not null, transaction_id uuid not null, kind text not null,
       sealed text not null, created_at bigint not null, sent_at bigint,
       constraint notified_once unique (device_id, transaction_id, kind))`,
  ],
};
