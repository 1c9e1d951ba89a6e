import { type ReactNode, useState } from 'react';
import type { OutboxRow } from '../../../contract/views-counter.ts';
import { useCounter } from '../../app/status.tsx';
import { deliveryMark } from '../../text/axes-text.ts';
import { money } from '../../text/format.ts';
import { entryTypeText } from '../../text/entry-type-text.ts';
import { OUTBOX_TEXT, stuckText, waitingText } from '../../text/outbox-text.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './Outbox.module.css';

function Row({ row, now, online }: Readonly<{ row: OutboxRow; now: number; online: boolean }>): ReactNode {
  const { tone, word } = deliveryMark(row.state);
  const stuck = stuckText(row.stuck);
  const why = stuck ?? waitingText(row, online);
  return (
    <>
      <span className={styles['what']}>
        {row.nrkb === null ? <span>{entryTypeText(row.type)}</span> : <Plate nrkb={row.nrkb} />}
      </span>
      <span className={styles['two']}>
        <span>{row.receiptNumber ?? OUTBOX_TEXT.item(row.seq)}</span>
        <strong>{row.amount === null ? '' : money(row.amount)}</strong>
      </span>
      <span>{OUTBOX_TEXT.age(now, row.recordedAt)}</span>
      <span className={styles['two']}>
        <ToneMark tone={stuck === undefined ? tone : 'person'} word={word} />
        <span className={stuck === undefined ? styles['dim'] : styles['stuck']} title={stuck}>
          {why === word ? '' : why}
        </span>
      </span>
      <span className={styles['two']}>
        <span>{OUTBOX_TEXT.tries(row.tries)}</span>
        <span className={styles['dim']}>{row.nextTryAt === null ? '' : OUTBOX_TEXT.nextTry(row.nextTryAt)}</span>
      </span>
    </>
  );
}

type LaneProps = Readonly<{
  title: string;
  note: string;
  rows: readonly OutboxRow[];
  now: number;
  empty: string;
  emptyNext?: string;
  onOpen: (row: OutboxRow) => void;
  autoFocus?: boolean;
  /** Said above the rows. */
  children?: ReactNode;
}>;

/** One lane of the Kotak Kirim: any number of rows, arrows move, Enter opens the sale. */
export function OutboxLane(props: LaneProps): ReactNode {
  const { title, note, rows, now, empty, emptyNext, onOpen, autoFocus = false, children } = props;
  const { status } = useCounter();
  const [selected, setSelected] = useState<string | undefined>();
  const { columns } = OUTBOX_TEXT;
  return (
    <Pane title={title} fill aside={<span className={styles['dim']}>{note}</span>}>
      {children}
      <VirtualList<OutboxRow>
        label={title}
        rows={rows}
        keyOf={(row) => String(row.seq)}
        rowRem={3.5}
        columns="minmax(8rem, 1fr) minmax(12rem, 1.2fr) 5.5rem minmax(14rem, 2fr) minmax(8rem, 0.9fr)"
        head={[columns.what, columns.number, columns.age, columns.state, columns.next]}
        selected={selected}
        onSelect={(row) => setSelected(String(row.seq))}
        onOpen={onOpen}
        autoFocus={autoFocus}
        empty={<EmptyState text={empty} {...(emptyNext === undefined ? {} : { next: emptyNext })} />}
        render={(row) => <Row row={row} now={now} online={status.line.online} />}
      />
    </Pane>
  );
}
