import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OutputFor } from '../../app/client.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { UPDATE_TEXT } from '../../text/update-text.ts';
import { FactList } from '../../ui/FactList.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import styles from './Device.module.css';

type View = OutputFor<'update.state'>;

/** A flashdisk that was plugged in shows after so long (ms). */
const LOOK_EVERY_MS = 5_000;

/** What a person can take: from a flashdisk first, because it is here; else by the line. */
function choiceOf({ canUpdate, found, offered, ready }: View): { file: string | null; label: string } | undefined {
  if (!canUpdate || ready !== null) return undefined;
  const [medium] = found;
  if (medium !== undefined) return { file: medium.file, label: UPDATE_TEXT.install(medium.version) };
  return offered === null ? undefined : { file: null, label: UPDATE_TEXT.fetch(offered.version) };
}

/** What is known of newer versions, in lines. */
function newsOf({ canUpdate, found, offered, ready, returned }: View): readonly string[] {
  const [medium] = found;
  const nothing = offered === null && medium === undefined && ready === null && returned === null;
  return [
    ...(returned === null ? [] : [UPDATE_TEXT.returned(returned)]),
    ...(ready === null ? [] : [UPDATE_TEXT.ready(ready), UPDATE_TEXT.readyHow]),
    ...(offered === null || ready !== null ? [] : [`${UPDATE_TEXT.offered(offered.version)} ${offered.notes}`]),
    ...(medium === undefined || ready !== null ? [] : [UPDATE_TEXT.onMedium(medium.version)]),
    ...(canUpdate ? (nothing ? [UPDATE_TEXT.newest] : []) : [UPDATE_TEXT.byInstaller]),
  ];
}

/** The program's version and its next one: what is ready, and why it is not taken now. */
export function ProgramVersion(): ReactNode {
  const view = useProcedure('update.state', {}, { everyMs: LOOK_EVERY_MS }).value;
  const install = useAction('update.install');
  const restart = useAction('update.restart');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  if (view === undefined) return null;
  const choice = choiceOf(view);
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
        {newsOf(view).map((line) => (
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
