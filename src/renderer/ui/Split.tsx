import type { ReactNode } from 'react';
import styles from './Split.module.css';

/** A list, and beside it what is chosen in it; the list has the whole width while `side` is null. */
export function Split({ side, children }: Readonly<{ side: ReactNode; children: ReactNode }>): ReactNode {
  return (
    <div className={styles['split']}>
      <div className={styles['list']}>{children}</div>
      {side === null ? null : <div className={styles['side']}>{side}</div>}
    </div>
  );
}
