import { type LocalDate, parseLocalDate } from '../../src/domain/local-date.ts';

/** A date that the test writes out; throws when it does not exist. */
export function on(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date.ok) throw new Error(`not a date: ${text}`);
  return date.value;
}
