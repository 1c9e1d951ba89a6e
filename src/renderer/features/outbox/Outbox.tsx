import { Progress, SegmentedControl } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { OutboxRow } from '../../../contract/views-counter.ts';
import type { OutputFor } from '../../app/client.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { doingSentence } from '../../text/status-text.ts';
import { OUTBOX_TEXT } from '../../text/outbox-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { AnswerSheet } from './AnswerSheet.tsx';
import { ExportSheet } from './ExportSheet.tsx';
import styles from './Outbox.module.css';
import { groupRows, progressOf } from './outbox-groups.ts';
import { OutboxLane } from './OutboxLane.tsx';
import { PagesLane } from './PagesLane.tsx';
import { SentResult } from './SentResult.tsx';

const MOST_ROWS = 2000;

type View = OutputFor<'outbox.view'>;
type SentNow = Readonly<{ answer: OutputFor<'outbox.send-now'>; before: readonly OutboxRow[] }>;

/** How much waited when the sending that is under way began. */
function useBegan(doing: View['doing'] | undefined, unsent: number): number | undefined {
  const [began, setBegan] = useState<number | undefined>();
  const underWay = doing === 'connecting' || doing === 'pushing';
  useEffect(() => {
    setBegan((before) => (underWay ? Math.max(before ?? 0, unsent) : undefined));
  }, [underWay, unsent]);
  return underWay ? began : undefined;
}

/** How much waits; that all is received is said only where nothing is kept aside either. */
const standing = ({ unsent, unsentMoney, unsentPages, quarantined }: View): string =>
  unsent === 0 && quarantined > 0
    ? OUTBOX_TEXT.emptyButAside
    : OUTBOX_TEXT.counts(unsent, unsentMoney - unsentPages, unsentPages);

/** What the lane of the money says where nothing stands in it. */
const emptyLane = ({ quarantined, unsentPages }: View): string => {
  if (quarantined > 0) return OUTBOX_TEXT.emptyButAside;
  return unsentPages > 0 ? OUTBOX_TEXT.emptyButPages : OUTBOX_TEXT.emptyMoney;
};

/** What the program is doing right now, how far it is, and what it last heard. */
function Doing({ view }: Readonly<{ view: View | undefined }>): ReactNode {
  const { status } = useCounter();
  const began = useBegan(view?.doing, view?.unsent ?? 0);
  return (
    <div className={styles['head']}>
      <strong>{doingSentence(status)}</strong>
      <span className={styles['bar']}>
        {began === undefined || view === undefined ? null : (
          <Progress value={progressOf(began, view.unsent)} animated size="md" aria-label={doingSentence(status)} />
        )}
      </span>
      <span>{view === undefined ? '' : standing(view)}</span>
      <span className={styles['dim']}>
        {view === undefined
          ? ''
          : `${OUTBOX_TEXT.lastContact(view.lastContactAt)} ${OUTBOX_TEXT.lastCustody(view.lastCustodyAt)}`}
      </span>
    </div>
  );
}

type LanesProps = Readonly<{ view: View; show: 'unsent' | 'all' }>;

/** Two lanes, and above them what a person must look at. */
function Lanes({ view, show }: LanesProps): ReactNode {
  const { now } = useCounter();
  const { go } = useNavigation();
  const groups = groupRows(view.rows, show);
  const open = (row: OutboxRow): void => {
    if (row.receiptNumber !== null) go({ screen: 'history', search: row.receiptNumber });
  };
  const title = show === 'all' ? OUTBOX_TEXT.everything : OUTBOX_TEXT.money;
  const note = show === 'all' ? '' : OUTBOX_TEXT.audit(view.unsent - view.unsentMoney);
  return (
    <>
      {groups.quarantined.length === 0 ? null : (
        <div className={styles['quarantined']}>
          <OutboxLane
            title={OUTBOX_TEXT.quarantined(groups.quarantined.length)}
            note=""
            rows={groups.quarantined}
            now={now}
            empty=""
            onOpen={() => go({ screen: 'exceptions' })}
          >
            <p>
              {OUTBOX_TEXT.quarantinedWhy} <strong>{OUTBOX_TEXT.quarantinedNext}</strong>
            </p>
          </OutboxLane>
        </div>
      )}
      <OutboxLane
        title={groups.money.length === 0 ? title : OUTBOX_TEXT.laneOf(title, groups.money.length)}
        note={view.left === 0 ? note : OUTBOX_TEXT.more(view.left)}
        rows={groups.money}
        now={now}
        empty={emptyLane(view)}
        onOpen={open}
        autoFocus
      />
      <PagesLane show={show === 'all' ? 'all' : 'waiting'} />
    </>
  );
}

/** Kotak Kirim: what is on its way, in two lanes, and what the program is doing about it right now. */
export function Outbox(): ReactNode {
  const [show, setShow] = useState<'unsent' | 'all'>('unsent');
  const [sheet, setSheet] = useState<'none' | 'export' | 'answer'>('none');
  const lane = show === 'all' ? 'all' : 'money';
  const reading = useProcedure('outbox.view', { show, lane, limit: MOST_ROWS }, { keepPrevious: true });
  const view = reading.value;
  const sendNow = useAction('outbox.send-now');
  const [sent, setSent] = useState<SentNow | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const send = async (): Promise<void> => {
    const answer = await sendNow.run({});
    if (answer === undefined) return;
    setSent(answer.ok ? { answer: answer.value, before: view?.rows ?? [] } : undefined);
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
          <KeyButton action="reprint" label={OUTBOX_TEXT.fromFlashdisk} onPress={() => setSheet('answer')} />
          <KeyButton action="quote" label={OUTBOX_TEXT.toFlashdisk} onPress={() => setSheet('export')} />
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
        <Doing view={view} />
        {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
        {refusal === undefined ? null : <RefusalCard refusal={refusal} mood="calm" />}
        {sent === undefined ? null : <SentResult sent={sent.answer} before={sent.before} />}
        {view === undefined ? null : <Lanes view={view} show={show} />}
      </div>
      {sheet === 'export' ? <ExportSheet onClose={() => setSheet('none')} /> : null}
      {sheet === 'answer' ? <AnswerSheet onClose={() => setSheet('none')} /> : null}
    </Screen>
  );
}
