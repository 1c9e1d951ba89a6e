import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OutboxRow } from '../../../contract/views-counter.ts';
import type { OutputFor } from '../../app/client.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { deliveryMark } from '../../text/axes-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { money } from '../../text/format.ts';
import { doingSentence } from '../../text/frame-text.ts';
import { entryTypeText, OUTBOX_TEXT, reasonText, verdictText } from '../../text/outbox-text.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import styles from './Outbox.module.css';

type Sent = OutputFor<'outbox.send-now'>;

function Row({ row, now }: Readonly<{ row: OutboxRow; now: number }>): ReactNode {
  const { tone, word } = deliveryMark(row.state);
  const reason = reasonText(row.lastReason);
  return (
    <>
      <span className={styles['what']}>
        {row.nrkb === null ? <span>{entryTypeText(row.type)}</span> : <Plate nrkb={row.nrkb} />}
        {row.nrkb === null ? null : <span className={styles['dim']}>{entryTypeText(row.type)}</span>}
      </span>
      <span className={styles['two']}>
        <span>{row.receiptNumber ?? OUTBOX_TEXT.item(row.seq)}</span>
        <strong>{row.amount === null ? '' : money(row.amount)}</strong>
      </span>
      <span>{OUTBOX_TEXT.age(now, row.recordedAt)}</span>
      <span className={styles['two']}>
        <ToneMark tone={tone} word={word} />
        <span className={styles['dim']}>{reason}</span>
      </span>
      <span className={styles['two']}>
        <span>{OUTBOX_TEXT.tries(row.tries)}</span>
        <span className={styles['dim']}>{row.nextTryAt === null ? '' : OUTBOX_TEXT.nextTry(row.nextTryAt)}</span>
      </span>
    </>
  );
}

/** Entries of the log travel along and count in no limit; they show only when all is asked for, or when one needs a person. */
function isMoneyRow(row: OutboxRow, show: 'unsent' | 'all'): boolean {
  if (row.lane === 'documents') return false;
  return show === 'all' || row.lane === 'money' || row.state === 'quarantined';
}

type LaneProps = Readonly<{
  title: string;
  note: string;
  rows: readonly OutboxRow[];
  now: number;
  empty: string;
  onOpen: (row: OutboxRow) => void;
  autoFocus: boolean;
}>;

function Lane({ title, note, rows, now, empty, onOpen, autoFocus }: LaneProps): ReactNode {
  const [selected, setSelected] = useState<string | undefined>();
  const { columns } = OUTBOX_TEXT;
  return (
    <Pane title={title} fill aside={<span className={styles['dim']}>{note}</span>}>
      <VirtualList<OutboxRow>
        label={title}
        rows={rows}
        keyOf={(row) => String(row.seq)}
        rowRem={3.5}
        columns="minmax(8rem, 1fr) minmax(12rem, 1.4fr) 6rem minmax(9rem, 1.2fr) minmax(8rem, 1fr)"
        head={[columns.what, columns.number, columns.age, columns.state, columns.next]}
        selected={selected}
        onSelect={(row) => setSelected(String(row.seq))}
        onOpen={onOpen}
        autoFocus={autoFocus}
        empty={<EmptyState text={empty} />}
        render={(row) => <Row row={row} now={now} />}
      />
    </Pane>
  );
}

function SentResult({ sent }: Readonly<{ sent: Sent }>): ReactNode {
  return (
    <div className={styles['sent']} role="status">
      <strong>{`${OUTBOX_TEXT.sent(sent.pushed, sent.pulled)} ${OUTBOX_TEXT.left(sent.unsent)}`}</strong>
      <ul>
        {sent.items.map((item) => (
          <li key={item.seq}>{`${OUTBOX_TEXT.item(item.seq)}: ${verdictText(item.verdict)}`}</li>
        ))}
      </ul>
    </div>
  );
}

/** Kotak Kirim: what is on its way, in two lanes, and what the program is doing about it right now. */
export function Outbox(): ReactNode {
  const { status, now } = useCounter();
  const { go } = useNavigation();
  const [show, setShow] = useState<'unsent' | 'all'>('unsent');
  const reading = useProcedure('outbox.view', { show, limit: 500 }, { keepPrevious: true });
  const sendNow = useAction('outbox.send-now');
  const [sent, setSent] = useState<Sent | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const view = reading.value;
  const rows = view?.rows ?? [];
  const open = (row: OutboxRow): void => {
    if (row.receiptNumber !== null) go({ screen: 'history', search: row.receiptNumber });
  };
  const send = async (): Promise<void> => {
    const answer = await sendNow.run({});
    if (answer === undefined) return;
    setSent(answer.ok ? answer.value : undefined);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  return (
    <Screen
      title={OUTBOX_TEXT.title}
      aside={
        <SegmentedControl
          aria-label={OUTBOX_TEXT.show}
          value={show}
          onChange={(value) => setShow(value === 'all' ? 'all' : 'unsent')}
          data={[
            { value: 'unsent', label: OUTBOX_TEXT.unsentOnly },
            { value: 'all', label: OUTBOX_TEXT.all },
          ]}
        />
      }
      primary={
        <>
          <div className={styles['wait']}>
            <Waiting busy={sendNow.busy} label={OUTBOX_TEXT.sending} />
          </div>
          <KeyButton
            action="primary"
            primary
            label={OUTBOX_TEXT.sendNow}
            onPress={() => void send()}
            busy={sendNow.busy}
          />
        </>
      }
    >
      <div className={styles['lanes']}>
        <div className={styles['head']}>
          <strong>{doingSentence(status)}</strong>
          <span>{view === undefined ? '' : OUTBOX_TEXT.counts(view.unsent, view.unsentMoney)}</span>
          <span className={styles['dim']}>
            {view === undefined
              ? ''
              : `${OUTBOX_TEXT.lastContact(view.lastContactAt)} ${OUTBOX_TEXT.lastCustody(view.lastCustodyAt)}`}
          </span>
        </div>
        {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
        {refusal === undefined ? null : <RefusalCard refusal={refusal} mood="calm" />}
        {sent === undefined ? null : <SentResult sent={sent} />}
        <Lane
          title={show === 'all' ? OUTBOX_TEXT.everything : OUTBOX_TEXT.money}
          note={view === undefined || show === 'all' ? '' : OUTBOX_TEXT.audit(view.unsent - view.unsentMoney)}
          rows={rows.filter((row) => isMoneyRow(row, show))}
          now={now}
          empty={view === undefined ? '' : OUTBOX_TEXT.emptyMoney}
          onOpen={open}
          autoFocus
        />
        <div className={styles['documents']}>
          <Lane
            title={OUTBOX_TEXT.documents}
            note=""
            rows={rows.filter((row) => row.lane === 'documents')}
            now={now}
            empty={view === undefined ? '' : OUTBOX_TEXT.emptyDocuments}
            onOpen={open}
            autoFocus={false}
          />
        </div>
      </div>
    </Screen>
  );
}
