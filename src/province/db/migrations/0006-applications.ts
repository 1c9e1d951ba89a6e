const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** Papers that counters took in for an agency: what the entries said, and how they moved. */
export const applications = {
  number: 6,
  name: '0006-applications',
  statements: [
    // The facts of the accepted entry stay; only where it stands moves.
    `create table application (
       device_id uuid not null, application_id uuid not null, hash text not null, service_id text not null,
       pack_version integer not null, number text not null, agency text not null, received_on date not null,
       promised_on date, subject uuid not null, received_at bigint not null,
       state text not null, missing text[] not null, agency_number text, moved_at bigint not null,
       constraint application_once primary key (device_id, application_id),
       constraint application_state check (state in
         ('received', 'incomplete', 'sent', 'in-process', 'ready', 'returned', 'handed-over')))`,
    `create index application_by_state on application (state, moved_at)`,
    `create index application_by_id on application (application_id)`,
    `create table application_step (
       device_id uuid not null, application_id uuid not null, step_id text not null, at bigint not null,
       state text not null, reason text, missing text[] not null, agency_number text, said_by text not null,
       constraint application_step_once primary key (device_id, application_id, step_id))`,
    ...appendOnly('application_step'),
  ],
};
