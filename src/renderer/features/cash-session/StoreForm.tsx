import { type ReactNode, useState } from 'react';
import { useAction } from '../../app/queries.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { parseCashAmount } from '../../ui/cash-amount.ts';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import { AmountField } from './AmountField.tsx';

/** From the open drawer into the safe. */
export function StoreForm({
  onClose,
  onSaved,
}: Readonly<{ onClose: () => void; onSaved: (words: string) => void }>): ReactNode {
  const store = useAction('cash.store');
  // One intention, one id: pressing twice moves the money once.
  const [movementId] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const amount = parseCashAmount(typed);
  const ready = amount !== undefined && amount > 0;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await store.run({ movementId, amount });
    if (answer === undefined) return;
    if (answer.ok) onSaved(DRAWER_TEXT.stored(amount));
    else setRefusal(answer.error);
  };
  return (
    <>
      <p>{DRAWER_TEXT.storeWhy}</p>
      <AmountField first label={CASH_TEXT.changeAmount} value={typed} onChange={setTyped} />
      <SheetFoot
        cancelLabel={CASH_TEXT.cancel}
        submitLabel={DRAWER_TEXT.store}
        ready={ready}
        busy={store.busy}
        refusal={refusal}
        onSubmit={() => void submit()}
        onClose={onClose}
      />
    </>
  );
}
