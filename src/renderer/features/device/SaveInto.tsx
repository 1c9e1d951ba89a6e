import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { useAction } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { SELF_TEST_TEXT } from '../../text/self-test-text.ts';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './SelfTest.module.css';

/** What writes one paper into a folder and names the file; null is a folder of this computer. */
type Save = Pick<ReturnType<typeof useAction<'self-test.save' | 'self-test.diagnostics' | 'device.desk-card'>>, 'run'>;

/** A folder, the buttons that write a paper into it, and what became of it. */
export function SaveInto({
  children,
}: Readonly<{ children: (write: (save: Save) => Promise<void>) => ReactNode }>): ReactNode {
  const [folder, setFolder] = useState('');
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const write = async (save: Save): Promise<void> => {
    const answer = await save.run({ to: folder.trim() === '' ? null : folder.trim() });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    setNote(answer.ok ? SELF_TEST_TEXT.saved(answer.value.file) : '');
  };
  return (
    <div className={styles['papers']}>
      <TextInput
        aria-label={SELF_TEST_TEXT.folder}
        placeholder={SELF_TEST_TEXT.folder}
        value={folder}
        maxLength={1000}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setFolder(event.currentTarget.value)}
      />
      {children(write)}
      <p role="status" className={styles['saved']}>
        {note}
      </p>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </div>
  );
}
