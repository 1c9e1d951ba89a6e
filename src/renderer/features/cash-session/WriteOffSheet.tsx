import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { DoubtView } from '../../../contract/views-cash.ts';
import { ApprovalPart } from '../../app/ApprovalPart.tsx';
import { useAction } from '../../app/queries.tsx';
import { useApproval } from '../../app/use-approval.ts';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './CashSession.module.css';

/** A false note or a missing sum becomes a loss, by the word of a supervisor. */
export function WriteOffSheet({ doubt, onClose }: Readonly<{ doubt: DoubtView; onClose: () => void }>): ReactNode {
  const writeOff = useAction('cash.write-off');
  const [typed, setTyped] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const reason = typed.trim();
  const { refusalId, amount } = doubt;
  const isTold = reason.length >= 3;
  const approving = useApproval(
    isTold ? { action: 'cash-loss', subject: refusalId, amount, content: { reason } } : null,
  );
  const { proof } = approving;
  const submit = async (): Promise<void> => {
    if (proof === null || !isTold) return;
    const answer = await writeOff.run({ refusalId, reason, approval: proof });
    if (answer === undefined) return;
    approving.forget();
    if (answer.ok) onClose();
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose, label: CASH_TEXT.cancel } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={DRAWER_TEXT.writeOffTitle} width="40rem" closeLabel={CASH_TEXT.cancel} onClose={onClose}>
      <div className={styles['dialog']}>
        <p>{DRAWER_TEXT.writeOffWhy(DRAWER_TEXT.refusedNames[doubt.reason], amount)}</p>
        <TextInput
          data-autofocus
          label={CASH_TEXT.reason}
          placeholder={DRAWER_TEXT.writeOffReason}
          value={typed}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <ApprovalPart approving={approving} />
        <SheetFoot
          cancelLabel={CASH_TEXT.cancel}
          submitLabel={DRAWER_TEXT.writeOff}
          ready={proof !== null && isTold}
          busy={writeOff.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
