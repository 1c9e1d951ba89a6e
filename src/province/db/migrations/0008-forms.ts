const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** Pre-printed forms as counters tell of them: what the match of a day counts against official numbers. */
export const forms = {
  number: 8,
  name: '0008-forms',
  statements: [
    `create table form_delivery (
       device_id uuid not null, delivery_id uuid not null, form text not null, series text not null,
       from_serial bigint not null, to_serial bigint not null, delivery_note text not null, received_at bigint not null,
       constraint form_delivery_once primary key (device_id, delivery_id),
       constraint form_delivery_ends check (to_serial >= from_serial))`,
    // One row for each entry; what two devices say of one serial stands side by side for a person to see.
    `create table form_told (
       device_id uuid not null, hash text not null, form text not null, series text not null,
       from_serial bigint not null, to_serial bigint not null, state text not null, transaction_id uuid,
       told_on date not null, received_at bigint not null,
       constraint form_told_once primary key (device_id, hash),
       constraint form_told_state check (state in ('used', 'spoiled', 'missing')),
       constraint form_told_ends check (to_serial >= from_serial),
       constraint form_told_used check ((state = 'used') = (transaction_id is not null)))`,
    `create index form_told_by_serial on form_told (form, series, from_serial)`,
    `create index form_told_by_day on form_told (device_id, told_on)`,
    ...appendOnly('form_delivery'),
    ...appendOnly('form_told'),
  ],
};
