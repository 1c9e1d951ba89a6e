import { TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { LocalDate } from '../../domain/local-date.ts';
import { dateEntryText, parseDateEntry } from './date-entry.ts';

const textOf = (value: LocalDate | undefined): string => (value === undefined ? '' : dateEntryText(value));

/**
 * A day, typed as day/month/year whatever language the computer speaks. Every stroke is handed over, because a key may
 * save the form while the focus is still here; what is no day is handed over as undefined.
 */
export function DateField({
  label,
  value,
  wrong = false,
  onChange,
}: Readonly<{
  label: string;
  value: LocalDate | undefined;
  wrong?: boolean;
  onChange: (date: LocalDate | undefined) => void;
}>): ReactNode {
  const [text, setText] = useState(() => textOf(value));
  const typed = parseDateEntry(text);
  useEffect(() => {
    // Somebody else chose another day; what is being typed here stays as it is typed.
    if (value !== typed) setText(textOf(value));
  }, [value]);
  return (
    <TextInput
      aria-label={label}
      w="8.5rem"
      value={text}
      inputMode="numeric"
      autoComplete="off"
      error={wrong || typed === undefined}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(parseDateEntry(event.currentTarget.value));
      }}
      // What is typed takes the place of the day that stood here.
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => {
        if (typed !== undefined) setText(dateEntryText(typed));
      }}
    />
  );
}
