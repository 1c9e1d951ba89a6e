import { BarChart } from '@mantine/charts';
import { Button, Skeleton } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Announcements } from '../../app/Announcements.tsx';
import type { OutputFor } from '../../app/client.ts';
import { mayOpen, type Place, useNavigation } from '../../app/navigation.tsx';
import { useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { count, money } from '../../text/format.ts';
import { cashFigure } from '../../text/status-text.ts';
import { HOME_TEXT } from '../../text/home-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { ReceiptRow } from '../../ui/ReceiptRow.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import styles from './Home.module.css';
import { OpenPayments } from './OpenPayments.tsx';
import { openingHours } from './opening-hours.ts';

type Today = OutputFor<'counter.today'>;

function Figure({
  name,
  value,
  onOpen,
}: Readonly<{ name: string; value: string | undefined; onOpen: () => void }>): ReactNode {
  return (
    <button type="button" className={styles['figure']} onClick={onOpen}>
      <span>{name}</span>
      {value === undefined ? <Skeleton height="2.5rem" width="60%" /> : <strong>{value}</strong>}
    </button>
  );
}

/** The figure above a bar; an hour without a service has none. */
function barLabel(value: number): string {
  return value === 0 ? '' : String(value);
}

function Hours({ today }: Readonly<{ today: Today | undefined }>): ReactNode {
  const hours = openingHours(today?.byHour ?? []);
  return (
    <Pane title={HOME_TEXT.chart} fill>
      {today !== undefined && today.served === 0 ? (
        <EmptyState text={HOME_TEXT.chartEmpty} />
      ) : (
        <div
          className={styles['chart']}
          role="img"
          aria-label={hours.map((hour) => HOME_TEXT.hourSentence(hour.hour, hour.count)).join('; ')}
        >
          <BarChart
            h="100%"
            data={hours.map((hour) => ({ hour: HOME_TEXT.hour(hour.hour), [HOME_TEXT.chartValue]: hour.count }))}
            dataKey="hour"
            series={[{ name: HOME_TEXT.chartValue, color: 'var(--loket-accent)' }]}
            valueFormatter={barLabel}
            yAxisProps={{ allowDecimals: false }}
            withTooltip={false}
            withBarValueLabel
            gridAxis="none"
            withYAxis={false}
            tickLine="none"
            barProps={{ isAnimationActive: false, maxBarSize: 48 }}
            barChartProps={{ margin: { top: 24 } }}
            valueLabelProps={{ fill: 'var(--loket-text)' }}
          />
        </div>
      )}
    </Pane>
  );
}

type MatterProps = Readonly<{ title: string; text: string; urgent: boolean; place: Place }>;

/** One thing that needs a person or waits; leads to its list. */
function Matter({ title, text, urgent, place }: MatterProps): ReactNode {
  const { go } = useNavigation();
  return (
    <div className={styles['matter']} data-urgent={urgent}>
      <div>
        <strong>{title}</strong>
        <p>{text}</p>
      </div>
      <Button variant="default" size="sm" aria-label={`${HOME_TEXT.open}: ${title}`} onClick={() => go(place)}>
        {HOME_TEXT.open}
      </Button>
    </div>
  );
}

function LastReceipts({ today }: Readonly<{ today: Today | undefined }>): ReactNode {
  const { go } = useNavigation();
  return (
    <Pane title={HOME_TEXT.last} fill>
      {today !== undefined && today.lastReceipts.length === 0 ? <EmptyState text={HOME_TEXT.lastNone} /> : null}
      <ul className={styles['receipts']}>
        {(today?.lastReceipts ?? []).map((receipt) => (
          <li key={receipt.transactionId}>
            <button type="button" onClick={() => go({ screen: 'history', transactionId: receipt.transactionId })}>
              <ReceiptRow
                nrkb={receipt.nrkb}
                receiptNumber={receipt.receiptNumber}
                amount={receipt.payable}
                axes={receipt.axes}
              />
            </button>
          </li>
        ))}
      </ul>
    </Pane>
  );
}

/** Beranda: today in four figures and one chart, what needs a person, what waits, the next deposit. */
export function Home(): ReactNode {
  const { status, signIn } = useCounter();
  const { go } = useNavigation();
  const reading = useProcedure('counter.today', {});
  const session = useProcedure('cash-session.current', {});
  const work = useRef<HTMLDivElement>(null);
  const today = reading.value;
  useEffect(() => {
    work.current?.focus();
  }, []);
  const closed = session.value === null;
  return (
    <Screen
      title={HOME_TEXT.title}
      primary={
        mayOpen(signIn.role, 'service') ? (
          <KeyButton
            action="primary"
            primary
            label={closed ? HOME_TEXT.openSession : HOME_TEXT.start}
            onPress={() => go({ screen: closed ? 'cash' : 'service' })}
          />
        ) : undefined
      }
    >
      <div className={styles['home']} ref={work} tabIndex={-1}>
        {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
        <Announcements officerId={signIn.officerId} />
        <div className={styles['figures']}>
          <Figure
            name={HOME_TEXT.served}
            value={today === undefined ? undefined : count(today.served)}
            onOpen={() => go({ screen: 'history' })}
          />
          <Figure
            name={HOME_TEXT.taken}
            value={today === undefined ? undefined : (today.rough ? HOME_TEXT.takenRough : money)(today.takenTotal)}
            onOpen={() => go({ screen: 'reports' })}
          />
          <Figure
            name={HOME_TEXT.waiting}
            value={today === undefined ? undefined : count(today.unsent)}
            onOpen={() => go({ screen: 'outbox' })}
          />
          <Figure
            name={HOME_TEXT.booked}
            value={today === undefined ? undefined : count(today.booked)}
            onOpen={() => go({ screen: 'history' })}
          />
        </div>
        <OpenPayments />
        <div className={styles['lower']}>
          <Hours today={today} />
          <div className={styles['matters']}>
            <Matter
              title={HOME_TEXT.needs}
              text={
                status.unknownPrints > 0
                  ? HOME_TEXT.unknownPrints(status.unknownPrints)
                  : status.needsPerson === 0
                    ? HOME_TEXT.needsNone
                    : HOME_TEXT.needsSome(status.needsPerson)
              }
              urgent={status.needsPerson + status.unknownPrints > 0}
              place={{ screen: 'exceptions' }}
            />
            <Matter
              title={HOME_TEXT.waits}
              text={status.outbox.unsent === 0 ? HOME_TEXT.waitsNone : HOME_TEXT.waitsSome(status.outbox.unsent)}
              urgent={false}
              place={{ screen: 'outbox' }}
            />
            <Matter
              title={HOME_TEXT.deposit}
              text={
                status.cash.undeposited === 0 && !status.cash.rough
                  ? HOME_TEXT.depositNone
                  : HOME_TEXT.depositSome(cashFigure(status.cash))
              }
              urgent={status.cash.health === 'stop'}
              place={mayOpen(signIn.role, 'cash') ? { screen: 'cash' } : { screen: 'reports' }}
            />
          </div>
          <LastReceipts today={today} />
        </div>
      </div>
    </Screen>
  );
}
