import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { CUSTODY_TEXT, lastWrittenText, mirrorReason, mirrorWord } from '../../text/custody-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './Device.module.css';
import { FactList } from '../../ui/FactList.tsx';

/** The second copy: where it lies, whether it is whole, and the two things a person can do about it. */
export function SecondCopy(): ReactNode {
  const mirror = useProcedure('mirror.status', {}).value;
  const setFolder = useAction('mirror.set-folder');
  const complete = useAction('mirror.complete');
  const [typed, setTyped] = useState('');
  const [entries, setEntries] = useState<number | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const choose = async (): Promise<void> => {
    const answer = await setFolder.run({ folder: typed.trim() });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) setTyped('');
  };
  const finish = async (): Promise<void> => {
    const answer = await complete.run({});
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    setEntries(answer.ok ? answer.value.entries : undefined);
  };
  if (mirror === undefined) return null;
  const reason = mirrorReason(mirror.reason);
  return (
    <Pane
      title={CUSTODY_TEXT.title}
      aside={
        <KeyButton
          action="exact"
          small
          label={CUSTODY_TEXT.complete}
          onPress={() => void finish()}
          busy={complete.busy}
          disabled={mirror.folder === null}
        />
      }
    >
      <FactList
        facts={[
          [CUSTODY_TEXT.state, reason === '' ? mirrorWord(mirror.state) : `${mirrorWord(mirror.state)}: ${reason}`],
          [CUSTODY_TEXT.folder, mirror.folder ?? CUSTODY_TEXT.noFolder],
          [CUSTODY_TEXT.medium, mirror.medium === null ? '' : CUSTODY_TEXT.mediums[mirror.medium]],
          [CUSTODY_TEXT.lastWritten, lastWrittenText(mirror.lastWrittenAt)],
        ]}
      />
      {mirror.medium === 'removable' ? <p className={styles['dim']}>{CUSTODY_TEXT.completeMeans}</p> : null}
      {mirror.foreign === 0 ? null : <p className={styles['dim']}>{CUSTODY_TEXT.foreign(mirror.foreign)}</p>}
      {mirror.strange === 0 ? null : <p className={styles['dim']}>{CUSTODY_TEXT.strange(mirror.strange)}</p>}
      <p role="status" className={styles['verdict']} hidden={entries === undefined}>
        {entries === undefined
          ? ''
          : `${CUSTODY_TEXT.completed(entries)} ${mirror.medium === 'removable' ? CUSTODY_TEXT.unplug : ''}`}
      </p>
      <div className={styles['setting']}>
        <TextInput
          flex={1}
          aria-label={CUSTODY_TEXT.newFolder}
          placeholder={CUSTODY_TEXT.newFolder}
          value={typed}
          maxLength={1000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button variant="default" disabled={typed.trim() === ''} onClick={() => void choose()} loading={setFolder.busy}>
          {CUSTODY_TEXT.setFolder}
        </Button>
      </div>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </Pane>
  );
}
