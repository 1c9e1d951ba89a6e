import type { ReactNode } from 'react';
import styles from './TwoLines.module.css';

/**
 * A cell of a list in two lines, each cut where it is too long: the word, and in a `<small>` what it is about; that one may
 * have the tone (`data-tone`) of what a person must look at or of what waits. `end` for figures.
 */
export function TwoLines({ end = false, children }: Readonly<{ end?: boolean; children: ReactNode }>): ReactNode {
  return (
    <span className={styles['two']} data-end={end}>
      {children}
    </span>
  );
}
