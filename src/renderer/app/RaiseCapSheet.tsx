import { NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { LimitView } from '../../contract/views-roads.ts';
import type { CapName } from '../../domain/delivery-policy.ts';
import { APPROVAL_TEXT, CAP_NAME_TEXT } from '../text/approval-text.ts';
import type { ScreenRefusal } from '../text/error-facts.ts';
import { figure } from '../text/format.ts';
import { LAYER } from '../ui/keyboard/key-layers.ts';
import { useKeys } from '../ui/keyboard/use-keys.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { SheetFoot } from '../ui/SheetFoot.tsx';
import { ApprovalPart } from './ApprovalPart.tsx';
import styles from './ApprovalPart.module.css';
import { useAction } from './queries.tsx';
import { useCounter } from './status.tsx';
import { useApproval } from './use-approval.ts';

const CAP_OF: Readonly<Record<LimitView['cap'], CapName>> = {
  'per-sale': 'perSale',
  'cash-in-drawer': 'drawerCash',
  'unconfirmed-deposits': 'unconfirmedDeposits',
  'unconfirmed-deposit-days': 'unconfirmedDepositBankDays',
  unsent: 'unsent',
  'days-without-contact': 'daysSinceContact',
  'rules-age': 'rulesAgeDays',
  'registry-age': 'registryAgeDays',
};

/** One cap until the end of this day: which, to what, and the second person. */
export function RaiseCapSheet({ onClose }: Readonly<{ onClose: () => void }>): ReactNode {
  const { status } = useCounter();
  const raise = useAction('approvals.raise-cap');
  const [chosen, setChosen] = useState<LimitView['cap']>(
    status.limits.find(({ reached }) => reached)?.cap ?? status.limits[0]?.cap ?? 'per-sale',
  );
  const [typed, setTyped] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const current = status.limits.find(({ cap }) => cap === chosen);
  const limit = Number(typed);
  const isHigher = current !== undefined && Number.isSafeInteger(limit) && limit > current.limit;
  const cap = CAP_OF[chosen];
  const { today } = status.clock;
  const asked = { action: `raise-cap:${cap}`, subject: cap, amount: limit, content: { on: today } } as const;
  const approving = useApproval(isHigher ? asked : null);
  const { proof } = approving;
  const ready = isHigher && proof !== null;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await raise.run({ cap, limit, approval: proof });
    if (answer === undefined) return;
    approving.forget();
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) onClose();
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={APPROVAL_TEXT.raiseTitle} width="40rem" closeLabel={APPROVAL_TEXT.close} onClose={onClose}>
      <div className={styles['part']}>
        <div className={styles['two']}>
          <NativeSelect
            label={APPROVAL_TEXT.cap}
            value={chosen}
            data={status.limits.map((one) => ({ value: one.cap, label: CAP_NAME_TEXT[one.cap] }))}
            onChange={(event) => {
              const next = status.limits.find((one) => one.cap === event.currentTarget.value);
              if (next !== undefined) setChosen(next.cap);
            }}
          />
          <TextInput
            label={APPROVAL_TEXT.raiseTo}
            description={current === undefined ? '' : APPROVAL_TEXT.raiseNow(figure(current.limit), current.raised)}
            value={typed === '' ? '' : figure(limit)}
            inputMode="numeric"
            autoComplete="off"
            data-autofocus
            onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/g, '').slice(0, 10))}
          />
        </div>
        <ApprovalPart approving={approving} />
        <SheetFoot
          cancelLabel={APPROVAL_TEXT.close}
          submitLabel={APPROVAL_TEXT.raise}
          ready={ready}
          busy={raise.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
