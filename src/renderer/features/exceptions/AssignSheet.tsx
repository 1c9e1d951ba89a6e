import { SegmentedControl, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { CASE_OWNERS, type CaseOwner } from '../../../domain/exception-case.ts';
import { useAction } from '../../app/queries.tsx';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './Exceptions.module.css';

type AssignProps = Readonly<{ caseId: string; owner: CaseOwner; onClose: () => void }>;

/** Hands a case to another owner with a reason, or writes a note beside it. */
export function AssignSheet({ caseId, owner, onClose }: AssignProps): ReactNode {
  const assign = useAction('cases.assign');
  const note = useAction('cases.note');
  const [to, setTo] = useState<CaseOwner>(owner);
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const isNote = to === owner;
  const ready = text.trim().length >= 3;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await (isNote
      ? note.run({ caseId, note: text })
      : assign.run({ caseId, owner: to, reason: text.slice(0, 200) }));
    if (answer === undefined) return;
    if (answer.ok) onClose();
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={CASE_PAGE_TEXT.assign} width="34rem" closeLabel={CASE_PAGE_TEXT.cancel} onClose={onClose}>
      <div className={styles['sheet']}>
        <SegmentedControl
          aria-label={CASE_PAGE_TEXT.to}
          value={to}
          data={CASE_OWNERS.map((value) => ({ value, label: CASE_PAGE_TEXT.owners[value] }))}
          onChange={(value) => setTo(CASE_OWNERS.find((one) => one === value) ?? owner)}
        />
        <Textarea
          label={isNote ? CASE_PAGE_TEXT.note : CASE_PAGE_TEXT.reason}
          value={text}
          maxLength={isNote ? 500 : 200}
          autosize
          minRows={2}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SheetFoot
          cancelLabel={CASE_PAGE_TEXT.cancel}
          submitLabel={isNote ? CASE_PAGE_TEXT.noteSubmit : CASE_PAGE_TEXT.assignSubmit}
          ready={ready}
          busy={assign.busy || note.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
