import { Button, NativeSelect, Switch } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { RULER_COLUMNS } from '../../../contract/self-test.ts';
import type { PrinterView } from '../../../contract/views-counter.ts';
import { useAction } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { SELF_TEST_TEXT } from '../../text/self-test-text.ts';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './SelfTest.module.css';

const NONE = 'none';

/** What a person reads off the ruler page: the width in columns, and whether the paper was cut. */
export function RulerForm({ printer, onSaved }: Readonly<{ printer: PrinterView; onSaved: () => void }>): ReactNode {
  const note = useAction('self-test.note');
  const [columns, setColumns] = useState(String(printer.columns ?? (printer.widthMm === 58 ? 32 : 48)));
  const [cuts, setCuts] = useState(printer.cuts ?? true);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const isTooNarrow = columns === NONE;
  const save = async (): Promise<void> => {
    const noted = { step: 'printer', printerId: printer.printerId, columns: Number(columns), cuts } as const;
    const answer = await note.run({ noted });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) onSaved();
  };
  return (
    <fieldset className={styles['ruler']}>
      <legend>{`${SELF_TEST_TEXT.rulerTitle}: ${printer.name}`}</legend>
      <p>{SELF_TEST_TEXT.rulerHow}</p>
      <div className={styles['row']}>
        <NativeSelect
          label={SELF_TEST_TEXT.rulerField}
          value={columns}
          data={[
            { value: NONE, label: SELF_TEST_TEXT.rulerNone },
            ...RULER_COLUMNS.map((each) => ({ value: String(each), label: String(each) })),
          ]}
          onChange={(event) => setColumns(event.currentTarget.value)}
        />
        <Switch
          label={SELF_TEST_TEXT.rulerCuts}
          checked={cuts}
          onChange={(event) => setCuts(event.currentTarget.checked)}
        />
        <Button disabled={isTooNarrow || note.busy} onClick={() => void save()}>
          {SELF_TEST_TEXT.rulerSave}
        </Button>
      </div>
      {isTooNarrow ? <p role="alert">{SELF_TEST_TEXT.rulerTooNarrow}</p> : null}
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </fieldset>
  );
}
