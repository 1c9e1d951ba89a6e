import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { FormField, FormValue } from '../../../../domain/form-values.ts';
import { APPLICATION_TEXT } from '../../../text/application-text.ts';
import { entryOf, typedEntry, valueOf } from './form-entry.ts';

type FieldInputProps = Readonly<{
  field: FormField;
  value: FormValue | undefined;
  /** What is wrong with it, in words. */
  problem: string | undefined;
  /** The value is settled: the field was left, a choice was made. */
  onSettled: (value: FormValue) => void;
}>;

/** Keyboards of telephones and touch screens; the others show letters. */
function inputModeOf(field: FormField): 'numeric' | 'tel' | 'text' {
  if (field.type === 'integer' || field.format === 'nik' || field.format === 'kk' || field.format === 'date')
    return 'numeric';
  return field.format === 'phone' ? 'tel' : 'text';
}

function TextField({ field, value, problem, onSettled }: FieldInputProps): ReactNode {
  const [text, setText] = useState(() => entryOf(field, value));
  useEffect(() => {
    setText(entryOf(field, value));
  }, [field, value]);
  const long = field.format === 'long-text';
  const common = {
    label: field.title,
    description: field.description ?? undefined,
    required: field.required,
    error: problem,
    value: text,
    maxLength: Math.min(400, field.maxLength + 40),
    autoComplete: 'off',
    onBlur: () => onSettled(valueOf(field, text)),
  };
  return long ? (
    <Textarea {...common} autosize minRows={2} maxRows={4} onChange={(event) => setText(event.currentTarget.value)} />
  ) : (
    <TextInput
      {...common}
      inputMode={inputModeOf(field)}
      spellCheck={false}
      onChange={(event) => setText(typedEntry(field, event.currentTarget.value))}
    />
  );
}

/** One field of a service's form, whatever pack it comes from. */
export function FieldInput(props: FieldInputProps): ReactNode {
  const { field, value, problem, onSettled } = props;
  if (field.type === 'boolean') {
    return (
      <Checkbox
        color="opop"
        label={field.title}
        description={field.description ?? undefined}
        error={problem}
        checked={value === true}
        onChange={(event) => onSettled(event.currentTarget.checked)}
      />
    );
  }
  if (field.enum !== null) {
    return (
      <NativeSelect
        label={field.title}
        description={field.description ?? undefined}
        required={field.required}
        error={problem}
        value={typeof value === 'string' ? value : ''}
        data={[{ value: '', label: APPLICATION_TEXT.chooseOne, disabled: field.required }, ...field.enum]}
        onChange={(event) => onSettled(event.currentTarget.value)}
      />
    );
  }
  return <TextField {...props} />;
}
