const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** Statements of banks: in which shape each bank gives them, what came to the account, and which deposit it was. */
export const statements = {
  number: 14,
  name: '0014-statements',
  statements: [
    `create table bank_shape (
       bank text primary key, shape jsonb not null, saved_by text not null, saved_at bigint not null)`,
    `create table bank_statement (
       statement_id uuid primary key, bank text not null, file_hash text not null, from_on date not null,
       to_on date not null, credits integer not null, known integer not null, debits integer not null,
       said_by text not null, read_at bigint not null,
       constraint bank_statement_once unique (bank, file_hash))`,
    // Known by what it says, so that statements of days that overlap bring it once.
    `create table bank_credit (
       credit_id text not null, bank text not null, statement_id uuid not null references bank_statement, row_no integer not null,
       booked_on date not null, amount bigint not null, text text not null,
       constraint bank_credit_once primary key (credit_id),
       constraint bank_credit_amount check (amount > 0))`,
    `create index bank_credit_by_day on bank_credit (bank, booked_on)`,
    // A credit is used once and whole.
    `create table bank_match (
       credit_id text not null, reason text not null, note text, said_by text not null, matched_at bigint not null,
       constraint bank_match_once primary key (credit_id),
       constraint bank_match_of foreign key (credit_id) references bank_credit (credit_id),
       constraint bank_match_reason check (reason in
         ('slip', 'slip-of-several', 'slip-in-parts', 'amount', 'outlet-day', 'by-hand')),
       constraint bank_match_note check (reason <> 'by-hand' or note is not null))`,
    `create table bank_match_part (
       credit_id text not null, deposit_id uuid not null, amount bigint not null,
       constraint bank_match_part_once primary key (credit_id, deposit_id),
       constraint bank_match_part_of foreign key (credit_id) references bank_match (credit_id),
       constraint bank_match_part_amount check (amount > 0))`,
    ...appendOnly('bank_statement'),
    ...appendOnly('bank_credit'),
    ...appendOnly('bank_match'),
    ...appendOnly('bank_match_part'),
  ],
};
