import { type ReactNode, useState } from 'react';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import { parseCashAmount } from '../../ui/cash-amount.ts';
import { AmountField } from './AmountField.tsx';

/** The total that was added up on paper: the core holds it against the count. */
export type TypedTotal = Readonly<{
  /** Whole rupiah; null where nothing, or nothing readable, was typed. */
  amount: number | null;
  isWrong: boolean;
  field: ReactNode;
}>;

/** The field of that total, which stands beside every count by denomination. */
export function useTypedTotal(): TypedTotal {
  const [text, setText] = useState('');
  const amount = parseCashAmount(text) ?? null;
  return {
    amount,
    isWrong: text !== '' && amount === null,
    field: <AmountField size="sm" label={DRAWER_TEXT.typedTotal} value={text} onChange={setText} />,
  };
}
