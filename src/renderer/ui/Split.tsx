import type { ReactNode } from 'react';
import styles from './Split.module.css';

/** A list, and beside it what is chosen in it; the list has the whole width while `side` is null, and more of it when `wide`. */
export function Split({
  side,
  wide = false,
  children,
}: Readonly<{ side: ReactNode; wide?: boolean; children: ReactNode }>): ReactNode {
  return (
    <div className={styles['split']}>
      <div className={styles['list']} data-wide={wide}>
        {children}
      </div>
      {side === null ? null : <div className={styles['side']}>{side}</div>}
    </div>
  );
}
