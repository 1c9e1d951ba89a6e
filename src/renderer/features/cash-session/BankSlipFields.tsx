import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RefusedReason } from '../../../domain/courier.ts';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import { DateField } from '../../ui/DateField.tsx';
import { AmountField } from './AmountField.tsx';
import type { BankSlip, TypedRefusals } from './bank-slip.ts';
import styles from './CashSession.module.css';

/** Bank, number and day of a slip. */
export function BankSlipFields({
  slip,
  onChange,
}: Readonly<{ slip: BankSlip; onChange: (slip: BankSlip) => void }>): ReactNode {
  return (
    <div className={styles['pair']}>
      <TextInput
        label={CASH_TEXT.bank}
        value={slip.bank}
        maxLength={60}
        onChange={(event) => onChange({ ...slip, bank: event.currentTarget.value })}
      />
      <TextInput
        label={CASH_TEXT.slip}
        value={slip.slipNumber}
        maxLength={60}
        autoComplete="off"
        onChange={(event) => onChange({ ...slip, slipNumber: event.currentTarget.value })}
      />
      <div>
        <span className={styles['fieldLabel']}>{CASH_TEXT.depositedOn}</span>
        <DateField
          label={CASH_TEXT.depositedOn}
          value={slip.depositedOn}
          onChange={(depositedOn) => onChange({ ...slip, depositedOn })}
        />
      </div>
    </div>
  );
}

type RefusedFieldsProps = Readonly<{
  reasons: readonly RefusedReason[];
  typed: TypedRefusals;
  onChange: (typed: TypedRefusals) => void;
}>;

/** What a teller would not take, a field for each reason; empty fields are nothing. */
export function RefusedFields({ reasons, typed, onChange }: RefusedFieldsProps): ReactNode {
  return (
    <fieldset className={styles['refused']}>
      <legend>{DRAWER_TEXT.refusedTitle}</legend>
      <p className={styles['later']}>{DRAWER_TEXT.refusedWhy}</p>
      <div className={styles['pair']}>
        {reasons.map((reason) => (
          <AmountField
            key={reason}
            size="sm"
            label={DRAWER_TEXT.refusedOf(DRAWER_TEXT.refusedNames[reason])}
            value={typed[reason]}
            onChange={(value) => onChange({ ...typed, [reason]: value })}
          />
        ))}
      </div>
    </fieldset>
  );
}
