import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import type { Payer } from './payer.ts';
import styles from './Service.module.css';

type PayerFieldsProps = Readonly<{
  payer: Payer;
  phoneIsWrong: boolean;
  /** Whether the owner is known, so that the payer may be he. */
  withOwner?: boolean;
  onChange: (payer: Payer) => void;
  /** Enter on the last field that is needed. */
  onDone: () => void;
}>;

/** Name and phone of the person who pays; a blank phone needs its reason. */
export function PayerFields({ payer, phoneIsWrong, withOwner = true, onChange, onDone }: PayerFieldsProps): ReactNode {
  const phone = useRef<HTMLInputElement>(null);
  const reason = useRef<HTMLSelectElement>(null);
  const phoneIsBlank = payer.phone.trim() === '';
  const onEnter = (go: () => void) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey) return;
    event.preventDefault();
    go();
  };
  return (
    <div className={styles['payer']}>
      <div className={styles['payerHead']}>
        <strong>{SERVICE_TEXT.payer}</strong>
        {withOwner ? (
          <Checkbox
            size="sm"
            color="opop"
            label={SERVICE_TEXT.payerIsOwner}
            checked={payer.isOwner}
            onChange={(event) => onChange({ ...payer, isOwner: event.currentTarget.checked })}
          />
        ) : null}
      </div>
      <TextInput
        size="sm"
        aria-label={SERVICE_TEXT.payerName}
        placeholder={SERVICE_TEXT.payerName}
        value={payer.name}
        maxLength={120}
        autoComplete="off"
        data-step="payer"
        onChange={(event) => onChange({ ...payer, name: event.currentTarget.value })}
        onKeyDown={onEnter(() => phone.current?.focus())}
      />
      <TextInput
        ref={phone}
        size="sm"
        aria-label={SERVICE_TEXT.payerPhone}
        placeholder={SERVICE_TEXT.payerPhone}
        value={payer.phone}
        maxLength={21}
        inputMode="tel"
        autoComplete="off"
        error={phoneIsWrong}
        onChange={(event) => onChange({ ...payer, phone: event.currentTarget.value })}
        onKeyDown={onEnter(() => (phoneIsBlank ? reason.current?.focus() : onDone()))}
      />
      <NativeSelect
        ref={reason}
        size="sm"
        aria-label={SERVICE_TEXT.blankReason}
        data={[{ value: '', label: SERVICE_TEXT.blankReason, disabled: phoneIsBlank }, ...SERVICE_TEXT.blankReasons]}
        disabled={!phoneIsBlank}
        value={phoneIsBlank ? payer.blankReason : ''}
        onChange={(event) => onChange({ ...payer, blankReason: event.currentTarget.value })}
        onKeyDown={onEnter(onDone)}
      />
    </div>
  );
}
