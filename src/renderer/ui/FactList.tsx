import type { ReactNode } from 'react';
import styles from './FactList.module.css';

/** Names and what stands behind them. */
export type Facts = readonly (readonly [string, string])[];

/** `lines`: a name and its value in each line. `large`: side by side, the values large. `sums`: figures below each other. */
export type FactLook = 'lines' | 'large' | 'sums';

/** Facts as a list of names and values. */
export function FactList({ facts, look = 'lines' }: Readonly<{ facts: Facts; look?: FactLook }>): ReactNode {
  return (
    <dl className={styles['facts']} data-look={look}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
