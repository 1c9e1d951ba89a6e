import type { ReactNode } from 'react';
import type { CashEventView } from '../../../contract/views-cash.ts';
import { DRAWER_TEXT, eventName, eventNote } from '../../text/drawer-text.ts';
import styles from './Drawer.module.css';

/** What happened with cash today, the newest first. */
export function CashEvents({ events }: Readonly<{ events: readonly CashEventView[] }>): ReactNode {
  return (
    <section className={styles['events']} aria-label={DRAWER_TEXT.events}>
      <h3>{DRAWER_TEXT.events}</h3>
      {events.length === 0 ? <p className={styles['dim']}>{DRAWER_TEXT.noEvents}</p> : null}
      <ul>
        {events.map(({ seq, type, at, amount, officerName, note }) => (
          <li key={seq}>
            <strong>{eventName(type) ?? type}</strong>
            <span>{amount === null ? '' : DRAWER_TEXT.eventAmount(amount)}</span>
            <span className={styles['dim']}>
              {[DRAWER_TEXT.by(at, officerName), eventNote(type, note)].filter((word) => word !== '').join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
