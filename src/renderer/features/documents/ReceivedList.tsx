import { type ReactNode, useState } from 'react';
import type { TransactionRow } from '../../../contract/views-transaction.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useProcedure } from '../../app/queries.tsx';
import { DOCUMENTS_TEXT } from '../../text/documents-text.ts';
import { dateTime } from '../../text/format.ts';
import { AxisMarks } from '../../ui/AxisMarks.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './Documents.module.css';

/** Papers that were seen at a payment; only their state, because photographs come with a later version. */
export function ReceivedList(): ReactNode {
  const { go } = useNavigation();
  const reading = useProcedure('transactions.search', { limit: 500 });
  const [selected, setSelected] = useState<string | undefined>();
  const { columns } = DOCUMENTS_TEXT;
  return (
    <>
      <p className={styles['note']}>{DOCUMENTS_TEXT.receivedNote}</p>
      {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
      <VirtualList<TransactionRow>
        label={DOCUMENTS_TEXT.received}
        rows={reading.value ?? []}
        keyOf={(row) => row.transactionId}
        rowRem={3}
        columns="10rem minmax(14rem, 1fr) 9rem minmax(10rem, 1fr)"
        head={[columns.plate, columns.number, columns.date, columns.state]}
        selected={selected}
        onSelect={(row) => setSelected(row.transactionId)}
        onOpen={(row) => go({ screen: 'history', transactionId: row.transactionId })}
        empty={reading.value === undefined ? null : <EmptyState text={DOCUMENTS_TEXT.receivedEmpty} />}
        render={(row) => (
          <>
            <Plate nrkb={row.nrkb} colour={row.plateColour} />
            <span>{row.receiptNumber}</span>
            <span>{dateTime(row.paidAt)}</span>
            <AxisMarks axes={row.axes} only={['documents']} />
          </>
        )}
      />
    </>
  );
}
