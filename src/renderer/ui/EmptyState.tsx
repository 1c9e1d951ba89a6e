import { IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/** Nothing to show, said calmly, with the next step where there is one. */
export function EmptyState({
  text,
  next,
  icon,
  children,
}: Readonly<{ text: string; next?: string; icon?: ReactNode; children?: ReactNode }>): ReactNode {
  return (
    <div className={styles['empty']}>
      {icon ?? <IconCircleCheck size="2rem" aria-hidden />}
      <p>{text}</p>
      {next === undefined ? null : <p className={styles['next']}>{next}</p>}
      {children}
    </div>
  );
}
