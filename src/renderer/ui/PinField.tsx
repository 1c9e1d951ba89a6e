import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { pinDigits } from './pin-digits.ts';

type PinFieldProps = Readonly<
  Pick<PasswordInputProps, 'label' | 'description' | 'value' | 'size' | 'onKeyDown' | 'disabled' | 'error'> & {
    ref?: Ref<HTMLInputElement>;
    'data-autofocus'?: boolean | undefined;
    onPin: (pin: string) => void;
  }
>;

/** A PIN as it is typed beside other fields: digits only, never shown, never kept by the browser. */
export function PinField({ onPin, ...props }: PinFieldProps): ReactNode {
  return (
    <PasswordInput
      {...props}
      inputMode="numeric"
      autoComplete="off"
      onChange={(event) => onPin(pinDigits(event.currentTarget.value))}
    />
  );
}
