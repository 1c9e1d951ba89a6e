import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { groupDigits, parseCashAmount } from '../../ui/cash-amount.ts';
import styles from './CashSession.module.css';

type AmountFieldProps = Readonly<{
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The first field of a sheet. */
  first?: boolean;
  size?: 'lg' | 'sm';
}>;

/** A sum of cash as it is typed: `2.500.000` or `2,5jt`. */
export function AmountField({ label, value, onChange, first = false, size = 'lg' }: AmountFieldProps): ReactNode {
  const isWrong = value !== '' && parseCashAmount(value) === undefined;
  return (
    <TextInput
      {...(first ? { 'data-autofocus': true } : {})}
      size={size}
      label={label}
      value={value}
      inputMode="numeric"
      autoComplete="off"
      classNames={{ input: styles['countField'] }}
      error={isWrong ? CASH_TEXT.amountWrong : undefined}
      onChange={(event) => onChange(groupDigits(event.currentTarget.value))}
    />
  );
}
