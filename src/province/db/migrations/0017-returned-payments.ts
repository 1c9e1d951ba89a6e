/** Money that came twice and went back to its payer: refund-payable against provider-clearing, once for each payment. */
export const returnedPayments = {
  number: 17,
  name: '0017-returned-payments',
  statements: [
    `create table payment_return (
       device_id uuid not null, payment_id uuid not null, transaction_id uuid not null, amount bigint not null,
       reference text not null, said_by text not null, at bigint not null,
       constraint payment_return_once primary key (device_id, payment_id),
       constraint payment_return_amount check (amount > 0))`,
    `create trigger payment_return_append_only before update or delete on payment_return
       for each row execute function refuse_change()`,
  ],
};
