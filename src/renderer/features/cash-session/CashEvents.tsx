import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CashEventView } from '../../../contract/views-cash.ts';
import { DRAWER_TEXT, eventName, eventNote } from '../../text/drawer-text.ts';
import { CopySheet } from './CopySheet.tsx';
import styles from './Drawer.module.css';

/** Entries that two people signed on paper. */
const WITH_SLIP = ['cash-session.handed-over', 'cash.dispatched', 'cash.inspected'];

/** What happened with cash today, the newest first. */
export function CashEvents({ events }: Readonly<{ events: readonly CashEventView[] }>): ReactNode {
  const [copying, setCopying] = useState<CashEventView | undefined>();
  return (
    <section className={styles['events']} aria-label={DRAWER_TEXT.events}>
      <h3>{DRAWER_TEXT.events}</h3>
      {events.length === 0 ? <p className={styles['dim']}>{DRAWER_TEXT.noEvents}</p> : null}
      <ul>
        {events.map((event) => (
          <li key={event.seq}>
            <strong>{eventName(event.type) ?? event.type}</strong>
            <span>{event.amount === null ? '' : DRAWER_TEXT.eventAmount(event.amount)}</span>
            <span className={styles['dim']}>
              {[DRAWER_TEXT.by(event.at, event.officerName), eventNote(event.type, event.note)]
                .filter((word) => word !== '')
                .join(' · ')}
            </span>
            {WITH_SLIP.includes(event.type) ? (
              <Button variant="default" size="compact-sm" onClick={() => setCopying(event)}>
                {DRAWER_TEXT.slipAgain}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {copying === undefined ? null : <CopySheet event={copying} onClose={() => setCopying(undefined)} />}
    </section>
  );
}
