const appendOnly = (table: string): readonly string[] => [
  `create trigger ${table}_append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
];

/** Pages of papers: what the journals say of them, what came, their keys by themselves, who looked, what is asked again. */
export const documents = {
  number: 5,
  name: '0005-documents',
  statements: [
    // What accepted entries say: this page was taken, that one is not needed any more.
    `create table captured_page (
       device_id uuid not null references device, document_id text not null, stream uuid not null, kind text not null,
       received_at bigint not null,
       constraint captured_once primary key (device_id, document_id))`,
    ...appendOnly('captured_page'),
    `create index captured_page_by_age on captured_page (received_at)`,
    `create table discarded_page (
       device_id uuid not null references device, document_id text not null, received_at bigint not null,
       constraint page_discarded_once primary key (device_id, document_id))`,
    ...appendOnly('discarded_page'),
    // What came; the ciphertext itself is a file of the same name.
    `create table document (
       device_id uuid not null references device, document_id text not null, stream uuid not null, kind text not null,
       bytes integer not null check (bytes > 0), sealed_to text not null, state text not null, reason text,
       width integer, height integer, received_at bigint not null,
       constraint document_once primary key (device_id, document_id),
       constraint document_state check (state in ('stored', 'refused')),
       constraint document_refused_with_reason check ((state = 'refused') = (reason is not null)))`,
    ...appendOnly('document'),
    `create index document_by_stream on document (stream)`,
    `create index document_by_age on document (received_at)`,
    // Erasing a row erases the page: nobody can read its ciphertext again.
    `create table document_key (
       device_id uuid not null references device, document_id text not null, stream uuid not null, jwe text not null,
       constraint document_key_once primary key (device_id, document_id))`,
    `create index document_key_by_stream on document_key (stream)`,
    `create index document_key_by_page on document_key (document_id)`,
    `create table document_erasure (
       device_id uuid not null references device, document_id text not null, cause text not null,
       erased_at bigint not null, bytes_removed_at bigint,
       constraint document_erased_once primary key (device_id, document_id),
       constraint document_erasure_cause check (cause in ('person', 'retention')))`,
    `create index document_bytes_to_remove on document_erasure (erased_at) where bytes_removed_at is null`,
    `create table person_erasure (
       device_id uuid not null references device, stream uuid not null, reason text not null, erased_at bigint not null,
       constraint person_erased_once primary key (device_id, stream, erased_at))`,
    ...appendOnly('person_erasure'),
    `create table document_look (
       device_id uuid not null references device, look_id uuid not null, document_id text not null, looker text not null,
       officer_id text, reason text not null, looked_at bigint not null,
       constraint document_look_once primary key (device_id, look_id))`,
    ...appendOnly('document_look'),
    `create index document_look_by_age on document_look (looked_at)`,
    // A page is asked for again once, whatever becomes of it afterwards.
    `create table page_decision (
       device_id uuid not null references device, document_id text not null, decision_id uuid not null,
       reason text not null, decided_at bigint not null,
       constraint page_decided_once primary key (device_id, document_id))`,
    ...appendOnly('page_decision'),
  ],
};
