import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction, useProcedure } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { serialText } from '../../text/format.ts';
import { FORMS_TEXT } from '../../text/originals-text.ts';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './Documents.module.css';

/** Which pre-printed sheet the final receipt was printed on: the next serial is offered, the sheet in the hand counts. */
export function UsedForm({ transactionId }: Readonly<{ transactionId: string }>): ReactNode {
  const stock = useProcedure('forms.stock', {}).value;
  const use = useAction('forms.use');
  const [typed, setTyped] = useState<string | undefined>();
  const [used, setUsed] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const next = (stock ?? []).find((each) => each.form === 'tbpkp' && each.next !== null);
  if (used !== '') return <span role="status">{FORMS_TEXT.usedNow(used)}</span>;
  if (next === undefined || next.next === null) return null;
  const text = typed ?? String(next.next);
  const serial = /^\d{1,8}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
  const submit = async (): Promise<void> => {
    if (serial === undefined) return;
    const answer = await use.run({ form: 'tbpkp', series: next.series, serial, transactionId });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) setUsed(serialText(next.series, serial));
  };
  return (
    <div className={styles['used']}>
      <TextInput
        label={FORMS_TEXT.usedSerial}
        value={text}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/g, '').slice(0, 8))}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.repeat) void submit();
        }}
      />
      <Button variant="default" disabled={serial === undefined || use.busy} onClick={() => void submit()}>
        {FORMS_TEXT.useNow}
      </Button>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </div>
  );
}
