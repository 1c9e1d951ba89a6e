import type { FormField, FormValue } from '../../../../domain/form-values.ts';
import { parseLocalDate } from '../../../../domain/local-date.ts';
import { dateEntryText, parseDateEntry } from '../../../ui/date-entry.ts';
import { typedPlate } from '../../../ui/typed-plate.ts';

/** The values of a form, by field name. */
export type FormValues = Readonly<Record<string, FormValue>>;

/** What stands in a field: a day as it is typed here, everything else as it is. */
export function entryOf(field: Pick<FormField, 'format'>, value: FormValue | undefined): string {
  if (value === undefined || typeof value === 'boolean') return '';
  if (field.format !== 'date' || typeof value !== 'string') return String(value);
  const date = parseLocalDate(value);
  return date.ok ? dateEntryText(date.value) : value;
}

/** What is typed, tidied while it is typed: digits only where only digits can be, plates in capitals. */
export function typedEntry(field: Pick<FormField, 'format' | 'type'>, text: string): string {
  switch (field.format) {
    case 'nik':
    case 'kk':
      return text.replace(/\D/g, '').slice(0, 16);
    case 'nrkb':
      return typedPlate(text);
    case 'phone':
    case 'date':
    case 'text':
    case 'long-text':
    case null:
      return text;
    default:
      return field.format satisfies never;
  }
}

/** The value of what was typed; what cannot be one is kept as it stands, so that it can be named and mended. */
export function valueOf(field: Pick<FormField, 'format' | 'type'>, text: string): FormValue {
  const trimmed = text.trim();
  if (field.type === 'integer' && /^-?\d{1,15}$/.test(trimmed)) return Number(trimmed);
  return field.format === 'date' ? (parseDateEntry(trimmed) ?? trimmed) : trimmed;
}

/** The values with one of them changed; an empty text is none. */
export function withValue(values: FormValues, name: string, value: FormValue): FormValues {
  const others = Object.fromEntries(Object.entries(values).filter(([other]) => other !== name));
  return value === '' ? others : { ...others, [name]: value };
}
