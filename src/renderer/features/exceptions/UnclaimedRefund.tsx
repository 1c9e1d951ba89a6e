import type { ReactNode } from 'react';
import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { UNCLAIMED_TEXT } from '../../text/unclaimed-text.ts';
import styles from './Exceptions.module.css';

/** An approved refund that nobody fetched: how much, since when, whose it stays, and what is done about it. */
export function UnclaimedRefund({ unclaimed }: Readonly<Pick<ExceptionCaseView, 'unclaimed'>>): ReactNode {
  if (unclaimed === null) return null;
  const { amount, since } = unclaimed;
  return (
    <section className={styles['unclaimed']} aria-label={UNCLAIMED_TEXT.title}>
      <h3>{UNCLAIMED_TEXT.title}</h3>
      <p>
        <strong>{UNCLAIMED_TEXT.amount(amount)}</strong> {UNCLAIMED_TEXT.since(localDateAt(since))}
      </p>
      <p>{UNCLAIMED_TEXT.kept}</p>
      <p>{UNCLAIMED_TEXT.what}</p>
    </section>
  );
}
