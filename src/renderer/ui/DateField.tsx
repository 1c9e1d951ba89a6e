import { TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { LocalDate } from '../../domain/local-date.ts';
import { dateEntryText, parseDateEntry } from './date-entry.ts';

/** A day, typed as day/month/year whatever language the computer speaks. */
export function DateField({
  label,
  value,
  wrong = false,
  onChange,
}: Readonly<{ label: string; value: LocalDate; wrong?: boolean; onChange: (date: LocalDate) => void }>): ReactNode {
  const [text, setText] = useState(() => dateEntryText(value));
  useEffect(() => {
    setText(dateEntryText(value));
  }, [value]);
  const settle = (): void => {
    const date = parseDateEntry(text);
    if (date === undefined) setText(dateEntryText(value));
    else onChange(date);
  };
  return (
    <TextInput
      aria-label={label}
      w="8.5rem"
      value={text}
      inputMode="numeric"
      autoComplete="off"
      error={wrong || parseDateEntry(text) === undefined}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}
