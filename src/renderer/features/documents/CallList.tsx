import { type ReactNode, useState } from 'react';
import type { OutputFor } from '../../app/client.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useProcedure } from '../../app/queries.tsx';
import { DOCUMENTS_TEXT } from '../../text/documents-text.ts';
import { day } from '../../text/format.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './Documents.module.css';

type Arrival = OutputFor<'arrivals.call-list'>[number];

/** Daftar telepon: who left papers while there was no line. */
export function CallList(): ReactNode {
  const { go } = useNavigation();
  const reading = useProcedure('arrivals.call-list', {});
  const [selected, setSelected] = useState<string | undefined>();
  const rows = reading.value ?? [];
  const chosen = rows.find((row) => row.arrivalId === selected) ?? rows[0];
  const { columns } = DOCUMENTS_TEXT;
  const serve = (row: Arrival): void => {
    if (!row.settled) go({ screen: 'service', scanned: { text: row.nrkb, nth: 0 }, arrivalId: row.arrivalId });
  };
  return (
    <>
      <p className={styles['note']}>{DOCUMENTS_TEXT.callNote}</p>
      {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
      <VirtualList<Arrival>
        label={DOCUMENTS_TEXT.callList}
        rows={rows}
        keyOf={(row) => row.arrivalId}
        rowRem={3.5}
        columns="10rem minmax(10rem, 1fr) 9rem minmax(10rem, 1fr) 7rem 8rem"
        head={[columns.plate, columns.name, columns.phone, columns.number, columns.date, columns.state]}
        selected={chosen?.arrivalId}
        onSelect={(row) => setSelected(row.arrivalId)}
        onOpen={serve}
        empty={reading.value === undefined ? null : <EmptyState text={DOCUMENTS_TEXT.callEmpty} />}
        render={(row) => (
          <>
            <Plate nrkb={row.nrkb} />
            <span className={styles['name']}>{row.name ?? DOCUMENTS_TEXT.noName}</span>
            <span>{row.phone ?? DOCUMENTS_TEXT.noPhone}</span>
            <span>{row.arrivalNumber}</span>
            <span>{day(row.arrivedOn)}</span>
            <ToneMark
              tone={row.settled ? 'settled' : 'waiting'}
              word={row.settled ? DOCUMENTS_TEXT.settled : DOCUMENTS_TEXT.waiting}
            />
          </>
        )}
      />
      <div className={styles['actions']}>
        <KeyButton
          action="primary"
          primary
          label={DOCUMENTS_TEXT.serve}
          disabled={chosen === undefined || chosen.settled}
          onPress={() => {
            if (chosen !== undefined) serve(chosen);
          }}
        />
      </div>
    </>
  );
}
