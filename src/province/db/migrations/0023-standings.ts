const CHANGED = [
  'last_contact_at',
  'last_carried_at',
  'unsent',
  'app_version',
  'rules_version',
  'revoked_at',
  'cloned_at',
  'enrolled_at',
];
const row = (name: string): string => `(${CHANGED.map((column) => `${name}.${column}`).join(', ')})`;

/** Leaves a mark after each row that something does to a table; `when` says which rows matter. */
const marks = (table: string, how: string, doing: string, when = ''): string =>
  `create trigger ${table}_marks_${doing.replaceAll(' ', '_')} after ${doing} on ${table}
     for each row ${when} execute function ${how}()`;

/**
 * How each outlet stands on the page of its region, worked out once for all who look. Whatever changes one of its facts
 * leaves a mark in its own transaction; a look works out anew what is marked and takes away the marks that it saw. A mark
 * is a row of its own, so a counter that hands over its journal never waits for somebody who looks.
 */
export const standings = {
  number: 23,
  name: '0023-standings',
  statements: [
    // made_for: day, rules and policy by which it was worked out; from good_until on time alone has changed it.
    `create table outlet_standing (
       outlet_id text not null, made_for text not null, good_until bigint not null, weight integer not null,
       worried boolean not null, unsent integer not null, quarantined integer not null, undeposited bigint not null,
       open_sessions integer not null, waiting_close integer not null, waiting_reconciliation integer not null,
       lacking_next integer not null, shown jsonb not null,
       constraint outlet_standing_once primary key (outlet_id))`,
    `create table outlet_change (
       outlet_id text not null, change_no bigint generated always as identity,
       constraint outlet_change_once primary key (outlet_id, change_no))`,
    `create function mark_outlet() returns trigger language plpgsql as
       $$ begin insert into outlet_change (outlet_id) values (coalesce(new.outlet_id, old.outlet_id)); return null; end $$`,
    `create function mark_outlet_of_device() returns trigger language plpgsql as
       $$ begin insert into outlet_change (outlet_id)
         select d.outlet_id from device d where d.device_id = coalesce(new.device_id, old.device_id); return null; end $$`,
    `create function mark_outlets_of_added() returns trigger language plpgsql as
       $$ begin insert into outlet_change (outlet_id)
         select distinct d.outlet_id from added a join device d on d.device_id = a.device_id; return null; end $$`,
    `create function mark_outlets_of_opener() returns trigger language plpgsql as
       $$ begin insert into outlet_change (outlet_id) select distinct s.outlet_id from day_session s
         where s.opened_by = new.officer_id and s.closed_at is null; return null; end $$`,
    // A push that moves money, opens or closes a session writes its day in the same transaction.
    marks('outlet_day', 'mark_outlet', 'insert or update or delete'),
    marks('outlet_hours', 'mark_outlet', 'insert or update or delete'),
    marks('outlet_closure', 'mark_outlet', 'insert or update or delete'),
    marks('device', 'mark_outlet', 'insert or delete'),
    marks('device', 'mark_outlet', 'update', `when (${row('old')} is distinct from ${row('new')})`),
    marks('supervisor_device', 'mark_outlet_of_device', 'insert or delete'),
    marks('device_standing', 'mark_outlet_of_device', 'insert or delete'),
    marks(
      'device_standing',
      'mark_outlet_of_device',
      'update',
      `when ((old.time_trust, old.rule_pack_id) is distinct from (new.time_trust, new.rule_pack_id))`,
    ),
    marks('entry', 'mark_outlet_of_device', 'insert', `when (new.verdict = 'QUARANTINED')`),
    marks('suspended_entry', 'mark_outlet_of_device', 'insert or delete'),
    marks('reverdict', 'mark_outlet_of_device', 'insert'),
    marks('officer', 'mark_outlets_of_opener', 'update', 'when (old.name is distinct from new.name)'),
    `create trigger deposit_confirmation_marks_insert after insert on deposit_confirmation
       referencing new table as added for each statement execute function mark_outlets_of_added()`,
  ],
} as const;
