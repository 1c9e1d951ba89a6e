import { IconCircleCheck } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { ScreenRefusal } from '../text/error-facts.ts';
import { FRAME_TEXT } from '../text/frame-text.ts';
import { OWN_PIN_TEXT } from '../text/people-text.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { KeyButton } from '../ui/KeyButton.tsx';
import { LAYER } from '../ui/keyboard/key-layers.ts';
import { useKeys } from '../ui/keyboard/use-keys.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { NewPinSheet } from './NewPinSheet.tsx';
import { useAction } from './queries.tsx';
import { useCounter } from './status.tsx';

function Changed({ onClose }: Readonly<{ onClose: () => void }>): ReactNode {
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={OWN_PIN_TEXT.title} width="34rem" closeLabel={FRAME_TEXT.close} onClose={onClose}>
      <EmptyState text={OWN_PIN_TEXT.done} icon={<IconCircleCheck size="2rem" aria-hidden />}>
        <KeyButton action="primary" primary label={FRAME_TEXT.close} level={LAYER.question} onPress={onClose} />
      </EmptyState>
    </Sheet>
  );
}

/** Whoever is signed in changes his own PIN. */
export function OwnPin({ onClose }: Readonly<{ onClose: () => void }>): ReactNode {
  const { signIn } = useCounter();
  const change = useAction('sign-in.change-pin');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [isDone, setDone] = useState(false);
  const submit = async (before: string, newPin: string): Promise<void> => {
    const answer = await change.run({ pin: before, newPin });
    if (answer === undefined) return;
    setDone(answer.ok);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  if (isDone) return <Changed onClose={onClose} />;
  return (
    <NewPinSheet
      title={OWN_PIN_TEXT.title}
      how={OWN_PIN_TEXT.how}
      who={signIn}
      code={null}
      busy={change.busy}
      refusal={refusal}
      onSubmit={({ before, newPin }) => void submit(before, newPin)}
      onClose={onClose}
    />
  );
}
