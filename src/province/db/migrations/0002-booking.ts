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
       constraint vehicle_is_somewhere check (record is not null or published is not null))`,
    `create table core_plate (
       nrkb text not null, vehicle_id uuid not null, constraint vehicle_plate_once primary key (nrkb))`,
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
       device_id uuid not null, decision_id uuid not null, transaction_id uuid not null, central text not null,
       item jsonb not null, decided_at bigint not null,
       constraint decision_once primary key (device_id, decision_id),
       foreign key (device_id, transaction_id) references sale)`,
    ...appendOnly('decision'),
    `create index decision_by_transaction on decision (transaction_id)`,
    `create sequence final_receipt_number`,
    `create table final_receipt (
       device_id uuid not null, transaction_id uuid not null, number text not null, token text not null,
       issued_on date not null, nrkb text not null, periods date[] not null, total bigint not null,
       constraint final_receipt_once primary key (device_id, transaction_id))`,
    ...appendOnly('final_receipt'),
    `create table official_number (
       number text not null, device_id uuid not null, transaction_id uuid not null,
       constraint number_once primary key (number))`,
    ...appendOnly('official_number'),
    `create table receipt_link (
       token text not null, device_id uuid not null, transaction_id uuid not null,
       constraint link_once primary key (token))`,
    ...appendOnly('receipt_link'),
    `create table notification (
       device_id uuid not null, notification_id uuid not null, transaction_id uuid not null, kind text not null,
       sealed text not null, created_at bigint not null, sent_at bigint,
       primary key (device_id, notification_id),
       constraint notified_once unique (device_id, transaction_id, kind))`,
  ],
};
