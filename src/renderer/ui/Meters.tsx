import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import type { StatusView } from '../../contract/views-counter.ts';
import { METER_TEXT, meterFigure } from '../text/status-text.ts';
import styles from './Meters.module.css';

type MeterProps = Readonly<{ name: string; amount: number; limit: number | null; rough?: boolean }>;

/** One meter: what there is, against its limit. */
function Meter({ name, amount, limit, rough = false }: MeterProps): ReactNode {
  const share = limit === null || limit === 0 ? 0 : Math.min(100, (Math.max(0, amount) / limit) * 100);
  return (
    <div className={styles['meter']}>
      <span className={styles['name']}>{name}</span>
      <strong>{meterFigure(amount, limit, rough)}</strong>
      {limit === null ? null : (
        <Progress value={share} size="md" aria-label={name} color={share >= 75 ? 'var(--loket-waiting)' : 'opop'} />
      )}
    </div>
  );
}

/** The two meters of cash: in the drawer, and on its way to the bank. */
export function Meters({ cash }: Readonly<{ cash: StatusView['cash'] }>): ReactNode {
  return (
    <div className={styles['meters']}>
      <Meter name={METER_TEXT.drawer} amount={cash.drawer.amount} limit={cash.drawer.limit} rough={cash.rough} />
      <Meter name={METER_TEXT.deposits} amount={cash.deposits.amount} limit={cash.deposits.limit} />
    </div>
  );
}
