import { Button, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LEAVE_TEXT } from '../../text/self-test-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import styles from './SelfTest.module.css';

function LeaveSheet({ onClose }: Readonly<{ onClose: () => void }>): ReactNode {
  const { status } = useCounter();
  const leave = useAction('device.leave');
  const [typed, setTyped] = useState('');
  const [hasLeft, setLeft] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const { outletId = '', name = '' } = status.outlet ?? {};
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  const submit = async (): Promise<void> => {
    const answer = await leave.run({ outletId: typed.trim() });
    if (answer === undefined) return;
    setLeft(answer.ok);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  if (hasLeft) {
    return (
      <Sheet title={LEAVE_TEXT.title} width="38rem" closeLabel={LEAVE_TEXT.cancel} onClose={onClose}>
        <Text role="status" p="md" fw="bold">
          {LEAVE_TEXT.left}
        </Text>
      </Sheet>
    );
  }
  return (
    <Sheet title={LEAVE_TEXT.title} width="38rem" closeLabel={LEAVE_TEXT.cancel} onClose={onClose}>
      <div className={styles['add']}>
        <p>{LEAVE_TEXT.facts(name, outletId)}</p>
        <p>{LEAVE_TEXT.what}</p>
        <p>{LEAVE_TEXT.then}</p>
        <TextInput
          label={LEAVE_TEXT.field(outletId)}
          value={typed}
          data-autofocus
          autoComplete="off"
          maxLength={20}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
        <div className={styles['row']}>
          <Button variant="default" disabled={leave.busy} onClick={onClose}>
            {LEAVE_TEXT.cancel}
          </Button>
          <KeyButton
            action="primary"
            danger
            label={LEAVE_TEXT.leave}
            onPress={() => void submit()}
            disabled={typed.trim() !== outletId}
            busy={leave.busy}
            level={LAYER.question}
          />
        </div>
      </div>
    </Sheet>
  );
}

/** The way of this computer to another outlet, apart from everything that is done every day. */
export function LeaveOutlet(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <Button variant="subtle" color="red" size="xs" onClick={() => setOpen(true)}>
        {LEAVE_TEXT.open}
      </Button>
      {isOpen ? <LeaveSheet onClose={() => setOpen(false)} /> : null}
    </div>
  );
}
