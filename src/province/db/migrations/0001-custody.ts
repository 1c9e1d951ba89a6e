const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** Identity of outlets and devices, and what the counters handed over: entries, money, keys, pages. */
export const custody = {
  number: 1,
  name: '0001-custody',
  statements: [
    `create function refuse_change() returns trigger language plpgsql as
       $$ begin raise exception '% only grows', tg_table_name using errcode = 'restrict_violation'; end $$`,
    `create table meta (key text primary key, value text not null)`,
    `create table outlet (
       outlet_id text primary key, name text not null, address text not null, regency text not null,
       areas text[] not null)`,
    `create sequence officer_change`,
    `create table officer (
       officer_id text primary key, outlet_id text not null references outlet, name text not null,
       role text not null check (role in ('officer', 'supervisor', 'installer', 'auditor')),
       active boolean not null, pin_verifier text not null,
       change_no bigint not null default nextval('officer_change'))`,
    `create table enrolment_code (
       code_id text primary key, outlet_id text not null references outlet, secret bytea,
       created_at bigint not null, expires_at bigint not null, used_at bigint, request_hash text,
       answer_text text, answer_mac text,
       constraint code_used_once check ((used_at is null) = (secret is not null)))`,
    `create table device (
       device_id uuid primary key, outlet_id text not null references outlet,
       device_no integer not null check (device_no between 1 and 99),
       signing_key text not null, sealing_key text not null, key_id text not null,
       certificate jsonb not null, enrolled_at bigint not null, revoked_at bigint,
       last_contact_at bigint, app_version text, unsent integer,
       constraint device_number_once unique (outlet_id, device_no),
       constraint device_key_once unique (signing_key))`,
    `create table time_anchor (
       device_id uuid not null references device, nonce text not null, server_time bigint not null,
       primary key (device_id, nonce))`,
    `create table entry (
       device_id uuid not null references device, epoch_n integer not null, epoch_nonce text not null,
       seq bigint not null check (seq > 0), hash text not null, prev text, type text not null, stream uuid not null,
       text text not null, sig text not null, verdict text not null, reason text, received_at bigint not null,
       constraint entry_position_once primary key (device_id, epoch_n, epoch_nonce, seq),
       constraint entry_hash_once unique (device_id, hash),
       constraint entry_verdict check (verdict in ('ACCEPTED', 'QUARANTINED', 'CONFLICT')))`,
    ...appendOnly('entry'),
    `create index entry_by_stream on entry (stream)`,
    `create table suspended_entry (
       device_id uuid not null references device, item_hash text not null,
       epoch_n integer, epoch_nonce text, seq bigint not null, hash text not null,
       raw bytea not null, sig text not null, verdict text not null, reason text, received_at bigint not null,
       constraint suspended_once primary key (device_id, item_hash),
       constraint suspended_verdict check (verdict in ('QUARANTINED', 'FORK')))`,
    ...appendOnly('suspended_entry'),
    `create index suspended_by_hash on suspended_entry (device_id, hash)`,
    `create table suspense (
       device_id uuid not null, hash text not null, reason text not null, at bigint not null,
       primary key (device_id, hash))`,
    `create table ledger_line (
       device_id uuid not null, epoch_n integer not null, epoch_nonce text not null, seq bigint not null,
       line_no integer not null, account text not null, amount bigint not null, cash_session_id uuid,
       primary key (device_id, epoch_n, epoch_nonce, seq, line_no),
       foreign key (device_id, epoch_n, epoch_nonce, seq) references entry)`,
    ...appendOnly('ledger_line'),
    `create table sale (
       device_id uuid not null, transaction_id uuid not null, epoch_n integer not null, epoch_nonce text not null,
       seq bigint not null, hash text not null, content_hash text not null, subject uuid not null, total bigint not null,
       paid_on date not null, received_at bigint not null,
       constraint sale_once primary key (device_id, transaction_id),
       foreign key (device_id, epoch_n, epoch_nonce, seq) references entry)`,
    ...appendOnly('sale'),
    `create index sale_by_transaction on sale (transaction_id)`,
    `create index sale_by_hash on sale (hash)`,
    `create index sale_by_subject on sale (subject)`,
    `create table arrival (
       device_id uuid not null references device, arrival_id uuid not null, arrived_on date not null,
       primary key (device_id, arrival_id))`,
    `create table subject_key (
       device_id uuid not null references device, subject uuid not null, jwe text not null,
       received_at bigint not null, primary key (device_id, subject))`,
    `create table feed_page (
       feed text not null, scope text not null, from_version integer not null, to_version integer not null,
       hash text not null, text text not null, sig text not null, key_id text not null,
       valid_from bigint not null, fresh_until bigint not null, covered_to bigint,
       constraint feed_version_once primary key (scope, feed, to_version),
       constraint feed_chain_once unique (scope, feed, from_version),
       constraint feed_rises check (to_version = from_version + 1))`,
    ...appendOnly('feed_page'),
    `create table incident (
       incident_no bigint generated always as identity primary key, device_id uuid, kind text not null,
       facts jsonb not null, at bigint not null)`,
  ],
};
