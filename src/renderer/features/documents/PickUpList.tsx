import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OutputFor } from '../../app/client.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { DOCUMENTS_TEXT } from '../../text/documents-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { day } from '../../text/format.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './Documents.module.css';
import { UsedForm } from './UsedForm.tsx';

type Ready = OutputFor<'pick-up.list'>[number];

/** Siap diambil atau dikirim: booked services whose TBPKP the citizen has not yet. */
export function PickUpList(): ReactNode {
  const reading = useProcedure('pick-up.list', {});
  const handOver = useAction('pick-up.hand-over');
  const print = useAction('transactions.print-final');
  const [selected, setSelected] = useState<string | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [note, setNote] = useState('');
  const [printed, setPrinted] = useState<string | undefined>();
  const rows = reading.value ?? [];
  const chosen = rows.find((row) => row.transactionId === selected) ?? rows[0];
  const { columns } = DOCUMENTS_TEXT;

  const printFinal = async (row: Ready): Promise<void> => {
    const answer = await print.run({ transactionId: row.transactionId });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    setNote(answer.ok ? DOCUMENTS_TEXT.printed : '');
    setPrinted(answer.ok ? row.transactionId : undefined);
  };
  const settle = async (row: Ready, by: 'paper' | 'link'): Promise<void> => {
    const answer = await handOver.run({ transactionId: row.transactionId, by });
    if (answer !== undefined) setRefusal(answer.ok ? undefined : answer.error);
  };

  return (
    <>
      <p className={styles['note']}>{DOCUMENTS_TEXT.pickUpNote}</p>
      {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
      <VirtualList<Ready>
        label={DOCUMENTS_TEXT.pickUp}
        rows={rows}
        keyOf={(row) => row.transactionId}
        rowRem={3.5}
        columns="10rem minmax(10rem, 1fr) 9rem minmax(12rem, 1.2fr) 8rem"
        head={[columns.plate, columns.name, columns.phone, columns.final, columns.state]}
        selected={chosen?.transactionId}
        onSelect={(row) => setSelected(row.transactionId)}
        empty={reading.value === undefined ? null : <EmptyState text={DOCUMENTS_TEXT.pickUpEmpty} />}
        render={(row) => (
          <>
            <Plate nrkb={row.nrkb} />
            <span className={styles['name']}>{row.payerName ?? DOCUMENTS_TEXT.noName}</span>
            <span>{row.payerPhone ?? DOCUMENTS_TEXT.noPhone}</span>
            <span>{`${row.finalNumber}, ${day(row.issuedOn)}`}</span>
            <ToneMark
              tone={row.handedOver ? 'settled' : 'waiting'}
              word={row.handedOver ? DOCUMENTS_TEXT.done : DOCUMENTS_TEXT.waiting}
            />
          </>
        )}
      />
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      {printed === undefined || printed !== chosen?.transactionId ? null : (
        <UsedForm key={printed} transactionId={printed} />
      )}
      <div className={styles['actions']}>
        <span className={styles['note']} role="status">
          {note}
        </span>
        {chosen === undefined || chosen.handedOver ? null : (
          <>
            <Button variant="default" onClick={() => void settle(chosen, 'link')} disabled={handOver.busy}>
              {DOCUMENTS_TEXT.handedLink}
            </Button>
            <Button variant="default" onClick={() => void settle(chosen, 'paper')} disabled={handOver.busy}>
              {DOCUMENTS_TEXT.handedPaper}
            </Button>
          </>
        )}
        <KeyButton
          action="primary"
          primary
          label={DOCUMENTS_TEXT.print}
          disabled={chosen === undefined}
          busy={print.busy}
          onPress={() => {
            if (chosen !== undefined) void printFinal(chosen);
          }}
        />
      </div>
    </>
  );
}
