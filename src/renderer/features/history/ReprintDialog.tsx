import { Button, Radio, Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ApprovalPart } from '../../app/ApprovalPart.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useApproval } from '../../app/use-approval.ts';
import { numberFact, type ScreenRefusal } from '../../text/error-facts.ts';
import { DEVICE_TEXT } from '../../text/device-text.ts';
import { HISTORY_TEXT } from '../../text/history-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './History.module.css';
import { Sheet } from '../../ui/Sheet.tsx';

type ReprintDialogProps = Readonly<{
  transactionId: string;
  onClose: () => void;
  onPrinted: (copyNo: number, printer: string) => void;
}>;

/** F9: a further paper, marked SALINAN, with the reason that is recorded. */
export function ReprintDialog({ transactionId, onClose, onPrinted }: ReprintDialogProps): ReactNode {
  const printers = useProcedure('printing.printers', {});
  const reprint = useAction('transactions.reprint');
  const [reason, setReason] = useState(HISTORY_TEXT.reasons[0] ?? '');
  const [printerId, setPrinterId] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const list = printers.value ?? [];
  const first = list.find((printer) => printer.role === 'first') ?? list[0];
  const [copyNo, setCopyNo] = useState<number | null>(null);
  const act = { action: 'reprint', subject: transactionId, amount: copyNo ?? 0, content: { reason } } as const;
  const approving = useApproval(copyNo === null ? null : act);
  const { proof } = approving;
  const submit = async (): Promise<void> => {
    if (copyNo !== null && proof === null) return;
    const answer = await reprint.run({ transactionId, reason, printerId, approval: copyNo === null ? null : proof });
    if (answer === undefined) return;
    approving.forget();
    if (answer.ok) onPrinted(answer.value.copyNo, answer.value.printer);
    else setRefusal(answer.error);
    // A copy above the policy's number: the second person is asked for on this very sheet.
    if (!answer.ok && answer.error.code === 'APPROVAL_NEEDED')
      setCopyNo(numberFact(answer.error.details ?? {}, 'copyNo') ?? 0);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={HISTORY_TEXT.reprintTitle} width="38rem" closeLabel={HISTORY_TEXT.cancel} onClose={onClose}>
      <div
        className={styles['dialog']}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.repeat || event.ctrlKey || event.target instanceof HTMLButtonElement)
            return;
          event.preventDefault();
          void submit();
        }}
      >
        <p>{HISTORY_TEXT.reprintWhy}</p>
        <Radio.Group label={HISTORY_TEXT.reason} value={reason} onChange={setReason}>
          <div className={styles['reasons']}>
            {HISTORY_TEXT.reasons.map((each, index) => (
              <Radio
                key={each}
                value={each}
                label={each}
                color="opop"
                data-autofocus={index === 0 ? true : undefined}
              />
            ))}
          </div>
        </Radio.Group>
        <Select
          label={HISTORY_TEXT.printer}
          value={printerId ?? first?.printerId ?? null}
          onChange={setPrinterId}
          allowDeselect={false}
          data={list.map((printer) => ({
            value: printer.printerId,
            label: `${printer.name} (${DEVICE_TEXT.role[printer.role]})`,
          }))}
        />
        {copyNo === null ? null : <ApprovalPart approving={approving} />}
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
        <div className={styles['actions']}>
          <Button variant="default" disabled={reprint.busy} onClick={onClose}>
            {HISTORY_TEXT.cancel}
          </Button>
          <KeyButton
            action="primary"
            primary
            label={HISTORY_TEXT.print}
            onPress={() => void submit()}
            disabled={copyNo !== null && proof === null}
            busy={reprint.busy}
            level={LAYER.question}
          />
        </div>
      </div>
    </Sheet>
  );
}
