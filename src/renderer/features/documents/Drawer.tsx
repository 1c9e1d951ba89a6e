import { IconSquare, IconSquareCheckFilled } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { OutputFor } from '../../app/client.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { dateTime } from '../../text/format.ts';
import { DRAWER_TEXT } from '../../text/originals-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './Documents.module.css';
import { type HandOver, HandOverForm } from './HandOverForm.tsx';
import { chosenHoldings, oneStream, toggled } from './drawer-choice.ts';

type Holding = OutputFor<'originals.in-drawer'>[number];

/** Laci berkas: what lies here and since when, oldest first; several papers of one service go in one hand-over. */
export function Drawer(): ReactNode {
  const reading = useProcedure('originals.in-drawer', {});
  const handOver = useAction('originals.hand-over');
  const [selected, setSelected] = useState<string | undefined>();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  // What the sheet is about stays what it was opened for, whatever happens to the list behind it.
  const [handing, setHanding] = useState<readonly Holding[]>([]);
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const rows = reading.value ?? [];
  const current = rows.find((row) => row.holdingId === selected) ?? rows[0];
  const chosen = chosenHoldings(rows, ticked, current);
  const mayHand = chosen.length > 0 && oneStream(chosen);
  const { columns } = DRAWER_TEXT;
  const open = (): void => {
    if (!mayHand) return;
    setNote('');
    setRefusal(undefined);
    setHanding(chosen);
  };
  const toggle = (row: Holding): void => setTicked(toggled(ticked, row.holdingId));
  const give = async (to: HandOver): Promise<void> => {
    const answer = await handOver.run({ holdingIds: handing.map((row) => row.holdingId), ...to });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (!answer.ok) return;
    const { handOverNumber, printJobId } = answer.value;
    setNote(printJobId === null ? DRAWER_TEXT.doneWithoutPaper(handOverNumber) : DRAWER_TEXT.done(handOverNumber));
    setTicked(new Set());
    setHanding([]);
  };
  return (
    <div
      className={styles['whole']}
      onKeyDown={(event) => {
        if (event.key !== ' ' || current === undefined || event.target instanceof HTMLInputElement) return;
        if (event.target instanceof HTMLButtonElement) return;
        event.preventDefault();
        toggle(current);
      }}
    >
      <p className={styles['note']}>{DRAWER_TEXT.note}</p>
      {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
      <VirtualList<Holding>
        label={DRAWER_TEXT.list}
        rows={rows}
        keyOf={(row) => row.holdingId}
        rowRem={3.25}
        columns="3rem 9rem minmax(10rem, 1fr) minmax(10rem, 1.2fr) 9rem minmax(11rem, 1fr)"
        head={[columns.chosen, columns.since, columns.label, columns.name, columns.plate, columns.number]}
        selected={current?.holdingId}
        onSelect={(row) => setSelected(row.holdingId)}
        onOpen={open}
        empty={reading.value === undefined ? null : <EmptyState text={DRAWER_TEXT.empty} />}
        render={(row) => (
          <>
            <span
              className={styles['tick']}
              role="img"
              aria-label={ticked.has(row.holdingId) ? DRAWER_TEXT.ticked : DRAWER_TEXT.unticked}
              onClick={() => toggle(row)}
            >
              {ticked.has(row.holdingId) ? <IconSquareCheckFilled aria-hidden /> : <IconSquare aria-hidden />}
            </span>
            <span className={styles['two']}>
              <strong data-old={row.days >= 7}>{DRAWER_TEXT.days(row.days)}</strong>
              <span className={styles['small']}>{dateTime(row.receivedAt)}</span>
            </span>
            <span className={styles['name']}>{row.label}</span>
            <span className={styles['name']}>{row.name ?? DRAWER_TEXT.noName}</span>
            <span>{row.nrkb === null ? '' : <Plate nrkb={row.nrkb} />}</span>
            <span className={styles['name']}>{row.number ?? ''}</span>
          </>
        )}
      />
      <div className={styles['actions']}>
        <span className={styles['note']} role="status">
          {note === '' && chosen.length > 0 ? DRAWER_TEXT.chosen(chosen.length) : note}
        </span>
        {oneStream(chosen) ? null : <span className={styles['warn']}>{DRAWER_TEXT.several}</span>}
        <KeyButton action="primary" primary label={DRAWER_TEXT.handOver} disabled={!mayHand} onPress={open} />
      </div>
      {handing.length === 0 ? null : (
        <HandOverForm
          title={DRAWER_TEXT.title(handing.length)}
          name={handing[0]?.name ?? ''}
          busy={handOver.busy}
          refusal={refusal}
          onSubmit={(to) => void give(to)}
          onClose={() => setHanding([])}
        />
      )}
    </div>
  );
}
