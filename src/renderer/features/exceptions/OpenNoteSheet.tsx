import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../app/queries.tsx';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import { CASE_SHEETS_TEXT } from '../../text/case-sheets-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './Exceptions.module.css';

type OpenNoteProps = Readonly<{ caseId: string; seq: number; onClose: () => void }>;

/** A sealed note, after its reader said why; it is gone with the sheet. */
export function OpenNoteSheet({ caseId, seq, onClose }: OpenNoteProps): ReactNode {
  const open = useAction('cases.open-note');
  const [reason, setReason] = useState('');
  const [note, setNote] = useState<string | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const ready = note !== undefined || reason.trim().length >= 3;
  const submit = async (): Promise<void> => {
    if (note !== undefined) {
      onClose();
      return;
    }
    const answer = await open.run({ caseId, seq, reason });
    if (answer === undefined) return;
    if (answer.ok) setNote(answer.value.note);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={CASE_SHEETS_TEXT.openNote} width="34rem" closeLabel={CASE_PAGE_TEXT.cancel} onClose={onClose}>
      <div className={styles['sheet']}>
        {note === undefined ? (
          <>
            <p>{CASE_SHEETS_TEXT.openNoteWhy}</p>
            <TextInput
              label={CASE_PAGE_TEXT.reason}
              value={reason}
              maxLength={200}
              autoComplete="off"
              data-autofocus
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </>
        ) : (
          <p role="status">{note}</p>
        )}
        <SheetFoot
          cancelLabel={CASE_PAGE_TEXT.cancel}
          submitLabel={note === undefined ? CASE_SHEETS_TEXT.openNote : CASE_PAGE_TEXT.done}
          ready={ready}
          busy={open.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
