/**
 * What the province says of an entry after it had set it aside: each word a row of its own, told to its device in a page of
 * feed `decisions` (`told_in` is that page's version). An entry is accepted or ended by a person at most once.
 */
export const secondWords = {
  number: 24,
  name: '0024-second-words',
  statements: [
    `drop trigger reverdict_append_only on reverdict`,
    `alter table reverdict add column word_no integer not null default 1, add column seq bigint,
       add column note text, add column said_by text, add column told_in bigint`,
    `update reverdict r set seq = e.seq from entry e where e.device_id = r.device_id and e.hash = r.hash`,
    `alter table reverdict alter column seq set not null`,
    `alter table reverdict drop constraint reverdict_once`,
    `alter table reverdict add constraint reverdict_once primary key (device_id, hash, word_no)`,
    `alter table reverdict drop constraint reverdict_verdict`,
    `alter table reverdict add constraint reverdict_verdict
       check (verdict in ('ACCEPTED', 'QUARANTINED', 'CONFLICT', 'SETTLED', 'REFUSED'))`,
    `alter table reverdict add constraint reverdict_by_a_person
       check ((verdict in ('SETTLED', 'REFUSED')) = (said_by is not null and note is not null))`,
    `create unique index reverdict_judged_once on reverdict (device_id, hash) where verdict in ('ACCEPTED', 'CONFLICT')`,
    `create unique index reverdict_ended_once on reverdict (device_id, hash)
       where verdict in ('ACCEPTED', 'SETTLED', 'REFUSED')`,
    `create index reverdict_untold on reverdict (device_id) where told_in is null`,
    `create trigger reverdict_append_only before delete or update of device_id, hash, word_no, seq, verdict, reason, note,
       said_by, at on reverdict for each row execute function refuse_change()`,
    // Every reason can be judged again, not only a type that was unknown.
    `drop index entry_unknown_type`,
    `create index entry_quarantined on entry (device_id, seq, hash) where verdict = 'QUARANTINED'`,
  ],
};
