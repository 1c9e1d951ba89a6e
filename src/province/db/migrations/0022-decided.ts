/** Words of supervisors in the order in which they came: what others decided is asked for after every contact. */
export const decided = {
  number: 22,
  name: '0022-decided',
  statements: [`create index day_decision_by_place on day_decision (place)`],
} as const;
