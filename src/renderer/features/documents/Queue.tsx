import { Checkbox, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { parseNrkb } from '../../../domain/nrkb.ts';
import type { OutputFor } from '../../app/client.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { count, shortDay } from '../../text/format.ts';
import { QUEUE_TEXT } from '../../text/originals-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { typedPlate } from '../../ui/typed-plate.ts';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './Documents.module.css';

type Ticket = OutputFor<'queue.list'>['waiting'][number];

/** A new number: for now, or because the counter is disturbed. */
function IssueSheet({
  onClose,
  onIssued,
}: Readonly<{ onClose: () => void; onIssued: (note: string) => void }>): ReactNode {
  const issue = useAction('queue.issue');
  const { status } = useCounter();
  const [plate, setPlate] = useState('');
  const [name, setName] = useState('');
  const [outage, setOutage] = useState(!status.line.online);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const parsed = parseNrkb(plate);
  const wrong = plate.trim() !== '' && !parsed.ok;
  const submit = async (): Promise<void> => {
    if (wrong) return;
    const answer = await issue.run({
      reason: outage ? 'outage' : 'walk-in',
      nrkb: parsed.ok ? parsed.value : null,
      name: name.trim() === '' ? null : name.trim(),
    });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (!answer.ok) return;
    const { ticket, printJobId } = answer.value;
    const words = printJobId === null ? QUEUE_TEXT.issuedWithoutPaper : QUEUE_TEXT.issued;
    onIssued(words(ticket.ticketNumber));
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={QUEUE_TEXT.issueTitle} width="32rem" closeLabel={QUEUE_TEXT.cancel} onClose={onClose}>
      <div
        className={styles['dialog']}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.repeat || event.target instanceof HTMLButtonElement)
            return;
          event.preventDefault();
          void submit();
        }}
      >
        <p>{QUEUE_TEXT.issueWhy}</p>
        <TextInput
          data-autofocus
          label={QUEUE_TEXT.plate}
          value={plate}
          maxLength={40}
          autoComplete="off"
          error={wrong ? QUEUE_TEXT.plateWrong : undefined}
          onChange={(event) => setPlate(typedPlate(event.currentTarget.value))}
        />
        <TextInput
          label={QUEUE_TEXT.name}
          value={name}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          color="opop"
          label={QUEUE_TEXT.outage}
          checked={outage}
          onChange={(event) => setOutage(event.currentTarget.checked)}
        />
        <SheetFoot
          cancelLabel={QUEUE_TEXT.cancel}
          submitLabel={QUEUE_TEXT.submit}
          ready={!wrong}
          busy={issue.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}

/** One who was called and did not come. */
type Ended = Readonly<{ ticket: Ticket; outcome: 'left' | 'absent' }>;

/** What was said of a number stands until the next one is asked for: the same key again says nothing of him. */
function EndedTicket({ ended: { ticket, outcome } }: Readonly<{ ended: Ended }>): ReactNode {
  return (
    <Pane title={QUEUE_TEXT.ended}>
      <div className={styles['next']} role="status">
        <strong className={styles['large']}>{count(ticket.ticketNumber)}</strong>
        <span>{QUEUE_TEXT.outcomes[outcome]}</span>
      </div>
    </Pane>
  );
}

/** The next number, large enough to be read across the counter. */
function NextTicket({ ticket }: Readonly<{ ticket: Ticket | undefined }>): ReactNode {
  return (
    <Pane title={QUEUE_TEXT.next}>
      <div className={styles['next']} role="status">
        {ticket === undefined ? (
          <EmptyState text={QUEUE_TEXT.nobody} />
        ) : (
          <>
            <strong className={styles['large']}>{count(ticket.ticketNumber)}</strong>
            {ticket.nrkb === null ? null : (
              <span>
                <Plate nrkb={ticket.nrkb} size="card" />
              </span>
            )}
            <span className={styles['name']}>{ticket.name ?? ''}</span>
            <span className={styles['note']}>
              {`${QUEUE_TEXT.reason(ticket.reason)}, ${shortDay(ticket.issuedOn)}`}
            </span>
          </>
        )}
      </div>
    </Pane>
  );
}

