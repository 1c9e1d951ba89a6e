import { dateParts, type LocalDate, parseLocalDate } from '../../domain/local-date.ts';

const two = (value: string | number): string => String(value).padStart(2, '0');
const century = (year: string): string => (year.length === 2 ? `20${year}` : year);

/** `22/11/2026`: a day as an officer types it. */
export function dateEntryText(date: LocalDate): string {
  const { year, month, day } = dateParts(date);
  return `${two(day)}/${two(month)}/${year}`;
}

/** Reads `22/11/2026`, `22-11-26`, `22.11.2026` or `22112026`, day first; undefined when it is no day. */
export function parseDateEntry(text: string): LocalDate | undefined {
  const match = /^(\d{1,2})[/.\- ]?(\d{1,2})[/.\- ]?(\d{4}|\d{2})$/.exec(text.trim());
  if (match === null) return undefined;
  const [, day = '', month = '', year = ''] = match;
  const parsed = parseLocalDate(`${century(year)}-${two(month)}-${two(day)}`);
  return parsed.ok ? parsed.value : undefined;
}
