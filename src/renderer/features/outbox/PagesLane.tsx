import { Progress } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { PageLane } from '../../../contract/views-documents.ts';
import { useProcedure } from '../../app/queries.tsx';
import { PAGE_LANE_TEXT, laneSentence, pageMark, pageReason } from '../../text/page-lane-text.ts';
import { documentText } from '../../text/vehicle-text.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './Outbox.module.css';

const MOST_ROWS = 500;
/** While bytes move, the figures move with them; at rest the events of the core are enough. */
const MOVING_MS = 1500;

type Row = PageLane['rows'][number];

function Cells({ row }: Readonly<{ row: Row }>): ReactNode {
  const label = PAGE_LANE_TEXT.page(documentText(row.label), row.pageNo);
  const { tone, word } = pageMark(row.state);
  const sent = row.state === 'stored' ? row.bytes : row.sentBytes;
  return (
    <>
      <span className={styles['two']}>{label}</span>
      <span>{row.number ?? ''}</span>
      <span className={styles['progress']}>
        <span>{PAGE_LANE_TEXT.progress(sent, row.bytes)}</span>
        <Progress value={(sent / row.bytes) * 100} size="sm" aria-label={PAGE_LANE_TEXT.progressOf(label)} />
      </span>
      <span className={styles['two']}>
        <ToneMark tone={tone} word={word} />
        <span className={tone === 'person' ? styles['stuck'] : styles['dim']} title={pageReason(row.lastReason)}>
          {pageReason(row.lastReason)}
        </span>
      </span>
      <span className={styles['two']}>
        <span>{PAGE_LANE_TEXT.tries(row.tries)}</span>
        <span className={styles['dim']}>{row.nextTryAt === null ? '' : PAGE_LANE_TEXT.nextTry(row.nextTryAt)}</span>
      </span>
    </>
  );
}

/** The lane of documents: every page with its bytes, and what the lane is doing. Empty, it is one line. */
export function PagesLane({ show }: Readonly<{ show: 'waiting' | 'all' }>): ReactNode {
  const [moving, setMoving] = useState(false);
  const reading = useProcedure(
    'documents.lane',
    { show, limit: MOST_ROWS },
    { keepPrevious: true, ...(moving ? { everyMs: MOVING_MS } : {}) },
  );
  const [selected, setSelected] = useState<string | undefined>();
  const lane = reading.value;
  const nowMoving = lane?.doing === 'sending';
  if (nowMoving !== moving) setMoving(nowMoving);
  if (reading.refusal !== undefined) return <RefusalCard refusal={reading.refusal} />;
  if (lane === undefined || lane.rows.length === 0) {
    return (
      <section className={styles['noDocuments']} aria-label={PAGE_LANE_TEXT.title}>
        <h2>{PAGE_LANE_TEXT.title}</h2>
        <span>{lane === undefined ? '' : PAGE_LANE_TEXT.empty}</span>
        <span className={styles['dim']}>{PAGE_LANE_TEXT.why}</span>
      </section>
    );
  }
  const { columns } = PAGE_LANE_TEXT;
  return (
    <Pane
      title={PAGE_LANE_TEXT.laneOf(lane.waiting)}
      fill
      aside={
        <span className={styles['dim']} role="status">
          {[laneSentence(lane), ...(lane.left === 0 ? [] : [PAGE_LANE_TEXT.more(lane.left)])].join(' ')}
        </span>
      }
    >
      <VirtualList<Row>
        label={PAGE_LANE_TEXT.title}
        rows={lane.rows}
        keyOf={(row) => row.documentId}
        rowRem={3.5}
        columns="minmax(9rem, 1fr) minmax(11rem, 1.1fr) 11rem minmax(12rem, 1.6fr) minmax(8rem, 0.8fr)"
        head={[columns.what, columns.number, columns.size, columns.state, columns.next]}
        selected={selected}
        onSelect={(row) => setSelected(row.documentId)}
        empty={null}
        render={(row) => <Cells row={row} />}
      />
    </Pane>
  );
}
