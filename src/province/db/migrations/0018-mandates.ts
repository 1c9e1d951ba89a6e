/** Auditors look at the outlets of their letter, from its first day to its last. */
export const mandates = {
  number: 18,
  name: '0018-mandates',
  statements: [
    `create table auditor_mandate (
       officer_id text not null references officer, outlet_id text not null references outlet,
       letter text not null check (length(letter) between 1 and 80), from_on date not null, to_on date not null,
       given_at bigint not null, revoked_at bigint,
       constraint auditor_mandate_once primary key (officer_id, outlet_id, letter),
       constraint auditor_mandate_days check (to_on >= from_on))`,
    `create index auditor_mandate_of_outlet on auditor_mandate (outlet_id)`,
    // A letter is taken back once; nothing of it is changed or forgotten.
    `create function keep_mandate() returns trigger language plpgsql as $$
       begin
         if tg_op = 'DELETE' or old.revoked_at is not null or new.revoked_at is null
           or (new.officer_id, new.outlet_id, new.letter, new.from_on, new.to_on, new.given_at)
             is distinct from (old.officer_id, old.outlet_id, old.letter, old.from_on, old.to_on, old.given_at)
         then raise exception 'a mandate is revoked once, and never changed or deleted';
         end if;
         return new;
       end $$`,
    `create trigger auditor_mandate_stands before update or delete on auditor_mandate
       for each row execute function keep_mandate()`,
  ],
} as const;
