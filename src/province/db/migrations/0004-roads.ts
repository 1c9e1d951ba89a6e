const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** What the roads to and from a counter need: statements of all keys, voided papers, and cases that a person opens. */
export const roads = {
  number: 4,
  name: '0004-roads',
  statements: [
    // What the root says of each key today; the history of what it said is feed `keys`.
    `create table key_statement (
       key_id text primary key, made_no integer generated always as identity, purpose text not null check (purpose in ('signing', 'sealing')),
       public_key text not null, from_at bigint not null, to_at bigint not null, revoked boolean not null,
       text text not null, sig text not null,
       constraint key_lives check (to_at > from_at))`,
    // What a device said of its journal in its last hello: beyond custody, the only trace of what a lost one held.
    `alter table device add column said_n integer, add column said_nonce text, add column said_seq bigint`,
    `create table voided_receipt (
       device_id uuid not null, transaction_id uuid not null, hash text not null, reason text not null,
       voided_at bigint not null,
       constraint voided_once primary key (device_id, transaction_id),
       foreign key (device_id, transaction_id) references sale)`,
    ...appendOnly('voided_receipt'),
    `create table exception_case (
       device_id uuid not null references device, case_id uuid not null, kind text not null,
       report text not null, opened_by text not null, facts jsonb not null, opened_at bigint not null,
       constraint case_once primary key (device_id, case_id),
       constraint case_kind check (kind in ('device-lost')))`,
    ...appendOnly('exception_case'),
    `create unique index device_lost_once on exception_case (device_id) where kind = 'device-lost'`,
  ],
};
