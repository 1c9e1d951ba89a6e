import type { ReactNode } from 'react';
import styles from './Screen.module.css';

/** A screen with its name, quiet actions at the top, and its one primary action at the bottom right. */
export function Screen({
  title,
  aside,
  primary,
  children,
}: Readonly<{ title: string; aside?: ReactNode; primary?: ReactNode; children: ReactNode }>): ReactNode {
  return (
    <div className={styles['screen']}>
      <header className={styles['head']}>
        <h1>{title}</h1>
        <div className={styles['aside']}>{aside}</div>
      </header>
      <div className={styles['work']}>{children}</div>
      {primary === undefined ? null : <footer className={styles['foot']}>{primary}</footer>}
    </div>
  );
}
