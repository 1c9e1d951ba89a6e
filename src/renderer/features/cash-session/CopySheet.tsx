import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../app/queries.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { CashEventView } from '../../../contract/views-cash.ts';
import { DRAWER_TEXT, eventName } from '../../text/drawer-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './CashSession.module.css';

type CopySheetProps = Readonly<{ event: CashEventView; onClose: () => void }>;

/** One more slip of a hand-over or a courier: SALINAN n with its reason. */
export function CopySheet({ event, onClose }: CopySheetProps): ReactNode {
  const print = useAction('cash.print-slip');
  const [reason, setReason] = useState('');
  const [made, setMade] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const ready = reason.trim().length >= 3;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await print.run({ seq: event.seq, reason });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    setMade(answer.ok ? DRAWER_TEXT.slipMade(answer.value.copyNo) : '');
  };
  useKeys({ back: { run: onClose, label: CASH_TEXT.cancel } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet
      title={DRAWER_TEXT.slipAgainOf(eventName(event.type) ?? event.type)}
      width="36rem"
      closeLabel={CASH_TEXT.cancel}
      onClose={onClose}
    >
      <div className={styles['dialog']}>
        <p>{DRAWER_TEXT.slipWhy}</p>
        <TextInput
          data-autofocus
          label={CASH_TEXT.reason}
          placeholder={DRAWER_TEXT.slipReasonExample}
          value={reason}
          maxLength={200}
          autoComplete="off"
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <p role="status" className={styles['saved']}>
          {made}
        </p>
        <SheetFoot
          cancelLabel={CASH_TEXT.cancel}
          submitLabel={DRAWER_TEXT.slipPrint}
          ready={ready}
          busy={print.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