/** Drawn at once, also before the answer: a list that came later would take the focus from a sheet that is open by then. */
function QueueRows({ rows, known }: Readonly<{ rows: readonly Ticket[]; known: boolean }>): ReactNode {
  const { now } = useCounter();
  const [selected, setSelected] = useState<string | undefined>();
  const { columns } = QUEUE_TEXT;
  return (
    <VirtualList<Ticket>
      label={QUEUE_TEXT.list}
      rows={rows}
      keyOf={(row) => row.ticketId}
      rowRem={3.25}
      columns="4.5rem 5rem minmax(10rem, 1fr) minmax(9rem, 1fr) minmax(9rem, 1fr)"
      head={[columns.place, columns.number, columns.reason, columns.plate, columns.since]}
      selected={selected}
      onSelect={(row) => setSelected(row.ticketId)}
      autoFocus
      empty={known ? <EmptyState text={QUEUE_TEXT.nobody} /> : null}
      render={(row) => (
        <>
          <span>{row.place === null ? '' : count(row.place)}</span>
          <strong>{count(row.ticketNumber)}</strong>
          <span className={styles['name']}>{QUEUE_TEXT.reason(row.reason)}</span>
          <span className={styles['name']}>{row.nrkb === null ? (row.name ?? '') : <Plate nrkb={row.nrkb} />}</span>
          <span>{QUEUE_TEXT.since(now, row.issuedAt)}</span>
        </>
      )}
    />
  );
}

/** Antrean: who is next in the fair order, and what became of the one who was called. */
export function Queue(): ReactNode {
  const { go } = useNavigation();
  const reading = useProcedure('queue.list', {});
  const settle = useAction('queue.settle');
  const [issuing, setIssuing] = useState(false);
  const [ended, setEnded] = useState<Ended | undefined>();
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const waiting = reading.value?.waiting ?? [];
  const [next] = waiting;
  const end = async (outcome: 'served' | 'left' | 'absent'): Promise<void> => {
    if (next === undefined) return;
    const answer = await settle.run({ ticketId: next.ticketId, outcome });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    setNote('');
    if (!answer.ok) return;
    if (outcome !== 'served') {
      setEnded({ ticket: next, outcome });
      return;
    }
    go(next.nrkb === null ? { screen: 'service' } : { screen: 'service', scanned: { text: next.nrkb, nth: 0 } });
  };
  const idle = next === undefined;
  return (
    <div className={styles['queue']}>
      <div className={styles['queueSide']}>
        {ended === undefined ? <NextTicket ticket={next} /> : <EndedTicket ended={ended} />}
        <p>
          {reading.value === undefined
            ? ''
            : `${QUEUE_TEXT.waiting(waiting.length)} · ${QUEUE_TEXT.settledToday(reading.value.settledToday)}`}
        </p>
        <p className={styles['note']}>{QUEUE_TEXT.order}</p>
        {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
        <p role="status">{note}</p>
      </div>
      <div className={styles['whole']}>
        <QueueRows rows={waiting} known={reading.value !== undefined} />
        <div className={styles['actions']}>
          <KeyButton action="documents" label={QUEUE_TEXT.issue} onPress={() => setIssuing(true)} />
          {ended === undefined ? (
            <>
              <KeyButton action="quote" label={QUEUE_TEXT.left} onPress={() => void end('left')} disabled={idle} />
              <KeyButton action="exact" label={QUEUE_TEXT.absent} onPress={() => void end('absent')} disabled={idle} />
              <KeyButton
                action="primary"
                primary
                label={QUEUE_TEXT.serve}
                onPress={() => void end('served')}
                disabled={idle}
                busy={settle.busy}
              />
            </>
          ) : (
            <KeyButton action="recent" primary label={QUEUE_TEXT.showNext} onPress={() => setEnded(undefined)} />
          )}
        </div>
      </div>
      {issuing ? (
        <IssueSheet
          onClose={() => setIssuing(false)}
          onIssued={(words) => {
            setIssuing(false);
            setNote(words);
          }}
        />
      ) : null}
    </div>
  );
}
