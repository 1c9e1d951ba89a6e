const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** What the chain of a device needs beyond its entries: epochs and gaps, damaged rows, what waits, what was lost and came back. */
export const chain = {
  number: 3,
  name: '0003-chain',
  statements: [
    `alter table device add column cloned_at bigint`,
    // How far custody reached before this database was restored; what is pushed again up to here may have its number already.
    `alter table device add column lost_through bigint`,
    // A device that the database does not remember, known by a certificate that the root signed.
    `alter table device add column known_by text not null default 'enrolment'`,
    `alter table device add constraint device_known_by check (known_by in ('enrolment', 'certificate'))`,
    `create table epoch (
       device_id uuid not null references device, n integer not null, nonce text not null, first_seq bigint not null,
       opened_hash text not null, reason text not null, proven_hash text,
       gap_n integer, gap_nonce text, gap_from bigint, gap_to bigint, gap_refused text, received_at bigint not null,
       constraint epoch_once primary key (device_id, n, nonce),
       constraint gap_is_whole check ((gap_n is null) = (gap_to is null) and (gap_from is null) = (gap_nonce is null)))`,
    ...appendOnly('epoch'),
    `create table damaged_entry (
       device_id uuid not null references device, raw_hash text not null, vouched boolean not null,
       epoch_n integer not null, epoch_nonce text not null, seq bigint not null, raw bytea not null,
       received_at bigint not null,
       constraint damaged_once primary key (device_id, raw_hash, vouched))`,
    ...appendOnly('damaged_entry'),
    `create index damaged_by_place on damaged_entry (device_id, epoch_n, epoch_nonce, seq)`,
    // A waiting room: an entry leaves it for the chain in the transaction in which its predecessor is satisfied.
    `create table pending_entry (
       device_id uuid not null references device, hash text not null, epoch_n integer not null,
       epoch_nonce text not null, seq bigint not null, prev text, text text not null, sig text not null,
       received_at bigint not null,
       constraint pending_once primary key (device_id, hash))`,
    `create index pending_by_prev on pending_entry (device_id, prev)`,
    `create index pending_by_seq on pending_entry (device_id, seq)`,
    `create table reverdict (
       device_id uuid not null, hash text not null, verdict text not null, reason text, at bigint not null,
       constraint reverdict_once primary key (device_id, hash),
       constraint reverdict_verdict check (verdict in ('ACCEPTED', 'QUARANTINED', 'CONFLICT')))`,
    ...appendOnly('reverdict'),
    `create index entry_unknown_type on entry (device_id, seq) where reason = 'UNKNOWN_TYPE'`,
    `create table erased_subject (
       device_id uuid not null references device, subject uuid not null, erased_at bigint not null,
       constraint erased_once primary key (device_id, subject))`,
    `create table returned_page (
       device_id uuid not null references device, hash text not null, text text not null, sig text not null,
       key_id text not null, returned_at bigint not null,
       constraint returned_once primary key (device_id, hash))`,
    ...appendOnly('returned_page'),
    `create table recovered_number (
       device_id uuid not null references device, transaction_id uuid not null, number text not null,
       token text not null, issued_on date not null, page_hash text not null, recovered_at bigint not null,
       constraint recovered_once primary key (device_id, transaction_id))`,
    ...appendOnly('recovered_number'),
    `alter table incident add column evidence text`,
    `create unique index incident_once on incident (device_id, kind, evidence)`,
  ],
};
