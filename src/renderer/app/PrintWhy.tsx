import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ScreenRefusal } from '../text/error-facts.ts';
import { PAYMENT_TEXT } from '../text/payment-text.ts';
import { KeyButton } from '../ui/KeyButton.tsx';
import { LAYER } from '../ui/keyboard/key-layers.ts';
import { RefusalCard } from '../ui/RefusalCard.tsx';
import { useAction } from './queries.tsx';

/** Prints why an amount is what it is, for the citizen: of an open service, or of a sale. */
export function PrintWhy({
  transactionId,
  onSheet,
}: Readonly<{ transactionId: string /** F10 is free there. */; onSheet: boolean }>): ReactNode {
  const print = useAction('transactions.print-why');
  const [isDone, setDone] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const run = async (): Promise<void> => {
    const answer = await print.run({ transactionId });
    if (answer === undefined) return;
    setDone(answer.ok);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  return (
    <div>
      <span role="status">{isDone ? PAYMENT_TEXT.whyPrinted : ''}</span>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      {onSheet ? (
        <KeyButton
          action="quote"
          label={PAYMENT_TEXT.whyPrint}
          onPress={() => void run()}
          busy={print.busy}
          level={LAYER.question}
        />
      ) : (
        <Button size="sm" variant="default" aria-busy={print.busy} onClick={() => void run()}>
          {PAYMENT_TEXT.whyPrint}
        </Button>
      )}
    </div>
  );
}
