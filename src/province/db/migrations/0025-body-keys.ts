/**
 * Several body keys of one subject (docs/decisions/0079-body-keys-nobody-signed.md): nobody signs them, so one that a carrier
 * brought may not keep out the device's own. `vouched` when the device itself sent it; of those that are here nobody wrote
 * down who did.
 */
export const bodyKeys = {
  number: 25,
  name: '0025-body-keys',
  statements: [
    `alter table subject_key add column vouched boolean not null default false`,
    `alter table subject_key alter column vouched drop default`,
    `alter table subject_key drop constraint subject_key_pkey`,
    `create unique index subject_key_once on subject_key (device_id, subject, vouched, sha256(jwe::bytea))`,
  ],
};
