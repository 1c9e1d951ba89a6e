import type { ReactNode } from 'react';
import styles from './Device.module.css';

/** Names and values of one part of this counter. */
export type Facts = readonly (readonly [string, string])[];

/** The facts of a pane, name before value. */
export function FactList({ facts }: Readonly<{ facts: Facts }>): ReactNode {
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
