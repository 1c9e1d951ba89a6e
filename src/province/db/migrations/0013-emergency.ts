const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** The emergency receipt book as counters tell of it: a number is unique in its outlet, whichever device of it says it. */
export const emergency = {
  number: 13,
  name: '0013-emergency',
  statements: [
    `create table emergency_book (
       device_id uuid not null, book_id uuid not null, outlet_id text not null, from_number bigint not null,
       to_number bigint not null, note text not null, received_on date not null, received_at bigint not null,
       constraint emergency_book_once primary key (device_id, book_id),
       constraint emergency_book_ends check (to_number >= from_number))`,
    `create index emergency_book_by_outlet on emergency_book (outlet_id, from_number)`,
    // One row for each entry; what two devices say of one number stands side by side for a person to see.
    `create table emergency_told (
       device_id uuid not null, hash text not null, outlet_id text not null, from_number bigint not null,
       to_number bigint not null, state text not null, transaction_id uuid, told_on date not null,
       received_at bigint not null,
       constraint emergency_told_once primary key (device_id, hash),
       constraint emergency_told_state check (state in ('sold', 'spoiled', 'missing')),
       constraint emergency_told_ends check (to_number >= from_number),
       constraint emergency_told_sale check ((state = 'sold') = (transaction_id is not null)))`,
    `create index emergency_told_by_number on emergency_told (outlet_id, from_number)`,
    // The first sale of a number holds it; every later one waits for a person.
    `create table emergency_number (
       outlet_id text not null, number bigint not null, device_id uuid not null, hash text not null,
       constraint emergency_number_once primary key (outlet_id, number))`,
    ...appendOnly('emergency_book'),
    ...appendOnly('emergency_told'),
    ...appendOnly('emergency_number'),
  ],
};
