import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { backupWord, CUSTODY_TEXT, lastWrittenText } from '../../text/custody-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { bytes } from '../../text/format.ts';
import { FactList } from '../../ui/FactList.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import styles from './Device.module.css';

/** Whole copies of the data on the medium of the second copy: how old the newest is, and one more on a press. */
export function DataBackup(): ReactNode {
  const backup = useProcedure('mirror.status', {}).value?.backup;
  const make = useAction('backup.make');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const run = async (): Promise<void> => {
    const answer = await make.run({});
    if (answer !== undefined) setRefusal(answer.ok ? undefined : answer.error);
  };
  if (backup === undefined) return null;
  const { state, lastAt, entries, kept } = backup;
  return (
    <Pane
      title={CUSTODY_TEXT.backup}
      aside={
        <Button variant="default" disabled={state === 'none'} loading={make.busy} onClick={() => void run()}>
          {CUSTODY_TEXT.backupNow}
        </Button>
      }
    >
      <FactList
        facts={[
          [CUSTODY_TEXT.state, backupWord(backup)],
          [CUSTODY_TEXT.backupLast, lastWrittenText(lastAt)],
          ...(lastAt === null
            ? []
            : ([
                [CUSTODY_TEXT.backupHolds, CUSTODY_TEXT.backupEntries(entries, bytes(backup.bytes))],
                [CUSTODY_TEXT.backupKept, CUSTODY_TEXT.backupDays(kept)],
              ] as const)),
        ]}
      />
      <p className={styles['dim']}>{CUSTODY_TEXT.backupWhy}</p>
      <Waiting busy={make.busy} label={CUSTODY_TEXT.backupMaking} />
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </Pane>
  );
}
