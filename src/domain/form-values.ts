import { parseLocalDate } from './local-date.ts';
import { parseNik } from './nik.ts';
import { parseNrkb } from './nrkb.ts';
import { assertNever } from './result.ts';

/** One field of a service's form. */
export interface FormField {
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly type: 'string' | 'integer' | 'boolean';
  readonly format: 'nik' | 'kk' | 'nrkb' | 'phone' | 'date' | 'text' | 'long-text' | null;
  readonly enum: readonly string[] | null;
  readonly required: boolean;
  /** In UTF-16 units. */
  readonly maxLength: number;
}

/** A value as it was typed; an absent one, or an empty text, is none. */
export type FormValue = string | number | boolean;

/** What is wrong with one field. */
export interface FieldProblem {
  readonly name: string;
  readonly problem: 'missing' | 'invalid' | 'too-long';
}

/** `+62 812-3456-7890`, `0812 3456 7890`: 9 to 15 digits, as telephones have them. */
const PHONE = /^\+?\d(?:[ -]?\d){8,14}$/;
/** Family card number: 16 digits like a NIK, without a birth date that could be checked. */
const KK = /^\d{16}$/;

function fitsFormat(format: Exclude<FormField['format'], null>, text: string): boolean {
  switch (format) {
    case 'nik':
      return parseNik(text).ok;
    case 'kk':
      return KK.test(text);
    case 'nrkb':
      return parseNrkb(text).ok;
    case 'phone':
      return PHONE.test(text);
    case 'date':
      return parseLocalDate(text).ok;
    case 'text':
      return !/[\r\n]/.test(text);
    case 'long-text':
      return true;
    default:
      return assertNever(format);
  }
}

function textProblem(field: FormField, text: string): FieldProblem['problem'] | null {
  if (text.length > field.maxLength) return 'too-long';
  if (field.enum !== null && !field.enum.includes(text)) return 'invalid';
  return field.format === null || fitsFormat(field.format, text) ? null : 'invalid';
}

function isEmpty(value: FormValue | undefined): value is undefined | '' {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}

function problemOf(field: FormField, value: FormValue | undefined): FieldProblem['problem'] | null {
  if (isEmpty(value)) return field.required ? 'missing' : null;
  switch (field.type) {
    case 'string':
      return typeof value === 'string' ? textProblem(field, value.trim()) : 'invalid';
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value) ? null : 'invalid';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'invalid';
    default:
      return assertNever(field.type);
  }
}

const ownValue = (values: Readonly<Record<string, FormValue>>, name: string): FormValue | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

/** What is missing or not valid, in the order of the form; empty when the form may be handed in. */
export function formProblems(
  fields: readonly FormField[],
  values: Readonly<Record<string, FormValue>>,
): readonly FieldProblem[] {
  return fields.flatMap((field) => {
    const problem = problemOf(field, ownValue(values, field.name));
    return problem === null ? [] : [{ name: field.name, problem }];
  });
}

/** The values that the form asks for, trimmed; what it does not ask for, and what is empty, is not kept. */
export function keptValues(
  fields: readonly FormField[],
  values: Readonly<Record<string, FormValue>>,
): Readonly<Record<string, FormValue>> {
  const kept: [string, FormValue][] = [];
  for (const { name } of fields) {
    const value = ownValue(values, name);
    if (!isEmpty(value)) kept.push([name, typeof value === 'string' ? value.trim() : value]);
  }
  return Object.fromEntries(kept);
}
