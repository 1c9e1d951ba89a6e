/** When entries of a device were last brought on a flashdisk: an outlet without a line is not a silent one. */
export const carried = {
  number: 19,
  name: '0019-carried',
  statements: [`alter table device add column last_carried_at bigint`],
} as const;
