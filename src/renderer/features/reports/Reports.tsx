import { BarChart } from '@mantine/charts';
import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OutputFor } from '../../app/client.ts';
import { useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { count, money, shortDay, shortMoney, signedMoney } from '../../text/format.ts';
import { accountText, REPORTS_TEXT } from '../../text/reports-text.ts';
import { componentText } from '../../text/vehicle-text.ts';
import { DateField } from '../../ui/DateField.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { periodOf, type Preset } from './period.ts';
import styles from './Reports.module.css';

type Report = OutputFor<'reports.period'>;
type Rows = readonly (readonly [string, string])[];

function Table({
  title,
  rows,
  foot,
}: Readonly<{ title: string; rows: Rows; foot?: readonly [string, string] }>): ReactNode {
  return (
    <Pane title={title} fill>
      <table className={styles['table']}>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
        {foot === undefined ? null : (
          <tfoot>
            <tr>
              <th scope="row">{foot[0]}</th>
              <td>{foot[1]}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </Pane>
  );
}

function Days({ report }: Readonly<{ report: Report }>): ReactNode {
  return (
    <Pane title={REPORTS_TEXT.byDay} fill>
      <div
        className={styles['chart']}
        role="img"
        aria-label={report.byDay
          .map((one) => `${shortDay(one.day)}: ${money(one.total)}, ${REPORTS_TEXT.dayCount(one.count)}`)
          .join('; ')}
      >
        <BarChart
          h="100%"
          data={report.byDay.map((one) => ({ day: shortDay(one.day), [REPORTS_TEXT.dayValue]: one.total }))}
          dataKey="day"
          series={[{ name: REPORTS_TEXT.dayValue, color: 'var(--loket-accent)' }]}
          valueFormatter={shortMoney}
          withTooltip={false}
          withBarValueLabel={report.byDay.length <= 10}
          gridAxis="none"
          withYAxis={report.byDay.length > 10}
          tickLine="none"
          barProps={{ isAnimationActive: false, maxBarSize: 64 }}
          barChartProps={{ margin: { top: 24 } }}
          valueLabelProps={{ fill: 'var(--loket-text)' }}
        />
      </div>
    </Pane>
  );
}

function Figures({ report }: Readonly<{ report: Report }>): ReactNode {
  const figures: Rows = [
    [REPORTS_TEXT.transactions, count(report.transactions)],
    [REPORTS_TEXT.total, money(report.total)],
    [REPORTS_TEXT.rounding, signedMoney(-report.rounding)],
    [REPORTS_TEXT.payable, money(report.payable)],
  ];
  return (
    <dl className={styles['figures']}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Body({ report }: Readonly<{ report: Report }>): ReactNode {
  if (report.transactions === 0) return <EmptyState text={REPORTS_TEXT.empty} />;
  return (
    <>
      <Figures report={report} />
      <div className={styles['tables']}>
        <Days report={report} />
        <Table
          title={REPORTS_TEXT.byBeneficiary}
          rows={report.byBeneficiary.map((share) => [share.name, money(share.amount)] as const)}
          foot={[REPORTS_TEXT.total, money(report.total)]}
        />
        <Table
          title={REPORTS_TEXT.byComponent}
          rows={report.byComponent.map((one) => [componentText(one.component), money(one.amount)] as const)}
          foot={[REPORTS_TEXT.total, money(report.total)]}
        />
        <Table
          title={REPORTS_TEXT.ledger}
          rows={report.ledger.map((line) => [accountText(line.account), signedMoney(line.amount)] as const)}
          foot={[REPORTS_TEXT.ledgerSum, money(report.ledger.reduce((sum, line) => sum + line.amount, 0))]}
        />
      </div>
    </>
  );
}

/** Laporan: the figures of a period, per beneficiary, component and day, from the ledger. */
export function Reports(): ReactNode {
  const { status } = useCounter();
  const { today } = status.clock;
  const [period, setPeriod] = useState(() => periodOf('today', today));
  const [preset, setPreset] = useState<Preset>('today');
  const wrong = period.from > period.to;
  const reading = useProcedure('reports.period', period, { enabled: !wrong, keepPrevious: true });
  const choose = (next: Preset): void => {
    setPreset(next);
    setPeriod(periodOf(next, today));
  };
  return (
    <Screen
      title={REPORTS_TEXT.title}
      aside={
        <>
          <SegmentedControl
            aria-label={REPORTS_TEXT.period}
            value={preset}
            onChange={choose}
            data={[
              { value: 'today', label: REPORTS_TEXT.today },
              { value: 'week', label: REPORTS_TEXT.week },
              { value: 'month', label: REPORTS_TEXT.month },
            ]}
          />
          <DateField
            label={REPORTS_TEXT.from}
            value={period.from}
            onChange={(from) => setPeriod({ ...period, from })}
          />
          <DateField
            label={REPORTS_TEXT.to}
            value={period.to}
            wrong={wrong}
            onChange={(to) => setPeriod({ ...period, to })}
          />
        </>
      }
    >
      <div className={styles['report']}>
        {wrong ? <EmptyState text={REPORTS_TEXT.wrongPeriod} /> : null}
        {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
        {reading.value === undefined || wrong ? null : <Body report={reading.value} />}
      </div>
    </Screen>
  );
}
