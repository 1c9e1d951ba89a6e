/** Payments by QRIS and transfer that counters asked for; a settled one stays as it is. */
export const payments = {
  number: 11,
  name: '0011-payments',
  statements: [
    `create table payment (
       device_id uuid not null, payment_id uuid not null, transaction_id uuid not null, means text not null,
       amount bigint not null, state text not null, reference text not null, offer jsonb, requested_at bigint not null,
       expires_at bigint, settled_at bigint,
       constraint payment_once primary key (device_id, payment_id),
       constraint payment_means check (means in ('qris', 'transfer')),
       constraint payment_amount check (amount > 0),
       constraint payment_state check (state in ('pending', 'confirmed', 'failed', 'cancelled', 'expired', 'not-known')),
       constraint payment_settled check ((state = 'pending') = (settled_at is null)))`,
    `create unique index payment_by_reference on payment (reference)`,
    `create function keep_settled_payment() returns trigger language plpgsql as $$
     begin
       if tg_op = 'DELETE' or old.state <> 'pending' then raise exception 'a payment that was settled stays so'; end if;
       return new;
     end $$`,
    `create trigger payment_settles_once before update or delete on payment
       for each row execute function keep_settled_payment()`,
  ],
};
