/** Two rows of which a disk gives back nothing leave the same bytes; each holds a place of its own. */
export const damagedPlaces = {
  number: 7,
  name: '0007-damaged-places',
  statements: [
    `alter table damaged_entry drop constraint damaged_once`,
    `alter table damaged_entry add constraint damaged_once
       primary key (device_id, raw_hash, vouched, epoch_n, epoch_nonce, seq)`,
  ],
};
