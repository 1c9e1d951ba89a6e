import type { ReactNode } from 'react';
import type { TransactionView } from '../../../contract/views-transaction.ts';
import { dateTime } from '../../text/format.ts';
import { HISTORY_TEXT, LIFE_STEP_TEXT, lifeDetail } from '../../text/history-text.ts';
import styles from './History.module.css';

type Steps = TransactionView['life'];

const NEEDS_EYE: readonly Steps[number]['kind'][] = ['print-failed', 'print-unknown', 'quarantined'];

const ENDED: readonly Steps[number]['kind'][] = ['released', 'settled-aside', 'refused-aside'];

/** Whether a step still needs somebody: what was kept aside does until that has ended. */
function needsEye(step: Steps[number], steps: Steps): boolean {
  return (
    NEEDS_EYE.includes(step.kind) && !(step.kind === 'quarantined' && steps.some(({ kind }) => ENDED.includes(kind)))
  );
}

/** What the step adds to its name; a word that only repeats it is left out. */
function detailOf(step: Steps[number]): string {
  const detail = lifeDetail(step);
  return detail.toLowerCase() === LIFE_STEP_TEXT[step.kind].toLowerCase() ? '' : detail;
}

/** A transaction's life as a vertical line, oldest first. */
export function Life({ steps }: Readonly<{ steps: Steps }>): ReactNode {
  return (
    <ol className={styles['life']}>
      {steps.map((step) => (
        <li key={`${step.at}-${step.kind}-${step.text}`} data-eye={needsEye(step, steps)}>
          <span className={styles['lifeTime']}>{dateTime(step.at)}</span>
          <span>
            {LIFE_STEP_TEXT[step.kind]}
            <span className={styles['lifeText']}>
              {[detailOf(step), step.seq === null ? '' : HISTORY_TEXT.entry(step.seq)]
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
