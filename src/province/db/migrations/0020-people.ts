const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** What supervisors do about the people of their regions and tell them, and what counters say of their people. */
export const people = {
  number: 20,
  name: '0020-people',
  statements: [
    // Until when a verifier is that of a one-time start code; null for a PIN that its owner chose.
    `alter table officer add column starts_until bigint`,
    `alter table enrolment_code add column issued_by text, add column revoked_at bigint`,
    // Each act of a supervisor, once; what he was answered beside it is told once and kept nowhere.
    `create table people_act (
       device_id uuid not null references device, request_id uuid not null, supervisor text not null,
       act text not null, asked jsonb not null, officer_id text, outlet_id text, at bigint not null,
       constraint people_act_once primary key (device_id, request_id))`,
    ...appendOnly('people_act'),
    `create index people_act_of_officer on people_act (officer_id, at)`,
    // Where an officer goes and from when; a counter that he left learns so by this row.
    `create table officer_move (
       officer_id text not null references officer, move_no bigint generated always as identity,
       from_outlet text not null references outlet,
       to_outlet text not null references outlet, from_on date not null, said_by text not null, said_at bigint not null,
       applied_at bigint, replaced_at bigint,
       constraint officer_move_once primary key (officer_id, move_no))`,
    `create unique index officer_move_waits on officer_move (officer_id)
       where applied_at is null and replaced_at is null`,
    `create index officer_move_from on officer_move (from_outlet)`,
    `create index day_session_open_of on day_session (opened_by) where closed_at is null`,
    // Where and when somebody was last at a counter, as its entries say.
    `create table officer_standing (
       device_id uuid not null, officer_id text not null, last_sign_in_at bigint, locked_until bigint,
       constraint officer_standing_once primary key (device_id, officer_id))`,
    `create index officer_standing_of on officer_standing (officer_id)`,
    `create sequence announcement_change`,
    `create table announcement (
       announcement_id uuid primary key, supervisor text not null references officer, title text not null,
       text text not null, until_on date not null, made_at bigint not null, withdrawn_at bigint,
       change_no bigint not null default nextval('announcement_change'))`,
    `create table announcement_outlet (
       announcement_id uuid not null references announcement, outlet_id text not null references outlet,
       constraint announcement_outlet_once primary key (announcement_id, outlet_id))`,
    `create index announcement_of_outlet on announcement_outlet (outlet_id)`,
    `create table announcement_read (
       device_id uuid not null, announcement_id uuid not null, officer_id text not null, hash text not null,
       read_at bigint not null, received_at bigint not null,
       constraint announcement_read_once primary key (device_id, announcement_id, officer_id))`,
    `create index announcement_read_of on announcement_read (announcement_id)`,
  ],
} as const;
