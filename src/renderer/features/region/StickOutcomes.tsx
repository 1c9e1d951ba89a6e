import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TakenBundle } from '../../../contract/views-sticks.ts';
import { useProcedure } from '../../app/queries.tsx';
import { STICKS_TEXT } from '../../text/sticks-text.ts';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './Sticks.module.css';
import type { FileOutcome } from './use-stick.ts';

const LOOK_EVERY_MS = 400;

/** How far the file is that is on its way now. */
export function StickProgress({ at, all }: Readonly<{ at: number; all: number }>): ReactNode {
  const carrying = useProcedure('region.carrying', {}, { everyMs: LOOK_EVERY_MS }).value ?? null;
  const total = carrying?.total ?? 0;
  const share = carrying === null || total === 0 ? 100 : (carrying.done / total) * 100;
  return (
    <div className={styles['progress']} role="status">
      <span>
        {STICKS_TEXT.nth(at, all)}
        {carrying === null
          ? ''
          : ` · ${STICKS_TEXT.progress(STICKS_TEXT.steps[carrying.step], carrying.done, carrying.total)}`}
      </span>
      <Progress
        value={share}
        size="lg"
        color="opop"
        animated={carrying?.total === null}
        aria-label={STICKS_TEXT.title}
      />
    </div>
  );
}

function Taken({ taken }: Readonly<{ taken: TakenBundle }>): ReactNode {
  const { problems, complete, pending, answer, answerProblem } = taken;
  return (
    <>
      <span>{STICKS_TEXT.taken(taken)}</span>
      {complete ? null : <span className={styles['warn']}>{STICKS_TEXT.cut}</span>}
      {complete && problems.length > 0 ? (
        <span className={styles['warn']}>{STICKS_TEXT.leftOut(problems.length)}</span>
      ) : null}
      {pending === 0 ? null : <span className={styles['warn']}>{STICKS_TEXT.gap}</span>}
      {answer === null ? null : (
        <span className={styles['dim']}>{STICKS_TEXT.answered(answer.file.split(/[\\/]/).at(-1) ?? answer.file)}</span>
      )}
      {answerProblem === null ? null : <span className={styles['warn']}>{STICKS_TEXT.notAnswered(answerProblem)}</span>}
    </>
  );
}

/** What came of each file that was taken. */
export function StickOutcomes({ outcomes }: Readonly<{ outcomes: readonly FileOutcome[] }>): ReactNode {
  if (outcomes.length === 0) return null;
  return (
    <Pane title={STICKS_TEXT.done} fill>
      <ul className={styles['outcomes']}>
        {outcomes.map(({ name, taken, refusal }) => (
          <li key={name}>
            <strong>
              {taken === null ? name : `${taken.facts.outletName}, ${STICKS_TEXT.loket(taken.facts.deviceNo)}`}
            </strong>
            {taken === null ? <RefusalCard refusal={refusal} /> : <Taken taken={taken} />}
          </li>
        ))}
      </ul>
    </Pane>
  );
}
