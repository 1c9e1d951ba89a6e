import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { EmergencyBookView, EmergencySheetView } from '../../../../contract/views-emergency.ts';
import { parseNrkb } from '../../../../domain/nrkb.ts';
import { useAction } from '../../../app/queries.tsx';
import { useCounter } from '../../../app/status.tsx';
import { EMERGENCY_TEXT } from '../../../text/emergency-text.ts';
import type { ScreenRefusal } from '../../../text/error-facts.ts';
import { groupDigits, parseCashAmount } from '../../../ui/cash-amount.ts';
import { DateField } from '../../../ui/DateField.tsx';
import { LAYER } from '../../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { typedPlate } from '../../../ui/typed-plate.ts';
import { SheetFoot } from '../../../ui/SheetFoot.tsx';
import styles from './Emergency.module.css';
import { emptySheet, parseClock, type SheetTyped, sheetInput, typedBefore } from './sheet-entry.ts';

type FieldsProps = Readonly<{ typed: SheetTyped; onTyped: (change: Partial<SheetTyped>) => void }>;

/** In the order in which they stand on the paper. */
function Fields({ typed, onTyped }: FieldsProps): ReactNode {
  const { number, paperOn, paperClock, nrkb, chassisTail, amount, payerName, noPhotoReason } = typed;
  return (
    <>
      <div className={styles['fields']}>
        <TextInput
          data-autofocus
          label={EMERGENCY_TEXT.number}
          value={number}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => onTyped({ number: event.currentTarget.value.replace(/\D/g, '').slice(0, 8) })}
        />
        <div>
          <span className={styles['fieldLabel']}>{EMERGENCY_TEXT.paperOn}</span>
          <DateField label={EMERGENCY_TEXT.paperOn} value={paperOn} onChange={(on) => onTyped({ paperOn: on })} />
        </div>
        <TextInput
          label={EMERGENCY_TEXT.paperClock}
          value={paperClock}
          maxLength={5}
          inputMode="numeric"
          autoComplete="off"
          error={paperClock !== '' && parseClock(paperClock) === undefined ? EMERGENCY_TEXT.clockWrong : undefined}
          onChange={(event) => onTyped({ paperClock: event.currentTarget.value })}
        />
        <TextInput
          label={EMERGENCY_TEXT.plate}
          value={nrkb}
          maxLength={40}
          autoComplete="off"
          error={nrkb !== '' && !parseNrkb(nrkb).ok ? EMERGENCY_TEXT.plateWrong : undefined}
          onChange={(event) => onTyped({ nrkb: typedPlate(event.currentTarget.value) })}
        />
        <TextInput
          label={EMERGENCY_TEXT.tail}
          value={chassisTail}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => onTyped({ chassisTail: event.currentTarget.value.toUpperCase() })}
        />
        <TextInput
          label={EMERGENCY_TEXT.amount}
          value={amount}
          inputMode="numeric"
          autoComplete="off"
          error={amount !== '' && parseCashAmount(amount) === undefined ? EMERGENCY_TEXT.amountWrong : undefined}
          onChange={(event) => onTyped({ amount: groupDigits(event.currentTarget.value) })}
        />
      </div>
      <TextInput
        label={EMERGENCY_TEXT.payer}
        value={payerName}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => onTyped({ payerName: event.currentTarget.value })}
      />
      <TextInput
        label={EMERGENCY_TEXT.noPhoto}
        value={noPhotoReason}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => onTyped({ noPhotoReason: event.currentTarget.value })}
      />
    </>
  );
}

type SheetFormProps = Readonly<{
  books: EmergencyBookView['books'];
  /** A sheet that is typed again; undefined for a new one. */
  before: EmergencySheetView | undefined;
  onSaved: (sheet: EmergencySheetView) => void;
  onClose: () => void;
}>;

/** What the paper says, as it says it; saved it survives everything, and nothing of it is in the journal yet. */
export function SheetForm({ books, before, onSaved, onClose }: SheetFormProps): ReactNode {
  const { status } = useCounter();
  const enter = useAction('emergency.enter');
  const [transactionId] = useState(() => before?.transactionId ?? crypto.randomUUID());
  const [typed, setTyped] = useState(() =>
    before === undefined ? emptySheet(books, status.clock.today) : typedBefore(before),
  );
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const input = sheetInput(typed, transactionId);
  const submit = async (): Promise<void> => {
    if (input === undefined) return;
    const answer = await enter.run(input);
    if (answer === undefined) return;
    if (answer.ok) onSaved(answer.value);
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={EMERGENCY_TEXT.formTitle} width="46rem" closeLabel={EMERGENCY_TEXT.cancel} onClose={onClose}>
      <div className={styles['dialog']}>
        <p className={styles['note']}>{EMERGENCY_TEXT.formWhy}</p>
        <Fields typed={typed} onTyped={(change) => setTyped((now) => ({ ...now, ...change }))} />
        <SheetFoot
          cancelLabel={EMERGENCY_TEXT.cancel}
          submitLabel={EMERGENCY_TEXT.save}
          ready={input !== undefined}
          busy={enter.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
