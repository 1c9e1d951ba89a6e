import type { ReactNode } from 'react';
import type { OutboxRow } from '../../../contract/views-counter.ts';
import type { OutputFor } from '../../app/client.ts';
import { entryTypeText } from '../../text/entry-type-text.ts';
import { OUTBOX_TEXT, reasonText, verdictText } from '../../text/outbox-text.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import styles from './Outbox.module.css';
import { type SentLine, sentLines } from './outbox-groups.ts';

function nameOf({ row, count }: SentLine): string {
  if (row === undefined) return OUTBOX_TEXT.otherEntries(count);
  return row.nrkb === null ? entryTypeText(row.type) : `${row.nrkb} · ${row.receiptNumber ?? ''}`;
}

/** What *Kirim sekarang* did, item by item, and what is left. */
export function SentResult({
  sent,
  before,
}: Readonly<{ sent: OutputFor<'outbox.send-now'>; before: readonly OutboxRow[] }>): ReactNode {
  const lines = sentLines(sent, before);
  return (
    <section className={styles['sent']} aria-label={OUTBOX_TEXT.sentTitle}>
      <p role="status">
        <strong>{`${OUTBOX_TEXT.sent(sent.pushed, sent.pulled)} ${OUTBOX_TEXT.left(sent.unsent)}`}</strong>{' '}
        {sent.stillRunning ? OUTBOX_TEXT.stillRunning : ''}
        {sent.stoppedBy === null ? '' : OUTBOX_TEXT.stoppedBy(reasonText(sent.stoppedBy))}
      </p>
      <ul>
        {lines.map((line) => (
          <li key={line.key}>
            <span>{nameOf(line)}</span>
            <ToneMark
              tone={line.verdict.endsWith('ACCEPTED') ? 'settled' : 'person'}
              word={verdictText(line.verdict)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
