/** Sales whose void a counter has announced (OPOP-Sync/1 13.6): on whatever road and in whatever order the two come. */
export const announcedVoids = {
  number: 26,
  name: '0026-announced-voids',
  statements: [
    `create table announced_void (
       device_id uuid not null references device, transaction_id uuid not null, announced_at bigint not null,
       constraint announced_void_once primary key (device_id, transaction_id))`,
    `create trigger announced_void_append_only before update or delete on announced_void
       for each row execute function refuse_change()`,
  ],
};
