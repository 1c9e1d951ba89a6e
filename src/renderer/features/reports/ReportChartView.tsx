import { BarChart } from '@mantine/charts';
import type { ReactNode } from 'react';
import type { ReportChart } from '../../../contract/views-reports.ts';
import { parseLocalDate } from '../../../domain/local-date.ts';
import { count, money, shortDay, shortMoney } from '../../text/format.ts';
import styles from './Reports.module.css';

const COLOURS = [
  'var(--report-series-1)',
  'var(--report-series-2)',
  'var(--report-series-3)',
  'var(--report-series-4)',
  'var(--report-series-5)',
] as const;
const MOST_LABELS = 10;

function labelText(label: string): string {
  const date = parseLocalDate(label);
  return date.ok ? shortDay(date.value) : label;
}

/** Takings by day, services by hour, cash by age: where people would rather look than read. */
export function ReportChartView({ chart }: Readonly<{ chart: ReportChart }>): ReactNode {
  const { kind, series, points } = chart;
  const isMoney = kind !== 'hours';
  const say = (value: number): string => (isMoney ? money(value) : count(value));
  const words = points.map(({ label, values }) =>
    [labelText(label), ...series.map((one, at) => `${one.label} ${say(values[at] ?? 0)}`)].join(', '),
  );
  return (
    <div className={styles['chart']} role="img" aria-label={words.join('; ')}>
      <BarChart
        h="100%"
        data={points.map(({ label, values }) => ({
          label: labelText(label),
          ...Object.fromEntries(series.map((one, at) => [one.label, values[at] ?? 0])),
        }))}
        dataKey="label"
        type={series.length > 1 ? 'stacked' : 'default'}
        series={series.map((one, at) => ({ name: one.label, color: COLOURS[at % COLOURS.length] ?? COLOURS[0] }))}
        valueFormatter={isMoney ? shortMoney : (value) => count(Math.round(value))}
        yAxisProps={{ allowDecimals: false }}
        withTooltip={false}
        withLegend={series.length > 1}
        withBarValueLabel={series.length === 1 && points.length <= MOST_LABELS}
        gridAxis="none"
        withYAxis={series.length > 1 || points.length > MOST_LABELS}
        tickLine="none"
        barProps={{ isAnimationActive: false, maxBarSize: 56 }}
        barChartProps={{ margin: { top: 20 } }}
        valueLabelProps={{ fill: 'var(--loket-text)' }}
      />
    </div>
  );
}
