import { plainValue } from './field-grammar.ts';
import type { ReadField } from './recognised.ts';

/** Characters that no recognition and few eyes tell apart, under one of each kind. */
const LOOKALIKES: readonly (readonly [RegExp, string])[] = [
  [/[OQDØ]/g, '0'],
  [/[IL]/g, '1'],
  [/Z/g, '2'],
  [/S/g, '5'],
  [/G/g, '6'],
  [/B/g, '8'],
];

const blurred = (text: string): string => LOOKALIKES.reduce((left, [of, to]) => left.replace(of, to), text);

/**
 * Whether what was read is what the registry says, blanks and dashes aside. `unknown` when there is nothing to compare
 * with, and when the two differ by look-alikes only: that is as likely the reader's slip as another number.
 */
export function agreementOf(
  field: ReadField,
  proposed: string,
  registered: string | null,
): 'agrees' | 'differs' | 'unknown' {
  if (registered === null) return 'unknown';
  const [read, known] = [plainValue(field, proposed), plainValue(field, registered)];
  if (read === known) return 'agrees';
  return blurred(read) === blurred(known) ? 'unknown' : 'differs';
}
