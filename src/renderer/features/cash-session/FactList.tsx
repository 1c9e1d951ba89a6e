import type { ReactNode } from 'react';
import styles from './CashSession.module.css';

/** Names and what stands behind them; the ones that count are large. */
export function FactList({ facts }: Readonly<{ facts: readonly (readonly [string, string])[] }>): ReactNode {
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

/** Figures below each other, added up: the last one is the sum. */
export function SumList({ rows }: Readonly<{ rows: readonly (readonly [string, string])[] }>): ReactNode {
  return (
    <dl className={styles['sums']}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
