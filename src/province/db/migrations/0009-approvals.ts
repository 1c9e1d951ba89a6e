const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** Who approves for which outlets and on which device, and what each side said of an approval. */
export const approvals = {
  number: 9,
  name: '0009-approvals',
  statements: [
    // Outlets of a supervisor beside his own, and the device on which he answers from afar.
    `create table supervisor_outlet (
       officer_id text not null references officer, outlet_id text not null references outlet,
       constraint supervisor_outlet_once primary key (officer_id, outlet_id))`,
    `create table supervisor_device (
       device_id uuid not null references device, officer_id text not null references officer,
       appointed_at bigint not null,
       constraint supervisor_device_once primary key (device_id, officer_id))`,
    `create table approval_used (
       device_id uuid not null, approval_id uuid not null, hash text not null, action text not null,
       subject text not null, amount bigint not null, method text not null check (method in ('pin', 'code', 'list')),
       approved_by text not null, requested_by text, nonce text not null, head text not null,
       used_at bigint not null, received_at bigint not null,
       answer text check (answer in ('confirmed', 'disputed')), answered_at bigint, answered_by text,
       asked_at bigint, overdue_at bigint,
       constraint approval_used_once primary key (device_id, approval_id))`,
    `create index approval_used_by_nonce on approval_used (device_id, nonce)`,
    `create index approval_waiting on approval_used (received_at) where answer is null`,
    `create index approval_used_by_id on approval_used (approval_id)`,
    `create table approval_given (
       device_id uuid not null, hash text not null, supervisor text not null, counter_id uuid not null,
       action text not null, amount bigint not null, head text not null, nonce text not null,
       received_at bigint not null, used_by uuid,
       constraint approval_given_once primary key (device_id, hash),
       constraint approval_given_for_one unique (counter_id, used_by))`,
    `create index approval_given_waiting on approval_given (counter_id, nonce) where used_by is null`,
    `create table approval_told (
       device_id uuid not null, hash text not null, supervisor text not null, counter_id uuid not null,
       approval_id uuid not null, is_own boolean not null, received_at bigint not null, settled_at bigint,
       constraint approval_told_once primary key (device_id, hash))`,
    `create index approval_told_waiting on approval_told (counter_id, approval_id) where settled_at is null`,
    `create table approval_refused (
       device_id uuid not null, hash text not null, action text not null, amount bigint not null, method text not null,
       approver text, reason text not null, received_at bigint not null,
       constraint approval_refused_once primary key (device_id, hash))`,
    ...appendOnly('approval_refused'),
    // Numbered codes on sealed paper: which lists were printed for whom. The codes themselves are kept nowhere.
    `create table approval_list (
       device_id uuid not null references device, officer_id text not null references officer, list integer not null,
       codes integer not null, made_at bigint not null,
       constraint approval_list_once primary key (device_id, officer_id, list))`,
    // Supervisors are sent once more, now with the keys that they share with each counter.
    `update officer set change_no = nextval('officer_change') where role = 'supervisor'`,
  ],
};
