import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CasePage } from '../../../contract/views-cases.ts';
import { useAction } from '../../app/queries.tsx';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import { CASE_SHEETS_TEXT } from '../../text/case-sheets-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './Exceptions.module.css';

type DeclareProps = Readonly<{ gap: NonNullable<CasePage['gap']>; onClose: () => void }>;

/** Numbers that nobody can show are declared missing from their case: a supervisor has no other way to them. */
export function DeclareMissingSheet({ gap, onClose }: DeclareProps): ReactNode {
  const ofForm = useAction('forms.declare-missing');
  const ofSheet = useAction('emergency.declare-missing');
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const { form, series, from, to } = gap;
  const ready = reason.trim().length >= 3;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await (form === null
      ? ofSheet.run({ from, to, reason })
      : ofForm.run({ form, series, from, to, reason }));
    if (answer === undefined) return;
    if (answer.ok) onClose();
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={CASE_SHEETS_TEXT.declareMissing} width="34rem" closeLabel={CASE_PAGE_TEXT.cancel} onClose={onClose}>
      <div className={styles['sheet']}>
        <p>{CASE_SHEETS_TEXT.declareMissingFacts(gap)}</p>
        <TextInput
          label={CASE_PAGE_TEXT.reason}
          value={reason}
          maxLength={200}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <SheetFoot
          cancelLabel={CASE_PAGE_TEXT.cancel}
          submitLabel={CASE_SHEETS_TEXT.declareMissing}
          ready={ready}
          busy={ofForm.busy || ofSheet.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
