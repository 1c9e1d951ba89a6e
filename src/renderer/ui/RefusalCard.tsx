import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ScreenRefusal } from '../text/error-facts.ts';
import { errorSentences } from '../text/error-text.ts';
import styles from './RefusalCard.module.css';

type RefusalCardProps = Readonly<{
  refusal: Pick<ScreenRefusal, 'code' | 'details'>;
  /** `calm`: an answer about the vehicle; `attention`: something that a person must mend. */
  mood?: 'calm' | 'attention';
  /** What the counter can still do. */
  children?: ReactNode;
}>;

/** A refusal in three sentences: what happened, what is safe, what to do; and the code that stands in logs. */
export function RefusalCard({ refusal, mood = 'attention', children }: RefusalCardProps): ReactNode {
  const { what, safe, next } = errorSentences(refusal.code, refusal.details);
  const Icon = mood === 'calm' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={styles['card']} data-mood={mood} role="alert">
      <Icon className={styles['icon']} size="1.5rem" aria-hidden />
      <div>
        <p className={styles['what']}>{what}</p>
        <p className={styles['safe']}>{safe}</p>
        <p className={styles['next']}>{next}</p>
        {children}
        <p className={styles['code']}>{refusal.code}</p>
      </div>
    </div>
  );
}
