const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** What counters handed to banks, and what the banks confirmed of it. */
export const drawer = {
  number: 10,
  name: '0010-drawer',
  statements: [
    `create table deposit (
       device_id uuid not null, deposit_id uuid not null, hash text not null, amount bigint not null,
       deposited_on date not null, bank text not null, slip_number text not null, dispatch_id uuid,
       received_at bigint not null,
       constraint deposit_once primary key (device_id, deposit_id),
       constraint deposit_amount check (amount > 0))`,
    `create index deposit_by_id on deposit (deposit_id)`,
    `create index deposit_by_day on deposit (deposited_on)`,
    // The bank's word: it moves cash from "in transit" to "confirmed", whole or in parts, and never more than was handed in.
    `create table deposit_confirmation (
       device_id uuid not null, decision_id uuid not null, deposit_id uuid not null, amount bigint not null,
       confirmed_on date not null, said_by text not null, decided_at bigint not null,
       constraint deposit_confirmation_once primary key (device_id, decision_id),
       constraint deposit_confirmation_of foreign key (device_id, deposit_id) references deposit (device_id, deposit_id),
       constraint deposit_confirmation_amount check (amount > 0))`,
    `create index deposit_confirmation_by_deposit on deposit_confirmation (device_id, deposit_id)`,
    // What came into custody before this table stood.
    `insert into deposit (device_id, deposit_id, hash, amount, deposited_on, bank, slip_number, received_at)
       select device_id, (b ->> 'depositId')::uuid, hash, (b ->> 'amount')::bigint, (b ->> 'depositedOn')::date,
         b ->> 'bank', b ->> 'slipNumber', received_at
       from (select device_id, hash, received_at, text::jsonb -> 'body' as b from entry
         where type = 'cash.deposited' and verdict = 'ACCEPTED') told
       where (b ->> 'amount')::bigint > 0
       on conflict do nothing`,
    ...appendOnly('deposit'),
    ...appendOnly('deposit_confirmation'),
  ],
};
