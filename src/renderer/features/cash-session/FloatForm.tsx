import { SegmentedControl, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../app/queries.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { groupDigits, parseCashAmount } from '../../ui/cash-amount.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './CashSession.module.css';

/** Change for the drawer, or back to the cooperative, with its reason. */
export function FloatForm({ onClose }: Readonly<{ onClose: () => void }>): ReactNode {
  const move = useAction('cash.move');
  // One intention, one id: pressing twice moves the money once.
  const [movementId] = useState(() => crypto.randomUUID());
  const [direction, setDirection] = useState<'in' | 'out'>('in');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const amount = parseCashAmount(typed);
  const ready = amount !== undefined && amount > 0 && reason.trim().length >= 3;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await move.run({ movementId, direction, amount, reason });
    if (answer === undefined) return;
    if (answer.ok) onClose();
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose, label: CASH_TEXT.cancel } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={CASH_TEXT.changeTitle} width="38rem" closeLabel={CASH_TEXT.cancel} onClose={onClose}>
      <div className={styles['dialog']}>
        <p>{CASH_TEXT.changeWhy}</p>
        <SegmentedControl
          aria-label={CASH_TEXT.changeDirection}
          value={direction}
          onChange={(value) => setDirection(value === 'out' ? 'out' : 'in')}
          data={[
            { value: 'in', label: CASH_TEXT.changeIn },
            { value: 'out', label: CASH_TEXT.changeOut },
          ]}
        />
        <TextInput
          data-autofocus
          size="lg"
          label={CASH_TEXT.changeAmount}
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          classNames={{ input: styles['countField'] }}
          error={typed !== '' && amount === undefined ? CASH_TEXT.amountWrong : undefined}
          onChange={(event) => setTyped(groupDigits(event.currentTarget.value))}
        />
        <TextInput
          label={CASH_TEXT.reason}
          placeholder={CASH_TEXT.changeReasonExample}
          value={reason}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <SheetFoot
          cancelLabel={CASH_TEXT.cancel}
          submitLabel={CASH_TEXT.changeSave}
          ready={ready}
          busy={move.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
