import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction, useProcedure } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { UPDATE_TEXT } from '../../text/update-text.ts';
import { FactList } from '../../ui/FactList.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import styles from './Device.module.css';
import { newsOfUpdate, updateChoice } from './update-choice.ts';

/** A flashdisk that was plugged in shows after so long (ms). */
const LOOK_EVERY_MS = 5_000;

/** The program's version and its next one: what is ready, and why it is not taken now. */
export function ProgramVersion(): ReactNode {
  const view = useProcedure('update.state', {}, { everyMs: LOOK_EVERY_MS }).value;
  const install = useAction('update.install');
  const restart = useAction('update.restart');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  if (view === undefined) return null;
  const choice = updateChoice(view);
  const hasWork = choice !== undefined || view.ready !== null;
  const take = async (file: string | null): Promise<void> => {
    setRefusal(undefined);
    const answer = await install.run({ file });
    if (answer !== undefined) setRefusal(answer.ok ? undefined : answer.error);
  };
  const leave = async (): Promise<void> => {
    const answer = await restart.run({});
    if (answer !== undefined) setRefusal(answer.ok ? undefined : answer.error);
  };
  const isBlocked = view.notNow !== null;
  return (
    <Pane title={UPDATE_TEXT.title}>
      <FactList facts={[[UPDATE_TEXT.running, view.version]]} />
      <div role="status">
        {newsOfUpdate(view).map((line) => (
          <p key={line} className={styles['dim']}>
            {line}
          </p>
        ))}
        {view.notNow !== null && hasWork ? <p>{UPDATE_TEXT.notNow[view.notNow]}</p> : null}
      </div>
      {choice === undefined ? null : (
        <Button variant="default" disabled={isBlocked} loading={install.busy} onClick={() => void take(choice.file)}>
          {choice.label}
        </Button>
      )}
      <Waiting busy={install.busy} label={UPDATE_TEXT.installing} />
      {view.ready === null ? null : (
        <Button variant="default" disabled={isBlocked} loading={restart.busy} onClick={() => void leave()}>
          {UPDATE_TEXT.restart}
        </Button>
      )}
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </Pane>
  );
}
