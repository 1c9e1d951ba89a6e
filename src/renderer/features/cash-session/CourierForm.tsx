import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../app/queries.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { parseCashAmount } from '../../ui/cash-amount.ts';
import { isPin } from '../../ui/pin-digits.ts';
import { PinField } from '../../ui/PinField.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import { AmountField } from './AmountField.tsx';
import styles from './CashSession.module.css';

type CourierFormProps = Readonly<{
  from: 'drawer' | 'safe';
  onClose: () => void;
  onSaved: (words: string) => void;
}>;

/** Into the hands of a courier, against a slip that both sign. */
export function CourierForm({ from, onClose, onSaved }: CourierFormProps): ReactNode {
  const dispatch = useAction('cash.dispatch');
  const [dispatchId] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState('');
  const [courierName, setCourierName] = useState('');
  const [pin, setPin] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const amount = parseCashAmount(typed);
  const ready = amount !== undefined && amount > 0 && courierName.trim().length >= 2 && isPin(pin);
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await dispatch.run({ dispatchId, from, amount, courierName, pin });
    if (answer === undefined) return;
    setPin('');
    if (answer.ok) onSaved(DRAWER_TEXT.dispatched(answer.value.amount, answer.value.dispatchNumber));
    else setRefusal(answer.error);
  };
  return (
    <>
      <p>{DRAWER_TEXT.courierWhy}</p>
      <AmountField first label={CASH_TEXT.changeAmount} value={typed} onChange={setTyped} />
      <div className={styles['two']}>
        <TextInput
          label={DRAWER_TEXT.courierName}
          value={courierName}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => setCourierName(event.currentTarget.value)}
        />
        <PinField label={DRAWER_TEXT.courierSign} value={pin} onPin={setPin} />
      </div>
      <SheetFoot
        cancelLabel={CASH_TEXT.cancel}
        submitLabel={DRAWER_TEXT.dispatch}
        ready={ready}
        busy={dispatch.busy}
        refusal={refusal}
        onSubmit={() => void submit()}
        onClose={onClose}
      />
    </>
  );
}
